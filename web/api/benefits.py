"""A unit's figures as a file: the very ones of the page."""

from care.benefits.sheet import sheet_csv
from core.access.gates import UnitAccess
from core.zones import ZONES
from web.benefits import columns_of
from web.gates import unit_gate
from web.registry import Call, at
from web.wire.benefits import AskBenefits
from web.wire.row import Document


@at("GET /api/units/{unit_id}/benefits.csv", gate=unit_gate)
async def benefits_csv(call: Call, body: AskBenefits, access: UnitAccess) -> Document:
    """The sheet as CSV. Raises `bad_request`."""
    columns = await columns_of(call.node, access.unit_id, body)
    text = sheet_csv(access.unit_id, columns, ZONES[call.node.settings.country])
    return Document(data=text.encode(), media="text/csv", name=f"fyr-benefits-{access.unit_id}.csv")

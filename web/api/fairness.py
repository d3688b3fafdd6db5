"""A unit's fairness sheet as a file: the very figures of the page, without anyone's name."""

from carequeue.fairness.sheet import month_span, sheet_csv, sheet_of
from core.access.gates import UnitAccess
from core.clock import from_ms
from core.zones import ZONES
from web.gates import unit_gate
from web.registry import Call, at
from web.wire.lead import AskFairness
from web.wire.row import Document


@at("GET /api/units/{unit_id}/fairness.csv", gate=unit_gate)
async def fairness_csv(call: Call, body: AskFairness, access: UnitAccess) -> Document:
    """The month as CSV. Raises `bad_request`."""
    zone = ZONES[call.node.settings.country]
    month = body.month or f"{from_ms(call.node.now_ms()).astimezone(zone):%Y-%m}"
    waits = await call.node.waited.arrived(access.unit_id, *month_span(month, zone))
    sheet = sheet_of(waits, unit_id=access.unit_id, month=month, zone=zone)
    return Document(data=sheet_csv(sheet).encode(), media="text/csv", name=f"fyr-fairness-{month}.csv")

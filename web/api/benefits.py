"""A unit's figures as a file, and as a paper: the very ones of the page."""

import asyncio

from care.benefits.sheet import sheet_csv
from core.access.gates import UnitAccess
from core.zones import ZONES
from web.benefits import columns_of
from web.benefits_page import Paper, benefits_page
from web.gates import unit_gate
from web.registry import Call, at
from web.wire.benefits import AskBenefits
from web.wire.row import Document


@at("GET /api/units/{unit_id}/benefits.csv", gate=unit_gate)
async def benefits_csv(call: Call, body: AskBenefits, access: UnitAccess) -> Document:
    """The sheet as CSV. Raises `bad_request`."""
    columns = await columns_of(call.node, access.unit_id, body)
    held = await call.node.baselines.of(access.unit_id)
    text = sheet_csv(access.unit_id, columns, held, zone=ZONES[call.node.settings.country])
    return Document(data=text.encode(), media="text/csv", name=f"fyr-benefits-{access.unit_id}.csv")


@at("GET /api/units/{unit_id}/benefits.pdf", gate=unit_gate)
async def benefits_pdf(call: Call, body: AskBenefits, access: UnitAccess) -> Document:
    """The sheet to print. Raises `bad_request`, `missing_tool` where the machine cannot print."""
    node, zone = call.node, ZONES[call.node.settings.country]
    columns = await columns_of(node, access.unit_id, body)
    paper = Paper(
        lang=body.lang,
        unit=node.unit_name(access.unit_id),
        printed_at=node.clock.now().astimezone(zone),
        printed_by=call.actor.name,
        zone=zone,
        held=await node.baselines.of(access.unit_id),
    )
    page = await asyncio.to_thread(benefits_page, paper, columns)
    name = f"fyr-benefits-{access.unit_id}.pdf"
    return Document(data=await node.press.print(page, asked_by=call.actor.id), media="application/pdf", name=name)

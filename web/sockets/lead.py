"""Socket calls of who leads a unit. Nothing of any one contact is handed out."""

from collections.abc import Callable

import msgspec

from carequeue.fairness.sheet import month_span, sheet_of
from carequeue.forecast.forecast import Calendar
from carequeue.staffing.question import MOST_NURSES, Answer, Progress, Question, WithNurses, stretches_of
from carequeue.staffing.trials import Told
from core.access.gates import UnitAccess
from core.clock import from_ms
from core.errors import FyrError
from core.zones import ZONES
from web.gates import unit_gate
from web.lead import known_since, lead_view, steered
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.lead import (
    AskStaffing,
    FairnessCell,
    FairnessSheet,
    LeadView,
    SetOutage,
    SetSurge,
    ShowFairness,
    ShowLead,
    StaffedLevel,
    StaffedRow,
    StaffingAsked,
    StaffingTold,
    Steered,
)

MOST_HOURS = 12
DAY_H, WEEK_D = 24, 7


@on("lead:show", gate=unit_gate)
async def show_lead(call: Call, _: ShowLead, access: UnitAccess) -> LeadView:
    """How the unit stands now, and what is to come."""
    return await lead_view(call.node, access.unit_id)


@on("surge:set", gate=unit_gate)
async def set_surge(call: Call, body: SetSurge, access: UnitAccess) -> Steered:
    """Turn surge mode on for a while, or off."""
    client_id = check_client_id(body.client_id)
    await call.node.steerings.surge(access.actor, access.unit_id, body.minutes, reason=body.reason, client_id=client_id)
    return steered(call.node, access.unit_id)


@on("outage:set", gate=unit_gate)
async def set_outage(call: Call, body: SetOutage, access: UnitAccess) -> Steered:
    """Show everybody who comes a text for a while, or no more."""
    client_id = check_client_id(body.client_id)
    await call.node.steerings.outage(access.actor, access.unit_id, body.minutes, texts=body.texts, client_id=client_id)
    return steered(call.node, access.unit_id)


@on("staffing:ask", gate=unit_gate)
async def ask_staffing(call: Call, body: AskStaffing, access: UnitAccess) -> StaffingAsked:
    """Try out how many nurses some hours of the week need."""
    if not (0 <= body.weekday < WEEK_D and 0 <= body.from_hour < body.to_hour <= DAY_H):
        raise FyrError("bad_request", where="$.weekday", what="not hours of a weekday")
    if body.to_hour - body.from_hour > MOST_HOURS:
        raise FyrError("bad_request", where="$.to_hour", what=f"at most {MOST_HOURS} hours")
    node, now_ms = call.node, call.node.now_ms()
    since_ms = known_since(now_ms)
    waits = await node.waited.arrived(access.unit_id, since_ms, now_ms)
    stretches = stretches_of(
        waits,
        weekday=body.weekday,
        hours=(body.from_hour, body.to_hour),
        since_ms=since_ms,
        now_ms=now_ms,
        calendar=Calendar(ZONES[node.settings.country], node.settings.country),
        deadlines=node.deadlines,
    )
    contacts = sum(one.from_ms <= past.arrived_ms < one.until_ms for one in stretches for past in one.arrivals)
    if stretches:
        limit, weights = node.capacity.of(access.unit_id), node.capacity.weights
        question = Question(MOST_NURSES, stretches, limit, weights)
        node.trials.begin(question, asked_by=access.actor.id, tell=_teller(call, access.unit_id))
    return StaffingAsked(weeks=len(stretches), contacts=contacts)


@on("fairness:show", gate=unit_gate)
async def show_fairness(call: Call, body: ShowFairness, access: UnitAccess) -> FairnessSheet:
    """A unit's month by level, age group, language and hour."""
    zone = ZONES[call.node.settings.country]
    month = body.month or f"{from_ms(call.node.now_ms()).astimezone(zone):%Y-%m}"
    waits = await call.node.waited.arrived(access.unit_id, *month_span(month, zone))
    sheet = sheet_of(waits, unit_id=access.unit_id, month=month, zone=zone)
    cells = tuple(FairnessCell(**cell._asdict()) for cell in sheet.cells)
    return FairnessSheet(unit_id=sheet.unit_id, month=sheet.month, contacts=sheet.contacts, cells=cells)


def _teller(call: Call, unit_id: str) -> Callable[[Told], None]:
    def tell(told: Told) -> None:
        call.node.sockets.send("staffing", msgspec.json.encode(_staffing(unit_id, told)), [call.sid])

    return tell


def _staffing(unit_id: str, told: Told) -> StaffingTold:
    if isinstance(told, Progress):
        return StaffingTold(unit_id=unit_id, done=told.done, of=told.of)
    if not isinstance(told, Answer):
        return StaffingTold(unit_id=unit_id, done=0, of=0, over=True)
    rows = tuple(map(_row, told.rows))
    return StaffingTold(unit_id=unit_id, done=len(rows), of=len(rows), over=True, rows=rows, enough=told.enough)


def _row(row: WithNurses) -> StaffedRow:
    levels = tuple(
        StaffedLevel(
            level=one.level,
            contacts=one.contacts,
            in_time=one.in_time,
            p50_min=one.p50_min,
            p95_min=one.p95_min,
        )
        for one in row.levels
    )
    return StaffedRow(nurses=row.nurses, in_time=row.in_time, levels=levels)

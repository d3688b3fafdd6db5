"""Socket calls about duty: going on and off it, who is, and what a patient is told before they write."""

from core.access.gates import UnitAccess
from core.errors import FyrError
from web.gates import person_gate, unit_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.duty import AskUnitNow, DutyOf, ListDuty, SetDuty, UnitDuty, UnitNow


@on("duty:set", gate=unit_gate)
async def set_duty(call: Call, body: SetDuty, access: UnitAccess) -> UnitDuty:
    """Go on duty, pause, or go off duty."""
    client_id = check_client_id(body.client_id)
    await call.node.duties.set(access.actor, access.unit_id, body.standing, client_id=client_id)
    return _duty(call, access.unit_id)


@on("duty:list", gate=unit_gate)
async def list_duty(call: Call, _: ListDuty, access: UnitAccess) -> UnitDuty:
    """Who is on duty at the unit."""
    return _duty(call, access.unit_id)


def _duty(call: Call, unit_id: str) -> UnitDuty:
    staff = tuple(
        DutyOf(
            staff_id=one.staff_id,
            name=one.duty.name,
            standing=one.duty.standing,
            since=wire_time(one.duty.since_ms),
            reached=one.reached,
        )
        for one in call.node.duties.at(unit_id)
    )
    return UnitDuty(unit_id=unit_id, manned=call.node.duties.is_manned(unit_id), staff=staff)


@on("duty:ask", gate=person_gate())
async def ask_unit_now(call: Call, body: AskUnitNow, person_id: str) -> UnitNow:
    """How it stands where the contact would go."""
    person = await call.node.directory.person(person_id) if person_id else None
    unit_id = call.node.route(person, body.unit_id or None).queued.unit_id
    unit = await call.node.directory.unit(unit_id)
    if unit is None:
        raise FyrError("not_found")
    return UnitNow(
        unit=unit.name,
        manned=call.node.duties.is_manned(unit_id),
        takes=call.node.takes_text(unit_id),
        opens_at=call.node.opens_at(unit_id),
        phone=unit.phone or "",
    )

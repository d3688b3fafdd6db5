"""Socket calls about duty: going on and off it, who is, and what a patient is told before they write."""

from carequeue.entries import Queued
from carequeue.routing.route import Seeker
from core.access.gates import UnitAccess
from core.directory.store import Person
from core.errors import FyrError
from web.gates import person_gate, unit_gate
from web.offered import require_chat, seeking
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.duty import AskUnitNow, DutyOf, ListDuty, ServiceChoice, SetDuty, UnitDuty, UnitNow

CLOSED = ("opening", "overflow")
"""The step by which another unit takes what a closed one does not."""


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
    surge = call.node.steerings.at(unit_id).surge
    return UnitDuty(
        unit_id=unit_id,
        manned=call.node.duties.is_manned(unit_id),
        staff=staff,
        surge_until=wire_time(surge.until_ms) if surge is not None else None,
    )


@on("duty:ask", gate=person_gate())
async def ask_unit_now(call: Call, body: AskUnitNow, person_id: str) -> UnitNow:
    """How it stands where the contact would go. Raises `function_off`."""
    person = await call.node.directory.person(person_id) if person_id else None
    seeker = await seeking(call.node, _seeker(call, body, person), person_id)
    require_chat(call.node, seeker)
    queued = (await call.node.router.route(seeker, now_ms=call.node.now_ms())).queued
    unit_id, router = queued.unit_id, call.node.router
    unit = await call.node.directory.unit(unit_id)
    if unit is None:
        raise FyrError("not_found")
    full = await router.is_full(unit_id, now_ms=call.node.now_ms())
    steering = call.node.steerings.at(unit_id)
    return UnitNow(
        unit=unit.name,
        surge=steering.surge is not None,
        outage=steering.outage.texts if steering.outage is not None else {},
        manned=call.node.duties.is_manned(unit_id),
        takes=call.node.takes_text(unit_id),
        opens_at=call.node.opens_at(unit_id),
        phone=unit.phone or "",
        instead_of=_closed_before(queued),
        full=full,
        told=_told(call, unit_id, full=full),
        services=tuple(
            ServiceChoice(id=one.id, name={str(lang): name for lang, name in one.name.items()})
            for one in router.rules.services.values()
        ),
    )


def _seeker(call: Call, body: AskUnitNow, person: Person | None) -> Seeker:
    return Seeker(
        level="urgent",
        age_y=person.age_y(call.node.today()) if person else None,
        chosen=body.unit_id or None,
        service=body.service or None,
        registered=person.unit_id if person else None,
    )


def _closed_before(queued: Queued) -> str:
    """The unit that would have had the contact and is closed; empty where it goes where it would."""
    place = next((n for n, step in enumerate(queued.steps) if (step.policy, step.outcome) == CLOSED), 0)
    return queued.steps[place - 1].unit_name if place else ""


def _told(call: Call, unit_id: str, *, full: bool) -> dict[str, str]:
    """The unit's own words for how it stands; none while it is open and has room."""
    rules = call.node.router.rules.of(unit_id)
    if call.node.opens_at(unit_id) is not None and not call.node.duties.is_manned(unit_id):
        closing = call.node.deadlines.hours(unit_id).closing_at(call.node.now_ms())
        text = closing.text if closing is not None and closing.text else rules.closed_text
        return {str(lang): said for lang, said in text.items()}
    return {str(lang): text for lang, text in rules.full_text.items()} if full else {}

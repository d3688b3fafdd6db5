"""Socket calls of follow-up at home: a patient's own, and those of the unit that follows them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import cast

from care.followup.entries import Consent
from care.followup.planning import Wanted
from care.followup.records import Inclusion
from care.followup.state import Record
from care.followup.store import record_stream
from core.access.gates import UnitAccess
from core.errors import FyrError
from core.log.append import Head
from core.log.entry import Scope
from triage.thresholds.measures import Measure
from triage.thresholds.reading import Answer, Reading
from web.gates import person_gate, preview_gate, unit_gate
from web.home import day_of, follow_up_list, follow_up_view, may_see, own_follow_up, programme_shown
from web.persons import known_to
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.times import moment_ms
from web.wire.contact import Empty
from web.wire.followup import (
    AskOwnFollowUps,
    AskProgrammes,
    EndFollowUp,
    FollowUpList,
    FollowUpView,
    IncludePatient,
    ListFollowUps,
    OwnFollowUps,
    PauseFollowUp,
    PlanFollowUp,
    ProgrammeList,
    SeeFollowUps,
    ShowFollowUp,
    SignPlan,
    TellReadings,
)


@on("followup:mine", gate=person_gate())
async def ask_own_follow_ups(call: Call, _: AskOwnFollowUps, person_id: str) -> OwnFollowUps:
    """Where one is followed, and how one is."""
    return await _own(call, person_id)


@on("followup:tell", gate=person_gate())
async def tell_readings(call: Call, body: TellReadings, person_id: str) -> OwnFollowUps:
    """Tell what was measured. Raises `not_found` for a follow-up that is not theirs, `function_off`."""
    theirs = await call.node.follow_ups.rows.of_persons(await _same(call, person_id))
    row = next((one for one in theirs if one.record_id == body.record_id), None)
    if row is None:
        raise FyrError("not_found")
    call.node.functions.require_function(row.unit_id, "home_follow_up", at_ms=call.node.now_ms(), agreed=True)
    readings = [
        Reading(measure=one.measure, value=_number(one.value), unit=one.unit, at_ms=moment_ms(one.at, "readings"))
        for one in body.readings
    ]
    answers = [Answer(question=one.question, yes=one.yes, at_ms=moment_ms(one.at, "said")) for one in body.said]
    client_id = check_client_id(body.client_id)
    await call.node.follow_ups.tell(call.actor, body.record_id, readings, answers=answers, client_id=client_id)
    return await _own(call, person_id)


async def _own(call: Call, person_id: str) -> OwnFollowUps:
    node = call.node
    theirs = await node.follow_ups.rows.of_persons(await _same(call, person_id))
    lacks = node.functions.lacking({row.unit_id for row in theirs}, "home_follow_up", at_ms=node.now_ms())
    rows = [row for row in theirs if row.status != "ended" and row.unit_id not in lacks]
    heads = await node.log.heads([record_stream(row.record_id) for row in rows])
    return OwnFollowUps(follow_ups=tuple([await own_follow_up(node, head) for head in heads.values()]))


async def _same(call: Call, person_id: str) -> tuple[str, ...]:
    return tuple(await call.node.register.rows.same(person_id)) if person_id else ()


@on("followup:list", gate=preview_gate)
async def list_follow_ups(call: Call, _: ListFollowUps, access: UnitAccess) -> FollowUpList:
    """The unit's patients; how many were shown is recorded before they are."""
    shown = await follow_up_list(call.node, access)
    await call.node.gates.previewed(access, action=call.name, contacts=len(shown.rows))
    return shown


@on("followup:programmes", gate=unit_gate)
async def ask_programmes(call: Call, _: AskProgrammes, __: UnitAccess) -> ProgrammeList:
    """What one may be included in."""
    return ProgrammeList(programmes=tuple(programme_shown(one) for one in call.node.follow_ups.programmes.values()))


@on("followup:include", gate=unit_gate)
async def include_patient(call: Call, body: IncludePatient, access: UnitAccess) -> FollowUpView:
    """Begin to follow a patient of one's own legal care giver. Raises `not_found`, `function_off`."""
    known = await known_to(call.node, call.actor, body.person_id, right="find")
    if known is None or not may_see(access, body.person_id):
        raise FyrError("not_found")
    call.node.functions.require_function(
        access.unit_id, "home_follow_up", at_ms=call.node.now_ms(), agreed=True
    )  # the consent that is part of the inclusion is the patient's yes
    wanted = Inclusion(
        person_id=await call.node.register.rows.survivor(body.person_id),
        unit_id=access.unit_id,
        provider_id=access.provider_id,
        programme=body.programme,
        referred_by=body.referred_by,
        criteria=body.criteria,
        consent=Consent(how=body.consent, given_on=day_of(body.consent_on, "consent_on")),
        goals=body.goals,
        owners=body.owners,
        lang=body.told_in,
    )
    same, once = await _same(call, body.person_id), check_client_id(body.client_id)
    record_id = await call.node.follow_ups.include(call.actor, wanted, same=same, client_id=once)
    return await follow_up_view(call.node, await call.node.log.head(record_stream(record_id)))


@on("followup:show", gate=unit_gate)
async def show_follow_up(call: Call, body: ShowFollowUp, access: UnitAccess) -> FollowUpView:
    """One patient; recorded as a look at them."""
    head = await _record(call, body.record_id, access)
    scope = Scope(person_id=head.state.get(Record).person_id, unit_id=access.unit_id, provider_id=access.provider_id)
    await call.node.trail.record(
        call.actor, action=call.name, about=head.stream, scope=scope, outcome="allowed", basis="unit"
    )
    return await follow_up_view(call.node, head)


@on("followup:plan", gate=unit_gate)
async def plan_follow_up(call: Call, body: PlanFollowUp, access: UnitAccess) -> FollowUpView:
    """Propose a plan. Raises `bad_request`."""
    await _record(call, body.record_id, access)
    wanted = Wanted(
        numbers={name: tuple(_number(one) for one in numbers) for name, numbers in body.numbers.items()},
        baseline=_baseline(body.baseline),
        every_h={},
        review_on=day_of(body.review_on, "review_on"),
    )
    client_id = check_client_id(body.client_id)
    await call.node.follow_ups.propose(call.actor, body.record_id, wanted, client_id=client_id)
    return await _shown(call, body.record_id)


@on("followup:sign", gate=unit_gate)
async def sign_plan(call: Call, body: SignPlan, access: UnitAccess) -> FollowUpView:
    """A clinician signs. Raises `not_found` for who is none, `wrong_state` for another version."""
    await _record(call, body.record_id, access)
    client_id = check_client_id(body.client_id)
    await call.node.follow_ups.sign(call.actor, body.record_id, body.version, client_id=client_id)
    return await _shown(call, body.record_id)


@on("followup:seen", gate=unit_gate)
async def see_follow_ups(call: Call, body: SeeFollowUps, access: UnitAccess) -> FollowUpList:
    """Somebody has looked at these."""
    role, client_id = access.actor.role_at(access.unit_id), check_client_id(body.client_id)
    for place, one in enumerate(body.seen):
        await _record(call, one.record_id, access)
        try:
            await call.node.follow_ups.seen(
                call.actor,
                one.record_id,
                one.up_to,
                role=role.role if role else "",
                client_id=f"{client_id}/{place}",
            )
        except FyrError as refusal:
            if refusal.code != "behind":
                raise
    shown = await follow_up_list(call.node, access)
    await call.node.gates.previewed(access, action=call.name, contacts=len(shown.rows))
    return shown


@on("followup:pause", gate=unit_gate)
async def pause_follow_up(call: Call, body: PauseFollowUp, access: UnitAccess) -> FollowUpView:
    """Expect nothing for a while, or again."""
    await _record(call, body.record_id, access)
    follow_ups, client_id = call.node.follow_ups, check_client_id(body.client_id)
    if body.resume:
        await follow_ups.resume(call.actor, body.record_id, client_id=client_id)
    else:
        until_ms = moment_ms(body.until, "until") if body.until else None
        now_ms = call.node.now_ms()
        await follow_ups.pause(
            call.actor, body.record_id, body.because, from_ms=now_ms, until_ms=until_ms, client_id=client_id
        )
    return await _shown(call, body.record_id)


@on("followup:end", gate=unit_gate)
async def end_follow_up(call: Call, body: EndFollowUp, access: UnitAccess) -> Empty:
    """It is over."""
    await _record(call, body.record_id, access)
    client_id = check_client_id(body.client_id)
    await call.node.follow_ups.end(call.actor, body.record_id, body.ended, outcome=body.outcome, client_id=client_id)
    return Empty()


async def _record(call: Call, record_id: str, access: UnitAccess) -> Head:
    """The unit's own, of a patient who lets this very one see it. Raises `not_found`."""
    head = await call.node.log.find_head(record_stream(record_id))
    part = head.state.get(Record) if head else Record()
    if head is None or part.unit_id != access.unit_id or not may_see(access, part.person_id):
        raise FyrError("not_found")
    return head


async def _shown(call: Call, record_id: str) -> FollowUpView:
    return await follow_up_view(call.node, await call.node.log.head(record_stream(record_id)))


def _baseline(typed: Mapping[str, str]) -> dict[Measure, Decimal]:
    return {cast("Measure", name): _number(value) for name, value in typed.items()}


def _number(text: str) -> Decimal:
    """A number as it was typed. Raises `bad_request`."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise FyrError("bad_request", where="$", what="a number") from None
    if not number.is_finite() or len(text) > 20:
        raise FyrError("bad_request", where="$", what="a number")
    return number

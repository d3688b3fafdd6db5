"""Socket calls about the register of persons: what an administrator sees and changes of who somebody is.

Each is recorded before anything is handed out, with the digest of a number and never the number. Somebody one's own
legal care givers have nothing to do with looks like nobody.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.access.gates import UnitAccess
from core.access.rule import holds
from core.actor import Actor
from core.directory.newborn import Newborn, register_newborn
from core.errors import FyrError
from core.identity.age_rules import age_rules
from core.identity.entries import PROTECTIONS, Change
from core.identity.number import IdentityNumber
from core.identity.proxy import begins_ms
from core.identity.shown import shown_unit
from core.log.entry import Scope
from core.zones import ZONES
from web.audited import missing
from web.gates import staff_gate, unit_gate
from web.persons import Known, not_there, person_of_number, providers_of
from web.registered import foreseen, known, registration, shown_changes
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.register import (
    ApproveChange,
    FindRegistration,
    ForeseeChange,
    Foreseen,
    FoundRegistrations,
    ListRegistrations,
    Numberless,
    PersonChange,
    ProposeChange,
    RegisterNewborn,
    RegisterUnit,
    Registration,
    Registrations,
    ShowRegistration,
    StandInShown,
    WithdrawChange,
)

if TYPE_CHECKING:
    from web.node import Node

ABOUT = "register"
"""What the audit says was looked at."""
NUMBERS = ("number", "end_number")
WITH_ANOTHER = ("merge", "proxy")
"""What opens one person's to another, who has to be one's own to administer as well."""
ONE_DAY = timedelta(days=1)
LAST_DAY = date(2999, 12, 31)
"""Whoever means for ever leaves the day out."""


@on("register:list", gate=staff_gate)
async def list_registrations(call: Call, _: ListRegistrations, actor: Actor) -> Registrations:
    """Who has no number, and which changes wait for a second person."""
    node, own = call.node, providers_of(actor, "administer")
    there = [unit for unit in node.unit_ids if node.unit_provider(unit) in own]
    numberless = [await _numberless(node, one) for one in await node.register.rows.without_number(there)]
    waiting = await shown_changes(call, await node.register.rows.changes_waiting())
    await _record(call, found=len(numberless) + len(waiting))
    country = node.settings.country
    rules = (age_rules(country).stand_in_rule(basis, node.today()) for basis in ("guardian", "power_of_attorney"))
    return Registrations(
        units=tuple(
            RegisterUnit(unit_id=unit, unit=node.unit_name(unit))
            for unit in there
            if holds(actor, "administer", unit_id=unit)
        ),
        rules=tuple(
            StandInShown(**{name: getattr(found[0], name) for name in StandInShown.__struct_fields__})
            for found in rules
            if found is not None
        ),
        protections=PROTECTIONS[country],
        numberless=tuple(one for one in numberless if one is not None),
        waiting=waiting,
    )


async def _numberless(node: "Node", person_id: str) -> Numberless | None:
    person, standing = await node.directory.person(person_id), await node.register.rows.standing(person_id)
    if person is None or standing is None:
        return None
    protected = node.protections.of_person(person_id) is not None
    return Numberless(
        person_id=person_id,
        name=person.name,
        born_on=str(person.born_on),
        unit=shown_unit(node.unit_name(person.unit_id), protected=protected),
        temporary=standing.temporary,
    )


@on("register:find", gate=staff_gate)
async def find_registration(call: Call, body: FindRegistration, actor: Actor) -> FoundRegistrations:
    """Whose number it is. Raises `identity_invalid`, and `locked_out` for who tries one after the other."""
    try:
        person_id, number = await person_of_number(call.node, actor, body.number)
    except FyrError:
        await _record(call, searched=body.number, found=0)
        raise
    about = await known(call, person_id) if person_id is not None else None
    if about is None:
        await not_there(call.node, actor)
    await _record(call, person_id=about.person.id if about else "", searched=number.value, found=int(about is not None))
    return FoundRegistrations(registrations=(await registration(call, about),) if about else ())


@on("register:show", gate=staff_gate)
async def show_registration(call: Call, body: ShowRegistration, _: Actor) -> Registration:
    """One of them. Raises `not_found`."""
    about = await _known(call, body.person_id)
    await _record(call, person_id=body.person_id)
    return await registration(call, about)


@on("register:foresee", gate=staff_gate)
async def foresee_change(call: Call, body: ForeseeChange, actor: Actor) -> Foreseen:
    """What would follow. Raises what proposing it would."""
    about = await _known(call, body.change.person_id)
    change, number = await _change(call, body.change, body.number)
    await _record(call, person_id=about.person.id, searched=number.value if number else "")
    return await foreseen(call, about, change, second=await call.node.changes.needs_second(actor, change, number))


@on("register:propose", gate=staff_gate)
async def propose_change(call: Call, body: ProposeChange, actor: Actor) -> Registration:
    """Put it up for a second person, or do what needs none.

    Raises `not_found`, `bad_request`, `empty`, `too_long`, `wrong_state`, `identity_invalid`, `identity_taken`.
    """
    about, once = await _known(call, body.change.person_id), check_client_id(body.client_id)
    change, number = await _change(call, body.change, body.number)
    await _record(call, person_id=about.person.id, searched=number.value if number else "")
    await call.node.changes.propose(actor, change, number, reason=body.reason, client_id=once)
    return await _changed(call, about.person.id)


@on("register:approve", gate=staff_gate)
async def approve_change(call: Call, body: ApproveChange, actor: Actor) -> Registration:
    """Do what another has proposed.

    Raises `not_found`, `wrong_state`, `second_person`, `identity_invalid`, `identity_differs`, `identity_taken`.
    """
    about, once = await _of_change(call, body.change_id), check_client_id(body.client_id)
    number = (await person_of_number(call.node, actor, body.number))[1] if body.number else None
    await _record(call, person_id=about.person.id, searched=number.value if number else "")
    try:
        await call.node.changes.approve(actor, body.change_id, number, client_id=once)
    except FyrError as refused:
        if refused.code == "identity_differs":
            await not_there(call.node, actor)
        raise
    return await _changed(call, about.person.id)


@on("register:withdraw", gate=staff_gate)
async def withdraw_change(call: Call, body: WithdrawChange, actor: Actor) -> Registration:
    """It is not to be done. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
    about, once = await _of_change(call, body.change_id), check_client_id(body.client_id)
    await _record(call, person_id=about.person.id)
    await call.node.changes.withdraw(actor, body.change_id, reason=body.reason, client_id=once)
    return await _changed(call, about.person.id)


@on("register:newborn", gate=unit_gate)
async def newborn(call: Call, body: RegisterNewborn, access: UnitAccess) -> Registration:
    """Somebody without a number. Raises `empty`, `bad_request`, and `not_found` for a unit or guardian not theirs."""
    node, born_on = call.node, _day(body.born_on, "$.born_on")
    if born_on > node.today():
        raise FyrError("bad_request", where="$.born_on", what="a day that has been")
    if body.guardian_id:
        await _known(call, body.guardian_id)
    about = Newborn(unit_id=body.unit_id, name=body.name, born_on=born_on, sex=body.sex, guardian_id=body.guardian_id)
    once = check_client_id(body.client_id)
    person_id = await register_newborn(node.directory, node.register, about, actor=access.actor, client_id=once)
    await _record(call, person_id=person_id)
    return await _changed(call, person_id)


async def _changed(call: Call, person_id: str) -> Registration:
    """The person as they are now, and so on every open screen."""
    await call.node.protections.look()
    await call.node.watch.look()
    return await registration(call, await _known(call, person_id))


async def _of_change(call: Call, change_id: str) -> Known:
    part = (await call.node.changes.all([change_id])).get(change_id)
    if part is None or part.change is None:
        await missing(call, ABOUT)
    if part.change.kind in WITH_ANOTHER:
        await _known(call, part.change.other_id)
    return await _known(call, part.change.person_id)


async def _change(call: Call, asked: PersonChange, typed: str) -> tuple[Change, IdentityNumber | None]:
    """What is asked, checked as far as it can be before it is done."""
    node = call.node
    _check_shape(node, asked, typed)
    if asked.kind in WITH_ANOTHER:
        await _known(call, asked.other_id)
        if asked.other_id == asked.person_id:
            raise FyrError("not_found")
    if asked.kind == "lift" and node.protections.of_person(asked.person_id) is None:
        raise FyrError("wrong_state", state="")
    number = await _number(call, asked, typed) if asked.kind in NUMBERS else None
    return Change(
        kind=asked.kind,
        person_id=asked.person_id,
        other_id=asked.other_id,
        protection=asked.protection if asked.kind == "protect" else None,
        basis=asked.basis,
        shares_address=asked.shares_address,
        until_ms=_end_of(node, asked.until) if asked.until else None,
        digest=node.register.digest(number) if number else "",
        wrong=asked.wrong,
    ), number


def _end_of(node: "Node", text: str) -> int:
    last = _day(text, "$.change.until")
    if not node.today() <= last <= LAST_DAY:
        raise FyrError("bad_request", where="$.change.until", what="a day to come")
    return begins_ms(last + ONE_DAY, ZONES[node.settings.country])


def _check_shape(node: "Node", asked: PersonChange, typed: str) -> None:
    needed = {
        "protection": asked.kind != "protect" or asked.protection in PROTECTIONS[node.settings.country],
        "basis": asked.kind not in ("proxy", "end_proxy") or asked.basis is not None,
        "number": asked.kind not in NUMBERS or bool(typed),
    }
    for name, there in needed.items():
        if not there:
            raise FyrError("bad_request", where=f"$.change.{name}", what="needed")


async def _number(call: Call, asked: PersonChange, typed: str) -> IdentityNumber:
    """The number, where it is the person's or may become it.

    Raises `identity_invalid`, `identity_taken`, `not_found`.
    """
    holder, number = await person_of_number(call.node, call.actor, typed)
    free = asked.kind == "number" and holder is None
    if not free and holder != await call.node.register.rows.survivor(asked.person_id):
        await not_there(call.node, call.actor)
        await _record(call, person_id=asked.person_id, searched=number.value, found=0)
        raise FyrError("identity_taken" if asked.kind == "number" else "not_found")
    return number


async def _known(call: Call, person_id: str) -> Known:
    about = await known(call, person_id)
    if about is None:
        await missing(call, ABOUT)
    return about


async def _record(call: Call, *, person_id: str = "", searched: str = "", found: int | None = None) -> None:
    scope = Scope(person_id=person_id, provider_id=min(providers_of(call.actor, "administer")))
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about=ABOUT,
        scope=scope,
        outcome="allowed",
        basis="administer",
        found=found,
        searched=searched,
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where=where, what="a day, as 2026-11-27") from None

"""What an administrator sees of the register of persons: registrations, changes, and what a change would lead to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from core.actor import FOR_EVER_MS, Represented
from core.clock import from_ms
from core.directory.store import Person
from core.identity.entries import Change
from core.identity.kinds import ChangeState
from core.identity.proxy import Party, Proxy
from core.identity.shown import shown_unit
from core.zones import ZONES
from web.persons import Known, known_to, providers_of
from web.push.views import wire_time
from web.registry import Call
from web.wire.register import (
    Foreseen,
    HeldNumber,
    MergedPerson,
    PersonChange,
    RegisteredProxy,
    Registration,
    ShownChange,
)

if TYPE_CHECKING:
    from web.node import Node

ONE_DAY = timedelta(days=1)


async def known(call: Call, person_id: str) -> Known | None:
    """The person, where one's own legal care givers have to do with them."""
    return await known_to(call.node, call.actor, person_id, right="administer")


async def registration(call: Call, about: Known) -> Registration:
    """One person as the register has them."""
    node, person = call.node, about.person
    rows, protection = node.register.rows, node.protections.of_person(person.id)
    standing = await rows.standing(person.id)
    unit = shown_unit(node.unit_name(person.unit_id), protected=protection is not None)
    return Registration(
        person_id=person.id,
        name=person.name,
        born_on=str(person.born_on),
        sex=person.sex,  # type: ignore[arg-type]
        unit=unit if about.registered else "",
        temporary=standing.temporary if standing else "",
        protection=protection,
        merged_into=standing.merged_into if standing else "",
        numbers=tuple(
            HeldNumber(kind=one.number, since=wire_time(one.from_ms), until=_moment(one.until_ms))
            for one in await rows.numbers_of(person.id)
        ),
        merged=tuple([await _merged(node, one) for one in await rows.merged_into(person.id)]),
        proxies=await _proxies(node, person.id),
        changes=await shown_changes(call, await rows.changes_of(person.id)),
    )


async def _merged(node: "Node", person_id: str) -> MergedPerson:
    person = await node.directory.person(person_id)
    return MergedPerson(person_id=person_id, name=person.name if person else "")


async def _proxies(node: "Node", person_id: str) -> tuple[RegisteredProxy, ...]:
    """Who stands for the person, then for whom they stand: as the register has it, and what the rules make of it."""
    pairs, parties = await _standing(node, person_id)
    return tuple([await _proxy(node, one, parties, other=_other(one, person_id)) for one in pairs])


async def _standing(node: "Node", person_id: str) -> tuple[list[Proxy], dict[str, Party]]:
    rows, now_ms = node.register.rows, node.now_ms()
    found = [*await rows.proxies_for(person_id), *await rows.proxies_held_by(person_id)]
    pairs = [one for one in found if one.until_ms is None or now_ms < one.until_ms]
    names = {name for one in pairs for name in (one.person_id, one.proxy_id)} | {person_id}
    parties = await rows.parties(names, now_ms=now_ms)
    return [one for one in pairs if one.person_id in parties and one.proxy_id in parties], parties


def _other(proxy: Proxy, person_id: str) -> str:
    return proxy.proxy_id if proxy.person_id == person_id else proxy.person_id


async def _proxy(node: "Node", proxy: Proxy, parties: dict[str, Party], *, other: str) -> RegisteredProxy:
    person, by = parties[proxy.person_id], parties[proxy.proxy_id]
    judged = node.register.judge(proxy, person=person, by=by)
    stands = judged if isinstance(judged, Represented) else None
    named = None if person.protected or by.protected else await node.directory.person(other)
    return RegisteredProxy(
        person_id=proxy.person_id,
        proxy_id=proxy.proxy_id,
        name=named.name if named else "",
        basis=proxy.basis,
        until=_moment(stands.until_ms if stands else proxy.until_ms),
        hindrance=None if isinstance(judged, Represented) else judged,
    )


def _moment(at_ms: int | None) -> str:
    return "" if at_ms is None or at_ms == FOR_EVER_MS else wire_time(at_ms)


async def shown_changes(call: Call, change_ids: Sequence[str]) -> tuple[ShownChange, ...]:
    """Those of the changes that concern somebody one's own legal care givers have to do with."""
    parts = await call.node.changes.all(change_ids)
    shown = [await _shown_change(call, one, part) for one, part in parts.items()]
    return tuple(one for one in shown if one is not None)


async def _shown_change(call: Call, change_id: str, part: ChangeState) -> ShownChange | None:
    about = await known(call, part.change.person_id) if part.change else None
    if part.change is None or about is None:
        return None
    waits, change = part.status == "proposed", part.change
    return ShownChange(
        change_id=change_id,
        change=_as_asked(call.node, change),
        person=about.person.name,
        other=await _other_name(call, change),
        reason=part.reason,
        status=part.status,
        proposed_by=part.proposer,
        proposed_at=wire_time(part.proposed_ms),
        settled_by=part.settled_by,
        settled_at=wire_time(part.settled_ms) if part.settled_ms else "",
        may_approve=waits and part.proposed_by != call.actor.id,
        foreseen=await foreseen(call, about, change, second=True) if waits else None,
    )


async def _other_name(call: Call, change: Change) -> str:
    """Of somebody who stands for somebody, or for whom somebody stands, nothing where either is protected."""
    protected = call.node.protections.of_person
    hidden = change.kind != "merge" and any(protected(one) for one in (change.person_id, change.other_id))
    other = await known(call, change.other_id) if change.other_id and not hidden else None
    return other.person.name if other else ""


def _as_asked(node: "Node", change: Change) -> PersonChange:
    until_ms = change.until_ms
    last = from_ms(until_ms).astimezone(ZONES[node.settings.country]).date() - ONE_DAY if until_ms is not None else ""
    return PersonChange(
        kind=change.kind,
        person_id=change.person_id,
        other_id=change.other_id,
        protection=change.protection,
        basis=change.basis,
        shares_address=change.shares_address,
        until=str(last),
        wrong=change.wrong,
    )


async def foreseen(call: Call, about: Known, change: Change, *, second: bool) -> Foreseen:
    """What follows from the change."""
    if change.kind == "merge":
        return await _merging(call, about, change, second=second)
    if change.kind == "part":
        return Foreseen(second=second, contacts=_own_contacts(call, about))
    if change.kind in ("protect", "lift"):
        return Foreseen(second=second, proxies=await _standing_if_open(call.node, about.person.id))
    if change.kind == "proxy":
        return await _standing_in(call.node, change, second=second)
    return Foreseen(second=second)


async def _merging(call: Call, about: Known, change: Change, *, second: bool) -> Foreseen:
    stays, protected = await known(call, change.other_id), call.node.protections.of_person
    differs = [name for name in ("born_on", "sex") if stays and _differs(name, about.person, stays.person)]
    return Foreseen(
        second=second,
        contacts=_own_contacts(call, about),
        differs=tuple(differs),
        protects=protected(change.person_id) is not None and protected(change.other_id) is None,
    )


def _differs(name: str, one: Person, other: Person) -> bool:
    told = (getattr(one, name), getattr(other, name))
    return None not in told and told[0] != told[1]


def _own_contacts(call: Call, about: Known) -> int:
    own = providers_of(call.actor, "administer")
    return sum(head.scope.provider_id in own for head in about.heads)


async def _standing_if_open(node: "Node", person_id: str) -> int:
    """How many stand for them, and they for how many, as long as they are not protected themselves."""
    pairs, parties = await _standing(node, person_id)
    if person_id not in parties:
        return 0
    parties[person_id] = msgspec.structs.replace(parties[person_id], protected=False)
    judged = [node.register.judge(one, person=parties[one.person_id], by=parties[one.proxy_id]) for one in pairs]
    return sum(isinstance(one, Represented) for one in judged)


async def _standing_in(node: "Node", change: Change, *, second: bool) -> Foreseen:
    parties = await node.register.rows.parties((change.person_id, change.other_id), now_ms=node.now_ms())
    proxy = Proxy(
        person_id=change.person_id,
        proxy_id=change.other_id,
        basis=change.basis or "guardian",
        shares_address=change.shares_address,
        until_ms=change.until_ms,
    )
    judged = node.register.judge(proxy, person=parties[change.person_id], by=parties[change.other_id])
    if isinstance(judged, Represented):
        return Foreseen(second=second, until=_moment(judged.until_ms))
    return Foreseen(second=second, hindrance=judged)

"""Makes the register of persons from the settings, and finds by number for those who may look people up."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from carequeue.state import Place
from core.access.rights import Right
from core.access.rule import holds
from core.actor import Actor
from core.clock import Clock
from core.directory.store import Person
from core.identity.age_rules import age_rules
from core.identity.number import IdentityNumber
from core.identity.reading import read_number
from core.identity.register import Register
from core.identity.rules import number_rules
from core.identity.store import PersonRows
from core.ids import StreamId
from core.lockout.rule import LOOKUPS
from core.lockout.store import Subject
from core.log.append import Head
from core.log.log import Log
from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from core.zones import ZONES

if TYPE_CHECKING:
    from web.node import Node


async def person_of_number(node: "Node", actor: Actor, typed: str) -> tuple[str | None, IdentityNumber]:
    """Whose number it is, if anybody's, and the number.

    Raises `identity_invalid`, and `locked_out` for who tries one after the other: `not_there` counts them.
    """
    number = read_number(typed, today=node.today())
    await node.lockouts.require_open(looking(actor))
    return await node.register.find(number), number


class Known(NamedTuple):
    """A person one's own legal care givers have registered, or have in a contact."""

    person: Person
    registered: bool
    """Whether they are registered with one of them."""
    heads: list[Head]
    """Every contact about them, also from before they were merged, newest first: not all are one's own."""


async def known_to(node: "Node", actor: Actor, person_id: str, *, right: Right) -> Known | None:
    """The person, where a legal care giver at which the actor has the right has to do with them; None else."""
    person = await node.directory.person(person_id)
    if person is None:
        return None
    heads = await contacts_about(node, person_id)
    own = providers_of(actor, right)
    registered = node.unit_provider(person.unit_id) in own
    return (
        Known(person, registered, heads) if registered or any(one.scope.provider_id in own for one in heads) else None
    )


def providers_of(actor: Actor, right: Right) -> frozenset[str]:
    """The legal care givers at which somebody has a right."""
    return frozenset(role.provider_id for role in actor.roles if holds(actor, right, unit_id=role.unit_id))


async def contacts_about(node: "Node", person_id: str) -> list[Head]:
    """The person's contacts, also those from before they were merged, newest first."""
    streams = await node.log.streams_about_any([person_id, *await node.register.rows.merged_into(person_id)])
    return _newest_first(await node.log.heads(list(streams)))


async def contacts_of_all(node: "Node", person_ids: Collection[str]) -> dict[str, list[Head]]:
    """Everybody's contacts, also those under a record that was merged into theirs, newest first; none of nobody."""
    known = {person_id for person_id in person_ids if person_id}
    same = await node.register.rows.same_of_all(known)
    streams = await node.log.streams_about_any(sorted({one for ones in same.values() for one in ones}))
    heads = _newest_first(await node.log.heads(list(streams)))
    return {who: [head for head in heads if streams[head.stream] in set(ones)] for who, ones in same.items()}


def _newest_first(heads: Mapping[StreamId, Head]) -> list[Head]:
    return sorted(heads.values(), key=lambda head: head.state.get(Place).arrived_ms, reverse=True)


async def not_there(node: "Node", actor: Actor) -> None:
    """They looked up somebody who is not there, or not theirs to find."""
    await node.lockouts.failed(looking(actor))


def looking(actor: Actor) -> Subject:
    """Under what such tries are counted."""
    return Subject("person_find", actor.id, LOOKUPS)


def open_register(settings: Settings, log: Log, database: Database, *, masters: MasterKeys, clock: Clock) -> Register:
    """The register, its rules read and checked. Raises `content_invalid`."""
    number_rules()
    return Register(
        log,
        PersonRows(database),
        masters=masters,
        clock=clock,
        rules=age_rules(settings.country),
        zone=ZONES[settings.country],
        demo=settings.demo,
    )

"""Finding a person: staff, by identity number. What is not found and what is not theirs to find look the same."""

from typing import TYPE_CHECKING

from carequeue.state import Place
from core.access.rule import holds, may_enter
from core.actor import Actor
from core.errors import FyrError
from core.identity.shown import shown_unit
from core.ids import StreamId, contact_of
from core.log.append import Head
from core.log.entry import Scope
from web.gates import staff_gate
from web.persons import not_there, person_of_number
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.person import FindPerson, FoundContact, FoundPerson, FoundPersons

if TYPE_CHECKING:
    from web.node import Node


@on("person:find", gate=staff_gate)
async def find_person(call: Call, body: FindPerson, actor: Actor) -> FoundPersons:
    """Whose number it is; recorded before anything is answered, also nothing.

    Raises `identity_invalid`, and `locked_out` for who looks up one after the other that is not there.
    """
    try:
        person_id, number = await person_of_number(call.node, actor, body.number)
    except FyrError:
        await _recorded(call, body.number, None)
        raise
    found = await _found(call, person_id) if person_id is not None else None
    if found is None:
        await not_there(call.node, actor)
    await _recorded(call, number.value, found)
    return FoundPersons(persons=(found,) if found is not None else ())


async def _recorded(call: Call, searched: str, found: FoundPerson | None) -> None:
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about="search",
        scope=Scope(person_id=found.person_id if found else ""),
        outcome="allowed",
        basis="unit",
        found=0 if found is None else 1,
        searched=searched,
    )


async def _found(call: Call, person_id: str) -> FoundPerson | None:
    """The person, where one's legal care giver has them registered or in a contact; None else."""
    node = call.node
    person = await node.directory.person(person_id)
    heads = await _contacts_about(node, person_id)
    own = {role.provider_id for role in call.actor.roles if holds(call.actor, "find", unit_id=role.unit_id)}
    registered = person is not None and node.unit_provider(person.unit_id) in own
    if person is None or not (registered or any(head.scope.provider_id in own for head in heads)):
        return None
    protection = node.protections.of_person(person_id)
    unit = shown_unit(node.unit_name(person.unit_id), protected=protection is not None)
    return FoundPerson(
        person_id=person.id,
        name=person.name,
        age_y=person.age_y(node.today()),
        unit=unit if registered else "",
        protection=protection,
        contacts=tuple(_row(node, head) for head in heads if _enters(call, head)),
    )


async def _contacts_about(node: "Node", person_id: str) -> list[Head]:
    """The person's contacts, also those from before they were merged, newest first."""
    streams: list[StreamId] = []
    for one in (person_id, *await node.register.rows.merged_into(person_id)):
        streams += [name for name in await node.log.streams_about(one) if name.startswith("contact:")]
    heads = await node.log.heads(streams)
    found = [heads[name] for name in streams if name in heads]
    return sorted(found, key=lambda head: head.state.get(Place).arrived_ms, reverse=True)


def _enters(call: Call, head: Head) -> bool:
    return may_enter(call.actor, head.scope, right="read", now_ms=call.node.now_ms())


def _row(node: "Node", head: Head) -> FoundContact:
    place = head.state.get(Place)
    return FoundContact(
        contact_id=contact_of(head.stream),
        unit=node.unit_name(head.scope.unit_id),
        opened_at=wire_time(place.arrived_ms),
        status=place.status,
    )

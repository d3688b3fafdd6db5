"""Finding a person: staff, by identity number. What is not found and what is not theirs to find look the same."""

from typing import TYPE_CHECKING

from carequeue.state import Place
from core.access.rule import may_enter
from core.actor import Actor
from core.errors import FyrError
from core.identity.shown import shown_unit
from core.ids import contact_of
from core.log.append import Head
from core.log.entry import Scope
from web.gates import staff_gate
from web.persons import known_to, not_there, person_of_number
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
    known = await known_to(node, call.actor, person_id, right="find")
    if known is None or person_id in call.actor.kept_from:
        return None
    person, protection = known.person, node.protections.of_person(person_id)
    unit = shown_unit(node.unit_name(person.unit_id), protected=protection is not None)
    return FoundPerson(
        person_id=person.id,
        name=person.name,
        age_y=person.age_y(node.today()),
        unit=unit if known.registered else "",
        protection=protection,
        contacts=tuple(_row(node, head) for head in known.heads if _enters(call, head)),
    )


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

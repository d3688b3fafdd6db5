"""The socket call that lists the other contacts of whom a contact is about."""

from carequeue.order import level_in_queue
from carequeue.state import Place
from core.access.gates import ContactAccess
from core.access.rule import may_enter
from core.ids import contact_of
from core.log.append import Head
from triage.state import Triage
from web.gates import contact_gate
from web.persons import contacts_about
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.earlier import EarlierContact, EarlierContacts, ListEarlier


@on("contact:earlier", gate=contact_gate(reads=True))
async def list_earlier(call: Call, _: ListEarlier, access: ContactAccess) -> EarlierContacts:
    """Those one may enter; how many were shown is recorded before they are. What is blocked, or another legal care
    giver's, looks as if it were not there."""
    found = [head for head in await _others(call, access) if _enters(call, head)]
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about=access.head.stream,
        scope=access.head.scope,
        outcome="allowed",
        basis="unit",
        found=len(found),
    )
    return EarlierContacts(contacts=tuple(_row(call, head) for head in found))


async def _others(call: Call, access: ContactAccess) -> list[Head]:
    """Every other contact of the person, also under a number or a record that was merged; none of somebody unknown."""
    person_id = access.head.scope.person_id
    if not person_id:
        return []
    heads: dict[str, Head] = {}
    for one in await call.node.register.rows.same(person_id):
        heads |= {head.stream: head for head in await contacts_about(call.node, one)}
    heads.pop(access.head.stream, None)
    return sorted(heads.values(), key=lambda head: head.state.get(Place).arrived_ms, reverse=True)


def _enters(call: Call, head: Head) -> bool:
    return may_enter(call.actor, head.scope, right="read", now_ms=call.node.now_ms())


def _row(call: Call, head: Head) -> EarlierContact:
    place, triage = head.state.get(Place), head.state.get(Triage)
    return EarlierContact(
        contact_id=contact_of(head.stream),
        unit=call.node.unit_name(place.unit_id),
        opened_at=wire_time(place.arrived_ms),
        status=place.status,
        closed_at=wire_time(place.closed_ms) if place.closed_ms else "",
        closed=place.closed.reason if place.closed else None,
        urgency=level_in_queue(triage),
        reason=triage.reason,
    )

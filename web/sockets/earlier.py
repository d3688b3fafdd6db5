"""Socket calls about the other contacts of whom a contact is about: listed in it, and marked on a board's cards."""

import asyncio
from collections.abc import Sequence

from carequeue.order import level_in_queue
from carequeue.state import Place
from core.access.gates import ContactAccess, UnitAccess
from core.access.rule import may_enter
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Head
from triage.state import Triage
from web.gates import contact_gate, preview_gate
from web.persons import contacts_of_all
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.earlier import EarlierContact, EarlierContacts, EarlierMark, EarlierMarks, ListEarlier, MarkEarlier

MOST_CARDS = 40
"""At once: whoever scrolls asks again."""


@on("contact:earlier", gate=contact_gate(reads=True))
async def list_earlier(call: Call, _: ListEarlier, access: ContactAccess) -> EarlierContacts:
    """Those one may enter; how many were shown is recorded before they are. What is blocked, or another legal care
    giver's, looks as if it were not there."""
    found = (await _entered(call, [access.head]))[access.head.stream]
    await _record(call, access.head, found=len(found))
    return EarlierContacts(contacts=tuple(_row(call, head) for head in found))


@on("board:earlier", gate=preview_gate)
async def mark_earlier(call: Call, body: MarkEarlier, access: UnitAccess) -> EarlierMarks:
    """For which of a unit's cards there are such, how many and from when; nothing of a contact one may not enter.

    Recorded like the list: for each card that is given a mark, before it is.
    """
    if len(body.contact_ids) > MOST_CARDS:
        raise FyrError("bad_request", where="$.contact_ids", what=f"at most {MOST_CARDS}")
    heads = await call.node.log.heads([contact_stream(ContactId(one)) for one in body.contact_ids])
    here = [head for head in heads.values() if head.scope.unit_id == access.unit_id and _enters(call, head)]
    found = await _entered(call, here)
    await call.node.gates.previewed(access, action=call.name, contacts=len(here))
    marked = [head for head in here if found[head.stream]]
    await asyncio.gather(*(_record(call, head, found=len(found[head.stream])) for head in marked))
    return EarlierMarks(marks=tuple(_mark(head, found[head.stream]) for head in marked))


def _mark(head: Head, others: list[Head]) -> EarlierMark:
    last_ms = others[0].state.get(Place).arrived_ms
    return EarlierMark(contact_id=contact_of(head.stream), count=len(others), last_at=wire_time(last_ms))


async def _record(call: Call, head: Head, *, found: int) -> None:
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about=head.stream,
        scope=head.scope,
        outcome="allowed",
        basis="unit",
        found=found,
    )


async def _entered(call: Call, heads: Sequence[Head]) -> dict[StreamId, list[Head]]:
    """For each, every other contact of the same person one may enter, the newest first.

    Also those under a number or a record that was merged; none of somebody unknown.
    """
    found = await contacts_of_all(call.node, [head.scope.person_id for head in heads])
    return {
        head.stream: [
            other
            for other in found.get(head.scope.person_id, ())
            if other.stream != head.stream and _enters(call, other)
        ]
        for head in heads
    }


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

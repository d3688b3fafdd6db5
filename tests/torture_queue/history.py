"""What became of each contact and when, from the record and PostgreSQL's own times of each commit."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import text

from carequeue.deadlines import Deadlines
from carequeue.entries import Claimed
from carequeue.order import OrderKey, level_in_queue, order_of
from carequeue.state import Place
from core.ids import ContactId
from core.log.append import Head
from core.log.entry import Entry
from core.log.kinds import Kinds
from core.log.state import State
from core.storage.sql import Database
from triage.entries import Level
from triage.state import Triage

TIMES = """
SELECT stream_id, no, extract(epoch FROM pg_xact_commit_timestamp(xmin)) FROM entry WHERE stream_id LIKE 'contact:%'
"""


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which nothing about a contact changed that the queue goes by."""

    contact_id: ContactId
    unit_id: str
    status: str
    key: OrderKey
    needs: frozenset[str]
    level: Level
    holder_id: str
    claim_no: int
    start_s: float
    end_s: float = float("inf")
    taken: tuple[str, str] | None = None
    """Of one that waits and is taken at its end: the nurse, and the command's `client_id`."""


async def commit_times(database: Database) -> dict[tuple[str, int], float]:
    """When each entry of a contact was committed, by contact and number."""
    async with database.read() as connection:
        rows = (await connection.execute(text(TIMES))).all()
    return {(str(stream).removeprefix("contact:"), no): float(at_s) for stream, no, at_s in rows}


def spans_of(
    contact_id: ContactId, entries: Iterable[tuple[float, Entry]], head: Head, *, kinds: Kinds, deadlines: Deadlines
) -> Iterator[Span]:
    """The contact's life, one span after the other. `head` tells what does not change."""
    state, span = State(), None
    for at_s, entry in entries:
        kind = kinds.named(entry.header.kind)
        state = state.with_part(kind.fold(state.get(kind.part), entry.body, entry.header))
        if not state.get(Place).unit_id:
            continue
        now = _span(contact_id, msgspec.structs.replace(head, state=state), at_s, deadlines)
        if span is not None and _same(span, now):
            continue
        if span is not None:
            is_claim = isinstance(entry.body, Claimed) and now.status == "held"
            taken = (now.holder_id, entry.header.client_id) if is_claim else None
            yield dataclasses.replace(span, end_s=at_s, taken=taken)
        span = now
    if span is not None:
        yield span


def _span(contact_id: ContactId, head: Head, at_s: float, deadlines: Deadlines) -> Span:
    place, level = head.state.get(Place), level_in_queue(head.state.get(Triage))
    return Span(
        contact_id=contact_id,
        unit_id=place.unit_id,
        status=place.status,
        key=order_of(head, deadlines),
        needs=frozenset() if level == "immediate" else frozenset(place.needs),
        level=level,
        holder_id=place.holder_id or "",
        claim_no=place.claim_no,
        start_s=at_s,
    )


def _same(one: Span, other: Span) -> bool:
    return (one.unit_id, one.status, one.key, one.needs, one.holder_id, one.claim_no) == (
        other.unit_id,
        other.status,
        other.key,
        other.needs,
        other.holder_id,
        other.claim_no,
    )

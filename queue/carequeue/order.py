"""Who is next: one pure order, the same here, in SQL (`ORDER BY tier, due_ms, arrived_ms, contact_id`) and in Redis.

The order is total, and fixed for a contact until its level or its unit changes; then it counts from the first arrival.
Who *may* take the contact is not decided here.
"""

from typing import NamedTuple

from carequeue.deadlines import LETTER_LEVELS, TIERS, Deadlines
from carequeue.state import Place
from core.ids import ContactId, contact_of
from core.log.append import Head
from triage.entries import Level
from triage.kinds import more_urgent
from triage.state import Triage

TIME_LIMIT_MS = 2**42
"""Times lie below this, in the year 2109: tier and time then fit a double, which is what Redis sorts by."""
ARRIVAL_DIGITS = 13


class OrderKey(NamedTuple):
    """Compares as the queue is served: the smaller key goes first."""

    tier: int
    due_ms: int
    """Arrival + target + grace of the level (`Deadlines.due_ms`), milliseconds since 1970."""
    arrived_ms: int
    contact_id: ContactId


def order_key(level: Level, arrived_ms: int, contact_id: ContactId, *, due_ms: int) -> OrderKey:
    """Where a contact of this level stands. A lower one passes an urgent one only when overdue by more than its grace.

    Within a tier nobody who arrives later than `due_ms` can go before: that bounds every wait.
    """
    return OrderKey(TIERS[level], due_ms, arrived_ms, contact_id)


def order_text(key: OrderKey) -> str:
    """The key as a text that sorts as the key does, for lists sorted elsewhere."""
    return f"{key.tier}{key.due_ms:0{ARRIVAL_DIGITS}d}{member(key)}"


def score(key: OrderKey) -> int:
    """The first half of the key as one number, exact in a double: Redis sorts by it first."""
    return key.tier * TIME_LIMIT_MS + key.due_ms


def member(key: OrderKey) -> str:
    """The second half of the key as text: Redis sorts equal scores by it, byte by byte."""
    return f"{arrival(key)}:{key.contact_id}"


def arrival(key: OrderKey) -> str:
    """The arrival as texts sort it."""
    return f"{key.arrived_ms:0{ARRIVAL_DIGITS}d}"


def level_in_queue(triage: Triage) -> Level:
    """The level a contact is sorted by: as long as nobody has understood it, at least urgent."""
    if triage.assessed or triage.set_by_person:
        return triage.urgency
    return more_urgent(triage.urgency, "urgent")


def waits_as_letter(place: Place, triage: Triage) -> bool:
    """Whether it may wait for its answer as letters do: understood, and neither urgent nor to be seen within a day."""
    return place.letter and level_in_queue(triage) in LETTER_LEVELS


def order_of(head: Head, deadlines: Deadlines) -> OrderKey:
    """Where the contact whose head this is stands, or stood while it waited."""
    place, level = head.state.get(Place), level_in_queue(head.state.get(Triage))
    due_ms = deadlines.due_ms(place.unit_id, level, arrived_ms=place.arrived_ms, letter=place.letter)
    return order_key(level, place.arrived_ms, contact_of(head.stream), due_ms=due_ms)


def target_of(head: Head, deadlines: Deadlines) -> int:
    """When first human contact is promised, milliseconds since 1970."""
    place, level = head.state.get(Place), level_in_queue(head.state.get(Triage))
    return deadlines.target_ms(place.unit_id, level, arrived_ms=place.arrived_ms, letter=place.letter)

"""Desks: what holds those who wait and gives a nurse the next. Here in memory; a test has one of Redis and SQL."""

from collections import defaultdict
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Protocol

from carequeue.capacity import IMMEDIATE, Capacity
from carequeue.deadlines import LEVELS, Deadlines
from carequeue.order import order_key
from carequeue.simulation.arrivals import Arrival
from carequeue.simulation.staffing import Nurse
from core.ids import ContactId
from triage.entries import Level

Key = tuple[int | str, ...]
Rank = Callable[[Arrival], Key]


class Desk(Protocol):
    """What a simulation asks of a queue."""

    async def arrive(self, arrival: Arrival) -> None:
        """They wait."""
        ...

    async def next_for(self, nurse: Nurse, at_ms: int) -> ContactId | None:
        """Who the nurse is given; None when nobody waits whom they have room for."""
        ...

    async def done(self, nurse: Nurse, contact_id: ContactId, at_ms: int) -> None:
        """The contact is closed."""
        ...


def ours(deadlines: Deadlines) -> Rank:
    """The product's own order."""

    def rank(one: Arrival) -> Key:
        due_ms = deadlines.due_ms(one.unit_id, one.level, arrived_ms=one.arrived_ms)
        return order_key(one.level, one.arrived_ms, one.contact_id, due_ms=due_ms)

    return rank


def first_come(one: Arrival) -> Key:
    """Whoever came first, however ill."""
    return one.arrived_ms, one.contact_id


def strict(one: Arrival) -> Key:
    """Whoever is most urgent, however long others have waited."""
    return LEVELS.index(one.level), one.arrived_ms, one.contact_id


class MemoryDesk:
    """A heap for each unit, by any order."""

    def __init__(self, rank: Rank, capacity: Capacity) -> None:
        self._rank = rank
        self._capacity = capacity
        self._waiting: defaultdict[str, list[tuple[Key, Arrival]]] = defaultdict(list)
        self._held: defaultdict[str, dict[ContactId, Level]] = defaultdict(dict)

    async def arrive(self, arrival: Arrival) -> None:
        """See `Desk`."""
        heappush(self._waiting[arrival.unit_id], (self._rank(arrival), arrival))

    async def next_for(self, nurse: Nurse, at_ms: int) -> ContactId | None:
        """See `Desk`."""
        held = self._held[nurse.staff_id]
        takeable = [
            queue
            for unit_id in nurse.unit_ids
            if (queue := self._waiting[unit_id])
            and (queue[0][1].level == IMMEDIATE or self._capacity.has_room(unit_id, held.values()))
        ]
        if not takeable:
            return None
        _, first = heappop(min(takeable, key=lambda queue: queue[0]))
        held[first.contact_id] = first.level
        return first.contact_id

    async def done(self, nurse: Nurse, contact_id: ContactId, at_ms: int) -> None:
        """See `Desk`."""
        del self._held[nurse.staff_id][contact_id]

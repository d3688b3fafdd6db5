"""From event to event: somebody comes, a contact is closed, a shift begins; then whoever has room asks for the next."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from carequeue.capacity import IMMEDIATE, Capacity
from carequeue.simulation.arrivals import Arrival
from carequeue.simulation.desk import Desk
from carequeue.simulation.staffing import Nurse, on_duty
from carequeue.simulation.watch import Unwatched, Watch
from core.ids import ContactId
from triage.entries import Level

OnDuty = Callable[[int], Sequence[Nurse]]
"""The nurses of a moment."""


class Served(NamedTuple):
    """Somebody who was taken, when and by whom."""

    arrival: Arrival
    taken_ms: int
    staff_id: str

    @property
    def waited_ms(self) -> int:
        """From arrival to the first human contact."""
        return self.taken_ms - self.arrival.arrived_ms


class Closing(NamedTuple):
    """A contact that will be closed."""

    at_ms: int
    contact_id: ContactId
    nurse: Nurse


class Simulation:
    """One run over one desk."""

    def __init__(
        self, desk: Desk, capacity: Capacity, *, on_duty: OnDuty = on_duty, watch: Watch | None = None
    ) -> None:
        self._desk = desk
        self._capacity = capacity
        self._on_duty = on_duty
        self._watch = watch or Unwatched()
        self._known: dict[ContactId, Arrival] = {}
        self._waiting: set[ContactId] = set()
        self._held: defaultdict[str, dict[ContactId, Level]] = defaultdict(dict)
        self._closings: list[Closing] = []
        self._alarms = 0
        """Immediates that wait."""
        self._served: list[Served] = []

    async def run(self, arrivals: Sequence[Arrival], shifts: Iterable[int]) -> list[Served]:
        """Everybody who was served, in the order they were."""
        comes = [(one.arrived_ms, number) for number, one in enumerate(arrivals)]
        begins = [(at_ms, -1) for at_ms in shifts]
        events = [*comes, *begins]
        heapify(events)
        while events or self._closings:
            if not events or (self._closings and self._closings[0].at_ms <= events[0][0]):
                await self._close(heappop(self._closings))
                continue
            at_ms, number = heappop(events)
            self._watch.passes(at_ms)
            if number < 0:
                await self._ask(at_ms)
            else:
                await self._come(arrivals[number])
        return self._served

    async def _come(self, arrival: Arrival) -> None:
        self._known[arrival.contact_id] = arrival
        self._waiting.add(arrival.contact_id)
        self._alarms += arrival.level == IMMEDIATE
        self._watch.came(arrival)
        await self._desk.arrive(arrival)
        await self._ask(arrival.arrived_ms)
        if arrival.contact_id in self._waiting:
            self._watch.waits(arrival)

    async def _close(self, closing: Closing) -> None:
        self._watch.passes(closing.at_ms)
        del self._held[closing.nurse.staff_id][closing.contact_id]
        await self._desk.done(closing.nurse, closing.contact_id, closing.at_ms)
        await self._ask(closing.at_ms)

    async def _ask(self, at_ms: int) -> None:
        """Nurses ask in turn, whoever holds least first, until nobody gets anything."""
        able = [*self._on_duty(at_ms)]
        while self._waiting and able:
            nurse = min(able, key=lambda one: len(self._held[one.staff_id]))
            if not (self._alarms or self._has_room(nurse)):
                able.remove(nurse)
                continue
            contact_id = await self._desk.next_for(nurse, at_ms)
            if contact_id is None:
                able.remove(nurse)
                continue
            self._take(nurse, self._known[contact_id], at_ms)

    def _take(self, nurse: Nurse, taken: Arrival, at_ms: int) -> None:
        self._waiting.remove(taken.contact_id)
        self._alarms -= taken.level == IMMEDIATE
        self._held[nurse.staff_id][taken.contact_id] = taken.level
        heappush(self._closings, Closing(at_ms + taken.open_ms, taken.contact_id, nurse))
        self._served.append(Served(taken, at_ms, nurse.staff_id))
        self._watch.taken(taken, at_ms)

    def _has_room(self, nurse: Nurse) -> bool:
        held = self._held[nurse.staff_id].values()
        return any(self._capacity.has_room(unit_id, held) for unit_id in nurse.unit_ids)

"""From event to event: somebody comes, a contact is closed, a shift begins; then whoever has room asks for the next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from carequeue.capacity import IMMEDIATE, Capacity
from carequeue.simulation.arrivals import UNITS, Arrival
from carequeue.simulation.desk import Desk
from carequeue.simulation.staffing import NURSES, Nurse, on_duty
from core.ids import ContactId
from triage.entries import Level


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

    def __init__(self, desk: Desk, capacity: Capacity) -> None:
        self._desk = desk
        self._capacity = capacity
        self._known: dict[ContactId, Arrival] = {}
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
                closing = heappop(self._closings)
                at_ms = closing.at_ms
                await self._close(closing)
            else:
                at_ms, number = heappop(events)
                if number >= 0:
                    await self._come(arrivals[number])
            await self._ask(at_ms)
        return self._served

    async def _come(self, arrival: Arrival) -> None:
        self._known[arrival.contact_id] = arrival
        self._alarms += arrival.level == IMMEDIATE
        await self._desk.arrive(arrival)

    async def _close(self, closing: Closing) -> None:
        del self._held[closing.nurse.staff_id][closing.contact_id]
        await self._desk.done(closing.nurse, closing.contact_id, closing.at_ms)

    async def _ask(self, at_ms: int) -> None:
        """Nurses ask in turn, whoever holds least first, until nobody gets anything."""
        able = [*on_duty(at_ms)]
        while len(self._served) < len(self._known) and able:
            nurse = min(able, key=lambda one: (len(self._held[one.staff_id]), NURSES.index(one)))
            if not (self._alarms or self._has_room(nurse)):
                able.remove(nurse)
                continue
            contact_id = await self._desk.next_for(nurse, at_ms)
            if contact_id is None:
                able.remove(nurse)
                continue
            taken = self._known[contact_id]
            self._alarms -= taken.level == IMMEDIATE
            self._held[nurse.staff_id][contact_id] = taken.level
            heappush(self._closings, Closing(at_ms + taken.open_ms, contact_id, nurse))
            self._served.append(Served(taken, at_ms, nurse.staff_id))

    def _has_room(self, nurse: Nurse) -> bool:
        held = self._held[nurse.staff_id].values()
        return any(self._capacity.has_room(unit_id, held) for unit_id in UNITS)

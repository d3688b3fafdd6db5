"""The race: each patient asks for times until one is theirs or none is left, whatever dies meanwhile."""

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from care.booking.entries import BookingCancelled, SlotBooked
from care.booking.schedule import Schedule, Window
from care.booking.schedules import Schedules
from care.booking.slots import slots_of
from care.booking.store import SLOT, BookingRows, booking_tables
from care.booking.turns import Turns
from core.actor import system_actor
from core.clock import SystemClock, from_ms
from core.ids import new_id
from core.log.log import Log
from core.storage.sql import Database
from core.zones import ZONES
from tests.torture.nodes import NodeProcess
from tests.torture.person import Person, RefusedError
from tests.torture.service import Service, running_service
from tests.torture.view import Json
from tests.torture.world import World, region
from web.push.views import wire_time

UNIT = "u00"
LENGTH_MIN = 30
DAY_MS = 24 * 3_600_000
WEEKDAYS = range(1, 8)
AHEAD_MS = 2 * DAY_MS
"""The times lie so far ahead: nothing is due of them while the race goes on."""
ORGANISER = system_actor("race")


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a race is."""

    patients: int
    slots: int
    kills: int
    repeats: float
    """Share of bookings that are asked for once more under the same id: an impatient finger."""
    revived: bool
    """Whether who was killed is started again meanwhile."""


FULL = Scale(patients=500, slots=50, kills=4, repeats=0.2, revived=True)
SHORT = Scale(patients=40, slots=8, kills=1, repeats=0.2, revived=False)


@dataclass(slots=True)
class Found:
    """The reckoning."""

    attempts: int = 0
    booked: int = 0
    double: int = 0
    """Seats given while somebody had them, persons with two times, and calls that were answered with two."""
    lost: int = 0
    """Times somebody was told they have, and the log does not."""
    idle: int = 0
    """Times nobody has though somebody went away without one."""
    took_s: float = 0.0
    refusals: Counter[str] = field(default_factory=Counter)

    @property
    def result(self) -> str:
        """The line that counts."""
        return f"RESULT attempts={self.attempts} booked={self.booked} double={self.double} lost={self.lost}"


class Race:
    """One race."""

    def __init__(self, folder: Path, scale: Scale, seed: int, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._scale = scale
        self._seed = seed
        self._tell = tell
        self._attempts = itertools.count(1)
        self._made = 0
        self._told: dict[str, set[tuple[str, str]]] = {}
        """What each was told they have: the booking's id and when it begins."""
        self._decided = asyncio.Event()

    async def run(self) -> Found:
        """Everything, from the first process to the reckoning."""
        made_up = region(patients=self._scale.patients, nurses=2)
        async with running_service(self._folder, made_up, self._seed) as service:
            schedule_id, starts = await self._publish(service)
            world = World(url=service.url, seed=self._seed, pause_s=0.01)
            people = [Person(world, f"patient:{one.id}") for one in made_up.persons]
            began_s = time.monotonic()
            async with asyncio.TaskGroup() as lines:
                for one in people:
                    await one.sign_in()
                    lines.create_task(one.keep_line())
                self._tell(f"{len(people)} patients race for {len(starts)} times")
                killing = asyncio.create_task(self._kill(service.nodes))
                await asyncio.gather(*(self._race(one, schedule_id, starts) for one in people))
                self._decided.set()
                await killing
                world.over.set()
                await asyncio.gather(*(one.leave() for one in people))
            found = await self._reckon(service, len(starts))
            found.took_s, found.refusals = time.monotonic() - began_s, world.journal.refusals
            return found

    async def _publish(self, service: Service) -> tuple[str, list[int]]:
        """One clinician's times, by a writer of our own that ends before anybody comes."""
        now_ms, zone = SystemClock().ms(), ZONES["se"]
        today = from_ms(now_ms).astimezone(zone).date()
        windows = tuple(Window(weekday=day, from_min=480, until_min=480 + 17 * LENGTH_MIN) for day in WEEKDAYS)
        schedule = Schedule(
            unit_id=UNIT,
            clinician_id="n00",
            type="video",
            length_min=LENGTH_MIN,
            windows=windows,
            from_day=today,
            until_day=today + timedelta(days=27),
        )
        log = service.writing(booking_tables())
        await log.start()
        try:
            schedule_id = await _schedules(log, service.database).set(ORGANISER, schedule, client_id=new_id())
        finally:
            await log.stop()
        slots = slots_of(schedule, zone, from_ms_=now_ms + AHEAD_MS, until_ms=now_ms + 20 * DAY_MS)
        return schedule_id, [slot.start_ms for slot in itertools.islice(slots, self._scale.slots)]

    async def _race(self, person: Person, schedule_id: str, starts: list[int]) -> None:
        """Ask for one after the other until one is theirs."""
        self._told[person.actor_id] = set()
        for start_ms in person.rng.sample(starts, len(starts)):
            body: Json = {
                "client_id": new_id(),
                "schedule_id": schedule_id,
                "starts_at": wire_time(start_ms),
                "lang": "sv",
            }
            with contextlib.suppress(RefusedError):
                await self._book(person, body)
                return

    async def _book(self, person: Person, body: Json) -> None:
        """Raises `RefusedError` when it is another's."""
        again = 1 + (person.rng.random() < self._scale.repeats)
        for _ in range(again):
            self._made = next(self._attempts)
            told = await person.insist("booking:book", body)
            self._told[person.actor_id].add((told["booking_id"], told["starts_at"]))

    async def _kill(self, nodes: list[NodeProcess]) -> None:
        """SIGKILL one node after the other while people ask, each when so many more have; start it again."""
        rng = random.Random(f"{self._seed}/kills")
        for number in range(self._scale.kills):
            due = (number + 1) * self._scale.slots // 2
            while self._made < due and not self._decided.is_set():
                await asyncio.sleep(0.005)
            node = nodes[rng.randrange(len(nodes))]
            self._tell(f"SIGKILL of {node.name} after {self._made} attempts")
            await node.kill()
            if self._scale.revived:
                await node.start()

    async def _reckon(self, service: Service, offered: int) -> Found:
        """By the log alone: every seat's entries from the first on."""
        found = Found(attempts=self._made)
        holds: dict[str, list[tuple[str, str]]] = {}
        async for stream in service.log.streams(SLOT):
            held: SlotBooked | None = None
            for entry in await service.log.entries(stream):
                if isinstance(entry.body, SlotBooked):
                    found.double += held is not None
                    held = entry.body
                elif isinstance(entry.body, BookingCancelled):
                    held = None
            if held is not None:
                holds.setdefault(f"patient:{held.person_id}", []).append(
                    (held.booking_id, wire_time(held.seat.start_ms))
                )
        found.booked = sum(map(len, holds.values()))
        found.double += sum(len(theirs) - 1 for theirs in holds.values())
        found.double += sum(len(told) > 1 for told in self._told.values())
        found.lost = sum(one not in holds.get(who, ()) for who, told in self._told.items() for one in told)
        without = sum(not told for told in self._told.values())
        found.idle = min(without, offered - found.booked)
        return found


def _schedules(log: Log, database: Database) -> Schedules:
    return Schedules(log, BookingRows(database), Turns(database))

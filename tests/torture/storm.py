"""One run: builds the service and the people, does the faults, lets everybody finish, and reads the record."""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from carequeue.deadlines import load_deadlines
from core.ids import StreamId
from core.log.append import Head
from core.log.log import Log
from core.outbox.store import OutboxRows
from tests.torture.checker import Findings, Screen, check
from tests.torture.faults import KINDS as FAULT_KINDS
from tests.torture.faults import OF_NODES, FaultKind, Faults, plan
from tests.torture.nurse import Nurse
from tests.torture.patient import Patient
from tests.torture.person import Person
from tests.torture.record import read_record
from tests.torture.service import Service, running_service
from tests.torture.world import World, region
from web.app import KINDS

SETTLE_WITHIN_S = 120.0
LOOK_EVERY_S = 0.1
PROGRESS_EVERY_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything."""

    patients: int
    nurses: int
    faults: int
    each: int
    """Faults of every kind, at least."""
    acknowledged: int
    """Commands acknowledged before it may end."""
    spacing_s: float
    """Between two faults, in the mean."""
    pause_s: float
    longest_s: float
    """The storm ends by then whatever was reached."""


FULL = Scale(
    patients=200,
    nurses=20,
    faults=120,
    each=10,
    acknowledged=20_000,
    spacing_s=4.0,
    pause_s=1.5,
    longest_s=840.0,
)
SHORT = Scale(
    patients=60,
    nurses=8,
    faults=16,
    each=1,
    acknowledged=1_000,
    spacing_s=1.0,
    pause_s=1.0,
    longest_s=240.0,
)


@dataclass(slots=True)
class Outcome:
    """What happened and what was found."""

    seed: int
    findings: Findings
    faults: dict[str, int]
    refusals: dict[str, int]
    lines: int
    took_s: float
    worked_off_s: float
    """From the last thing said, with the live index killed in that moment, until nothing was left to do."""
    right_after_s: float
    """From then until every screen had everything."""
    streams: int
    entries: int
    logged: dict[str, int]
    """Lines of the nodes' logs, by event."""

    @property
    def result(self) -> str:
        """The line that counts."""
        found = self.findings
        return (
            f"RESULT faults={sum(self.faults.values())} acknowledged={found.acknowledged} lost={found.lost} "
            f"duplicated={found.duplicated} reordered={found.reordered} broken_chains={found.broken_chains} "
            f"views_differ={found.views_differ}"
        )


class Storm:
    """The parts of one run."""

    def __init__(self, folder: Path, scale: Scale, seed: int, tell: Callable[[str], None]) -> None:
        self.scale = scale
        self.seed = seed
        self.tell = tell
        self.region = region(patients=scale.patients, nurses=scale.nurses)
        self._folder = folder
        self._began = time.monotonic()
        self._calm = False

    async def run(self) -> Outcome:
        """From nothing to the outcome."""
        async with running_service(self._folder, self.region, self.seed) as service:
            world = World(url=service.url, seed=self.seed, pause_s=self.scale.pause_s)
            people = await self._people(world)
            async with _living(people, world):
                took_s = await self._talk(world, people, service)
                worked_off_s, right_after_s = await self._settle(people, service)
                await service.quieten()
                await asyncio.gather(*(one.resume_all() for one in people))
            return await self._reckon(world, people, service, times=(took_s, worked_off_s, right_after_s))

    async def _talk(self, world: World, people: list[Person], service: Service) -> float:
        """Everybody talks while the faults go on, then finishes what they began; gives how long it took."""
        self._began = time.monotonic()
        talking = [asyncio.create_task(one.live()) for one in people if isinstance(one, Patient | Nurse)]
        await self._rage(world, service.faults, talking)
        world.closing.set()
        try:
            async with asyncio.timeout(SETTLE_WITHIN_S):
                await asyncio.gather(*talking)
        except TimeoutError:
            stuck = [f"{one.actor_id} ({one.last})" for one in people if not one.last.endswith(" ok")]
            raise AssertionError(f"never got through: {', '.join(stuck[:20])}") from None
        return time.monotonic() - self._began

    async def _people(self, world: World) -> list[Person]:
        """Everybody, signed in. Every tenth patient has a second screen."""
        people: list[Person] = []
        for number, person in enumerate(self.region.persons):
            patient = Patient(world, f"patient:{person.id}")
            people.append(patient)
            if number % 10 == 0:
                patient.twin = Person(world, patient.actor_id)
                people.append(patient.twin)
        people += [Nurse(world, f"staff:{one.id}", next(iter(one.roles))) for one in self.region.staff]
        for one in people:
            await one.sign_in()
        return people

    async def _rage(self, world: World, faults: Faults, talking: list[asyncio.Task[None]]) -> None:
        """Fault upon fault until all are done and enough was acknowledged, or time is up."""
        async with asyncio.TaskGroup() as group:
            progress = group.create_task(self._progress(world, faults))
            raging = group.create_task(self._faults(faults))
            try:
                async with asyncio.timeout(self.scale.longest_s):
                    while not raging.done() or world.journal.acknowledged < self.scale.acknowledged:
                        _fail_with(talking)
                        await asyncio.sleep(LOOK_EVERY_S)
            except TimeoutError:
                self.tell(f"time is up after {self.scale.longest_s:.0f} s")
            self._calm = True
            await raging
            progress.cancel()

    async def _faults(self, faults: Faults) -> None:
        """What ends a node has a lane of its own, so that everything else also strikes while a node is away."""
        planned = plan(self.seed, faults=self.scale.faults, each=self.scale.each)
        lanes = [[kind for kind in planned if (kind in OF_NODES) is of_nodes] for of_nodes in (True, False)]
        await asyncio.gather(*(self._lane(faults, lane, name) for lane, name in zip(lanes, "ab", strict=True)))

    async def _lane(self, faults: Faults, lane: list[FaultKind], name: str) -> None:
        rng = random.Random(f"{self.seed}/{name}")
        for kind in lane:
            if self._calm:
                return
            await asyncio.sleep(rng.expovariate(1 / self.scale.spacing_s))
            await faults.do(kind)

    async def _progress(self, world: World, faults: Faults) -> None:
        while True:
            await asyncio.sleep(PROGRESS_EVERY_S)
            done = " ".join(f"{kind}={faults.done[kind]}" for kind in FAULT_KINDS)
            since = time.monotonic() - self._began
            self.tell(f"{since:4.0f} s  acknowledged={world.journal.acknowledged}  {done}")

    async def _settle(self, people: list[Person], service: Service) -> tuple[float, float]:
        """Kill the live index after the last word; gives how long until nothing was left to do, and from then until
        no screen lacked anything, in seconds.
        """
        os.kill(service.valkey.pid, signal.SIGKILL)
        began = time.monotonic()
        await service.database.engine.dispose()  # its connections were to servers that are no more
        outbox = OutboxRows(service.database)
        async with asyncio.timeout(SETTLE_WITHIN_S):
            while await outbox.waiting():
                await asyncio.sleep(LOOK_EVERY_S)
            worked_off = time.monotonic()
            while not await self._all_seen(people, service.log):
                await asyncio.sleep(LOOK_EVERY_S)
        return worked_off - began, time.monotonic() - worked_off

    async def _all_seen(self, people: list[Person], log: Log) -> bool:
        heads = await log.heads(sorted({StreamId(f"contact:{name}") for one in people for name in one.contacts}))
        numbers = await log.unit_numbers([unit.id for unit in self.region.units])
        return all(
            view.head == _number(heads[StreamId(f"contact:{name}")], one.actor_id)
            for one in people
            for name, view in one.contacts.items()
        ) and all(board.no == numbers.get(unit, 0) for one in people for unit, board in one.boards.items())

    async def _reckon(
        self, world: World, people: list[Person], service: Service, *, times: tuple[float, float, float]
    ) -> Outcome:
        units = [unit.id for unit in self.region.units]
        record = await read_record(service.log, service.database, load_deadlines("se"), units)
        screens = [Screen(one.actor_id, tuple(one.contacts.values()), tuple(one.boards.values())) for one in people]
        return Outcome(
            seed=self.seed,
            findings=check(record, world.journal, screens, KINDS),
            faults={kind: service.faults.done[kind] for kind in FAULT_KINDS},
            refusals=dict(world.journal.refusals),
            lines=sum(one.lines for one in people),
            took_s=times[0],
            worked_off_s=times[1],
            right_after_s=times[2],
            streams=record.streams,
            entries=sum(map(len, record.entries.values())),
            logged=service.logged(),
        )


@contextlib.asynccontextmanager
async def _living(people: list[Person], world: World) -> AsyncIterator[None]:
    """While everybody has a line and keeps their screens."""
    tasks = [asyncio.create_task(keep()) for one in people for keep in (one.keep_line, one.keep_views)]
    try:
        yield
    finally:
        world.over.set()
        for task in tasks:
            task.cancel()
        failures = await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(one.leave() for one in people))
        for failure in failures:
            if isinstance(failure, Exception):
                raise failure


def _fail_with(tasks: list[asyncio.Task[None]]) -> None:
    """Raise what one of them failed with, if one did."""
    for task in tasks:
        if task.done():
            task.result()


def _number(head: Head, actor_id: str) -> int:
    return head.last_no if actor_id.startswith("staff:") else head.patient_no

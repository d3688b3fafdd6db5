"""One run: the service, the people, the faults; everything worked off; the reckoning."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from carequeue.capacity import load_capacity
from carequeue.deadlines import load_deadlines
from carequeue.entries import Claimed, Closed, HandedBack
from carequeue.store import place
from core.directory.store import Region
from core.ids import ContactId
from core.storage.sql import Database
from tests.torture.faults import plan
from tests.torture.record import Record, read_record
from tests.torture.service import Service, running_service
from tests.torture.world import World, region
from tests.torture_queue.checker import Findings, Reckoning, check_holding, check_lost
from tests.torture_queue.history import Span, commit_times, spans_of
from tests.torture_queue.people import Nurse, Patient
from triage.entries import UrgencySet
from web.app import KINDS

LOOK_EVERY_S = 0.2
WORKED_OFF_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything."""

    nurses: int
    patients: int
    arrivals_per_s: float
    claims: int
    """Acknowledged before it may end."""
    faults: int
    each: int
    """Faults of every kind, at least."""
    spacing_s: float
    """Between two faults, in the mean."""
    pause_s: float
    lease_s: int
    longest_s: float
    rolls: bool
    """Whether nodes are exchanged for others in order too, which takes most of a short run."""


FULL = Scale(
    nurses=50,
    patients=40,
    arrivals_per_s=4.0,
    claims=20_000,
    faults=110,
    each=8,
    spacing_s=2.5,
    pause_s=0.45,
    lease_s=4,
    longest_s=780.0,
    rolls=True,
)
SHORT = Scale(
    nurses=12,
    patients=20,
    arrivals_per_s=4.0,
    claims=150,
    faults=7,
    each=1,
    spacing_s=0.3,
    pause_s=0.15,
    lease_s=2,
    longest_s=20.0,
    rolls=False,
)


@dataclass(slots=True)
class Outcome:
    """What happened and what was found."""

    seed: int
    findings: Findings
    faults: dict[str, int]
    took_s: float
    worked_off_s: float

    @property
    def result(self) -> str:
        """The line that counts."""
        found = self.findings
        return (
            f"RESULT faults={sum(self.faults.values())} contacts={found.contacts} lost={found.lost} "
            f"held_twice={found.held_twice} out_of_order={found.out_of_order} "
            f"idle_while_waiting={found.idle_while_waiting}"
        )


class Run:
    """The parts of one run."""

    def __init__(self, folder: Path, scale: Scale, seed: int, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._scale = scale
        self._seed = seed
        self._tell = tell
        self._region = _region(scale)
        self._calm = False

    async def run(self) -> Outcome:
        """From nothing to the outcome."""
        settings = {
            "FYR_LEASE_SECONDS": str(self._scale.lease_s),
            "FYR_STAFF_CALLS_PER_MINUTE": "100000",
            "FYR_PATIENT_CALLS_PER_MINUTE": "100000",
        }
        async with running_service(self._folder, self._region, self._seed, **settings) as service:
            world = World(url=service.url, seed=self._seed, pause_s=self._scale.pause_s)
            patients, nurses = self._people(world)
            began_s = time.monotonic()
            self._tell("the nodes are up")
            async with _living([*patients, *nurses], world) as lives:
                await self._rage(service, nurses, lives)
                took_s = time.monotonic() - began_s
                self._tell(f"working off what is left of {_claims(nurses)} claims")
                world.closing.set()
                await self._work_off(service.database)
            findings = await self._reckon(service, patients, nurses)
            faults: dict[str, int] = dict(service.faults.done.items())
            faults["nurse_died"] = sum(nurse.deaths for nurse in nurses)
            worked_off_s = time.monotonic() - began_s - took_s
            return Outcome(self._seed, findings, faults, took_s, worked_off_s)

    def _people(self, world: World) -> tuple[list[Patient], list[Nurse]]:
        every_s = self._scale.patients / self._scale.arrivals_per_s
        patients = [Patient(world, f"patient:{one.id}", every_s=every_s) for one in self._region.persons]
        nurses = [Nurse(world, one.id, list(one.roles), lease_s=self._scale.lease_s) for one in self._region.staff]
        return patients, nurses

    async def _rage(self, service: Service, nurses: list[Nurse], lives: list[asyncio.Task[None]]) -> None:
        """Fault upon fault until all are done and enough was claimed, or time is up."""
        raging = asyncio.create_task(self._faults(service))
        until_s, told_s = time.monotonic() + self._scale.longest_s, time.monotonic()
        try:
            while time.monotonic() < until_s and not (raging.done() and _claims(nurses) >= self._scale.claims):
                await asyncio.sleep(LOOK_EVERY_S)
                if time.monotonic() - told_s > 10:
                    told_s = time.monotonic()
                    self._tell(f"claims={_claims(nurses)} faults={dict(service.faults.done)}")
                for task in (raging, *lives):
                    if task.done():
                        task.result()
        finally:
            self._calm = True
            await raging

    async def _faults(self, service: Service) -> None:
        dice = random.Random(f"{self._seed}/when")
        planned = plan(self._seed, faults=self._scale.faults, each=self._scale.each)
        for kind in planned:
            if kind == "nodes_rolled" and not self._scale.rolls:
                continue
            if self._calm:
                return
            await asyncio.sleep(dice.expovariate(1 / self._scale.spacing_s))
            await service.faults.do(kind)

    async def _work_off(self, database: Database) -> None:
        """Until everything is closed: what the dead held is given back and taken by the living."""
        await database.engine.dispose()  # its connections were to servers that are no more
        still_open = select(func.count()).where(place.c.status != "closed")
        with contextlib.suppress(TimeoutError):  # what is left over is counted as lost
            async with asyncio.timeout(WORKED_OFF_WITHIN_S):
                while True:
                    async with database.read() as connection:
                        if not (await connection.execute(still_open)).scalar_one():
                            return
                    await asyncio.sleep(LOOK_EVERY_S)

    async def _reckon(self, service: Service, patients: list[Patient], nurses: list[Nurse]) -> Findings:
        record = await read_record(service.log, service.database, load_deadlines("se"), [])
        spans = await _spans(record, service.database)
        attempts = [attempt for nurse in nurses for attempt in nurse.attempts]
        findings = Findings()
        units = {one.id: list(one.roles) for one in self._region.staff}
        check_lost(spans, attempts, [name for patient in patients for name in patient.opened], findings)
        check_holding(spans, list(_written(record)), findings)
        Reckoning(spans, attempts, units, load_capacity()).check(findings)
        return findings


def _claims(nurses: list[Nurse]) -> int:
    return sum(bool(attempt.contact_id) for nurse in nurses for attempt in nurse.attempts)


def _region(scale: Scale) -> Region:
    """Every third nurse works at every unit."""
    made = region(patients=scale.patients, nurses=scale.nurses)
    everywhere = {unit.id: "nurse" for unit in made.units}
    staff = tuple(
        msgspec.structs.replace(one, roles=everywhere) if number % 3 == 0 else one
        for number, one in enumerate(made.staff)
    )
    return msgspec.structs.replace(made, staff=staff)


async def _spans(record: Record, database: Database) -> list[Span]:
    times, deadlines = await commit_times(database), load_deadlines("se")
    return [
        span
        for name, entries in record.entries.items()
        for span in spans_of(
            ContactId(name),
            [(times[name, entry.no], entry) for entry in entries],
            record.heads[name],
            kinds=KINDS,
            deadlines=deadlines,
        )
    ]


def _written(record: Record) -> list[tuple[str, str, int]]:
    """Contact, actor and claim number of all that was written under a claim, and of each claim."""
    return [
        (name, entry.header.actor_id, entry.body.claim_no)
        for name, entries in record.entries.items()
        for entry in entries
        if isinstance(entry.body, Claimed | HandedBack | Closed | UrgencySet)
    ]


@contextlib.asynccontextmanager
async def _living(people: list[Patient | Nurse], world: World) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Everybody signed in, with a line, and at it."""
    for one in people:
        await one.sign_in()
    tasks = [asyncio.create_task(do()) for one in people for do in (one.keep_line, one.live)]
    try:
        yield tasks
    finally:
        world.closing.set()
        world.over.set()
        for task in tasks:
            task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        for one in people:
            await one.leave()
    for fault in done:
        if isinstance(fault, Exception):
            raise fault

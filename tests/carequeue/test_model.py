"""Whatever happens, in whatever order: one holder, who is served next is who the order says, and nobody is lost.

Two nurses of different abilities and little room take, choose, give back, close, raise and die, while the index is
flushed, doubted and mended.
"""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carequeue.capacity import parse_capacity
from carequeue.claim import Claim
from carequeue.deadlines import LEVELS, Deadlines
from carequeue.lease.keeper import LEASE_MS, LeaseKeeper
from carequeue.lease.store import StaffSeen
from carequeue.order import OrderKey, order_key
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, new_id
from core.log.seal import MasterKeys
from core.storage.redis import make_redis
from core.storage.sql import Database
from core.storage.valkey import Valkey
from tests.carequeue.ward import START, Ward, nurse
from triage.entries import Level

NURSES = ("sara", "jonas")
ABILITIES: dict[str, tuple[str, ...]] = {"sara": ("lang:ar",), "jonas": ()}
WHATS = (
    *("arrive", "arrive", "arrive", "assess", "next", "next", "next", "this", "hand_back", "close", "raise"),
    *("pass_time", "flush", "doubt", "rebuild", "die"),
)
ROOM = parse_capacity("{version: 1, standard: {at_once: 3, with_immediate: 1, source: t, review: proposed}, units: {}}")
STEPS = st.tuples(st.sampled_from(WHATS), st.integers(0, 89))
"""What is done, and a number that says to whom, how, or for how many minutes."""


class Held(NamedTuple):
    """Who holds a contact, under which claim."""

    staff_id: str
    claim: Claim


class Model:
    """What ought to be, kept in a dictionary."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self.arrived: dict[ContactId, int] = {}
        self.levels: dict[ContactId, Level | None] = {}
        self.needs: dict[ContactId, tuple[str, ...]] = {}
        self.waiting: set[ContactId] = set()
        self.held: dict[ContactId, Held] = {}

    def line(self) -> list[ContactId]:
        """Those who wait, as they ought to be served."""
        return sorted(self.waiting, key=self._key)

    def level(self, contact_id: ContactId) -> Level:
        """What it is sorted by."""
        return self.levels[contact_id] or "urgent"

    def room(self, staff_id: str) -> bool:
        """Whether the nurse is given one more that is not immediate."""
        held = [self.level(contact_id) for contact_id, held in self.held.items() if held.staff_id == staff_id]
        return ROOM.has_room("hamnen", held)

    def first_for(self, staff_id: str) -> ContactId | None:
        """Whom the nurse ought to be given."""
        able, room = set(ABILITIES[staff_id]), self.room(staff_id)
        for contact_id in self.line():
            if self.level(contact_id) == "immediate" or (room and able >= set(self.needs[contact_id])):
                return contact_id
        return None

    def _key(self, contact_id: ContactId) -> OrderKey:
        level, arrived_ms = self.level(contact_id), self.arrived[contact_id]
        due_ms = self._deadlines.due_ms("hamnen", level, arrived_ms=arrived_ms)
        return order_key(level, arrived_ms, contact_id, due_ms=due_ms)

    def assess(self, contact_id: ContactId, level: Level) -> None:
        """The first assessment sets the level, every later one can only raise it."""
        before = self.levels[contact_id]
        self.levels[contact_id] = level if before is None else min(before, level, key=LEVELS.index)


class World(NamedTuple):
    """The queue, what ought to be, and what gives back what the dead hold."""

    ward: Ward
    model: Model
    leases: LeaseKeeper
    alive: set[str]


async def take(world: World, what: str, number: int) -> None:
    """One step, in the world and in the model."""
    ward, model = world.ward, world.model
    if what == "arrive":
        await arrive(ward, model, number)
    elif what == "assess" and model.waiting:
        await assess(ward, model, model.line()[-1], LEVELS[number % len(LEVELS)])
    elif what == "raise" and model.held:
        await assess(ward, model, sorted(model.held)[number % len(model.held)], LEVELS[number % 2])
    elif what == "next":
        await claim_next(ward, model, NURSES[number % 2])
    elif what == "this" and model.waiting:
        await claim_this(ward, model, NURSES[number % 2], model.line()[number % len(model.waiting)])
    elif what in ("hand_back", "close") and model.held:
        await let_go(ward, model, what, sorted(model.held)[number % len(model.held)])
    elif what == "die":
        await die(world, NURSES[number % 2])
    else:
        await disturb(ward, what, number)


async def arrive(ward: Ward, model: Model, number: int) -> None:
    """Every seventh stays unassessed, every fifth needs an ability."""
    needs = ("lang:ar",) if number % 5 == 0 else ()
    contact_id = await ward.arrive(needs=needs)
    model.arrived[contact_id], model.levels[contact_id], model.needs[contact_id] = ward.now_ms(), None, needs
    model.waiting.add(contact_id)
    if number % 7 < len(LEVELS):
        await assess(ward, model, contact_id, LEVELS[number % 7])


async def assess(ward: Ward, model: Model, contact_id: ContactId, level: Level) -> None:
    await ward.assess(contact_id, level)
    model.assess(contact_id, level)


async def claim_next(ward: Ward, model: Model, staff_id: str) -> None:
    await ward.settle_index()
    wanted = model.first_for(staff_id)
    asking = ward.claims.claim_next(nurse(staff_id), ["hamnen"], client_id=new_id(), abilities=ABILITIES[staff_id])
    if wanted is None:
        with pytest.raises(FyrError, match="nothing_waiting" if model.room(staff_id) else "at_capacity"):
            await asking
        return
    taken(model, staff_id, await asking, wanted)


async def claim_this(ward: Ward, model: Model, staff_id: str, wanted: ContactId) -> None:
    taken(model, staff_id, await ward.claims.claim_this(nurse(staff_id), wanted, client_id=new_id()), wanted)


def taken(model: Model, staff_id: str, claim: Claim, wanted: ContactId) -> None:
    assert claim.contact_id == wanted
    model.waiting.remove(wanted)
    model.held[wanted] = Held(staff_id, claim)


async def let_go(ward: Ward, model: Model, what: str, contact_id: ContactId) -> None:
    staff_id, claim = model.held.pop(contact_id)
    actor, claim_no = nurse(staff_id), claim.claim_no
    if what == "hand_back":
        await ward.claims.hand_back(actor, contact_id, claim_no, reason="rast", client_id=new_id())
        model.waiting.add(contact_id)
    else:
        await ward.claims.close(
            actor, contact_id, claim_no, reason="booked_visit", safety_net="Ring 1177", client_id=new_id()
        )


async def die(world: World, staff_id: str) -> None:
    """The nurse's line is lost: all they hold waits again, and what they still send is refused."""
    lost = {contact_id: held for contact_id, held in world.model.held.items() if held.staff_id == staff_id}
    world.alive.update(NURSES)
    await world.leases.look()
    world.alive.discard(staff_id)
    world.ward.clock.advance(seconds=LEASE_MS / 1000)
    assert {row.contact_id for row in await world.leases.look()} == set(lost)
    for contact_id, held in lost.items():
        world.model.waiting.add(contact_id)
        del world.model.held[contact_id]
        with pytest.raises(FyrError, match="stale_claim"):
            await world.ward.claims.hand_back(
                nurse(staff_id), contact_id, held.claim.claim_no, reason="", client_id=new_id()
            )


async def disturb(ward: Ward, what: str, minutes: int) -> None:
    if what == "pass_time":
        ward.clock.advance(minutes=minutes)
    elif what == "flush":
        await ward.flush()
    elif what == "doubt":
        ward.index.doubt()
    elif what == "rebuild":
        await ward.keeper.rebuild()


@contextlib.asynccontextmanager
async def new_world(valkey: Valkey, deadlines: Deadlines) -> AsyncIterator[World]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'fyr.db'}")
        await database.migrate()
        masters = MasterKeys.parse(MasterKeys.generate())
        async with make_redis(valkey.url) as redis:
            ward = Ward(database, redis, deadlines, masters=masters, clock=ManualClock(START), capacity=ROOM)
            alive = set(NURSES)
            leases = LeaseKeeper(ward.log, StaffSeen(database), clock=ward.clock, reached=lambda: alive)
            await ward.flush()
            async with ward.running():
                await ward.keeper.rebuild()
                yield World(ward, Model(deadlines), leases, alive)
        await database.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=40))
async def test_who_is_next_is_who_the_order_says(
    valkey: Valkey, deadlines: Deadlines, steps: list[tuple[str, int]]
) -> None:
    async with new_world(valkey, deadlines) as world:
        for what, number in steps:
            await take(world, what, number)
        places, model = world.ward.places, world.model
        assert [row.contact_id for row in await places.waiting(["hamnen"])] == model.line()
        for staff_id in NURSES:
            holds = {contact_id for contact_id, held in model.held.items() if held.staff_id == staff_id}
            assert {row.contact_id for row in await places.held(staff_id)} == holds

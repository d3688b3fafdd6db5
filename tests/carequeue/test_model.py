"""Whatever happens, in whatever order: who is served next is who the pure order says, and the record agrees."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carequeue.claim import Claim
from carequeue.deadlines import LEVELS, Deadlines
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

SARA = nurse("sara")
WHATS = (
    *("arrive", "arrive", "assess", "next", "next", "this", "hand_back", "close"),
    *("pass_time", "flush", "doubt", "rebuild"),
)
STEPS = st.tuples(st.sampled_from(WHATS), st.integers(0, 89))
"""What is done, and a number that says to whom, how, or for how many minutes."""


class Model:
    """What ought to be, kept in a dictionary."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self.arrived: dict[ContactId, int] = {}
        self.levels: dict[ContactId, Level | None] = {}
        self.waiting: set[ContactId] = set()
        self.held: dict[ContactId, Claim] = {}

    def line(self) -> list[ContactId]:
        """Those who wait, as they ought to be served."""
        return sorted(self.waiting, key=self._key)

    def _key(self, contact_id: ContactId) -> OrderKey:
        level, arrived_ms = self.levels[contact_id] or "urgent", self.arrived[contact_id]
        due_ms = self._deadlines.due_ms("hamnen", level, arrived_ms=arrived_ms)
        return order_key(level, arrived_ms, contact_id, due_ms=due_ms)

    def assess(self, contact_id: ContactId, level: Level) -> None:
        """The first assessment sets the level, every later one can only raise it."""
        before = self.levels[contact_id]
        self.levels[contact_id] = level if before is None else min(before, level, key=LEVELS.index)


async def take(ward: Ward, model: Model, what: str, number: int) -> None:
    """One step, in the world and in the model."""
    if what == "arrive":
        await arrive(ward, model, number)
    elif what == "assess" and model.waiting:
        await assess(ward, model, model.line()[-1], LEVELS[number % len(LEVELS)])
    elif what in ("next", "this"):
        await claim(ward, model, what, number)
    elif what in ("hand_back", "close") and model.held:
        await let_go(ward, model, what, sorted(model.held)[number % len(model.held)])
    else:
        await disturb(ward, what, number)


async def arrive(ward: Ward, model: Model, number: int) -> None:
    """Every seventh stays unassessed."""
    contact_id = await ward.arrive()
    model.arrived[contact_id], model.levels[contact_id] = ward.now_ms(), None
    model.waiting.add(contact_id)
    if number % 7 < len(LEVELS):
        await assess(ward, model, contact_id, LEVELS[number % 7])


async def assess(ward: Ward, model: Model, contact_id: ContactId, level: Level) -> None:
    await ward.assess(contact_id, level)
    model.assess(contact_id, level)


async def claim(ward: Ward, model: Model, what: str, number: int) -> None:
    await ward.settle_index()
    line = model.line()
    if not line:
        with pytest.raises(FyrError, match="nothing_waiting"):
            await ward.claims.claim_next(SARA, ["hamnen"], client_id=new_id())
        return
    if what == "next":
        wanted, claimed = line[0], await ward.claims.claim_next(SARA, ["hamnen"], client_id=new_id())
    else:
        wanted = line[number % len(line)]
        claimed = await ward.claims.claim_this(SARA, wanted, client_id=new_id())
    assert claimed.contact_id == wanted
    model.waiting.remove(wanted)
    model.held[wanted] = claimed


async def let_go(ward: Ward, model: Model, what: str, contact_id: ContactId) -> None:
    claim_no = model.held.pop(contact_id).claim_no
    if what == "hand_back":
        await ward.claims.hand_back(SARA, contact_id, claim_no, reason="rast", client_id=new_id())
        model.waiting.add(contact_id)
    else:
        await ward.claims.close(
            SARA, contact_id, claim_no, reason="booked_visit", safety_net="Ring 1177", client_id=new_id()
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
async def new_ward(valkey: Valkey, deadlines: Deadlines) -> AsyncIterator[Ward]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'fyr.db'}")
        await database.migrate()
        masters = MasterKeys.parse(MasterKeys.generate())
        async with make_redis(valkey.url) as redis:
            ward = Ward(database, redis, deadlines, masters=masters, clock=ManualClock(START))
            await ward.flush()
            async with ward.running():
                await ward.keeper.rebuild()
                yield ward
        await database.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=40))
async def test_who_is_next_is_who_the_order_says(
    valkey: Valkey, deadlines: Deadlines, steps: list[tuple[str, int]]
) -> None:
    async with new_ward(valkey, deadlines) as ward:
        model = Model(deadlines)
        for what, number in steps:
            await take(ward, model, what, number)
        assert [row.contact_id for row in await ward.places.waiting(["hamnen"])] == model.line()
        assert {row.contact_id for row in await ward.places.held("sara")} == set(model.held)

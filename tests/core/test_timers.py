"""Timers against a pure model: each is acted on once, never before its time, and never after it was changed."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.actor import system_actor
from core.clock import ManualClock, from_ms
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Head
from core.log.body import Body
from core.log.entry import Header, Scope
from core.log.kinds import Kind, Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.log.state import Part
from core.storage.sql import Database
from core.timers.purpose import Purpose, timer_table
from core.timers.store import TimerRows
from core.timers.worker import BATCH, LEASE_MS, TimerWorker

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
ANYONE = system_actor("test")
STREAMS = tuple(StreamId(f"egg:{number}") for number in range(3))
WITHIN_S = 5.0
MINUTE_MS = 60_000


class Boils(Body, tag="boils", frozen=True, kw_only=True):
    """It is done at a time, or (None) nobody waits for it."""

    due_ms: int | None


class Rang(Body, tag="rang", frozen=True, kw_only=True):
    """It was done."""


class Egg(Part, tag="egg", frozen=True, kw_only=True):
    """One egg."""

    due_ms: int | None = None
    rang: int = 0


def _boils(part: Egg, body: Boils, _: Header) -> Egg:
    return Egg(due_ms=body.due_ms, rang=part.rang)


def _rang(part: Egg, _: Rang, __: Header) -> Egg:
    return Egg(rang=part.rang + 1)


KINDS = Kinds((Kind(body=Boils, part=Egg, fold=_boils), Kind(body=Rang, part=Egg, fold=_rang)))


class Copy:
    """Stands for the copy in Redis, which may be lost at any moment: it says "perhaps" as it likes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    async def put(self, due: dict[str, int | None]) -> None:
        """Told, and forgotten."""

    async def take_due(self, _: int) -> bool:
        return self._random.random() < 0.5


class Kitchen:
    """A log, and any number of workers on its timers."""

    def __init__(self, database: Database) -> None:
        self.clock = ManualClock(START)
        self.rows = TimerRows(database)
        tables = [timer_table("egg", "egg:", _due_ms, parts=(Egg,))]
        masters = MasterKeys.parse(MasterKeys.generate())
        self.log = Log(database, KINDS, masters=masters, clock=self.clock, state_tables=tables)
        self.acted_ms: list[int] = []

    def worker(self, seed: int = 0) -> TimerWorker:
        purpose = Purpose("egg", "egg:", _due_ms, self.ring)
        return TimerWorker(self.log, self.rows, Copy(seed), purposes=[purpose], clock=self.clock)  # type: ignore[arg-type]

    async def boil(self, stream: StreamId, due_ms: int | None) -> None:
        await self.log.append(Append(stream, (Boils(due_ms=due_ms),), ANYONE, new_id(), create=Scope()))

    async def ring(self, head: Head) -> None:
        def still(now: Head) -> None:
            if _due_ms(now) != _due_ms(head):
                raise FyrError("wrong_state", state="another egg")

        self.acted_ms.append(_due_ms(head) or 0)
        await self.log.append(Append(head.stream, (Rang(),), ANYONE, new_id(), require=still))

    async def rang(self, stream: StreamId) -> int:
        heads = await self.log.heads([stream])
        return heads[stream].state.get(Egg).rang if stream in heads else 0


def _due_ms(head: Head) -> int | None:
    return head.state.get(Egg).due_ms


@asynccontextmanager
async def kitchen(folder: Path, made: Path) -> AsyncIterator[Kitchen]:
    """One on a record of its own."""
    path = folder / f"{new_id()}.db"
    shutil.copy(made, path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    opened = Kitchen(database)
    await opened.log.start()
    try:
        yield opened
    finally:
        await opened.log.stop()
        await database.close()


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("boil", "boil", "take_off", "wait", "look", "look_twice", "die")),
        st.integers(0, 2),
        st.one_of(st.integers(0, 90), st.integers(0, 600)),
    ),
    max_size=14,
)


async def _agrees(kitchen: Kitchen, steps: list[Step]) -> None:
    """The kitchen beside a dictionary of due times."""
    due: dict[StreamId, int] = {}
    rang = dict.fromkeys(STREAMS, 0)
    for what, which, seconds in steps:
        stream, now_ms = STREAMS[which], kitchen.clock.ms()
        if what == "boil":
            due[stream] = now_ms + seconds * 1000
            await kitchen.boil(stream, due[stream])
        elif what == "take_off":
            due.pop(stream, None)
            await kitchen.boil(stream, None)
        elif what == "wait":
            kitchen.clock.advance(seconds=seconds)
        elif what == "die":  # with all that is due in its hands: whoever is there takes it when the lease has run out
            await kitchen.rows.lease(now_ms=now_ms, lease_ms=LEASE_MS, limit=BATCH)
            kitchen.clock.advance(milliseconds=LEASE_MS)
        else:
            await asyncio.gather(*(kitchen.worker(number).fire() for number in range(1 + (what == "look_twice"))))
            for one in [one for one, at_ms in due.items() if at_ms <= kitchen.clock.ms()]:
                rang[one] += 1
                del due[one]
        assert {one: await kitchen.rang(one) for one in STREAMS} == rang
    assert all(at_ms <= kitchen.clock.ms() for at_ms in kitchen.acted_ms)


def test_each_rings_once_in_its_time(tmp_path: Path, made_sqlite: Path) -> None:
    with asyncio.Runner() as runner:

        async def one(steps: list[Step]) -> None:
            async with kitchen(tmp_path, made_sqlite) as opened:
                await _agrees(opened, steps)

        @settings(max_examples=40)
        @given(STEPS)
        def law(steps: list[Step]) -> None:
            runner.run(one(steps))

        law()


async def test_a_row_that_is_due_too_early_is_left_and_put_right_when_it_is_looked_at(
    tmp_path: Path, made_sqlite: Path
) -> None:
    async with kitchen(tmp_path, made_sqlite) as opened:
        egg, now_ms, worker = STREAMS[0], opened.clock.ms(), opened.worker()
        for minutes, lies_at in ((10, 10), (20, 10), (None, 10), (30, 10), (5, 5), (40, 5)):
            await opened.boil(egg, None if minutes is None else now_ms + minutes * MINUTE_MS)
            assert await opened.rows.first_due() == now_ms + lies_at * MINUTE_MS
        opened.clock.advance(minutes=5)
        assert await worker.fire() == 1
        assert await opened.rows.first_due() == now_ms + 40 * MINUTE_MS
        assert await opened.rang(egg) == 0
        await opened.boil(egg, now_ms + 50 * MINUTE_MS)  # what lay there was somebody's: written to the letter
        assert await opened.rows.first_due() == now_ms + 50 * MINUTE_MS
        opened.clock.advance(minutes=45)
        await worker.fire()
        assert await opened.rang(egg) == 1


async def test_what_another_node_has_written_of_a_timer_is_not_taken_to_be_ones_own(database: Database) -> None:
    one, other = Kitchen(database), Kitchen(database)
    other.log = one.log.__class__(
        database, KINDS, masters=one.log._masters, clock=one.clock, state_tables=one.log._lanes[0]._committer._tables
    )
    await one.log.start()
    await other.log.start()
    egg, now_ms = STREAMS[0], one.clock.ms()
    await one.boil(egg, now_ms + 10 * MINUTE_MS)
    await other.boil(egg, None)
    assert await one.rows.first_due() is None
    await one.boil(egg, now_ms + 20 * MINUTE_MS)
    assert await one.rows.first_due() == now_ms + 20 * MINUTE_MS
    await other.log.stop()
    await one.log.stop()


async def test_more_than_one_batch_is_due_and_none_of_it_waits_for_the_next_sweep(
    tmp_path: Path, made_sqlite: Path
) -> None:
    """The service was away for hours: whoever should have been told is told now."""
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(kitchen(tmp_path, made_sqlite))
        streams = [StreamId(f"egg:many{number}") for number in range(2 * BATCH + 3)]
        await asyncio.gather(*(opened.boil(stream, opened.clock.ms()) for stream in streams))
        opened.clock.advance(hours=3)
        purpose = Purpose("egg", "egg:", _due_ms, opened.ring)
        worker = TimerWorker(opened.log, opened.rows, Silent(), purposes=[purpose], clock=opened.clock)  # type: ignore[arg-type]
        worker.start()
        stack.push_async_callback(worker.stop)
        async with asyncio.timeout(WITHIN_S):
            while len(opened.acted_ms) < len(streams):
                await asyncio.sleep(0.02)
    assert from_ms(max(opened.acted_ms)) < START + timedelta(hours=3)


class Silent(Copy):
    """Knows of nothing, as after it was emptied: only the sweep finds what is due."""

    def __init__(self) -> None:
        super().__init__(0)

    async def take_due(self, _: int) -> bool:
        return False

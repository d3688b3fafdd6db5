"""Outbox jobs: carried out at least once, by one worker at a time, and again when a worker died or a handler failed."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from core.clock import ManualClock, to_ms
from core.ids import StreamId
from core.outbox import worker as worker_module
from core.outbox.store import Job, OutboxRows
from core.outbox.worker import LEASE_MS, OutboxWorker
from core.storage.sql import Database
from core.storage.tables import outbox

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def write(database: Database, *streams: str, due_at: datetime = NOON, no: int = 1) -> None:
    rows = [{"topic": "assess", "stream_id": name, "no": no, "due_ms": to_ms(due_at), "tries": 0} for name in streams]
    async with database.write() as connection:
        await connection.execute(insert(outbox), rows)


class Handler:
    """Notes what it was given; fails for the streams it is told to."""

    def __init__(self, *failing: str) -> None:
        self.given: list[str] = []
        self.failing = set(failing)

    async def __call__(self, stream: StreamId, no: int) -> None:
        self.given.append(stream)
        if stream in self.failing:
            raise RuntimeError(no)


async def test_each_job_is_carried_out_and_gone(database: Database) -> None:
    await write(database, "a", "b", "c")
    handler, rows = Handler(), OutboxRows(database)
    worker = OutboxWorker(rows, {"assess": handler}, clock=ManualClock(NOON))
    assert await worker.drain() == 3
    assert handler.given == ["a", "b", "c"]
    assert await worker.drain() == 0
    assert not await rows.waiting()


async def test_a_failing_job_stays_and_is_tried_again_after_its_lease(database: Database) -> None:
    await write(database, "good", "bad")
    handler, clock = Handler("bad"), ManualClock(NOON)
    worker = OutboxWorker(OutboxRows(database), {"assess": handler}, clock=clock)
    await worker.drain()
    await worker.drain()
    assert handler.given == ["good", "bad"]
    handler.failing.clear()
    clock.advance(milliseconds=LEASE_MS)
    await worker.drain()
    assert handler.given == ["good", "bad", "bad"]
    assert not await OutboxRows(database).waiting()


async def test_two_workers_never_lease_the_same_job(database: Database) -> None:
    await write(database, *(f"s{number:03d}" for number in range(60)))
    rows, now_ms = OutboxRows(database), to_ms(NOON)
    leases = await asyncio.gather(
        *(rows.lease(["assess"], now_ms=now_ms, lease_ms=LEASE_MS, limit=7) for _ in range(10))
    )
    leased: list[Job] = [job for lease in leases for job in lease]
    assert len(leased) == len({job.id for job in leased}) == 60


async def test_a_job_is_not_taken_before_it_is_due(database: Database) -> None:
    await write(database, "later", due_at=datetime(2026, 11, 23, 13, tzinfo=UTC))
    handler, clock = Handler(), ManualClock(NOON)
    worker = OutboxWorker(OutboxRows(database), {"assess": handler}, clock=clock)
    await worker.drain()
    assert handler.given == []
    clock.advance(hours=1)
    await worker.drain()
    assert handler.given == ["later"]


async def test_jobs_of_one_topic_and_stream_are_one(database: Database) -> None:
    await write(database, "a", "b", "a", "a")
    handler, rows = Handler(), OutboxRows(database)
    worker = OutboxWorker(rows, {"assess": handler}, clock=ManualClock(NOON))
    assert await worker.drain() == 4
    assert handler.given == ["a", "b"]
    assert not await rows.waiting()


async def test_what_piles_up_behind_a_batch_is_done_with_it_unless_it_is_newer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BATCH", 2)
    await write(database, "a", "b", no=7)
    await write(database, *["a"] * 5, *["b"] * 5, no=7)
    await write(database, "a", no=8)
    handler, rows = Handler(), OutboxRows(database)
    worker = OutboxWorker(rows, {"assess": handler}, clock=ManualClock(NOON))
    assert await worker.drain() == 2
    assert await rows.of_topic("assess") == [("a", 8)]
    assert await worker.drain() == 1
    assert handler.given == ["a", "b", "a"]
    assert not await rows.waiting()


async def test_what_failed_is_tried_again_also_when_a_newer_job_was_done(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BATCH", 1)
    await write(database, "a", no=1)
    await write(database, "a", no=2)
    handler, rows = Handler("a"), OutboxRows(database)
    worker = OutboxWorker(rows, {"assess": handler}, clock=ManualClock(NOON))
    await worker.drain()
    handler.failing.clear()
    await worker.drain()
    assert await rows.of_topic("assess") == [("a", 1)]


async def test_whoever_wrote_one_thing_does_not_wait_for_those_who_wrote_hundreds(database: Database) -> None:
    await write(database, "oldest", "oldest", "floods", "floods", "floods", "once")
    handler = Handler()
    await OutboxWorker(OutboxRows(database), {"assess": handler}, clock=ManualClock(NOON)).drain()
    assert handler.given == ["oldest", "once", "floods"]


async def test_what_is_not_begun_in_time_is_given_back_at_once(database: Database) -> None:
    await write(database, "slow", "late")
    clock = ManualClock(NOON)
    given: list[str] = []

    async def handler(stream: StreamId, _: int) -> None:
        given.append(stream)
        clock.advance(milliseconds=LEASE_MS / 2 + 1)

    worker = OutboxWorker(OutboxRows(database), {"assess": handler}, clock=clock)
    assert await worker.drain() == 2
    assert given == ["slow"]
    assert await worker.drain() == 1
    assert given == ["slow", "late"]
    assert not await OutboxRows(database).waiting()

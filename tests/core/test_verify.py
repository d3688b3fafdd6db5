"""The check of the record: a sound one has no fault, and every change behind its back is found and named."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.ids import StreamId
from core.log.append import Append
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
ONE, TWO = StreamId("contact:one"), StreamId("contact:two")


@pytest.fixture
async def log(database: Database) -> AsyncIterator[Log]:
    """Two streams of six entries."""
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    log = Log(database, Kinds(chat.kinds.KINDS), masters=MasterKeys.parse(MasterKeys.generate()), clock=clock)
    await log.start()
    for stream in (ONE, TWO):
        for number in range(6):
            body = Message(text=f"rad {number}")
            await log.append(Append(stream, (body,), PATIENT, f"{stream}{number}", create=Scope()))
    yield log
    await log.stop()


async def faults(log: Log) -> list[tuple[str, int, str]]:
    return [(fault.stream, fault.no, fault.why) async for fault in log.faults()]


async def test_a_sound_record_has_no_fault(log: Log) -> None:
    assert await faults(log) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DELETE FROM entry WHERE stream_id = :s AND no = 3", (3, "missing")),
        ("DELETE FROM entry WHERE stream_id = :s AND no = 1", (1, "missing")),
        ("DELETE FROM entry WHERE stream_id = :s AND no = 6", (6, "missing")),
        ("UPDATE entry SET header = (SELECT header FROM entry WHERE stream_id = :s AND no = 2) "
         "WHERE stream_id = :s AND no = 4", (4, "altered")),
        ("UPDATE entry SET link = (SELECT link FROM entry WHERE stream_id = :s AND no = 2) "
         "WHERE stream_id = :s AND no = 4", (4, "altered")),
        ("UPDATE entry SET patient_no = 9 WHERE stream_id = :s AND no = 4", (4, "altered")),
        ("UPDATE entry SET body = (SELECT body FROM entry WHERE stream_id = :s AND no = 2) "
         "WHERE stream_id = :s AND no = 4", (4, "body_altered")),
        ("UPDATE entry SET body = (SELECT body FROM entry WHERE stream_id = 'contact:two' AND no = 4) "
         "WHERE stream_id = :s AND no = 4", (4, "body_altered")),
        ("UPDATE stream SET last_no = 5 WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET last_no = 7 WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET link = (SELECT link FROM stream WHERE id = 'contact:two') WHERE id = :s",
         (6, "head_altered")),
        ("UPDATE stream SET state = (SELECT state FROM stream WHERE id = 'contact:two') WHERE id = :s",
         (0, "head_altered")),
        ("DELETE FROM stream WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET content_no = 5 WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET patient_no = 5 WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET person_id = 'bo' WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET opener_id = 'patient:bo' WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET unit_id = 'lyktan' WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET provider_id = 'other' WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET wrapped_key = (SELECT wrapped_key FROM stream WHERE id = 'contact:two') WHERE id = :s",
         (0, "head_altered")),
    ],
)  # fmt: skip
async def test_each_change_of_one_row_is_found_and_named(
    log: Log, database: Database, change: str, found: tuple[int, str]
) -> None:
    async with database.write() as connection:
        await connection.execute(text(change), {"s": ONE})
    told = await faults(log)
    assert (ONE, *found) in told
    assert {stream for stream, _, _ in told} == {ONE}


async def test_two_rows_that_changed_places_are_both_named(log: Log, database: Database) -> None:
    async with database.write() as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            swap = text("UPDATE entry SET no = :new WHERE stream_id = :s AND no = :old")
            await connection.execute(swap, {"s": ONE, "old": old, "new": new})
    assert {(no, why) for _, no, why in await faults(log)} >= {(2, "altered"), (3, "altered")}

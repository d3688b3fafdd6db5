"""The check of the record: a sound one has no fault, and every change behind its back is found and named."""

import asyncio
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
from core.record.check import record_faults
from core.record.heads import Signed
from core.record.store import RecordRows
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


async def faults(log: Log, database: Database) -> list[tuple[str, int, str]]:
    found = record_faults(log, RecordRows(database), Signed())
    return [(fault.stream, fault.no, fault.why) async for fault in found]


async def test_a_sound_record_has_no_fault(log: Log, database: Database) -> None:
    assert await faults(log, database) == []


async def test_what_is_appended_meanwhile_is_no_fault(log: Log, database: Database) -> None:
    async def write() -> None:
        for number in range(60):
            await log.append(Append(ONE, (Message(text="mer"),), PATIENT, f"more{number}"))

    writing = asyncio.create_task(write())
    while not writing.done():
        assert await faults(log, database) == []
    await writing


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
        ("UPDATE stream SET chain_key = 'k9' WHERE id = :s", (0, "head_altered")),
        ("UPDATE stream SET created_ms = created_ms + 1 WHERE id = :s", (0, "head_altered")),
        ("UPDATE entry SET header = (SELECT body FROM entry WHERE stream_id = :s AND no = 2) "
         "WHERE stream_id = :s AND no = 4", (4, "altered")),
        ("UPDATE entry SET no = 7 WHERE stream_id = :s AND no = 6", (7, "added")),
        ("INSERT INTO entry (stream_id, no, header, link) "
         "SELECT stream_id, 7, header, link FROM entry WHERE stream_id = :s AND no = 6", (7, "added")),
        ("DELETE FROM once WHERE stream_id = :s AND first_no = 3", (3, "once_missing")),
        ("UPDATE once SET client_id = 'other' WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
        ("UPDATE once SET sender = 'patient:bo' WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
        ("UPDATE once SET first_no = 2 WHERE stream_id = :s AND first_no = 3", (2, "once_altered")),
        ("UPDATE once SET last_no = 4 WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
        ("UPDATE once SET patient_no = 4 WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
        ("UPDATE once SET at_ms = at_ms + 1 WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
        ("INSERT INTO once SELECT sender, 'added', stream_id, first_no, last_no, patient_no, at_ms FROM once "
         "WHERE stream_id = :s AND first_no = 3", (3, "once_altered")),
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
    told = await faults(log, database)
    assert (ONE, *found) in told
    assert {stream for stream, _, _ in told} == {ONE}


async def test_an_entry_moved_to_another_stream_is_missing_here_and_added_there(log: Log, database: Database) -> None:
    moved = text("UPDATE entry SET stream_id = :new, no = 7 WHERE stream_id = :s AND no = 6")
    async with database.write() as connection:
        await connection.execute(moved, {"s": ONE, "new": TWO})
    assert {(ONE, 6, "missing"), (TWO, 7, "added")} <= set(await faults(log, database))


async def test_two_rows_that_changed_places_are_both_named(log: Log, database: Database) -> None:
    async with database.write() as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            swap = text("UPDATE entry SET no = :new WHERE stream_id = :s AND no = :old")
            await connection.execute(swap, {"s": ONE, "old": old, "new": new})
    assert {(no, why) for _, no, why in await faults(log, database)} >= {(2, "altered"), (3, "altered")}

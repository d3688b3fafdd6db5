"""A backup made while people write, restored elsewhere: whole, and all that was acknowledged before is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.backup import backup, restore
from core.record.keeper import HeadKeeper
from core.record.store import RecordRows
from core.settings import Settings
from core.storage.sql import Database
from tests.conftest import empty_database

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
CLOCK = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
KEYS = MasterKeys.generate()
STREAMS = [f"contact:{number}" for number in range(4)]


@asynccontextmanager
async def service(settings: Settings) -> AsyncIterator[Log]:
    """A log with its heads signed, on what the settings name."""
    database, masters = Database(settings.sql_url), MasterKeys.parse(settings.keys)
    await database.migrate()
    log = Log(database, Kinds(chat.kinds.KINDS), masters=masters, clock=CLOCK)
    await log.start()
    keeper = HeadKeeper(RecordRows(database), masters, folder=settings.heads_folder, clock=CLOCK)
    log.on_commit(keeper.heard)
    try:
        yield log
    finally:
        await keeper.stop()
        await log.stop()
        await database.close()


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """A running deployment's."""
    return Settings(data_dir=tmp_path, database_url=_url(database), keys=KEYS)


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of an empty place, on either kind of database."""
    (tmp_path / "elsewhere").mkdir()
    other = empty_database(request, tmp_path / "elsewhere")
    await other.close()
    return Settings(data_dir=tmp_path / "elsewhere", database_url=_url(other), keys=KEYS)


def _url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


async def say(log: Log, stream: str, words: str) -> None:
    body = Message(text=words)
    await log.append(Append(StreamId(stream), (body,), PATIENT, f"{stream}/{words}", create=Scope()))


async def words(log: Log, stream: str) -> list[str]:
    return [entry.body.text for entry in await log.entries(StreamId(stream)) if isinstance(entry.body, Message)]


async def test_what_was_acknowledged_before_a_backup_is_there_after_it_was_restored(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    told: list[str] = []
    (settings.data_dir / "attachments" / "ab").mkdir(parents=True)
    (settings.data_dir / "attachments" / "ab" / "picture").write_bytes(b"sealed")
    (settings.data_dir / "attachments" / "ab" / "gone").symlink_to("taken away while the folder was read")
    async with service(settings) as log:
        for number in range(25):
            await asyncio.gather(*(say(log, stream, f"{number}") for stream in STREAMS))
        over = asyncio.Event()

        async def go_on(stream: str) -> None:
            number = 25
            while not over.is_set():
                await say(log, stream, f"{number}")
                number += 1

        async with asyncio.TaskGroup() as writing:
            for stream in STREAMS:
                writing.create_task(go_on(stream))
            assert await backup(settings, tmp_path / "copy", say=told.append)
            over.set()
    assert not [
        path for path in (tmp_path / "copy").rglob("*") if path.is_file() and KEYS.encode() in path.read_bytes()
    ]
    assert await restore(elsewhere, tmp_path / "copy", say=told.append)
    assert [line.split(":")[0] for line in told if "keys" not in line] == ["whole"] * 3
    assert (elsewhere.data_dir / "attachments" / "ab" / "picture").read_bytes() == b"sealed"
    async with service(elsewhere) as log:
        for stream in STREAMS:
            found = await words(log, stream)
            assert found == [f"{number}" for number in range(len(found))]
            assert len(found) >= 25
        assert (await log.append(Append(StreamId(STREAMS[0]), (Message(text="0"),), PATIENT, "contact:0/0"))).repeated
        await say(log, STREAMS[0], "after")
        assert [fault async for fault in log.faults()] == []


async def test_a_restore_writes_over_nothing(settings: Settings, tmp_path: Path) -> None:
    async with service(settings) as log:
        await say(log, STREAMS[0], "a")
    assert await backup(settings, tmp_path / "copy", say=print)
    with pytest.raises(FyrError, match="record_exists"):
        await restore(settings, tmp_path / "copy", say=print)
    with pytest.raises(FyrError, match="record_exists"):
        await backup(settings, tmp_path / "copy", say=print)
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "fyr.db-wal").write_bytes(b"of a record that was here")
    with pytest.raises(FyrError, match=r"fyr.db-wal"):
        await restore(Settings(data_dir=tmp_path / "left", keys=KEYS), tmp_path / "copy", say=print)
    async with service(settings) as log:
        assert await words(log, STREAMS[0]) == ["a"]


async def test_what_was_signed_after_the_backup_is_said_to_be_lost(settings: Settings, tmp_path: Path) -> None:
    """The disk of the record dies, the one with the heads does not."""
    heads, told = tmp_path / "other-disk", list[str]()
    before = replace(settings, heads_dir=heads)
    async with service(before) as log:
        await say(log, STREAMS[0], "a")
        assert await backup(before, tmp_path / "copy", say=print)
        await say(log, STREAMS[0], "lost")
    (tmp_path / "new").mkdir()
    new = Settings(data_dir=tmp_path / "new", keys=KEYS, heads_dir=heads)
    assert await restore(new, tmp_path / "copy", say=told.append)
    lost = f"lost since the backup: {STREAMS[0]} 2: the stream once reached this entry and no longer does"
    assert [line for line in told if "whole" not in line] == [lost]
    assert (tmp_path / "other-disk.before-1" / "1.jsonl").is_file()


async def test_an_altered_backup_is_not_restored(settings: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    async with service(settings) as log:
        await say(log, STREAMS[0], "a")
        await say(log, STREAMS[1], "b")
    assert await backup(settings, tmp_path / "copy", say=print)
    copy = Database(f"sqlite+aiosqlite:///{tmp_path / 'copy' / 'record.db'}")
    async with copy.write() as connection:
        for table, column in (("stream", "id"), ("entry", "stream_id"), ("once", "stream_id")):
            await connection.execute(text(f"DELETE FROM {table} WHERE {column} = '{STREAMS[1]}'"))  # noqa: S608
    await copy.close()
    told: list[str] = []
    assert not await restore(elsewhere, tmp_path / "copy", say=told.append)
    assert told == [f"{STREAMS[1]} 1: the whole stream, which once reached this entry, is gone"]
    assert not (elsewhere.data_dir / "fyr.db").exists()
    assert not list(elsewhere.data_dir.glob("*restoring*"))

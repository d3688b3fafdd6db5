"""A node that lets any number of calls through, and its address, as the tests of `web` have them."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.web.conftest import node, url
from tests.web.unlimited import unlimited
from web.app import run_node

__all__ = ["node", "url"]


@pytest.fixture
async def application(tmp_path: Path, made_sqlite: Path) -> AsyncIterator[web.Application]:
    """A demo in which whoever asks for everything at once is not too fast."""
    shutil.copy(made_sqlite, tmp_path)
    async with run_node(unlimited(tmp_path)) as application:
        yield application

"""Made-up tokens from one address end in a lock; an old tab does not, and nobody who is signed in is touched by it."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from core.lockout.rule import ADDRESSES
from core.settings import Settings
from tests.web.client import Somebody
from web.app import run_node

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[web.Application]:
    """A node that lets any number of calls of visitors through."""
    async with run_node(Settings(demo=True, data_dir=tmp_path, visitor_calls_per_minute=1_000_000)) as application:
        yield application


async def shown(url: str, token: str, address: str = HERE) -> int:
    headers = {"Cookie": f"fyr={token}", "X-Forwarded-For": address}
    async with aiohttp.ClientSession() as http, http.get(f"{url}/api/session", headers=headers) as response:
        return response.status


async def test_made_up_tokens_lock_their_address_and_no_other(url: str, astrid: Somebody) -> None:
    told = [await shown(url, secrets.token_urlsafe(32)) for _ in range(ADDRESSES.free + 5)]
    assert told == [401] * (ADDRESSES.free + 1) + [429] * 4
    assert await shown(url, secrets.token_urlsafe(32), ELSEWHERE) == 401
    assert await shown(url, astrid.cookie.partition("=")[2]) == 200
    assert await shown(url, "") == 401


async def test_an_old_tab_is_counted_once(url: str) -> None:
    old = secrets.token_urlsafe(32)
    assert {await shown(url, old) for _ in range(ADDRESSES.free + 5)} == {401}
    assert await shown(url, secrets.token_urlsafe(32)) == 401


async def test_made_up_tokens_on_sockets_count_as_well(url: str) -> None:
    for _ in range(ADDRESSES.free + 1):
        headers = {"Cookie": f"fyr={secrets.token_urlsafe(32)}", "X-Forwarded-For": HERE}
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as socket,
        ):
            await socket.receive_str()
            await socket.send_str("40")
            assert "not_signed_in" in await socket.receive_str()
    assert await shown(url, secrets.token_urlsafe(32)) == 429

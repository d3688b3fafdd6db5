"""One's own sessions over HTTP, what ending one does on every node, and what a database was made for."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from core.errors import FyrError
from core.settings import Settings
from tests.web.client import RefusedError, Somebody, signed_in
from web.app import run_node
from web.device import device_of
from web.sentences import sentence

SOON_S = 10.0


async def delete(somebody: Somebody, path: str) -> int:
    async with somebody.http.delete(somebody.url + path) as response:
        return response.status


async def test_one_sees_where_one_is_signed_in_and_ends_the_others(url: str, sara: Somebody) -> None:
    async with signed_in(url, "staff:sara") as phone:
        own = await sara.get("/api/sessions")
        assert [one["this"] for one in own] == [False, True]
        assert {one["provider"] for one in own} == {"demo"}
        assert await delete(sara, "/api/sessions") == 200
        async with asyncio.timeout(SOON_S):
            await phone.line_gone.wait()
        with pytest.raises(RefusedError, match="not_signed_in"):
            await phone.get("/api/session")
    assert len(await sara.get("/api/sessions")) == 1


async def test_anothers_session_is_not_found(url: str, sara: Somebody, astrid: Somebody) -> None:
    (own,) = await astrid.get("/api/sessions")
    assert await delete(sara, f"/api/sessions/{own['session_id']}") == 404
    assert await astrid.get("/api/session")


async def test_signing_in_again_leaves_no_token_that_was_there_before(url: str, sara: Somebody) -> None:
    before = sara.cookie
    async with sara.http.post(f"{url}/api/session", json={"person": "staff:jonas"}) as response:
        assert response.status == 200
    assert (await sara.get("/api/session"))["id"] == "staff:jonas"
    async with aiohttp.ClientSession(headers={"Cookie": before}) as thief, thief.get(f"{url}/api/session") as response:
        assert response.status == 401


async def test_a_demonstration_never_meets_another_database(tmp_path: Path) -> None:
    async with run_node(Settings(demo=True, data_dir=tmp_path)):
        pass
    with pytest.raises(FyrError, match="database_demo") as refused:
        async with run_node(Settings(data_dir=tmp_path)):
            pass
    assert "fyr demo" in sentence(refused.value)


async def test_a_database_started_without_a_demonstration_refuses_one(tmp_path: Path) -> None:
    with pytest.raises(FyrError, match="directory_empty") as empty:
        async with run_node(Settings(data_dir=tmp_path)):
            pass
    assert "fyr directory import" in sentence(empty.value)
    with pytest.raises(FyrError, match="database_real") as refused:
        async with run_node(Settings(demo=True, data_dir=tmp_path)):
            pass
    assert sentence(refused.value).count(".") == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126 Safari/537.36 Edg/126",
            "edge/windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "safari/iphone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "firefox/linux"),
        ("", "other/other"),
    ],
)
def test_a_browser_is_told_in_coarse_words(said: str, told: str) -> None:
    assert device_of(said) == told

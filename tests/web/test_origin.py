"""No page of another origin asks for anything in a person's name: by HTTP, by long polling, by websocket."""

import itertools

import aiohttp
import pytest

from core.errors import FyrError
from tests.web.client import Somebody
from web.origin import require_ours
from web.wire.events import ROUTES

OURS, EVIL = "https://fyr.example", "https://evil.example"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"}
CROSS = {"Sec-Fetch-Site": "cross-site"}
UNSAFE = [route for route in ROUTES if route.method not in ("GET", "HEAD")]


def let_through(headers: dict[str, str], *, changes: bool) -> bool:
    try:
        require_ours(headers, {OURS}, changes=changes)
    except FyrError as refusal:
        return refusal.code != "forbidden_origin"
    return True


@pytest.mark.parametrize(
    ("headers", "on_change", "on_look"),
    [
        ({"Origin": OURS}, True, True),
        ({"Origin": EVIL}, False, False),
        ({"Origin": f"{OURS}.evil.example"}, False, False),
        ({"Origin": "http://fyr.example"}, False, False),
        ({"Origin": f"{OURS}:8443"}, False, False),
        ({"Origin": ""}, False, False),
        ({"Origin": "null"}, False, False),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True, True),  # a form of ours under no-referrer
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, False, False),  # a sandboxed frame
        ({"Origin": EVIL, "Sec-Fetch-Site": "same-origin"}, False, False),
        ({"Sec-Fetch-Site": "same-origin", **BROWSER}, True, True),
        ({"Sec-Fetch-Site": "same-site"}, False, False),
        ({"Sec-Fetch-Site": "cross-site"}, False, False),
        ({"Sec-Fetch-Site": "none"}, False, False),
        (BROWSER, False, True),
        ({"User-Agent": "HAPI-FHIR/8.0"}, True, True),  # no browser: nobody adds a cookie in its name
        ({}, True, True),
    ],
)
def test_who_may_change_and_who_may_look(headers: dict[str, str], on_change: bool, on_look: bool) -> None:
    assert let_through(headers, changes=True) is on_change
    assert let_through(headers, changes=False) is on_look


async def test_every_change_asks_where_it_comes_from(url: str, astrid: Somebody) -> None:
    for route, headers in itertools.product(UNSAFE, ({"Origin": EVIL}, {"Origin": "null"}, CROSS, BROWSER)):
        async with astrid.http.request(route.method, url + route.path, headers=headers) as response:
            assert response.status == 403, (route, headers)
            assert (await response.json())["code"] == "forbidden_origin"
    assert (await astrid.get("/api/session"))["id"] == "patient:astrid"


async def test_no_socket_opens_for_a_foreign_page(url: str, astrid: Somebody) -> None:
    where = f"{url}/socket.io/?EIO=4&transport="
    for headers in ({"Origin": EVIL}, {"Origin": "null"}, CROSS):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await astrid.http.ws_connect(f"{where}websocket", headers=headers)
        assert refused.value.status == 403
        async with astrid.http.get(f"{where}polling", headers=headers) as response:
            assert response.status == 403
            assert "Access-Control-Allow-Origin" not in response.headers


async def test_a_handshake_by_a_browser_without_an_origin_is_none(url: str, astrid: Somebody) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await astrid.http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", headers=BROWSER)


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_our_own_page_is_let_in(url: str, astrid: Somebody, transport: str) -> None:
    where = f"{url}/socket.io/?EIO=4&transport={transport}"
    if transport == "websocket":
        async with astrid.http.ws_connect(where, headers={"Origin": url, **BROWSER}) as socket:
            assert (await socket.receive_str()).startswith("0{")
    else:
        async with astrid.http.get(where, headers={"Sec-Fetch-Site": "same-origin", **BROWSER}) as response:
            assert response.status == 200

"""Garbage gets a typed answer or a closed line, harms only its sender, and leaves no failure in the log."""

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings

from core.errors import CODES
from tests.web import garbage
from tests.web.client import Somebody, client_id
from tests.web.test_story import opened
from tests.web.unlimited import failures, logged, unlimited
from web.api.routes import LARGEST_BODY
from web.app import run_node
from web.sockets.server import LARGEST_MESSAGE_BYTES
from web.wire.row import Route

LIVE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
ANSWER_WITHIN_S = 10.0


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[web.Application]:
    """A node without limits."""
    async with run_node(unlimited(tmp_path)) as application:
        yield application


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that would be logged."""
    with logged() as heard:
        yield heard


async def still_well(sara: Somebody) -> None:
    """Somebody else's line works."""
    assert (await sara.call("board:follow", unit_id="hamnen"))["unit_id"] == "hamnen"


@pytest.fixture
async def contact_id(astrid: Somebody) -> str:
    """A contact of Astrid's that both may enter."""
    return await opened(astrid)


KNOWN = {"contact_id": "the contact", "client_id": client_id(), "unit_id": "hamnen", "text": "Hej", "lang": "sv"}


async def answered(sender: Somebody, call: tuple[str, Any], contact_id: str) -> None:
    """The call gets an answer of the table's kind."""
    name, body = call
    if name in ("connect", "disconnect"):
        return  # words of the protocol, no events
    if isinstance(body, dict) and body.get("contact_id") == KNOWN["contact_id"]:
        body = {**body, "contact_id": contact_id}
    answer = await sender.io.call(name, body, timeout=ANSWER_WITHIN_S)
    assert "ok" in answer or answer["error"]["code"] in CODES - {"internal"}, answer


@settings(max_examples=150, suppress_health_check=LIVE, deadline=None)
@given(call=garbage.calls(KNOWN))
async def test_every_call_of_a_patient_gets_a_typed_answer(
    call: tuple[str, Any], contact_id: str, astrid: Somebody, lines: io.StringIO
) -> None:
    await answered(astrid, call, contact_id)
    assert failures(lines) == []


@settings(max_examples=150, suppress_health_check=LIVE, deadline=None)
@given(call=garbage.calls(KNOWN))
async def test_every_call_of_a_nurse_gets_a_typed_answer(
    call: tuple[str, Any], contact_id: str, sara: Somebody, lines: io.StringIO
) -> None:
    await answered(sara, call, contact_id)
    assert failures(lines) == []


def cookies_of(somebody: Somebody) -> dict[str, str]:
    return {item.key: item.value for item in somebody.http.cookie_jar}


@settings(max_examples=60, suppress_health_check=LIVE, deadline=None)
@given(sent=garbage.frames)
async def test_frames_that_are_no_protocol_end_their_own_line_at_most(
    sent: list[tuple[bytes, bool]], url: str, astrid: Somebody, sara: Somebody, lines: io.StringIO
) -> None:
    async with aiohttp.ClientSession(cookies=cookies_of(astrid)) as http:
        socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket")
        await socket.receive(timeout=ANSWER_WITHIN_S)
        await socket.send_str("40")
        for data, binary in sent:
            if not socket.closed:
                kind = aiohttp.WSMsgType.BINARY if binary else aiohttp.WSMsgType.TEXT
                await socket._writer.send_frame(data, kind)
        await socket.close()
    await still_well(sara)
    assert failures(lines) == []


async def test_frames_and_bodies_above_the_limit_are_refused(
    url: str, astrid: Somebody, sara: Somebody, lines: io.StringIO
) -> None:
    async with aiohttp.ClientSession(cookies=cookies_of(astrid)) as http:
        socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket")
        await socket.receive(timeout=ANSWER_WITHIN_S)
        await socket.send_str("40")
        await socket.receive(timeout=ANSWER_WITHIN_S)
        await socket.send_str('421["message:post",{"text":"' + "a" * LARGEST_MESSAGE_BYTES + '"}]')
        last = await socket.receive(timeout=ANSWER_WITHIN_S)
        assert last.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        async with http.post(f"{url}/api/session", data=b'"' + b"a" * (LARGEST_BODY + 1) + b'"') as response:
            assert response.status == 413
            assert (await response.json())["code"] == "too_long"
    await still_well(sara)
    assert failures(lines) == []


@settings(max_examples=150, suppress_health_check=LIVE, deadline=None)
@given(asked=garbage.routes)
async def test_every_route_with_any_body_answers_below_500(
    asked: tuple[Route, bytes], url: str, astrid: Somebody, lines: io.StringIO
) -> None:
    route, body = asked
    if (route.method, route.path) == ("DELETE", "/api/session"):
        return  # it would end the session of every later example
    async with (
        aiohttp.ClientSession(cookies=cookies_of(astrid)) as http,
        http.request(route.method, url + route.path, data=body) as response,
    ):
        assert response.status < 500
        if response.status >= 400 and route.method != "HEAD":
            assert (await response.json())["code"] in CODES
    assert failures(lines) == []


async def test_long_polling_with_any_body_answers_below_500(
    url: str, astrid: Somebody, sara: Somebody, lines: io.StringIO
) -> None:
    where = f"{url}/socket.io/?EIO=4&transport=polling"
    async with aiohttp.ClientSession(cookies=cookies_of(astrid)) as http:
        for data in garbage.FRAMES:
            async with http.get(where) as response:
                opening = msgspec.json.decode((await response.read()).split(b"\x1e")[0][1:])
            async with http.post(f"{where}&sid={opening['sid']}", data=data) as response:
                assert response.status < 500, data
        for odd in ("&sid=none", "&EIO=3", "&transport=smoke", "&j=x"):
            async with http.get(where + odd) as response:
                assert response.status < 500, odd
    await still_well(sara)
    assert failures(lines) == []

"""No patient's words reach a log line, an error or a URL, whatever goes wrong; and odd bytes harm only their sender."""

import io
from collections.abc import Iterator

import aiohttp
import pytest
from yarl import URL

from core import diagnostics
from tests.web.client import RefusedError, Somebody, client_id
from tests.web.test_story import opened

CANARY = "kanariefågelsång"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that would be logged, at the most talkative level."""
    heard = io.StringIO()
    diagnostics.configure("debug", into=heard)
    yield heard
    diagnostics.configure("info")


async def test_a_canary_is_heard_nowhere(lines: io.StringIO, astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid, f"Jag har ont i bröstet {CANARY}")
    answers = [
        await refusal(astrid, "message:post", contact_id=contact_id, client_id=client_id(), text={CANARY: CANARY}),
        await refusal(astrid, "answer:give", contact_id=contact_id, client_id=CANARY, question=CANARY, value=CANARY),
        await refusal(astrid, "reading:correct", contact_id=contact_id, client_id="c", struck=[CANARY]),
        await refusal(astrid, "contact:open", client_id="d", subject=CANARY, lang="sv", text=CANARY),
        await refusal(astrid, CANARY, text=CANARY),
        await refusal(
            sara, "urgency:set", contact_id=contact_id, client_id="e", claim_no=9, urgency="routine", reason=CANARY
        ),
    ]
    assert [code for code, _ in answers] == [
        "bad_request", "bad_request", "bad_request", "bad_request", "unknown_event", "stale_claim",
    ]  # fmt: skip
    assert not any(CANARY in told for _, told in answers)
    assert CANARY not in lines.getvalue()


async def refusal(somebody: Somebody, name: str, **body: object) -> tuple[str, str]:
    """The code, and everything that was told with it."""
    with pytest.raises(RefusedError) as refused:
        await somebody.send(name, body)
    return refused.value.code, str(refused.value.data)


async def test_bytes_that_are_not_utf8_are_refused_in_words(url: str, lines: io.StringIO) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/api/session", data=b'{"person": "\xff\xfe"}') as response,
    ):
        assert response.status == 400
        assert (await response.json())["code"] == "bad_request"
    assert "Traceback" not in lines.getvalue()


async def test_a_frame_that_is_not_utf8_ends_that_socket_alone(url: str, astrid: Somebody, sara: Somebody) -> None:
    cookie = astrid.http.cookie_jar.filter_cookies(URL(url))
    async with aiohttp.ClientSession(cookies={name: one.value for name, one in cookie.items()}) as http:
        socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket")
        await socket.receive()
        await socket._writer.send_frame(b"42\xff\xfe", aiohttp.WSMsgType.TEXT)
        last = await socket.receive(timeout=5)
        assert last.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert (await sara.call("board:follow", unit_id="hamnen"))["unit_id"] == "hamnen"


async def test_a_page_of_another_origin_changes_nothing(url: str) -> None:
    async with aiohttp.ClientSession(headers={"Origin": "https://evil.example"}) as http:
        async with http.post(f"{url}/api/session", data=b'{"person": "patient:astrid"}') as response:
            assert response.status == 403
            assert "Set-Cookie" not in response.headers
        async with http.get(f"{url}/socket.io/?EIO=4&transport=polling") as response:
            assert response.status == 403

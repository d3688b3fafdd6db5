"""Anything at all sent to the routes of signing in: a refusal or a way back to the page, never a failure of ours."""

import asyncio
from pathlib import Path

import pytest

from tests.login.scene import Choices, browser, scene

SURROGATE = b"\xed\xa0\x80\xff"
RAW = {
    "a cookie that is no text": b"GET /login/patient HTTP/1.1\r\nHost: h\r\nCookie: fyr-login=" + SURROGATE,
    "a session that is no text": b"GET /api/session HTTP/1.1\r\nHost: h\r\nCookie: fyr=" + SURROGATE,
    "a state that is no text": b"GET /login/patient/callback?state=%ff%ed%a0%80&code=%00 HTTP/1.1\r\nHost: h\r\n"
    b"Cookie: fyr-login=" + SURROGATE,
    "words twice": b"GET /login/patient/callback?state=a&state=b&code=c HTTP/1.1\r\nHost: h",
    "a line break to smuggle": b"GET /login/patient?level=high%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: h",
    "nobody's provider": b"GET /login/%2e%2e%2fetc HTTP/1.1\r\nHost: h",
}
FORMS = {
    "no form": (b"\xff\xfe{}", "application/json"),
    "broken parts": (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    "no boundary": (b"anything", "multipart/form-data"),
    "no text": (b"logout_token=%ff%fe\xff", "application/x-www-form-urlencoded; charset=nonsense"),
    "no token": (b"logout_token=a.b.c", "application/x-www-form-urlencoded"),
    "nothing": (b"", "application/x-www-form-urlencoded"),
}


async def asked(url: str, request: bytes) -> tuple[int, bytes]:
    """Bytes as they are: the status and everything else of the answer."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request + b"\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ")[1]), answer


@pytest.mark.parametrize("people", ["patient"])
async def test_nothing_that_is_sent_breaks_anything(tmp_path: Path, people: str) -> None:
    async with scene(tmp_path, Choices(people=people)) as here, browser(here) as tab:
        for name, request in RAW.items():
            status, answer = await asked(here.url, request)
            assert status < 500, name
            assert b"\r\nSet-Cookie: x" not in answer, name
        for name, (form, kind) in FORMS.items():
            place = f"{here.url}/login/{people}/logout"
            async with tab.http.post(place, data=form, headers={"Content-Type": kind}) as response:
                assert response.status == 400, name
        assert await tab.sign_in("astrid") == "/"

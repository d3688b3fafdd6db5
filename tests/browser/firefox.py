"""Debian's Firefox for the same pages and people as Chromium: Playwright drives it by WebDriver BiDi.

Playwright's own Firefox is another build, from elsewhere. It asks the one that it starts for one thing which this one
does not know yet (what media features are told to pages), and gives up: so it is told that the bridge is Firefox.
`python -m tests.browser.firefox ARGUMENTS` is that bridge: it starts Firefox, passes on what both say, and answers that
one question itself.
"""

import asyncio
import shutil
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import msgspec
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from tests.browser.demo import ROOT

UNKNOWN = "emulation.setMediaFeaturesOverride"
SAYS = b"WebDriver BiDi listening on "
HOST = "127.0.0.1"
PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
}


def firefox_path() -> str | None:
    """Where it is, if it is."""
    return shutil.which("firefox-esr")


@asynccontextmanager
async def firefox() -> AsyncIterator[Browser]:
    """A headless Firefox with a fake camera and microphone, which it may use unasked."""
    with TemporaryDirectory() as folder:
        starter = Path(folder) / "firefox"
        starter.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tests.browser.firefox "$@"\n')
        starter.chmod(starter.stat().st_mode | stat.S_IXUSR)
        async with async_playwright() as playwright:
            browser = await playwright.firefox.launch(
                channel="moz-firefox", executable_path=starter, firefox_user_prefs=PREFERENCES
            )
            try:
                yield browser
            finally:
                await browser.close()


class Bridge:
    """Between Playwright and the Firefox at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def serve(self) -> str:
        """Listen; gives the address in place of Firefox's own."""
        application = web.Application()
        application.add_routes([web.get("/{path:.*}", self._session)])
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, HOST, 0)
        await site.start()
        return f"ws://{HOST}:{runner.addresses[0][1]}"

    async def _session(self, request: web.Request) -> web.WebSocketResponse:
        near = web.WebSocketResponse(max_msg_size=0)
        await near.prepare(request)
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(f"{self._url}{request.path}", max_msg_size=0) as far,
        ):
            back = asyncio.create_task(self._back(far, near))
            async for message in near:
                asked = msgspec.json.decode(message.data)
                if asked.get("method") == UNKNOWN:
                    told = {"type": "success", "id": asked["id"], "result": {}}
                    await near.send_str(msgspec.json.encode(told).decode())
                else:
                    await far.send_str(message.data)
            await far.close()
            await back
        return near

    async def _back(self, far: aiohttp.ClientWebSocketResponse, near: web.WebSocketResponse) -> None:
        async for message in far:
            await near.send_str(message.data)
        await near.close()


async def _stand_in(arguments: list[str]) -> int:
    found = firefox_path()
    if found is None:
        raise SystemExit("no Firefox: `apt install firefox-esr`")
    process = await asyncio.create_subprocess_exec(found, *arguments, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    async for line in process.stderr:
        if SAYS in line:
            url = line.partition(SAYS)[2].decode().strip()
            line = SAYS + (await Bridge(url).serve()).encode() + b"\n"
        sys.stderr.buffer.write(line)
        sys.stderr.buffer.flush()
    return await process.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(_stand_in(sys.argv[1:])))

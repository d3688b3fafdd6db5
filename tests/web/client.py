"""A signed-in person with a real Socket.IO client, as tests drive them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import msgspec
import socketio

from core.ids import new_id

WAIT_S = 20.0
"""Patience, not a promise: what is waited for comes, on a busy machine late."""


class RefusedError(Exception):
    """The server answered with an error."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


class Somebody:
    """One signed-in browser: HTTP with its cookie, one socket, and every event it has heard."""

    def __init__(
        self, url: str, http: aiohttp.ClientSession, io: socketio.AsyncClient, *, person: str, cookie: str
    ) -> None:
        self.url = url
        self.person = person
        self.kind = person.partition(":")[0]
        self.cookie = cookie
        self.http = http
        self.io = io
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.line_gone = asyncio.Event()
        self._news = asyncio.Event()
        io.on("*", self._hear)
        io.on("disconnect", self._lose)

    async def _hear(self, event: str, data: dict[str, Any]) -> None:
        self.heard.append((event, data))
        self._news.set()

    async def _lose(self, _: str) -> None:
        self.line_gone.set()

    async def call(self, name: str, **body: Any) -> dict[str, Any]:
        """Send one call; its answer, or `RefusedError`."""
        return await self.send(name, body)

    async def send(self, name: str, body: Any) -> dict[str, Any]:
        """Send any value under any name."""
        answer: dict[str, Any] = await self.io.call(name, body, timeout=WAIT_S)
        if "error" in answer:
            raise RefusedError(answer["error"]["code"], answer["error"]["data"])
        found: dict[str, Any] = answer["ok"]
        return found

    async def get(self, path: str) -> Any:
        """The JSON at a path."""
        async with self.http.get(self.url + path) as response:
            if response.status != 200:
                refusal = await response.json()
                raise RefusedError(refusal["code"], refusal["data"])
            return await response.json()

    async def until(
        self, event: str, wanted: Callable[[dict[str, Any]], bool], *, wait_s: float = WAIT_S
    ) -> dict[str, Any]:
        """The first event of this name that is wanted, heard already or yet to come."""
        async with asyncio.timeout(wait_s):
            while True:
                self._news.clear()
                for name, data in self.heard:
                    if name == event and wanted(data):
                        return data
                await self._news.wait()

    async def entry(self, kind: str) -> dict[str, Any]:
        """The first pushed entry of this kind."""

        def has_kind(data: dict[str, Any]) -> bool:
            return any(entry["body"]["kind"] == kind for entry in data["entries"])

        data = await self.until("entry", has_kind)
        found: dict[str, Any] = next(entry for entry in data["entries"] if entry["body"]["kind"] == kind)
        return found

    async def kept(self, contact_id: str, kind: str) -> dict[str, Any]:
        """The first entry of this kind in a contact, whether it lies there already or is yet to come."""
        seen = await self.call("contact:follow", contact_id=contact_id)
        found = (entry for entry in seen["entries"] if entry["body"]["kind"] == kind)
        return next(found, None) or await self.entry(kind)


@contextlib.asynccontextmanager
async def signed_in(url: str, person: str, *, cookie: str = "") -> AsyncIterator[Somebody]:
    """Somebody signed in and connected; with `cookie`, by the session it names."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        if not cookie:
            async with http.post(f"{url}/api/session", data=msgspec.json.encode({"person": person})) as response:
                assert response.status == 200, await response.text()
            cookie = "; ".join(f"{item.key}={item.value}" for item in jar)
        io = socketio.AsyncClient(reconnection=False)
        somebody = Somebody(url, http, io, person=person, cookie=cookie)
        await io.connect(url, headers={"Cookie": cookie}, transports=["websocket"], wait_timeout=WAIT_S)
        try:
            yield somebody
        finally:
            await let_go(io)


async def let_go(io: socketio.AsyncClient) -> None:
    """End the line. The client may wait for ever for its own reader when the line breaks in the same moment."""
    if io.connected:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT_S):
                await io.disconnect()


def client_id() -> str:
    """A fresh id for one command."""
    return new_id()

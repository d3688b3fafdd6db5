"""Every HTTP request and WebSocket the service makes by itself. Bounded in time and size; follows no redirect; logs no
address.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from core.errors import FyrError

CONNECT_WITHIN_S = 3.0
ANSWER_WITHIN_S = 10.0
LARGEST_ANSWER = 64 * 1024
HEARTBEAT_S = 20.0
"""How often the other side of a WebSocket is asked whether it is there."""
CLOSE_WITHIN = aiohttp.ClientWSTimeout(ws_close=2.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Talk:
    """A WebSocket to another service. Raises `unreachable` once it is broken."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, told: str | bytes) -> None:
        """Text or bytes; waits while the other side does not read."""
        try:
            await (self._socket.send_str(told) if isinstance(told, str) else self._socket.send_bytes(told))
        except (aiohttp.ClientError, OSError):
            raise FyrError("unreachable", what="websocket") from None

    async def hear(self) -> str | None:
        """The next text; None when the other side has ended it."""
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                return str(message.data)
        return None

    async def close(self) -> None:
        """End it."""
        await self._socket.close()


class Outbound:
    """One pool of connections, made with the first request and closed with the node."""

    def __init__(self, *, answer_within_s: float = ANSWER_WITHIN_S) -> None:
        self._timeout = aiohttp.ClientTimeout(total=answer_within_s, connect=CONNECT_WITHIN_S)
        self._session: aiohttp.ClientSession | None = None

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Fetch. Raises as `post`."""
        return await self._ask("GET", url, None, headers=headers)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body. Raises `unreachable` when no answer came in time; a refusal is an answer like any other."""
        return await self._ask("POST", url, body, headers=headers)

    async def talk(self, url: str) -> Talk:
        """Open a WebSocket. Raises `unreachable`."""
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                connecting = self._pool().ws_connect(
                    url, max_msg_size=LARGEST_ANSWER, heartbeat=HEARTBEAT_S, timeout=CLOSE_WITHIN
                )
                return Talk(await connecting)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            raise FyrError("unreachable", what="websocket") from None

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def _ask(self, method: str, url: str, body: bytes | None, *, headers: Mapping[str, str]) -> Answer:
        try:
            async with self._pool().request(
                method, url, data=body, headers=dict(headers), allow_redirects=False
            ) as response:
                # `read(n)` gives what has come so far, which may be the first half
                return Answer(response.status, await _read(response.content), response.headers)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            # The cause names the address, and an address may hold a person's secret.
            raise FyrError("unreachable", what="http") from None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


async def _read(content: aiohttp.StreamReader) -> bytes:
    """All of it, up to the limit."""
    data = bytearray()
    async for piece in content.iter_chunked(LARGEST_ANSWER):
        data += piece
        if len(data) >= LARGEST_ANSWER:
            break
    return bytes(data[:LARGEST_ANSWER])

"""Every HTTP request the service makes by itself. Bounded in time and size; follows no redirect; logs no address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from core.errors import FyrError

CONNECT_WITHIN_S = 3.0
ANSWER_WITHIN_S = 10.0
LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


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

    async def _ask(self, method: str, url: str, body: bytes | None, *, headers: Mapping[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with self._session.request(
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

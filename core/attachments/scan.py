"""Asks clamd whether a file is known to be harmful, by its INSTREAM command (clamd(8)). Nothing goes to a disk."""

import asyncio
from typing import Literal
from urllib.parse import urlsplit

import structlog

from core.errors import FyrError

log = structlog.get_logger(__name__)
WITHIN_S = 60.0
CHUNK_BYTES = 1 << 17
ANSWER_BYTES = 4_096
LENGTH_BYTES = 4
Verdict = Literal["clean", "infected"]


def check_url(url: str) -> str:
    """A `unix:` or `tcp:` address as the settings read it. Raises ValueError saying what is wrong."""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc:
        return url
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return url
    raise ValueError("is unix:/path/of/socket or tcp://host:port")


class Clamd:
    """A clamd at an address. Every scan is a connection of its own: clamd closes it after the answer."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    async def scan(self, data: bytes) -> Verdict:
        """The verdict. Raises `unreachable` when there is none: clamd is away, too slow, or cannot say."""
        try:
            async with asyncio.timeout(WITHIN_S):
                answer = await self._ask(data)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as failure:
            log.warning("clamd_away", failure=type(failure).__name__)
            raise FyrError("unreachable", what="FYR_CLAMD_URL") from None
        if answer.endswith(b" FOUND"):
            return "infected"
        if answer == b"stream: OK":
            return "clean"
        log.warning("clamd_cannot_say")
        raise FyrError("unreachable", what="FYR_CLAMD_URL")

    async def _ask(self, data: bytes) -> bytes:
        reader, writer = await self._connected()
        try:
            writer.write(b"zINSTREAM\0")
            for at in range(0, len(data), CHUNK_BYTES):
                part = data[at : at + CHUNK_BYTES]
                writer.write(len(part).to_bytes(LENGTH_BYTES, "big") + part)
                await writer.drain()
            writer.write(bytes(LENGTH_BYTES))
            await writer.drain()
            return (await reader.readuntil(b"\0")).removesuffix(b"\0")
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._parts.scheme == "unix":
            return await asyncio.open_unix_connection(self._parts.path, limit=ANSWER_BYTES)
        return await asyncio.open_connection(self._parts.hostname, self._parts.port, limit=ANSWER_BYTES)

"""The live index as a client: the deployment's own Redis or Valkey, else an embedded one.

A command that fails is not sent again here: a claim sent twice would take two contacts. Callers fall back to SQL.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from core.errors import FyrError
from core.settings import Settings
from core.storage.valkey import OLDEST, run_valkey

CONNECT_WITHIN_S = 1.0
ANSWER_WITHIN_S = 2.0
CHECK_EVERY_S = 15


@dataclass(frozen=True, slots=True)
class LiveIndex:
    """An open client, and the URL by which others (the Socket.IO manager) make their own."""

    client: Redis
    url: str

    async def answers(self) -> bool:
        """Whether it is there now."""
        try:
            return bool(await self.client.ping())
        except (RedisError, OSError):
            return False


async def answers_of(pipeline: Any, *, within_s: float) -> list[Any]:
    """What Redis answers to commands that go there together, in their order. Raises `unreachable`."""
    try:
        async with asyncio.timeout(within_s):
            answers: list[Any] = await pipeline.execute()
    except (RedisError, OSError, TimeoutError):
        raise FyrError("unreachable", what="redis") from None
    return answers


def make_redis(url: str, *, protocol: int = 3) -> Redis:
    """A client that answers in bytes, fails within seconds and never repeats a command."""
    client: Redis = Redis.from_url(
        url,
        protocol=protocol,
        socket_connect_timeout=CONNECT_WITHIN_S,
        socket_timeout=ANSWER_WITHIN_S,
        health_check_interval=CHECK_EVERY_S,
        retry=Retry(NoBackoff(), 0),
    )
    return client


@contextlib.asynccontextmanager
async def open_redis(settings: Settings) -> AsyncIterator[LiveIndex]:
    """The index for as long as the service runs.

    Raises `unreachable` when it does not answer at start, `missing_tool` when it is too old, else as `run_valkey`.
    """
    async with contextlib.AsyncExitStack() as stack:
        url = settings.redis_url or (await stack.enter_async_context(run_valkey(settings.data_dir))).url
        client = make_redis(url)
        stack.push_async_callback(client.aclose)
        await _require_recent(client)
        yield LiveIndex(client, url)


async def _require_recent(client: Redis) -> None:
    try:
        told = await client.info("server")
    except (RedisError, OSError):
        # The cause could hold the URL, and with it a password.
        raise FyrError("unreachable", what="redis") from None
    version = str(told.get("redis_version", "0.0"))
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise FyrError("missing_tool", tool="redis", hint=f"version {version} is older than 7.0")

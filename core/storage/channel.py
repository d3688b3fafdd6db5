"""One Redis channel between the nodes: what is published is heard by every node that listens now, and by nobody later.

At most once: who must not miss anything numbers what it publishes and asks SQL after a gap. The listening line is made
again whenever it breaks or falls silent; `back` is called each time, since something may have been missed.
"""

import asyncio
from collections.abc import Callable

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.storage.redis import make_redis

SILENT_S = 12.0
"""Every node hears itself at least every five seconds; a line this silent is dead, whatever TCP says."""
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0

log = structlog.get_logger(__name__)


class Channel:
    """Publishes and listens. `start` before use, `stop` after."""

    def __init__(self, url: str, name: str, *, hear: Callable[[bytes], None], back: Callable[[], None]) -> None:
        self.listening = asyncio.Event()
        self._name = name
        self._hear = hear
        self._back = back
        # In RESP3 redis-py prints every message that is pushed to it for a log line that nobody reads.
        self._client: Redis = make_redis(url, protocol=2)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen_for_ever(), name="channel")

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._client.aclose()

    async def publish(self, data: bytes) -> bool:
        """Say it to all; False when Redis is away, and then nobody heard it for certain."""
        try:
            await self._client.publish(self._name, data)
        except (RedisError, OSError):
            return False
        return True

    async def _listen_for_ever(self) -> None:
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as failure:
                if self.listening.is_set():
                    log.warning("channel_away", why=type(failure).__name__)
                    pause_s = FIRST_PAUSE_S
            except Exception:  # who hears may fail at one packet; a node that hears no more would be worse
                log.exception("channel_failed")
            self.listening.clear()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _listen(self) -> None:
        async with self._client.pubsub() as line:
            await line.subscribe(self._name)
            while True:
                message = await line.get_message(timeout=SILENT_S)
                if message is None:
                    raise RedisError("silent")
                if message["type"] == "subscribe":
                    self.listening.set()
                    self._back()
                elif message["type"] == "message":
                    self._hear(message["data"])

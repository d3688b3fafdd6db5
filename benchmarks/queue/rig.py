"""The rig: Valkey and PostgreSQL on core 1, whoever asks them on core 0; every variant asks the same servers."""

import asyncio
import contextlib
import os
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from redis.asyncio import Redis

from core.storage.redis import make_redis
from core.storage.valkey import find_server

CLIENT_CORE, SERVER_CORE = 0, 1
PRIORITY = -15
"""Of everything in the rig alike: what else the machine does disturbs least."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of one kind of call."""

    per_s: float
    p50_ms: float
    p99_ms: float
    server_us: float = 0.0
    """CPU of Valkey for one call."""
    asker_us: float = 0.0
    """CPU of the process that asks, for one call."""

    @property
    def asker_busy(self) -> float:
        """The share of its core that the asking process used: near one, it is what was measured."""
        return self.asker_us * self.per_s / 1e6


def middle(rounds: list[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(*(median(getattr(one, name) for one in rounds) for name in Measured.__slots__))


def pin(core: int) -> None:
    """This process, and what it starts unless told otherwise, runs on that core, before all else if it may."""
    os.sched_setaffinity(0, {core})
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)


@contextlib.contextmanager
def on_server_core() -> Iterator[None]:
    """What is started here runs on the servers' core."""
    os.sched_setaffinity(0, {SERVER_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {CLIENT_CORE})


@contextlib.asynccontextmanager
async def valkey(folder: Path) -> AsyncIterator[tuple[Redis, Path]]:
    """A server of our own that keeps nothing on disk; gives a client and its socket."""
    path = folder / "valkey.sock"
    command = [find_server(), "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    with on_server_core():
        process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
    try:
        while not path.exists():
            await asyncio.sleep(0.02)
        async with make_redis(f"unix://{path}") as client:
            yield client, path
    finally:
        process.terminate()
        await process.wait()


async def server_s(redis: Redis) -> float:
    """CPU time the server has used."""
    told = await redis.info("cpu")
    return float(told["used_cpu_user"]) + float(told["used_cpu_sys"])


async def used_bytes(redis: Redis) -> int:
    """What the server holds."""
    return int((await redis.info("memory"))["used_memory"])


async def measure(call: Callable[[], Awaitable[object]], *, number: int, at_once: int, redis: Redis) -> Measured:
    """So many calls, so many of them in flight."""
    taken_s: list[float] = []
    left = iter(range(number))

    async def client() -> None:
        for _ in left:
            began_s = time.perf_counter()
            await call()
            taken_s.append(time.perf_counter() - began_s)

    used_s, asked_s, began_s = await server_s(redis), time.process_time(), time.perf_counter()
    await asyncio.gather(*(client() for _ in range(at_once)))
    wall_s, asked_s = time.perf_counter() - began_s, time.process_time() - asked_s
    used_s = await server_s(redis) - used_s
    ranked = sorted(taken_s)
    p50_s, p99_s = ranked[number // 2], ranked[number * 99 // 100]
    return Measured(number / wall_s, p50_s * 1e3, p99_s * 1e3, used_s / number * 1e6, asked_s / number * 1e6)

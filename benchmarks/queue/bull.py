"""BullMQ's priority jobs in a Node process of their own, on our core and our Valkey."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

from redis.asyncio import Redis

from benchmarks.queue.rig import Measured, server_s, used_bytes

SCRIPT = Path(__file__).with_name("bull.mjs")


class Bull:
    """A queue of a given length. It knows one order and no needs: whoever asks takes whatever is first."""

    name = "bullmq"

    def __init__(self, redis: Redis, process: asyncio.subprocess.Process) -> None:
        self._redis = redis
        self._process = process
        self.bytes_each = 0.0

    async def fill(self, length: int) -> None:
        """Let so many wait."""
        before = await used_bytes(self._redis)
        await self._ask("fill", length)
        self.bytes_each = (await used_bytes(self._redis) - before) / length

    async def enqueue(self, number: int, at_once: int) -> Measured:
        """`Queue.add`, one call each."""
        return await self._measure(number, "add", number, at_once)

    async def claim(self, number: int, at_once: int) -> Measured:
        """`Worker.getNextJob`."""
        return await self._measure(number, "claim", number, at_once)

    async def complete(self, number: int, at_once: int) -> Measured:
        """`Job.moveToCompleted` of everything taken."""
        return await self._measure(number, "complete", at_once)

    async def _measure(self, number: int, *command: object) -> Measured:
        used_s = await server_s(self._redis)
        told = await self._ask(*command)
        used_s = await server_s(self._redis) - used_s
        return Measured(told["per_s"], told["p50_ms"], told["p99_ms"], used_s / number * 1e6, told["asker_us"])

    async def _ask(self, *command: object) -> dict[str, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write((" ".join(map(str, command)) + "\n").encode())
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("BullMQ's process has ended")
        told: dict[str, float] = json.loads(line)
        return told


@contextlib.asynccontextmanager
async def bull(redis: Redis, socket: Path) -> AsyncIterator[Bull]:
    """The process, ready to be told."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("node", SCRIPT, socket, stdin=pipe, stdout=pipe)
    try:
        yield Bull(redis, process)
    finally:
        process.kill()
        await process.wait()

"""The faults: which kinds there are, a plan of them from the seed, and how each is done to the running service."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Literal, get_args

from redis.exceptions import RedisError

from core.storage.redis import make_redis
from core.storage.valkey import Valkey
from tests.carequeue.ward import FLUSH
from tests.torture.line import Line
from tests.torture.nodes import NodeProcess
from tests.torture.postgres import Postgres

FaultKind = Literal[
    "node_killed",
    "nodes_rolled",
    "valkey_killed",
    "valkey_flushed",
    "postgres_killed",
    "lines_cut",
    "answers_lost",
]
OF_NODES: frozenset[FaultKind] = frozenset({"node_killed", "nodes_rolled"})
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
LONGEST_AWAY_S = 1.5
"""How long something stays dead before it is started again, at most."""


def plan(seed: int, *, faults: int, each: int) -> list[FaultKind]:
    """`faults` kinds in random order, every kind at least `each` times. The rest is mostly what breaks most: lines."""
    rng = random.Random(f"{seed}/faults")
    chosen = [kind for kind in KINDS for _ in range(each)]
    light: list[FaultKind] = ["lines_cut", "answers_lost", "valkey_killed", "valkey_flushed", "postgres_killed"]
    chosen += rng.choices(light, k=max(0, faults - len(chosen)))
    rng.shuffle(chosen)
    return chosen


class Faults:
    """Does the faults, one after the other, and counts them."""

    def __init__(self, seed: int, *, nodes: list[NodeProcess], valkey: Valkey, postgres: Postgres, line: Line) -> None:
        self.done: Counter[FaultKind] = Counter()
        self._rng = random.Random(f"{seed}/how")
        self._nodes = nodes
        self._valkey = valkey
        self._postgres = postgres
        self._line = line
        self._how: dict[FaultKind, Callable[[], Awaitable[None]]] = {
            "node_killed": self._kill_node,
            "nodes_rolled": self._roll_nodes,
            "valkey_killed": self._kill_valkey,
            "valkey_flushed": self._flush_valkey,
            "postgres_killed": self._kill_postgres,
            "lines_cut": self._cut_lines,
            "answers_lost": self._lose_answers,
        }

    async def do(self, kind: FaultKind) -> None:
        """One fault; returns when what was killed has been started again."""
        await self._how[kind]()
        self.done[kind] += 1

    async def _kill_node(self) -> None:
        node = self._rng.choice(self._nodes)
        await node.kill()
        await self._away()
        await node.start()

    async def _roll_nodes(self) -> None:
        """A new version comes in: each node ends in order and is back before the next one ends."""
        for node in self._nodes:
            status = await node.stop()
            if status != 0:
                raise RuntimeError(f"{node.name} ended with {status} after a SIGTERM")
            await node.start()

    async def _kill_valkey(self) -> None:
        """It is started again by whoever watches it."""
        killed = self._valkey.pid
        os.kill(killed, signal.SIGKILL)
        while self._valkey.pid == killed:
            await asyncio.sleep(0.02)

    async def _flush_valkey(self) -> None:
        """Everything in it is gone, its scripts as well, and nobody is told."""
        async with make_redis(self._valkey.url) as redis:
            with contextlib.suppress(RedisError, OSError):  # it is away just now, and has lost as much
                await redis.eval(FLUSH, 0)
                await redis.script_flush()

    async def _kill_postgres(self) -> None:
        await asyncio.to_thread(self._postgres.kill)
        await self._away()
        await self._postgres.restart()

    async def _cut_lines(self) -> None:
        self._line.cut_some(self._rng.choice((0.1, 0.5, 1.0)), self._rng)

    async def _lose_answers(self) -> None:
        await self._line.swallow_answers(self._rng.choice((0.1, 0.5)), self._rng, for_s=self._rng.uniform(0.2, 1.5))

    async def _away(self) -> None:
        await asyncio.sleep(self._rng.uniform(0.0, LONGEST_AWAY_S))

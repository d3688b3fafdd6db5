"""Moves identity numbers to the current master key, beside the calls, after the keys were turned."""

import contextlib
from collections.abc import AsyncIterator

from core.actor import system_actor
from core.background import Background
from web.node import Node

KEEPER = system_actor("keys")
EVERY_S = 3_600.0


@contextlib.asynccontextmanager
async def look_after_numbers(node: Node) -> AsyncIterator[None]:
    """At every start and once an hour. Two nodes at once move each number once: the entry that says so has one id."""

    async def step() -> bool:
        await node.register.reseal(KEEPER)
        return False

    moving = Background("identity numbers", step, every_s=EVERY_S)
    moving.start()
    try:
        yield
    finally:
        await moving.stop()

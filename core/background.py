"""Work that goes on beside the calls: one owned task that repeats a step, is woken, and ends between two steps.

A step is never broken off in the middle: a connection cancelled half-way through a statement cannot be trusted again.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)
END_WITHIN_S = 15.0
"""A step that takes longer at shutdown is broken off after all."""


class Background:
    """Repeats `step` every `every_s` seconds, at once when woken or when the step says that more is left to do."""

    def __init__(self, name: str, step: Callable[[], Awaitable[bool]], *, every_s: float) -> None:
        self._name = name
        self._step = step
        self._every_s = every_s
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with a step now."""
        self._task = asyncio.create_task(self._repeat(), name=self._name)

    def wake(self) -> None:
        """There is something to do now."""
        self._wake.set()

    async def stop(self) -> None:
        """Let the step under way end, and begin no other."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            try:
                async with asyncio.timeout(END_WITHIN_S):
                    await self._task
            except TimeoutError:
                log.warning("step_broken_off", background=self._name)

    async def _repeat(self) -> None:
        while not self._stopping:
            self._wake.clear()
            more = await self._one_step()
            if not more and not self._stopping:
                await self._pause()

    async def _one_step(self) -> bool:
        try:
            return await self._step()
        except Exception:  # whatever is away may come back; the next step tries again
            log.exception("step_failed", background=self._name)
            return False

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._every_s):
                await self._wake.wait()
        except TimeoutError:
            return

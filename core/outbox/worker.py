"""The worker that carries out outbox jobs: woken by this node's commits, and once a second for everyone else's."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from core.clock import Clock, to_ms
from core.ids import StreamId
from core.outbox.store import Job, OutboxRows

Handler = Callable[[StreamId, int], Awaitable[None]]
LEASE_MS = 5_000
"""A job not finished by then is taken by any node: an entry without an assessment waits no longer."""
POLL_S = 1.0
BATCH = 64

report = structlog.get_logger("outbox")


class OutboxWorker:
    """Leases jobs and hands each to its topic's handler; a handler must bear being called twice."""

    def __init__(self, rows: OutboxRows, handlers: Mapping[str, Handler], *, clock: Clock) -> None:
        self._rows = rows
        self._handlers = handlers
        self._clock = clock
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._work_for_ever(), name="outbox worker")

    async def stop(self) -> None:
        """Stop between jobs; a job broken off is taken again when its lease runs out."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        """There is something to do now."""
        self._wake.set()

    async def drain(self) -> int:
        """Carry out what is due, once; gives the number of jobs taken."""
        now_ms = to_ms(self._clock.now())
        jobs = await self._rows.lease(now_ms=now_ms, lease_ms=LEASE_MS, limit=BATCH)
        done: list[int] = []
        for job in jobs:
            if await self._carry_out(job):
                done.append(job.id)
        if done:
            await self._rows.done(done)
        return len(jobs)

    async def _work_for_ever(self) -> None:
        while True:
            self._wake.clear()
            taken = await self._drain_safely()
            if taken < BATCH:
                await self._sleep()

    async def _drain_safely(self) -> int:
        try:
            return await self.drain()
        except Exception as failure:  # noqa: BLE001 - the database may be away; the worker goes on when it is back
            report.error("outbox_unreachable", error=type(failure).__name__)
            await asyncio.sleep(POLL_S)
            return 0

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(POLL_S):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _carry_out(self, job: Job) -> bool:
        try:
            await self._handlers[job.topic](job.stream, job.no)
        except Exception as failure:  # noqa: BLE001 - the job stays and is tried again when its lease runs out
            report.error("job_failed", topic=job.topic, stream=job.stream, no=job.no, error=type(failure).__name__)
            return False
        return True

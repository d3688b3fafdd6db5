"""The worker that carries out outbox jobs: woken by this node's commits, and once a second for everyone else's."""

from collections.abc import Awaitable, Callable, Mapping

import structlog

from core.background import Background
from core.clock import Clock, to_ms
from core.ids import StreamId
from core.outbox.store import Job, OutboxRows

Handler = Callable[[StreamId, int], Awaitable[None]]
LEASE_MS = 5_000
"""A job not finished by then is taken by any node: an entry without an assessment waits no longer."""
POLL_S = 1.0
BATCH = 64

log = structlog.get_logger(__name__)


class OutboxWorker:
    """Leases jobs and hands each to its topic's handler; a handler must bear being called twice."""

    def __init__(
        self, rows: OutboxRows, handlers: Mapping[str, Handler], *, clock: Clock, lease_ms: int = LEASE_MS
    ) -> None:
        """Takes only its handlers' topics: what waits for a slow machine elsewhere has a worker of its own."""
        self._rows = rows
        self._handlers = handlers
        self._clock = clock
        self._lease_ms = lease_ms
        self._background = Background("outbox worker", self._drain, every_s=POLL_S)

    def start(self) -> None:
        """Begin to work."""
        self._background.start()

    async def stop(self) -> None:
        """Finish the jobs in hand and take no more."""
        await self._background.stop()

    def wake(self) -> None:
        """There is something to do now."""
        self._background.wake()

    async def drain(self) -> int:
        """Carry out what is due, once; gives the number of jobs taken."""
        now_ms = to_ms(self._clock.now())
        jobs = await self._rows.lease(self._handlers, now_ms=now_ms, lease_ms=self._lease_ms, limit=BATCH)
        done = [job.id for job in jobs if await self._carry_out(job)]
        if done:
            await self._rows.done(done)
        return len(jobs)

    async def _drain(self) -> bool:
        return await self.drain() == BATCH

    async def _carry_out(self, job: Job) -> bool:
        try:
            await self._handlers[job.topic](job.stream, job.no)
        except Exception:  # the job stays and is tried again when its lease runs out
            log.exception("job_failed", topic=job.topic, stream=job.stream, no=job.no)
            return False
        return True

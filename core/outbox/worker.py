"""The worker that carries out outbox jobs: woken by this node's commits, and once a second for everyone else's."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping

import structlog

from core.background import Background
from core.clock import Clock
from core.ids import StreamId
from core.outbox.store import Finished, Job, OutboxRows

Handler = Callable[[StreamId, int], Awaitable[None]]
Same = tuple[str, StreamId]
"""Topic and stream: jobs that have both in common are one."""
LEASE_MS = 5_000
"""A job not finished by then is taken by any node: an entry without an assessment waits no longer."""
POLL_S = 1.0
BATCH = 256
LONGEST_REST_S = 0.25
"""After a batch it rests as long as the batch took, and not longer than this: the calls share the processor with it."""

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
        """Carry out what is due, once; gives the number of jobs taken.

        Jobs of one topic and stream are one job, as of the newest number; what was written down for it meanwhile is
        done with it. After the oldest come the streams with the fewest jobs: whoever writes one thing does not wait for
        those who write hundreds. What is not begun within half the lease is given back: no other node may take up what
        this one still works on.
        """
        now_ms = self._clock.ms()
        jobs = await self._rows.lease(self._handlers, now_ms=now_ms, lease_ms=self._lease_ms, limit=BATCH)
        alike: dict[Same, list[Job]] = {}
        for job in jobs:
            alike.setdefault((job.topic, job.stream), []).append(job)
        done: list[int] = []
        late: list[int] = []
        finished: list[Finished] = []
        for (topic, stream), same in _in_turn(alike):
            ids, no = [job.id for job in same], max(job.no for job in same)
            if self._clock.ms() - now_ms > self._lease_ms / 2:
                late += ids
            elif await self._carry_out(topic, stream, no):
                done += ids
                finished.append(Finished(topic, stream, no))
        if done:
            await self._rows.done(done)
        if len(jobs) == BATCH and finished:  # else nothing lies there that was not in hand
            await self._rows.superseded(finished)
        if late:
            await self._rows.put_back(late, now_ms=now_ms)
            self.wake()
        return len(jobs)

    async def _drain(self) -> bool:
        began_s = time.monotonic()
        taken = await self.drain()
        await asyncio.sleep(min(time.monotonic() - began_s, LONGEST_REST_S))
        return taken == BATCH

    async def _carry_out(self, topic: str, stream: StreamId, no: int) -> bool:
        try:
            await self._handlers[topic](stream, no)
        except Exception:  # the job stays and is tried again when its lease runs out
            log.exception("job_failed", topic=topic, stream=stream, no=no)
            return False
        return True


def _in_turn(alike: Mapping[Same, list[Job]]) -> Iterator[tuple[Same, list[Job]]]:
    """The oldest first, so that none waits for ever; then those with the fewest jobs."""
    jobs = list(alike.items())
    yield from jobs[:1]
    yield from sorted(jobs[1:], key=lambda one: len(one[1]))

"""The job that erases what has had its time, on any node: found, leased, taken away, told. Once, however many look.

A stream goes in steps that can each be repeated after a crash: the entry that begins the end, from which on the judge
lets nobody write and nobody hold it back; its attachments; bodies, key, state and rows in one transaction; the entry
that says it is done.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import structlog

from core.background import Background
from core.clock import Clock
from core.ids import StreamId
from core.log.append import Append, Head, still
from core.log.ending import ERASER, Ending
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys, sealer_of, wrap_new_key
from core.log.state import State
from core.retention.entries import Erased, Erasing
from core.retention.rules import DataClass, Rules
from core.retention.store import Counts, Job, RetentionRows

EVERY_S = 3_600.0
LEASE_MS = 600_000
"""Longer than a stream with its attachments may take; a node that dies holds one back no longer."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StreamClass:
    """Streams of one class of data, as the part that owns them knows them."""

    data_class: DataClass
    prefix: str
    ended_ms: Callable[[Head], int | None]
    """When it ended; None while it goes on: then nothing of it is ever erased. Pure."""
    remains: Callable[[State], State] = field(default=lambda _: State())
    """What of the state must stay so that no other part takes it for one that goes on. Nothing personal. Pure."""


async def no_attachments(_: StreamId) -> int:
    """For streams that have none."""
    return 0


class Eraser:
    """`start` on nodes that do the service's own work; `run` does all that is due now."""

    def __init__(
        self,
        conversations: Log,
        rows: RetentionRows,
        rules: Rules,
        *,
        masters: MasterKeys,
        clock: Clock,
        classes: Sequence[StreamClass],
        attachments: Callable[[StreamId], Awaitable[int]] = no_attachments,
        forgotten: Callable[[StreamId], None] = lambda _: None,
    ) -> None:
        """`attachments` takes a stream's files away; `forgotten` is told, so that no memory keeps its words."""
        self._log = conversations
        self._rows = rows
        self._rules = rules
        self._masters = masters
        self._clock = clock
        self._classes = {one.data_class: one for one in classes}
        self._attachments = attachments
        self._forgotten = forgotten
        self._background = Background("retention", self._step, every_s=EVERY_S)

    def start(self) -> None:
        """Begin with a look now."""
        self._background.start()

    async def stop(self) -> None:
        """Finish what is in hand."""
        await self._background.stop()

    async def _step(self) -> bool:
        await self.run()
        return False

    async def run(self) -> dict[str, int]:
        """Erase all that is due; how much of each class went."""
        done: dict[str, int] = dict.fromkeys(self._rules.classes, 0)
        await self.look()
        while (job := await self._rows.lease(now_ms=self._clock.ms(), lease_ms=LEASE_MS)) is not None:
            done[job.data_class] += await self._erase_or_leave(job)
        for data_class in self._rows.row_classes:
            done[data_class] += await self._rows.delete_old_rows(data_class, self._before_ms(data_class))
        if any(done.values()):
            await self._rows.settle_freed()
            log.info("erased", **{name: count for name, count in done.items() if count})
        return done

    async def due(self) -> dict[str, int]:
        """How much of each class has had its time and would go now; changes nothing."""
        counts: dict[str, int] = dict.fromkeys(self._rules.classes, 0)
        for one in self._classes.values():
            async for head, last_ms in self._candidates(one):
                counts[one.data_class] += self._is_due(one, head, last_ms)
        for name in self._rows.row_classes:
            counts[name] += await self._rows.old_rows(name, self._before_ms(name))
        return counts

    async def look(self) -> None:
        """Find what has had its time and put it down, for any node to erase."""
        for one in self._classes.values():
            async for head, last_ms in self._candidates(one):
                if self._is_due(one, head, last_ms):
                    await self._rows.add(head.stream, one.data_class)

    async def _candidates(self, one: StreamClass) -> AsyncIterator[tuple[Head, int]]:
        after, before_ms = "", self._before_ms(one.data_class)
        while page := await self._rows.candidates(one.prefix, before_ms=before_ms, after=after):
            heads = await self._log.heads([name for name, _ in page])
            for name, last_ms in page:
                if name in heads:
                    yield heads[name], last_ms
            after = page[-1][0]

    def _before_ms(self, name: str) -> int:
        return self._rules.over_before_ms(name, self._clock.ms())  # type: ignore[arg-type]

    def _is_due(self, one: StreamClass, head: Head, last_ms: int) -> bool:
        ended_ms, ending = one.ended_ms(head), head.state.get(Ending)
        if ended_ms is None or ending.held:
            return False
        return max(ended_ms, last_ms) < self._before_ms(one.data_class)

    async def _erase_or_leave(self, job: Job) -> bool:
        """Erase one. What fails stays leased and is tried again when the lease runs out."""
        try:
            return await self._erase(job)
        except Exception:  # one that fails must not keep the others; it is told, and stays leased
            log.exception("erasure_failed", stream=job.stream)
            return False

    async def _erase(self, job: Job) -> bool:
        one, head = self._classes.get(job.data_class), await self._log.head(job.stream)  # type: ignore[call-overload]
        if one is None:  # a later release's class: its own nodes erase it
            return False
        if head.state.get(Ending).begun_ms is None and not await self._begin(one, head):
            await self._rows.remove(job.stream)
            return False
        counts = await self._rows.counted(job.stream)
        if counts is None:
            await self._attachments(job.stream)
            counts = await self._stripped(one, job.stream)
        self._forget(job.stream)
        body = Erased(data_class=job.data_class, rules_version=self._rules.version, **counts._asdict())
        await self._log.append(Append(job.stream, (body,), ERASER, f"{job.stream}/erased"))
        self._forget(job.stream)
        await self._rows.done(job.stream, self._clock.ms())
        return True

    async def _begin(self, one: StreamClass, head: Head) -> bool:
        """From here on there is no way back; False when it is not to be erased any more."""
        last_ms = (await self._log.entries(head.stream, head.last_no - 1))[-1].header.at_ms
        if not self._is_due(one, head, last_ms):  # it was when it was found; that may be long ago
            return False
        rule = self._rules.classes[one.data_class]
        body = Erasing(
            data_class=one.data_class, rules_version=self._rules.version, keep_days=rule.keep_days, last_ms=last_ms
        )

        same = still(lambda now: now.last_no == head.last_no)
        return await self._log.step(Append(head.stream, (body,), ERASER, f"{head.stream}/erasing", require=same))

    async def _stripped(self, one: StreamClass, name: StreamId) -> Counts:
        while True:
            self._log.forget(name)
            head = await self._log.head(name)
            new = _bare(head, self._masters, one.remains)
            kept = {head.last_no: await self._resealed(head.last_no, head, new)}  # the entry that began it
            counts = await self._rows.strip(head, new, kept)
            if counts is not None:
                return counts

    async def _resealed(self, no: int, old: Head, new: Head) -> bytes:
        sealed, context = await self._rows.body(old.stream, no), f"{old.stream}/{no}"
        return sealer_of(new.key).seal(sealer_of(old.key).open(sealed, context), context)

    def _forget(self, name: StreamId) -> None:
        self._log.forget_key(name)
        self._forgotten(name)


def _bare(head: Head, masters: MasterKeys, remains: Callable[[State], State]) -> Head:
    """The head that is left: its numbers, link and place, a key that opens nothing of before, nobody in it."""
    key, wrapped = wrap_new_key(masters, head.stream)
    return msgspec.structs.replace(
        head,
        key=key,
        wrapped_key=wrapped,
        state=remains(head.state).with_part(head.state.get(Ending)),
        scope=Scope(unit_id=head.scope.unit_id, provider_id=head.scope.provider_id),
    )

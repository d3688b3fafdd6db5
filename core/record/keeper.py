"""Once a minute, the heads of the streams that changed go, signed, to a file outside the database."""

import asyncio
from pathlib import Path

import structlog

from core.background import Background
from core.clock import Clock
from core.ids import StreamId
from core.log.append import Commit
from core.log.seal import MasterKeys
from core.record.heads import Signed, SignedHead, Slot, read_signed
from core.record.store import RecordRows

EVERY_S = 60.0
COMPACT_FROM = 8 * 1024 * 1024
"""Bytes. Below this a file is not worth tidying; above it, it is whenever it has doubled."""

log = structlog.get_logger(__name__)


class HeadKeeper:
    """Hears of every commit of this node; `start` after the log, `stop` before it."""

    def __init__(self, rows: RecordRows, masters: MasterKeys, *, folder: Path, clock: Clock) -> None:
        """Raises `folder_unwritable`."""
        self._rows = rows
        self._masters = masters
        self._folder = folder
        self._clock = clock
        self._slot = Slot(folder, masters)
        self._compact_at = COMPACT_FROM
        self._changed: dict[StreamId, SignedHead] = {}
        self._heard: dict[StreamId, tuple[int, bytes]] = {}
        """The newest number of each stream, and its link."""
        self._caught_up = False
        self._background = Background("head keeper", self._step, every_s=EVERY_S)

    def heard(self, commit: Commit) -> None:
        """A commit of this node."""
        self._heard[commit.stream] = (commit.head.last_no, commit.head.link)

    def start(self) -> None:
        """Begin to sign."""
        self._background.start()

    async def stop(self) -> None:
        """Sign what is left, and end."""
        await self._background.stop()
        try:
            await self.sign()
        except OSError:  # the next start catches up
            log.exception("heads_not_written")
        self._slot.close()

    async def sign(self) -> int:
        """Write what has changed since the last time; gives the number of streams."""
        changed, self._changed = self._changed, {}
        heard, self._heard = self._heard, {}
        changed |= {name: SignedHead(name, no, link.hex()) for name, (no, link) in heard.items()}
        try:
            await asyncio.to_thread(self._slot.write, list(changed.values()), self._clock.ms())
        except OSError:
            self._changed = {**changed, **self._changed}
            raise
        return len(changed)

    async def catch_up(self) -> None:
        """Note what a killed node had not signed yet, and tell when the record is behind what was signed."""
        signed = await asyncio.to_thread(read_signed, self._folder, self._masters)
        behind = [fault.stream for fault in signed.faults]
        async for page in self._rows.heads():
            for head in page:
                if head.no < signed.newest(head.stream):
                    behind.append(head.stream)
                elif head.no > signed.newest(head.stream):
                    self._changed.setdefault(head.stream, head)
        if behind:
            log.error("record_behind_its_heads", streams=len(behind), first=behind[0], run="fyr verify-log")

    async def compact(self) -> None:
        """Leave out heads that newer ones make needless. One the record no longer holds stays: it is evidence."""
        signed = await asyncio.to_thread(self._slot.read)
        if signed.faults:
            log.error("heads_altered", file=signed.faults[0].stream, line=signed.faults[0].no, run="fyr verify-log")
            return
        kept = [head for part in _parts(signed) for head in await self._still_needed(part)]
        await asyncio.to_thread(self._slot.replace, kept, self._clock.ms())

    async def _still_needed(self, heads: list[SignedHead]) -> list[SignedHead]:
        newest = {head.stream: head.no for head in heads}
        links = await self._rows.links([(head.stream, head.no) for head in heads])
        return [
            head for head in heads if head.no == newest[head.stream] or links.get((head.stream, head.no)) != head.link
        ]

    async def _step(self) -> bool:
        await self.sign()
        if not self._caught_up:
            await self.catch_up()
            self._caught_up = True
            await self.sign()
        if self._slot.size > self._compact_at:
            await self.compact()
            self._compact_at = max(COMPACT_FROM, 2 * self._slot.size)
        return False


def _parts(signed: Signed) -> list[list[SignedHead]]:
    """Each stream's heads in order, a few hundred streams at a time."""
    heads = [
        [SignedHead(stream, no, link) for no, link in sorted(numbers.items())]
        for stream, numbers in sorted(signed.heads.items())
    ]
    return [[head for one in heads[start : start + 200] for head in one] for start in range(0, len(heads), 200)]

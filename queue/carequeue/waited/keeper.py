"""Keeps a row of every wait that ends: this node's from its own commits, what a dead node left from the log itself."""

import contextlib

import structlog

from carequeue.deadlines import Deadlines
from carequeue.waited.store import WaitedRows
from carequeue.waited.wait import Describe, EndedWait, closed_at, ended_wait, states_of, waits_of
from core.background import Background
from core.errors import FyrError
from core.ids import ContactId, contact_of, contact_stream
from core.log.append import Commit
from core.log.log import Log

CONTACTS = "contact:"
WRITE_EVERY_S = 1.0
FILL_EVERY_S = 3_600.0
log = structlog.get_logger(__name__)


class WaitedKeeper:
    """Listens to the log; writes once a second. `start` before use, `stop` after."""

    def __init__(self, entries: Log, rows: WaitedRows, deadlines: Deadlines, *, describe: Describe) -> None:
        self._log = entries
        self._rows = rows
        self._deadlines = deadlines
        self._describe = describe
        self._ended: list[EndedWait] = []
        self._closed: list[tuple[ContactId, int]] = []
        self._writing = Background("waits", self._step, every_s=WRITE_EVERY_S)
        self._filling = Background("waits of before", self._fill, every_s=FILL_EVERY_S)

    def start(self, *, fills: bool) -> None:
        """Begin to write; with `fills` also to make up for what no node has written."""
        self._writing.start()
        if fills:
            self._filling.start()

    async def stop(self) -> None:
        """Write what has come."""
        await self._filling.stop()
        await self._writing.stop()
        with contextlib.suppress(FyrError):  # the database is away: what is lost here is made anew from the log
            await self.write()

    def heard(self, commit: Commit) -> None:
        """A listener for the log. A fault in here must not reach the committer that calls us."""
        if commit.before is None or not commit.stream.startswith(CONTACTS):
            return
        try:
            self._take(contact_of(commit.stream), commit)
        except Exception:
            log.exception("wait_not_kept", stream=commit.stream)

    def _take(self, contact_id: ContactId, commit: Commit) -> None:
        before, after = commit.before, commit.after
        assert before is not None
        wait = ended_wait(contact_id, before, after, deadlines=self._deadlines, describe=self._describe)
        closed_ms = closed_at(before, after)
        if wait is not None:
            self._ended.append(wait)
        elif closed_ms is not None:
            self._closed.append((contact_id, closed_ms))

    async def write(self) -> None:
        """Write what has ended since the last time. What cannot be written now is written next."""
        ended, closed = self._ended, self._closed
        self._ended, self._closed = [], []
        try:
            if ended:
                await self._rows.add(ended)
            if closed:
                await self._rows.close(closed)
        except BaseException:
            self._ended, self._closed = ended + self._ended, closed + self._closed
            raise

    async def fill(self) -> int:
        """Make the rows of contacts that have none, from their entries; gives how many contacts there were."""
        found, after = 0, ""
        while missing := await self._rows.missing(after):
            waits = [wait for contact_id in missing for wait in await self._waits(contact_id)]
            if waits:
                await self._rows.add(waits)
            found, after = found + len(missing), missing[-1]
        return found

    async def _waits(self, contact_id: ContactId) -> list[EndedWait]:
        entries = await self._log.entries(contact_stream(contact_id))
        states = states_of(entries, self._log.kinds)
        return waits_of(contact_id, states, deadlines=self._deadlines, describe=self._describe)

    async def _step(self) -> bool:
        await self.write()
        return False

    async def _fill(self) -> bool:
        await self.fill()
        return False

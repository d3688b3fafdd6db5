"""A candidate content set judges each assessment of this node once more, in a process of its own that gives way to all.

It is told of an assessment after that has been committed, so nothing ever waits for it; it writes to no log, only rows
that say what it would have made of the story. What it cannot keep up with is left out.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from carequeue.report import Assess, Assessor
from core.background import Background
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Commit
from core.storage.sql import Database
from triage.entries import Assessed
from triage.shadow.judged import At, Judged, judged
from triage.shadow.store import ShadowRows
from triage.told import Story
from triage.versions.pack import unpack
from triage.versions.store import ContentSets
from web.node import Node
from web.reading.aside import ReaderAside

EVERY_S = 2.0
"""How often it looks: rows are written together, so that the record's own writing is seldom held up."""
LONGEST_LINE = 1_000
"""Assessments that wait; of more the oldest are left out."""
log = structlog.get_logger(__name__)


class Shadow:
    """`start` before use, `stop` after; `heard` listens to the log."""

    def __init__(self, told: Callable[[StreamId, int], Awaitable[Story]], read: Assess, rows: ShadowRows) -> None:
        self._told = told
        self._read = read
        self._rows = rows
        self._waiting: deque[tuple[At, Assessed]] = deque(maxlen=LONGEST_LINE)
        self._background = Background("shadow", self.look, every_s=EVERY_S)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Finish the story in hand; what waits is left out."""
        self._waiting.clear()
        await self._background.stop()

    def heard(self, commit: Commit) -> None:
        """A listener for the log: an assessment of this node, to be judged once more when there is time."""
        for entry in commit.entries:
            if isinstance(entry.body, Assessed):
                self._waiting.append((At(commit.stream, entry.no, entry.header.at_ms), entry.body))

    async def look(self) -> bool:
        """Judge what waits and keep what came of it."""
        rows: list[Judged] = []
        while self._waiting:
            at, live = self._waiting.popleft()
            row = await self._judge(at, live)
            if row is not None:
                rows.append(row)
        if rows:
            await self._rows.add(rows)
        return False

    async def _judge(self, at: At, live: Assessed) -> Judged | None:
        """None when its reader was lost, or the words have been erased meanwhile."""
        try:
            other = await self._read(await self._told(at.stream, live.basis_no), basis_no=live.basis_no)
        except (FyrError, RuntimeError) as failure:
            log.warning("shadow_left_out", why=type(failure).__name__)
            return None
        return judged(at, live, other)


@contextlib.asynccontextmanager
async def open_shadow(node: Node, assessor: Assessor, database: Database) -> AsyncIterator[None]:
    """Run the candidate of the settings for as long; nothing, where there is none or it is no candidate any more.

    Raises `content_invalid` for a set that nobody proposed, or whose files this release cannot read.
    """
    files = await _files(ContentSets(database), node.settings.shadow) if node.settings.shadow else None
    if files is None:
        yield
        return
    reader = ReaderAside(await asyncio.to_thread(unpack, files), files=files, hurries=False)
    shadow = Shadow(assessor.story, reader, ShadowRows(database))
    node.forgetting.append(lambda _: reader.forget())
    node.log.on_commit(shadow.heard, of=(Assessed,))
    reader.start()
    shadow.start()
    try:
        yield
    finally:
        await shadow.stop()
        await reader.stop()


async def _files(sets: ContentSets, version: str) -> bytes | None:
    row = await sets.find(version)
    files = await sets.files(version, row.sha256) if row else None
    if row is None or files is None:
        raise FyrError("content_invalid", problems=[f"FYR_SHADOW names {version}, which nobody has proposed"])
    if row.status != "proposed":
        log.warning("no_shadow", why=row.status)
        return None
    return files

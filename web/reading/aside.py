"""Reading in a process of its own, so that a story being read takes nothing from the calls of this one.

The reader (`web.reading.child`) is given words and nothing else: no setting, no key, no address of a store. It has one
story at a time; what waits lies in the outbox. A story whose reader dies or says nothing is given out again by the
outbox, to the reader that is started meanwhile. Only where none can be started are stories read here, in a thread: a
story that kills its reader must not come to kill us.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, TypeVar

import structlog

from core.background import Background
from core.errors import FyrError
from core.storage import leash
from triage.content import Content
from triage.entries import Assessed
from triage.told import Story
from web.reading.frames import LENGTH_BYTES, Asked, Begin, Ready, Told, frame, unframed

if TYPE_CHECKING:
    from web.reading.here import ReaderHere

CHILD = "web.reading.child"
READY_WITHIN_S = 60.0
READ_WITHIN_S = 20.0
"""The longest story takes about a second."""
UNHURRIED_WITHIN_S = 120.0
"""For one that gets only what others leave of the processor."""
LOOK_EVERY_S = 1.0
"""How soon a reader that died is started again."""
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "HOME", "XDG_CACHE_HOME")
"""By the last two it finds the words that another process has worked out (`core.kept`)."""
LOST = (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError)
"""Not started, dead, silent, or not ours."""
log = structlog.get_logger(__name__)
T = TypeVar("T")


class ReaderAside:
    """Reads as `triage.reader.Reader` does, elsewhere. `start` before use, `stop` after."""

    def __init__(self, content: Content, *, files: bytes = b"", child: str = CHILD, hurries: bool = True) -> None:
        """`hurries`: somebody waits for what it reads. Else it gives way to all, and nothing is ever read here."""
        self._content = content
        self._files = files
        self._child = child
        self._hurries = hurries
        self._process: asyncio.subprocess.Process | None = None
        self._here: ReaderHere | None = None
        """Set while no reader can be started."""
        self._tried = asyncio.Event()
        """Set once it is known whether there is one."""
        self._stopping = False
        self._turn = asyncio.Lock()
        self._keeping = Background("reader", self._keep, every_s=LOOK_EVERY_S)

    def start(self) -> None:
        """Begin to load one. Nothing waits for it but a story, and the service is there meanwhile."""
        self._keeping.start()

    async def ready(self) -> None:
        """Until there is a reader, or it is clear that there is none."""
        await self._tried.wait()

    async def stop(self) -> None:
        """End the reader, also one that is still loading."""
        self._stopping = True
        self.forget()
        await self._keeping.stop()
        await self._end()

    @property
    def pid(self) -> int | None:
        """The reader's process, while there is one."""
        return self._process.pid if self._process is not None else None

    def forget(self) -> None:
        """Words it may remember have been erased: it ends, and another begins. A story in its hands is given again."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        if self._here is not None:
            self._here.forget()

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        """The assessment of everything told up to entry `basis_no`. Raises `unreachable` when the reader was lost."""
        await self.ready()
        if self._here is not None:
            return await self._here(story, basis_no=basis_no)
        async with self._turn:
            told = await self._asked(Asked(story, basis_no))
        if told.assessed is None:
            raise RuntimeError(f"the reader failed: {told.why}")
        return told.assessed

    async def _asked(self, asked: Asked) -> Told:
        process, answered = self._process, False
        try:
            if process is None or process.stdin is None:
                raise ConnectionError
            async with asyncio.timeout(READ_WITHIN_S if self._hurries else UNHURRIED_WITHIN_S):
                process.stdin.write(frame(asked))
                await process.stdin.drain()
                told = await _next(process, Told)
            answered = True
        except LOST:
            raise FyrError("unreachable", what="the reader") from None
        else:
            return told
        finally:
            if not answered:  # what it says next would be taken for the answer to another story
                await self._end()

    async def _keep(self) -> bool:
        """Start a reader when there is none."""
        if self._process is not None and self._process.returncode is None:
            return False
        async with self._turn:
            await self._end()
            try:
                await self._begin()
                self._here = None
            except LOST as failure:
                if self._stopping:
                    return False
                log.warning("reader_not_started", why=type(failure).__name__)
                await self._end()
                if self._hurries:
                    self._here = self._here or await asyncio.to_thread(_here, self._content)
        self._tried.set()
        return False

    async def _begin(self) -> None:
        # By the leash it dies with us, however we die.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(leash.__file__, str(os.getpid()), sys.executable, "-m", self._child),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a traceback could quote the story
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
        assert self._process.stdin is not None
        async with asyncio.timeout(READY_WITHIN_S):
            self._process.stdin.write(frame(Begin(self._files, self._hurries)))
            await self._process.stdin.drain()
            ready = await _next(self._process, Ready)
        if ready.content_version != self._content.version:
            raise ValueError("another content")  # the files were exchanged under us

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@contextlib.asynccontextmanager
async def open_reader(content: Content, *, files: bytes, aside: bool) -> AsyncIterator["ReaderAside | ReaderHere"]:
    """What reads stories: loaded already where that is here, loading where it is beside."""
    if not aside:
        reader = await asyncio.to_thread(_here, content)
        await asyncio.to_thread(reader.warm)
        yield reader
        return
    beside = ReaderAside(content, files=files)
    beside.start()
    try:
        yield beside
    finally:
        await beside.stop()


def _here(content: Content) -> "ReaderHere":
    from web.reading.here import ReaderHere

    return ReaderHere(content)


async def _next(process: asyncio.subprocess.Process, kind: type[T]) -> T:
    assert process.stdout is not None
    length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES), "big")
    return unframed(await process.stdout.readexactly(length), kind)

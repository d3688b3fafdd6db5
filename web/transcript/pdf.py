"""Has a page printed by the press: in a process of its own, so that a long paper stops nobody, and within a time."""

import asyncio
import os
import sys
from pathlib import Path

from core.errors import FyrError
from web.pages import STATIC

WITHIN_S = 30.0
AT_ONCE = 2
"""Papers printed at the same time by one node; others wait their turn."""
AGAIN_AFTER_S = 3
PASSED_ON = (
    "PATH",
    "LANG",
    "HOME",
    "LD_LIBRARY_PATH",
    "FONTCONFIG_PATH",
    "FONTCONFIG_FILE",
    "XDG_CACHE_HOME",
    "TMPDIR",
)
"""What the press is told of its surroundings: no key, no address of a store."""


class Press:
    """Prints pages."""

    def __init__(self, font: Path | None = None, *, within_s: float = WITHIN_S) -> None:
        self._font = font
        self._within_s = within_s
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._asked_by: set[str] = set()

    async def print(self, page: str, *, asked_by: str) -> bytes:
        """The page as a PDF, one at a time for each who asks.

        Raises `missing_tool` when the machine lacks the libraries, `unreachable` when it took too long, `too_fast`
        while the same person's paper before this is still being printed.
        """
        if asked_by in self._asked_by:
            raise FyrError("too_fast", retry_after_s=AGAIN_AFTER_S)
        self._asked_by.add(asked_by)
        try:
            return await self._print(page)
        finally:
            self._asked_by.discard(asked_by)

    async def _print(self, page: str) -> bytes:
        async with self._turns:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-W", "ignore", "-m", "web.transcript.press", str(self._font or _built_font())),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                cwd=Path(__file__).parents[2],
            )
            return await self._printed(process, page.encode())

    async def _printed(self, process: asyncio.subprocess.Process, page: bytes) -> bytes:
        try:
            async with asyncio.timeout(self._within_s):
                made, _ = await process.communicate(page)
        except TimeoutError:
            raise FyrError("unreachable", what="the press for PDF") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0 or not made.startswith(b"%PDF"):
            raise FyrError("missing_tool", tool="Pango", hint=HINT)
        return made


HINT = "PDF needs it: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def _built_font() -> Path:
    """Our own font, as the client's build has it. Raises `missing_tool` when it has not been built."""
    found = sorted((STATIC / "assets").glob("figtree-latin-*.woff2"))
    if not found:
        raise FyrError("missing_tool", tool="the web client", hint="it is not built; `make client` builds it")
    return found[0]

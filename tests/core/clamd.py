"""A real clamd (Debian's) with one signature of our own, on a socket of the test's own."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.core.attachment_files import EICAR_OF_OURS

START_S = 60.0
PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin"


def clamd_path() -> str:
    """Where clamd is. Refuses with one sentence when there is none."""
    found = shutil.which("clamd", path=PLACES)
    if found is None:
        raise RuntimeError("no clamd: `apt install clamav-daemon`")
    return found


def socket_of(folder: Path) -> Path:
    """Where it listens; a socket's path must be short."""
    return folder / "c.sock"


@asynccontextmanager
async def clamd(folder: Path) -> AsyncIterator[str]:
    """A running clamd; gives the value of `FYR_CLAMD_URL`."""
    signatures = folder / "signatures"
    signatures.mkdir(exist_ok=True)
    (signatures / "own.ndb").write_text(f"Fyr.Test.Own:0:*:{EICAR_OF_OURS.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(f"LocalSocket {socket_of(folder)}\nDatabaseDirectory {signatures}\nForeground yes\n")
    process = await asyncio.create_subprocess_exec(
        clamd_path(),
        "--config-file",
        str(settings),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(START_S):
            while not socket_of(folder).exists():
                await asyncio.sleep(0.05)
        yield f"unix:{socket_of(folder)}"
    finally:
        process.terminate()
        await process.wait()
        socket_of(folder).unlink(missing_ok=True)

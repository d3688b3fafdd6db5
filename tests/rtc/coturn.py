"""A coturn of the test's own, by the very file that `docs/operations.md` gives operators."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.clock import SystemClock
from tests.ports import held_by_both
from web.certificate import self_made

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/operations.md"
SECRET = "of this test alone"
HOST = "127.0.0.1"
START_S = 10.0


def documented() -> list[str]:
    """The lines of the file in the document."""
    found = re.search(r"```turnserver\.conf\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1].splitlines()


class Coturn:
    """Where it is reached."""

    def __init__(self, port: int, tls_port: int) -> None:
        self.by_udp = f"turn:{HOST}:{port}?transport=udp"
        self.by_tcp = f"turn:{HOST}:{port}?transport=tcp"
        self.by_tls = f"turns:{HOST}:{tls_port}?transport=tcp"
        self.port = port


def turnserver() -> str:
    """Its path. Refuses with one sentence when there is none."""
    found = shutil.which("turnserver")
    if found is None:
        raise RuntimeError("no coturn: `apt install coturn`")
    return found


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Coturn]:
    """One that takes connections; ended afterwards. Only what names this machine is other than documented."""
    with held_by_both() as port, held_by_both() as tls_port:
        made = Coturn(port, tls_port)
        process = await _started(folder, made, tls_port)
    try:
        yield made
    finally:
        process.terminate()
        await process.wait()


async def _started(folder: Path, made: Coturn, tls_port: int) -> asyncio.subprocess.Process:
    certificate, key = self_made(folder, [HOST], SystemClock())
    own = {
        "listening-port": str(made.port),
        "tls-listening-port": str(tls_port),
        "cert": str(certificate),
        "pkey": str(key),
        "static-auth-secret": SECRET,
        "log-file": str(folder / "turnserver.log"),
    }
    lines = [_own(line, own) for line in documented() if not line.startswith("allowed-peer-ip")]
    here = [f"listening-ip={HOST}", f"relay-ip={HOST}", f"allowed-peer-ip={HOST}", "allow-loopback-peers"]
    path = folder / "turnserver.conf"
    path.write_text("\n".join([*lines, *here, f"pidfile={folder / 'turnserver.pid'}", ""]), "utf-8")
    process = await asyncio.create_subprocess_exec(turnserver(), "-c", str(path), "--no-stdout-log", cwd=folder)
    try:
        await _listens(made.port)
    except TimeoutError:
        process.terminate()
        await process.wait()
        raise
    return process


def _own(line: str, own: dict[str, str]) -> str:
    name = line.partition("=")[0]
    return f"{name}={own[name]}" if name in own else line


async def _listens(port: int) -> None:
    async with asyncio.timeout(START_S):
        while True:
            try:
                _, writer = await asyncio.open_connection(HOST, port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            await writer.wait_closed()
            return

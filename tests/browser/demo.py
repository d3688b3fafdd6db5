"""A demo with a folder and a port of its own and stores embedded: in this process, or as anyone would start it.

In this process it is there in half a second and reads with what is loaded. `fyr demo` loads everything anew, seven
seconds of a processor: it is for tests that take the server away.
"""

import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

from aiohttp.test_utils import TestServer

from core.settings import Settings
from rtc.sheet import VisitSheet
from tests.ports import held_port
from web.app import NODE, run_node

Country = Literal["se", "no"]
ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
STOP_S = 20.0


class Demo:
    """A running demo: its address."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])


class DemoApart(Demo):
    """One in a process of its own, so that a test may take the server away."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        super().__init__(url)
        self.process = process

    def kill(self) -> None:
        """The machine is gone, from one moment to the next."""
        self.process.kill()
        self.process.wait(STOP_S)

    def stop(self) -> None:
        """Stop it as an operator would, and wait until it has gone."""
        self.process.terminate()
        self.process.wait(STOP_S)


def require_built_client() -> None:
    """Refuse with one sentence when the pages have not been built."""
    if not (ROOT / "web/static/staff.html").is_file():
        raise RuntimeError("the web client is not built: run `make client` first")


@asynccontextmanager
async def served_demo(country: Country, folder: Path, *, captions_url: str = "") -> AsyncIterator[Demo]:
    """A demo in this process; with a recogniser every unit has decided to use it."""
    require_built_client()
    settings = Settings(demo=True, country=country, data_dir=folder, captions_url=captions_url)
    async with run_node(settings) as application:
        node = application[NODE]
        for unit_id in node.unit_ids if captions_url else ():
            node.visit_rules.take(unit_id, VisitSheet(captions=True))
        server = TestServer(application)
        await server.start_server()
        yield Demo(str(server.make_url("")).rstrip("/"))
        await server.close()


@contextmanager
def running_demo(
    country: Country, folder: Path, *, port: int = 0, more: Mapping[str, str] | None = None
) -> Iterator[DemoApart]:
    """Start a demo and give it once it says `ready`; stop it afterwards. `port`: where one before it listened.

    `more`: further settings by name.
    """
    require_built_client()
    settings = {"FYR_COUNTRY": country, "FYR_DATA_DIR": str(folder), **(more or {})}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FYR_")} | settings
    with (
        held_port(port) as own,
        subprocess.Popen(
            [Path(sys.executable).with_name("fyr"), "demo"],
            env={**environ, "FYR_PORT": str(own)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        demo = DemoApart(process, "")
        try:
            demo.url = _ready_url(process)
            yield demo
        finally:
            demo.stop()


def _ready_url(process: subprocess.Popen[str]) -> str:
    """The address in the `ready` line; what was printed instead when none comes."""
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_read, args=(process, lines), daemon=True).start()
    told: list[str] = []
    while True:
        try:
            line = lines.get(timeout=START_S)
        except Empty:
            raise RuntimeError("fyr demo did not start:\n" + "".join(told)) from None
        if line.startswith("ready "):
            return line.split()[1].rstrip("/")
        if not line:
            raise RuntimeError("fyr demo ended:\n" + "".join(told))
        told.append(line)


def _read(process: subprocess.Popen[str], lines: "SimpleQueue[str]") -> None:
    """Read for as long as it runs, so that it never waits for a reader."""
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")

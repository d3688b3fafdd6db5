"""A `fyr demo` as anyone would start it: the console script, a folder and a port of its own, stores embedded."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

Country = Literal["se", "no"]
ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
STOP_S = 20.0


class Demo:
    """A running demo: its address, and its process, so that a test may take the server away."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])

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


@contextmanager
def running_demo(
    country: Country, folder: Path, *, port: int = 0, more: Mapping[str, str] | None = None
) -> Iterator[Demo]:
    """Start a demo and give it once it says `ready`; stop it afterwards. `port`: where one before it listened.

    `more`: further settings by name.
    """
    require_built_client()
    settings = {"FYR_PORT": str(port), "FYR_COUNTRY": country, "FYR_DATA_DIR": str(folder), **(more or {})}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FYR_")} | settings
    with subprocess.Popen(
        [Path(sys.executable).with_name("fyr"), "demo"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        demo = Demo(process, "")
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

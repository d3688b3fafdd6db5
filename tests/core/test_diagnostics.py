"""Nothing a patient wrote reaches the lines that operators read, by whatever way it is logged."""

import asyncio
import gc
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from core import diagnostics
from core.errors import FyrError

WORDS = "jag har ont i bröstet"


class _Lines(io.StringIO):
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[_Lines]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, sys.unraisablehook)
    into = _Lines()
    diagnostics.configure("info", into=into)
    yield into
    root.handlers[:], level, sys.excepthook, sys.unraisablehook = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_our_own_events_carry_the_fields_we_chose(lines: _Lines) -> None:
    structlog.get_logger("core.somewhere").info("ready", port=8080)
    (event,) = lines.events()
    assert event.pop("at").endswith("Z")
    assert event == {"event": "ready", "port": 8080, "level": "info", "logger": "core.somewhere"}


def test_an_exception_is_told_without_its_words(lines: _Lines) -> None:
    try:
        try:
            raise KeyError(WORDS)
        except KeyError as cause:
            raise ValueError(WORDS) from cause
    except ValueError:
        structlog.get_logger("core.somewhere").exception("failed")
    (event,) = lines.events()
    assert event["error"] == "ValueError"
    assert event["causes"] == ["KeyError"]
    assert event["where"][-1].startswith("tests/core/test_diagnostics.py:")
    assert WORDS not in lines.getvalue()


def test_of_our_own_family_the_code_and_the_data_are_told(lines: _Lines) -> None:
    structlog.get_logger("core.x").error("refused", exc_info=FyrError("port_taken", port=1))
    (event,) = lines.events()
    assert (event["code"], event["data"]) == ("port_taken", {"port": 1})


def test_another_library_is_cut_to_its_fixed_wording(lines: _Lines) -> None:
    logging.getLogger("aiohttp.server").error("Unhandled %s\nbody: %s", WORDS, WORDS, exc_info=ValueError(WORDS))
    (event,) = lines.events()
    assert event["event"] == "Unhandled %s"
    assert event["error"] == "ValueError"
    assert WORDS not in lines.getvalue()


def test_another_library_is_heard_only_when_it_warns(lines: _Lines) -> None:
    logging.getLogger("engineio.server").info("Received packet %s", WORDS)
    assert lines.events() == []


@pytest.mark.filterwarnings("default")
def test_a_task_nobody_awaited_is_told_without_its_words(lines: _Lines) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    async def main() -> None:
        forgotten = asyncio.create_task(fail())
        await asyncio.sleep(0)
        del forgotten
        gc.collect()

    asyncio.run(main())
    assert [event["event"] for event in lines.events()] == ["Task exception was never retrieved"]
    assert WORDS not in lines.getvalue()


def test_a_crash_speaks_the_same_way() -> None:
    program = f"from core import diagnostics; diagnostics.configure('info'); raise ValueError({WORDS!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stderr)["event"] == "crashed"
    assert WORDS not in done.stderr

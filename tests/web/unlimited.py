"""A node that lets any number of calls through (limits have tests of their own), and what it would have logged."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from aiohttp.test_utils import TestServer

from core import diagnostics
from core.settings import Settings
from web.app import NODE, run_node
from web.node import Node

PLENTY = 1_000_000


def unlimited(folder: Path) -> Settings:
    """A demo in which nobody is ever too fast."""
    return Settings(
        demo=True,
        data_dir=folder,
        patient_calls_per_minute=PLENTY,
        staff_calls_per_minute=PLENTY,
        visitor_calls_per_minute=PLENTY,
    )


@asynccontextmanager
async def served_unlimited(folder: Path) -> AsyncIterator[tuple[Node, str]]:
    """Such a node, and the address it serves at."""
    async with run_node(unlimited(folder)) as application:
        server = TestServer(application)
        await server.start_server()
        yield application[NODE], str(server.make_url("")).rstrip("/")
        await server.close()


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Everything that would be logged."""
    heard = io.StringIO()
    diagnostics.configure("info", into=heard)
    yield heard
    diagnostics.configure("info")


def failures(lines: io.StringIO) -> list[str]:
    """Lines of the log that tell of an exception nobody was ready for."""
    return [line for line in lines.getvalue().splitlines() if "error" in json.loads(line)]

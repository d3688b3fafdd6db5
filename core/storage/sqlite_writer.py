"""Carries the commit script out on SQLite: one connection, one thread, write-ahead log, `synchronous=FULL`."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

from core.errors import FyrError
from core.log.judge import Judgement
from core.log.script import Dialect, Query, Row, Script

SQLITE = Dialect(
    name="sqlite",
    any_of="IN (SELECT value FROM json_each(?))",
    for_update="",
    encode_list=json.dumps,
)
BUSY_TIMEOUT_S = 5.0
FULL = 2

log = structlog.get_logger(__name__)


class SqliteWriter:
    """The writing connection. `open` before use, `close` after."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fyr-log")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open and read back that nothing acknowledged can be lost. Raises `database_unsafe`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    async def run(self, script: Callable[[], Script]) -> Judgement:
        """Carry out one script in one transaction; whatever it raises rolls everything back."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, script)

    def _open(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_TIMEOUT_S)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for setting, wanted in (("journal_mode", "wal"), ("synchronous", FULL)):
            found = connection.execute(f"PRAGMA {setting}").fetchone()[0]
            if found != wanted:
                raise FyrError("database_unsafe", setting=setting, found=found, wanted=wanted)
        self._connection = connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _run(self, script: Callable[[], Script]) -> Judgement:
        assert self._connection is not None
        try:
            return _in_transaction(self._connection, script)
        except sqlite3.OperationalError as failure:  # busy, full, broken; its message could quote a statement
            log.warning("database_lost", why=failure.sqlite_errorname)
            raise FyrError("unreachable", what="SQLite") from None


def _in_transaction(connection: sqlite3.Connection, script: Callable[[], Script]) -> Judgement:
    connection.execute("BEGIN IMMEDIATE")
    try:
        judgement = _carry_out(connection, script())
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise
    return judgement


def _carry_out(connection: sqlite3.Connection, script: Script) -> Judgement:
    query = next(script)
    while True:
        try:
            query = script.send(_rows(connection, query))
        except StopIteration as end:
            judgement: Judgement = end.value
            return judgement


def _rows(connection: sqlite3.Connection, query: Query) -> list[Row]:
    if query.many is not None:
        connection.executemany(query.sql, query.many)
        return []
    return connection.execute(query.sql, query.args).fetchall()

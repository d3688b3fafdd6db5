"""The log's writer on SQLite: one connection, one thread, write-ahead log, `synchronous=FULL`."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import structlog

from core.errors import FyrError
from core.log.judge import Sender
from core.log.rows import FIRST_RESULT, STREAM, Rows
from core.log.writer import Found, LostError, OvertakenError, Written

T = TypeVar("T")
BUSY_TIMEOUT_S = 5.0
FULL = 2
CACHE_KIB = 32_768
"""The newest pages of every index are written again and again: read anew from the system each costs a call."""
HEADS = f"SELECT {', '.join(STREAM)} FROM stream WHERE id IN (SELECT value FROM json_each(?))"
RESULTS = f"SELECT {', '.join(FIRST_RESULT)} FROM once WHERE sender = ? AND client_id = ?"
CREATE = f"INSERT INTO stream ({', '.join(STREAM)}, created_ms) VALUES ({', '.join('?' * (len(STREAM) + 1))})"
MOVE = (
    "UPDATE stream SET last_no = ?3, content_no = ?4, patient_no = ?5, link = ?6, state = ?7, "
    "unit_id = ?8, provider_id = ?9 WHERE id = ?1 AND last_no = ?2"
)
NUMBER = (
    "INSERT INTO unit_head (unit_id, no) VALUES (?, ?) "
    "ON CONFLICT (unit_id) DO UPDATE SET no = no + excluded.no RETURNING no"
)
CHANGE = (
    "INSERT INTO unit_change (unit_id, stream_id, no) VALUES (?, ?, ?) "
    "ON CONFLICT (unit_id, stream_id) DO UPDATE SET no = excluded.no"
)
ENTER = "INSERT INTO entry (stream_id, no, patient_no, header, link, body) VALUES (?, ?, ?, ?, ?, ?)"
REMEMBER = f"INSERT INTO once ({', '.join(FIRST_RESULT)}) VALUES ({', '.join('?' * len(FIRST_RESULT))})"
ASK = "INSERT INTO outbox (topic, stream_id, no, due_ms, tries) VALUES (?, ?, ?, ?, 0)"

log = structlog.get_logger(__name__)


class SqliteWriter:
    """See `core.log.writer.Writer`."""

    name = "SQLite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fyr-log")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open and read back that nothing acknowledged can be lost. Raises `database_unsafe`."""
        await self._in_thread(self._open)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self._in_thread(self._close)
        self._thread.shutdown()

    def drop(self) -> None:
        """What is under way in the thread ends there before anything else begins."""

    async def read(self, streams: Sequence[str], senders: Sequence[Sender]) -> Found:
        """What is committed. Raises `LostError`."""
        return await self._in_thread(lambda: self._read(streams, senders))

    async def write(self, rows: Rows) -> Written:
        """Write all of it in one transaction, or nothing. Raises `OvertakenError` and `LostError`."""
        return await self._in_thread(lambda: self._write(rows))

    @contextlib.asynccontextmanager
    async def exclusively(self, _: Sequence[str]) -> AsyncIterator[None]:
        """One process has the file: nobody else writes to any stream."""
        yield

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_TIMEOUT_S)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        for setting, wanted in (("journal_mode", "wal"), ("synchronous", FULL)):
            found = connection.execute(f"PRAGMA {setting}").fetchone()[0]
            if found != wanted:
                raise FyrError("database_unsafe", setting=setting, found=found, wanted=wanted)
        self._connection = connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _read(self, streams: Sequence[str], senders: Sequence[Sender]) -> Found:
        assert self._connection is not None
        with _losing():
            heads = self._connection.execute(HEADS, (json.dumps(streams),)).fetchall()
            results = [row for sender in senders for row in self._connection.execute(RESULTS, sender)]
        return Found(heads, results)

    def _write(self, rows: Rows) -> Written:
        assert self._connection is not None
        with _losing(), _transaction(self._connection) as connection:
            if connection.executemany(MOVE, rows.moved).rowcount != len(rows.moved) and rows.moved:
                raise OvertakenError
            connection.executemany(CREATE, rows.created)
            numbers = {unit[0]: connection.execute(NUMBER, unit).fetchone()[0] for unit in rows.units}
            connection.executemany(
                CHANGE, [(unit, stream, numbers[unit] - back) for unit, stream, back in rows.changes]
            )
            connection.executemany(REMEMBER, rows.once)
            connection.executemany(ENTER, rows.entries)
            connection.executemany(ASK, rows.outbox)
            for kept in rows.kept:
                table = kept.table
                marks = ", ".join("?" * len(table.columns))
                names = ", ".join(table.columns)
                connection.executemany(
                    f"INSERT INTO {table.table} ({names}) VALUES ({marks}) {table.on_conflict}", kept.rows
                )
        return Written(numbers, frozenset())


@contextlib.contextmanager
def _losing() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise OvertakenError from None  # its message quotes the columns
    except sqlite3.OperationalError as failure:  # busy, full, broken; its message could quote a statement
        raise LostError(failure.sqlite_errorname) from None


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise

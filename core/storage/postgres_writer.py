"""The log's writer on PostgreSQL through asyncpg: one connection a node, made again when it is lost."""

import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence

import asyncpg

from core.errors import FyrError
from core.ids import StreamId
from core.log.judge import Sender
from core.log.rows import FIRST_RESULT, STREAM, Rows
from core.log.writer import Found, LostError, OvertakenError, Written
from core.storage.lost import CONNECT_WITHIN_S, LOST, STATEMENT_WITHIN_S
from core.storage.postgres_statement import Statement

SAFE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply")}
PLANNING = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off", "jit": "off"}
"""Our statements touch single rows by their keys: planned once, and never from what an empty table looked like."""
TAKEN = (asyncpg.exceptions.UniqueViolationError, asyncpg.exceptions.TransactionRollbackError)
"""Another node was first with a `client_id` or a new stream."""
HEADS = f"SELECT {', '.join(STREAM)} FROM stream WHERE id = ANY($1::text[])"
RESULTS = (
    f"SELECT {', '.join(FIRST_RESULT)} FROM once "
    "JOIN unnest($1::text[], $2::text[]) AS asked (sender, client_id) USING (sender, client_id)"
)
LOCK = "SELECT FROM stream WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE"


class PostgresWriter:
    """See `core.log.writer.Writer`."""

    name = "PostgreSQL"

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None

    async def open(self) -> None:
        """Connect and read back that nothing acknowledged can be lost. Raises `database_unsafe` or `unreachable`."""
        try:
            await self._connected()
        except (*LOST, asyncpg.exceptions.PostgresError):
            raise FyrError("unreachable", what=self.name) from None

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with contextlib.suppress(*LOST):  # a server that is away need not be told
                await self._connection.close(timeout=CONNECT_WITHIN_S)
            self.drop()

    def drop(self) -> None:
        """End the connection, whatever it was doing."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def read(self, streams: Sequence[str], senders: Sequence[Sender]) -> Found:
        """What is committed. Raises `LostError`."""
        with self._losing():
            connection = await self._connected()
            heads = await connection.fetch(HEADS, streams)
            results = await connection.fetch(RESULTS, *zip(*senders, strict=True)) if senders else []
        return Found(heads, results)

    async def write(self, rows: Rows) -> Written:
        """Write the streams that nobody has overtaken. Raises `OvertakenError` and `LostError`."""
        statement = Statement(rows)
        with self._losing():
            connection = await self._connected()
            told = await connection.fetch(statement.text, *statement.args)
        numbers = {row[0]: row[1] for row in told if row[0] is not None}
        overtaken = [tuple(row) for row in told if row[0] is None]
        heads = [row[3:] for row in overtaken if row[3] is not None]
        return Written(numbers, frozenset(StreamId(row[2]) for row in overtaken), heads)

    @contextlib.asynccontextmanager
    async def exclusively(self, streams: Sequence[str]) -> AsyncIterator[None]:
        """A transaction that holds the streams' rows."""
        with self._losing():
            connection = await self._connected()
            async with connection.transaction():
                await connection.execute(LOCK, streams)
                yield

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except TAKEN:
            raise OvertakenError from None  # its message quotes the key
        except LOST as failure:
            self.drop()
            raise LostError(type(failure).__name__) from None

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            made = await asyncpg.connect(
                self._dsn, timeout=CONNECT_WITHIN_S, command_timeout=STATEMENT_WITHIN_S, server_settings=PLANNING
            )
            try:
                await _require_safe(made)
            except BaseException:
                made.terminate()
                raise
            self._connection = made
        return self._connection


async def _require_safe(connection: asyncpg.Connection) -> None:
    for setting, wanted in SAFE.items():
        found = await connection.fetchval(f"SHOW {setting}")
        if found not in wanted:
            raise FyrError("database_unsafe", setting=setting, found=found, wanted=wanted[0])

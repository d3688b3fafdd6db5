"""The SQL database for reading and for small rows outside the log: one engine, both databases."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from core.errors import FyrError
from core.storage.lost import CONNECT_WITHIN_S, LOST, STATEMENT_WITHIN_S
from core.storage.schema import bring_up_to_date

BUSY_TIMEOUT_MS = 5_000
AT_ONCE = "AUTOCOMMIT"
"""Of SQLAlchemy's: each statement is whole by itself."""
SECURE_DELETE = "secure_delete=ON"
"""What SQLite frees it overwrites: what was erased must not lie on in pages that are free."""
PATIENCE = {"timeout": CONNECT_WITHIN_S, "command_timeout": STATEMENT_WITHIN_S}


class Database:
    """The engine. Reads are in no transaction; `write` commits at its end or not at all."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.engine: AsyncEngine = create_async_engine(self.url, connect_args={} if self.is_sqlite else PATIENCE)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
        else:
            event.listen(self.engine.sync_engine, "checkout", _require_open)
        self._statements = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level=AT_ONCE)
        """The same connections, without the round trips for BEGIN and ROLLBACK: two thirds of what a read costs."""

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    async def migrate(self) -> None:
        """Bring the tables to what this release needs. Raises `node_too_old` or `unreachable`."""
        if self.is_sqlite:
            await bring_up_to_date(self.engine)
            return
        # A step over many rows, or another node's turn, may take longer than any statement of the service.
        unhurried = create_async_engine(self.url, poolclass=NullPool, connect_args={"timeout": CONNECT_WITHIN_S})
        with _telling_when_away():
            await bring_up_to_date(unhurried)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for SELECTs, each of which sees what is committed then. Raises `unreachable`."""
        with _telling_when_away():
            async with self._statements.connect() as connection:
                yield connection

    @asynccontextmanager
    async def read_on(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, for an answer that is read page by page. Raises `unreachable`."""
        with _telling_when_away():
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write_at_once(self) -> AsyncIterator[AsyncConnection]:
        """A connection for one statement that writes, committed with its answer. Raises `unreachable`, as `write`."""
        with _telling_when_away():
            async with self._statements.connect() as connection:
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction. Raises `unreachable`: what was lost at the commit may be on disk or not."""
        with _telling_when_away():
            async with self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def turn(self, lock: int) -> AsyncIterator[None]:
        """What is done under this number is done by one at a time, on every node. Raises `unreachable`."""
        async with self._turns[lock]:
            if self.is_sqlite:  # one process has the file
                yield
                return
            async with self.write() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
                yield

    async def takes_writes(self) -> bool:
        """Whether it answers, and is no standby. Raises `unreachable`."""
        question = "SELECT true" if self.is_sqlite else "SELECT NOT pg_is_in_recovery()"
        async with self.read() as connection:
            return bool((await connection.execute(text(question))).scalar_one())

    @asynccontextmanager
    async def ticking(self) -> AsyncIterator[Callable[[], Awaitable[float]]]:
        """PostgreSQL's clock, in ms since 1970, at one round trip a question. Raises `unreachable`."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))  # the connection is there before anything is measured

            async def theirs_ms() -> float:
                answer = await connection.execute(text("SELECT extract(epoch FROM clock_timestamp()) * 1000"))
                return float(answer.scalar_one())

            yield theirs_ms

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


@contextmanager
def _telling_when_away() -> Iterator[None]:
    """A database that is away is one code to everyone above; what it says about itself could hold its address."""
    try:
        yield
    except (*LOST, PoolTimeoutError):
        raise FyrError("unreachable", what="PostgreSQL") from None
    except DBAPIError as failure:
        if not _is_away(failure):
            raise
        raise FyrError("unreachable", what="PostgreSQL") from None


def _is_away(failure: DBAPIError) -> bool:
    """The connection is lost, or the server starts or stops (PostgreSQL, appendix A: classes 08 and 57P)."""
    state = str(getattr(failure.orig, "sqlstate", None) or "")
    return failure.connection_invalidated or state.startswith(("08", "57P"))


def _require_open(connection: Any, *_: object) -> None:
    """A connection that was closed while it lay in the pool is known to be so without asking the server."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _prepare_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", SECURE_DELETE):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

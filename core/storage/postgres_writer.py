"""Carries the commit script out on PostgreSQL through asyncpg, one writing connection a node.

A connection that is lost is made again and the script run anew: it looks every `client_id` up before it writes, so
nothing is written twice. What was lost at COMMIT may be on disk or not; that is asked before anything is answered.
"""

import asyncio
import contextlib
import itertools
import re
from collections.abc import Callable

import asyncpg
import structlog

from core.errors import FyrError
from core.log.judge import Judgement
from core.log.script import Dialect, Query, Row, Script
from core.storage.lost import CONNECT_WITHIN_S, LOST, STATEMENT_WITHIN_S

POSTGRES = Dialect(
    name="postgresql", any_of="= ANY(?::text[])", for_update=" FOR UPDATE", encode_list=lambda names: names
)
SAFE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply")}
MARK = re.compile(r"\?")
ANSWER_WITHIN_S = 10.0
"""So long is a group tried again before its callers hear `unreachable`; what they sent is still theirs to repeat."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.5
CONFLICTS = 5
"""Another node may win the race for the same `client_id`; twice in a row is rare, this often is a fault of ours."""
CONFLICT = (asyncpg.UniqueViolationError, asyncpg.exceptions.TransactionRollbackError)
COMMITTED = """
SELECT count(*) FROM once JOIN unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[])
AS ours (sender, client_id, stream_id, first_no, at_ms) USING (sender, client_id, stream_id, first_no, at_ms)
"""

log = structlog.get_logger(__name__)


class PostgresWriter:
    """The writing connection. `open` before use, `close` after."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        self._numbered: dict[str, str] = {}

    async def open(self) -> None:
        """Connect and read back that nothing acknowledged can be lost. Raises `database_unsafe` or `unreachable`."""
        try:
            await self._connected()
        except (*LOST, asyncpg.exceptions.PostgresError):
            raise FyrError("unreachable", what="PostgreSQL") from None

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with contextlib.suppress(*LOST):  # a server that is away need not be told
                await self._connection.close(timeout=CONNECT_WITHIN_S)
            self._drop()

    async def run(self, script: Callable[[], Script]) -> Judgement:
        """Carry out one script in one transaction; whatever it raises rolls everything back.

        Raises `unreachable` when the server stays away: then the group may be on disk or not, and a repeat tells.
        """
        attempt = Attempt(script)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                while attempt.judgement is None:
                    await self._try(attempt)
        except TimeoutError:
            self._drop()
            raise FyrError("unreachable", what="PostgreSQL") from None
        return attempt.judgement

    async def _try(self, attempt: "Attempt") -> None:
        try:
            attempt.judgement = await self._one_transaction(attempt)
        except CONFLICT:
            attempt.conflicts += 1
            if attempt.conflicts == CONFLICTS:
                raise
        except LOST as failure:
            self._drop()
            log.warning("database_lost", why=type(failure).__name__, again_in_s=attempt.pause_s)
            await asyncio.sleep(attempt.pause_s)
            attempt.pause_s = min(attempt.pause_s * 2, LONGEST_PAUSE_S)

    async def _one_transaction(self, attempt: "Attempt") -> Judgement:
        connection = await self._connected()
        if attempt.unsettled is not None and await self._committed(connection, attempt.unsettled):
            return attempt.unsettled
        async with connection.transaction():
            judgement = await self._carry_out(connection, attempt.script())
            attempt.unsettled = judgement  # from here until COMMIT is answered nobody knows
        return judgement

    async def _committed(self, connection: asyncpg.Connection, judgement: Judgement) -> bool:
        """Whether every first result of this judgement, and so all of it, is what the database holds."""
        ours = [(*sender, done.stream, done.first_no, done.at_ms) for sender, done in judgement.new_once.items()]
        found: int = await connection.fetchval(COMMITTED, *zip(*ours, strict=True)) if ours else 0
        return found == len(ours)

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            made = await asyncpg.connect(self._dsn, timeout=CONNECT_WITHIN_S, command_timeout=STATEMENT_WITHIN_S)
            try:
                await _require_safe(made)
            except BaseException:
                made.terminate()
                raise
            self._connection = made
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def _carry_out(self, connection: asyncpg.Connection, script: Script) -> Judgement:
        query = next(script)
        while True:
            try:
                query = script.send(await self._rows(connection, query))
            except StopIteration as end:
                judgement: Judgement = end.value
                return judgement

    async def _rows(self, connection: asyncpg.Connection, query: Query) -> list[Row]:
        sql = self._numbered.get(query.sql) or self._number(query.sql)
        if query.many is not None:
            await connection.executemany(sql, query.many)
            return []
        return list(await connection.fetch(sql, *query.args))

    def _number(self, sql: str) -> str:
        counter = itertools.count(1)
        numbered = MARK.sub(lambda _: f"${next(counter)}", sql)
        self._numbered[sql] = numbered
        return numbered


class Attempt:
    """How far one group has come."""

    def __init__(self, script: Callable[[], Script]) -> None:
        self.script = script
        self.judgement: Judgement | None = None
        self.unsettled: Judgement | None = None
        """What was under way when a COMMIT went unanswered."""
        self.conflicts = 0
        self.pause_s = FIRST_PAUSE_S


async def _require_safe(connection: asyncpg.Connection) -> None:
    for setting, wanted in SAFE.items():
        found = await connection.fetchval(f"SHOW {setting}")
        if found not in wanted:
            raise FyrError("database_unsafe", setting=setting, found=found, wanted=wanted[0])

"""Carries the commit script out on PostgreSQL through asyncpg, one writing connection a node."""

import itertools
import re
from collections.abc import Callable

import asyncpg

from core.errors import FyrError
from core.log.judge import Judgement
from core.log.script import Dialect, Query, Row, Script

POSTGRES = Dialect(
    name="postgresql", any_of="= ANY(?::text[])", for_update=" FOR UPDATE", encode_list=lambda names: names
)
SAFE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply")}
MARK = re.compile(r"\?")


class PostgresWriter:
    """The writing connection. `open` before use, `close` after; a lost connection is made again by the next script."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        self._numbered: dict[str, str] = {}

    async def open(self) -> None:
        """Connect and read back that nothing acknowledged can be lost. Raises `database_unsafe` or `unreachable`."""
        try:
            connection = await asyncpg.connect(self._dsn)
        except OSError:
            raise FyrError("unreachable", what="PostgreSQL") from None
        for setting, wanted in SAFE.items():
            found = await connection.fetchval(f"SHOW {setting}")
            if found not in wanted:
                raise FyrError("database_unsafe", setting=setting, found=found, wanted=wanted[0])
        self._connection = connection

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.close()

    async def run(self, script: Callable[[], Script]) -> Judgement:
        """Carry out one script in one transaction; whatever it raises rolls everything back."""
        if self._connection is None or self._connection.is_closed():
            await self.open()
        assert self._connection is not None
        async with self._connection.transaction():
            return await self._carry_out(script())

    async def _carry_out(self, script: Script) -> Judgement:
        query = next(script)
        while True:
            try:
                query = script.send(await self._rows(query))
            except StopIteration as end:
                judgement: Judgement = end.value
                return judgement

    async def _rows(self, query: Query) -> list[Row]:
        assert self._connection is not None
        sql = self._numbered.get(query.sql) or self._number(query.sql)
        if query.many is not None:
            await self._connection.executemany(sql, query.many)
            return []
        return list(await self._connection.fetch(sql, *query.args))

    def _number(self, sql: str) -> str:
        counter = itertools.count(1)
        numbered = MARK.sub(lambda _: f"${next(counter)}", sql)
        self._numbered[sql] = numbered
        return numbered

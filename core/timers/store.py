"""Timer rows in SQL: which are due, and whose they are for the moment."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, or_, select, update

from core.ids import StreamId
from core.storage.sql import Database
from core.storage.tables import metadata

timer = Table(
    "timer",
    metadata,
    Column("id", String, primary_key=True),
    Column("stream_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("due_ms", BigInteger),
    Column("leased_ms", BigInteger),
    Index("timer_due", "due_ms"),
)


class Due(NamedTuple):
    """A row that is due, leased to whoever got it."""

    id: str
    stream: StreamId
    purpose: str
    due_ms: int


_FREE = or_(timer.c.leased_ms.is_(None), timer.c.leased_ms <= bindparam("now_ms"))
_DUE = select(timer.c.id).where(timer.c.due_ms <= bindparam("now_ms"), _FREE).order_by(timer.c.due_ms)
_LEASE = (
    update(timer)
    .where(timer.c.id.in_(_DUE.limit(bindparam("most")).with_for_update(skip_locked=True)))
    .values(leased_ms=bindparam("until_ms"))
    .returning(timer.c.id, timer.c.stream_id, timer.c.purpose, timer.c.due_ms)
)


class TimerRows:
    """Lease and correct. Rows are made by the log, in the transaction that made them due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self, *, now_ms: int, lease_ms: int, limit: int) -> list[Due]:
        """Up to `limit` due rows, the longest overdue first, ours until `now_ms + lease_ms`; then any node's again."""
        asked = {"now_ms": now_ms, "until_ms": now_ms + lease_ms, "most": limit}
        async with self._database.write_at_once() as connection:
            rows = (await connection.execute(_LEASE, asked)).all()
        return sorted((Due(row[0], StreamId(row[1]), row[2], row[3]) for row in rows), key=lambda one: one.due_ms)

    async def correct(self, row: Due, due_ms: int | None) -> None:
        """It is due at another time, or not at all, unless an entry has said so meanwhile."""
        as_read = update(timer).where(timer.c.id == row.id, timer.c.due_ms == row.due_ms)
        async with self._database.write() as connection:
            await connection.execute(as_read.values(due_ms=due_ms, leased_ms=None))

    async def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that have a row."""
        async with self._database.read() as connection:
            return set((await connection.execute(select(timer.c.id).where(timer.c.id.in_(ids)))).scalars())

    async def add(self, rows: Sequence[tuple[str, StreamId, str, int | None]]) -> None:
        """Rows for streams from before their purpose existed; one that an entry has made meanwhile stays."""
        if not rows:
            return
        values = [dict(zip(("row", "stream", "purpose", "due"), row, strict=True)) for row in rows]
        missing = select(
            bindparam("row", type_=String),
            bindparam("stream", type_=String),
            bindparam("purpose", type_=String),
            bindparam("due", type_=BigInteger),
        ).where(~select(timer.c.id).where(timer.c.id == bindparam("row")).exists())
        columns = ["id", "stream_id", "purpose", "due_ms"]
        async with self._database.write() as connection:
            await connection.execute(timer.insert().from_select(columns, missing), values)

    async def first_due(self) -> int | None:
        """When the next free row is due, milliseconds since 1970."""
        query = select(timer.c.due_ms).where(timer.c.due_ms.is_not(None)).order_by(timer.c.due_ms).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

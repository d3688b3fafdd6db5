"""Promises in SQL, outside the log: no evidence of care; what became of them decides only the next interval."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from carequeue.deadlines import MINUTE_MS
from carequeue.promise.interval import REMEMBERED, Outcome
from carequeue.promise.promise import LEARNT_FROM, SCORED, Promise, Result, Seen
from carequeue.store import place
from carequeue.waited.store import waited
from core.ids import ContactId
from core.storage.sql import Database
from core.storage.tables import metadata
from triage.entries import Level

OPEN = text("ended_ms IS NULL")
promise = Table(
    "promise",
    metadata,
    Column("contact_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("level", String, nullable=False),
    Column("began_ms", BigInteger, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("expected_ms", BigInteger, nullable=False),
    Column("from_ms", BigInteger),
    Column("until_ms", BigInteger),
    Column("result", String),
    Column("known_ms", BigInteger),
    Column("waited_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Index("promise_open", "contact_id", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("promise_known", "unit_id", "level", "again", "known_ms"),
)
COLUMNS = tuple(promise.c[name] for name in Promise._fields)
IS_OPEN = text("promise.ended_ms IS NULL")
AT_ONCE = 500


class Kept(NamedTuple):
    """How often promises at one level came true."""

    level: Level
    result: Result
    number: int


class PromiseRows:
    """Writes and reads the rows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        dialect = sqlite if database.is_sqlite else postgresql
        self._insert = dialect.insert(promise).on_conflict_do_nothing()

    async def of(self, contact_id: ContactId) -> list[Promise]:
        """Every promise of a contact, in order."""
        query = select(*COLUMNS).where(promise.c.contact_id == contact_id).order_by(promise.c.no)
        async with self._database.read() as connection:
            return [Promise._make(row) for row in await connection.execute(query)]

    async def add(self, made: Promise) -> None:
        """Keep it, unless another node was first with this number."""
        async with self._database.write() as connection:
            await connection.execute(self._insert, made._asdict())

    async def outcomes(self, unit_id: str, level: Level, *, again: bool) -> list[Outcome]:
        """What became of earlier promises of this kind, the oldest of the newest first."""
        query = (
            select(promise.c.expected_ms, promise.c.waited_ms, promise.c.result)
            .where(
                promise.c.unit_id == unit_id,
                promise.c.level == level,
                promise.c.again.is_(again),
                promise.c.known_ms.is_not(None),
                promise.c.result.in_(LEARNT_FROM),
            )
            .order_by(promise.c.known_ms.desc(), promise.c.contact_id.desc(), promise.c.no.desc())
            .limit(REMEMBERED)
        )
        async with self._database.read() as connection:
            rows = list(await connection.execute(query))
        return [outcome(*row) for row in reversed(rows)]

    async def to_judge(self, now_ms: int) -> list[tuple[Promise, Seen]]:
        """Open promises of which there is something new to say."""
        ended = and_(waited.c.contact_id == promise.c.contact_id, waited.c.began_ms == promise.c.began_ms)
        moved = or_(place.c.unit_id != promise.c.unit_id, place.c.urgency != promise.c.level)
        broken = and_(promise.c.result.is_(None), promise.c.until_ms < now_ms)
        query = (
            select(
                *COLUMNS,
                func.coalesce(waited.c.unit_id, place.c.unit_id),
                func.coalesce(waited.c.level, place.c.urgency),
                waited.c.ended_ms,
                func.coalesce(waited.c.taken, False),
            )
            .join(place, place.c.contact_id == promise.c.contact_id)
            .outerjoin(waited, ended)
            .where(IS_OPEN, or_(waited.c.contact_id.is_not(None), moved, broken))
            .limit(AT_ONCE)
        )
        width = len(COLUMNS)
        async with self._database.read() as connection:
            rows = list(await connection.execute(query))
        return [(Promise._make(row[:width]), Seen(*row[width:])) for row in rows]

    async def settle(self, promises: Sequence[Promise]) -> None:
        """Write what became of them."""
        known = ("result", "known_ms", "waited_ms", "ended_ms")
        change = update(promise).where(promise.c.contact_id == bindparam("contact"), promise.c.no == bindparam("which"))
        values: dict[str, Any] = {name: bindparam(f"now_{name}") for name in known}
        rows = [
            {"contact": one.contact_id, "which": one.no, **{f"now_{name}": getattr(one, name) for name in known}}
            for one in promises
        ]
        async with self._database.write() as connection:
            await connection.execute(change.values(values), rows)

    async def kept(self, unit_id: str, since_ms: int) -> list[Kept]:
        """How what was told at a unit came true since then, by level."""
        query = (
            select(promise.c.level, promise.c.result, func.count())
            .where(promise.c.unit_id == unit_id, promise.c.known_ms >= since_ms, promise.c.result.in_(SCORED))
            .group_by(promise.c.level, promise.c.result)
        )
        async with self._database.read() as connection:
            return [Kept(*row) for row in await connection.execute(query)]


def outcome(expected_ms: int, waited_ms: int | None, result: Result) -> Outcome:
    """A row as the next interval learns from it."""
    right = None if result == "untold" else result == "right"
    return Outcome(expected_ms / MINUTE_MS, None if waited_ms is None else waited_ms / MINUTE_MS, right)

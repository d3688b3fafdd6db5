"""What candidates said, in a table of its own: no entry of any log, and no one's words."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
)

from core.storage.sql import Database
from core.storage.tables import metadata, stream
from triage.shadow.judged import Judged

MOST = 5_000
"""Moves that are read at a time, the newest first."""
shadow = Table(
    "shadow",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("candidate", String, primary_key=True),
    Column("in_force", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("assessed", Boolean, nullable=False),
    Column("fires", String, nullable=False),
    Column("rests", String, nullable=False),
    Index("shadow_candidate", "candidate", "at_ms"),
)
COLUMNS = tuple(shadow.c[name] for name in Judged._fields)


class ShadowRows:
    """Writes and reads the rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, rows: Sequence[Judged]) -> None:
        """Keep them, in one transaction."""
        async with self._database.write() as connection:
            await connection.execute(insert(shadow), [row._asdict() for row in rows])

    async def newest_candidate(self) -> str | None:
        """The candidate that judged last."""
        query = select(shadow.c.candidate).order_by(shadow.c.at_ms.desc()).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def contacts(self, candidate: str, *, providers: Collection[str] | None = None) -> int:
        """How many contacts it has judged, of these legal care givers; None: of all."""
        query = _of(select(func.count(func.distinct(shadow.c.stream_id))), candidate, providers)
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def moved(self, candidate: str, *, providers: Collection[str] | None = None) -> list[Judged]:
        """Contacts whose newest assessment it judges otherwise, by level or by rules; the newest first."""
        last = (
            select(shadow.c.stream_id, func.max(shadow.c.no).label("no"))
            .where(shadow.c.candidate == candidate)
            .group_by(shadow.c.stream_id)
            .subquery()
        )
        differs = or_(shadow.c.before != shadow.c.after, shadow.c.fires != "", shadow.c.rests != "")
        query = select(*COLUMNS).join(last, and_(last.c.stream_id == shadow.c.stream_id, last.c.no == shadow.c.no))
        query = _of(query.where(differs), candidate, providers).order_by(shadow.c.at_ms.desc()).limit(MOST)
        async with self._database.read() as connection:
            return [Judged(*row) for row in (await connection.execute(query)).all()]


def _of(query: Select[Any], candidate: str, providers: Collection[str] | None) -> Select[Any]:
    query = query.where(shadow.c.candidate == candidate)
    if providers is None:
        return query
    own = select(stream.c.id).where(stream.c.id == shadow.c.stream_id, stream.c.provider_id.in_(sorted(providers)))
    return query.where(own.exists())

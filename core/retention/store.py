"""Retention in SQL: what has had its time, whose it is to erase, and the taking away itself.

The log never changes what is written; this is the one place that does, and only downwards: bodies become NULL and the
stream's key is replaced by one that opens nothing of before.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.attachments.store import attachment, attachment_piece
from core.ids import StreamId
from core.log.append import Head
from core.log.entry import Header
from core.log.heads import sealed_state
from core.storage.sql import Database
from core.storage.tables import entry, metadata, outbox, session, stream, unit_change
from core.timers.store import timer

erasure = Table(
    "erasure",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("data_class", String, nullable=False),
    Column("leased_ms", BigInteger),
    Column("entries", Integer),
    Column("attachments", Integer),
    Column("done_ms", BigInteger),
    Index("erasure_open", "done_ms", "leased_ms"),
)
PAGE = 500
ADD = text("INSERT INTO erasure (stream_id, data_class) VALUES (:stream_id, :data_class) ON CONFLICT DO NOTHING")
_header = msgspec.json.Decoder(Header).decode
_unfinished = erasure.c.done_ms.is_(None)


class Job(NamedTuple):
    """A stream that is to be erased, ours for a while."""

    stream: StreamId
    data_class: str


class Counts(NamedTuple):
    """How much of a stream there was to take away."""

    entries: int
    attachments: int


class Related(NamedTuple):
    """A column of another part's table that names streams: its rows go with them."""

    column: Column[str]
    prefix: str
    """What a stream's id begins with there and is left out in the column."""


class RetentionRows:
    """Reads candidates, leases them, and takes away."""

    def __init__(
        self, database: Database, related: Sequence[Related] = (), times: Mapping[str, Column[int]] | None = None
    ) -> None:
        """`times`: classes that are rows by themselves, each by the column its time is counted from."""
        self._database = database
        self._related = related
        self._times = {"sessions": session.c.ends_ms, **(times or {})}

    @property
    def row_classes(self) -> list[str]:
        """The classes that are rows by themselves."""
        return list(self._times)

    async def candidates(self, prefix: str, *, before_ms: int, after: str) -> list[tuple[StreamId, int]]:
        """Streams that began before, with the time of each one's last entry; what is on its way is left out."""
        last = (entry.c.stream_id == stream.c.id) & (entry.c.no == stream.c.last_no)
        known = select(erasure.c.stream_id).where(erasure.c.stream_id == stream.c.id).exists()
        query = (
            select(stream.c.id, entry.c.header)
            .join(entry, last)
            .where(
                stream.c.id > after, stream.c.id.startswith(prefix, autoescape=True), stream.c.created_ms < before_ms
            )
            .where(~known)
            .order_by(stream.c.id)
            .limit(PAGE)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [(StreamId(name), _header(bytes(raw)).at_ms) for name, raw in rows]

    async def add(self, name: StreamId, data_class: str) -> None:
        """It is to be erased; said twice it is said once."""
        async with self._database.write() as connection:
            await connection.execute(ADD, {"stream_id": name, "data_class": data_class})

    async def remove(self, name: StreamId) -> None:
        """It is not to be erased after all, unless it has been."""
        async with self._database.write() as connection:
            await connection.execute(delete(erasure).where(erasure.c.stream_id == name, _unfinished))

    async def lease(self, *, now_ms: int, lease_ms: int) -> Job | None:
        """One that waits, ours until `now_ms + lease_ms`; then any node's again."""
        free = or_(erasure.c.leased_ms.is_(None), erasure.c.leased_ms <= now_ms)
        due = select(erasure.c.stream_id).where(_unfinished, free).order_by(erasure.c.stream_id).limit(1)
        taking = (
            update(erasure)
            .where(erasure.c.stream_id.in_(due.with_for_update(skip_locked=True)))
            .values(leased_ms=now_ms + lease_ms)
            .returning(erasure.c.stream_id, erasure.c.data_class)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(taking)).first()
        return Job(StreamId(row[0]), row[1]) if row is not None else None

    async def done(self, name: StreamId, now_ms: int) -> None:
        """Erased, and told."""
        async with self._database.write() as connection:
            await connection.execute(update(erasure).where(erasure.c.stream_id == name).values(done_ms=now_ms))

    async def counted(self, name: StreamId) -> Counts | None:
        """What an erasure has taken away already, before it was cut short."""
        query = select(erasure.c.entries, erasure.c.attachments).where(erasure.c.stream_id == name)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return Counts(*row) if row is not None and row.entries is not None else None

    async def body(self, name: StreamId, no: int) -> bytes:
        """An entry's body as it lies there."""
        query = select(entry.c.body).where(entry.c.stream_id == name, entry.c.no == no)
        async with self._database.read() as connection:
            return bytes((await connection.execute(query)).scalar_one())

    async def strip(self, old: Head, new: Head, kept: dict[int, bytes]) -> Counts | None:
        """Take every body, the key, the state and all rows about the stream; None when it has moved on meanwhile.

        `new` is the head that remains, `kept` the bodies that stay, sealed with its key. All of it or nothing.
        """
        name = old.stream
        remains = {
            "wrapped_key": new.wrapped_key,
            "state": sealed_state(new),
            "person_id": new.scope.person_id,
            "opener_id": new.scope.opener_id,
        }
        as_read = (stream.c.id == name, stream.c.last_no == old.last_no, stream.c.wrapped_key == old.wrapped_key)
        async with self._database.write() as connection:
            if (await connection.execute(update(stream).where(*as_read).values(remains))).rowcount != 1:
                return None
            mine = (entry.c.stream_id == name, entry.c.body.is_not(None), entry.c.no.not_in(kept))
            entries = (await connection.execute(update(entry).where(*mine).values(body=None))).rowcount
            for no, body in kept.items():
                await connection.execute(
                    update(entry).where(entry.c.stream_id == name, entry.c.no == no).values(body=body)
                )
            counts = Counts(entries, await self._strip_related(connection, name))
            counted = update(erasure).where(erasure.c.stream_id == name).values(counts._asdict())
            await connection.execute(counted)
        return counts

    async def _strip_related(self, connection: AsyncConnection, name: StreamId) -> int:
        mine = select(attachment.c.id).where(attachment.c.stream_id == name)
        await connection.execute(delete(attachment_piece).where(attachment_piece.c.attachment_id.in_(mine)))
        attachments = (await connection.execute(delete(attachment).where(attachment.c.stream_id == name))).rowcount
        for table in (outbox, unit_change, timer):
            await connection.execute(delete(table).where(table.c.stream_id == name))
        for one in self._related:
            own = name.removeprefix(one.prefix)
            await connection.execute(delete(one.column.table).where(one.column == own))
        return attachments

    async def settle_freed(self) -> None:
        """Nothing of what was taken away stays in a log of pages.

        SQLite overwrites what it frees (`secure_delete`); its write-ahead log is emptied here. PostgreSQL takes dead
        rows away with VACUUM (docs/operations.md).
        """
        if self._database.is_sqlite:
            async with self._database.read() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def old_rows(self, data_class: str, before_ms: int) -> int:
        """How many rows of a class outside the log have had their time."""
        column = self._times[data_class]
        async with self._database.read() as connection:
            query = select(func.count()).select_from(column.table).where(column < before_ms)
            return int((await connection.execute(query)).scalar_one())

    async def delete_old_rows(self, data_class: str, before_ms: int) -> int:
        """Delete them; gives how many."""
        column = self._times[data_class]
        async with self._database.write() as connection:
            return (await connection.execute(delete(column.table).where(column < before_ms))).rowcount

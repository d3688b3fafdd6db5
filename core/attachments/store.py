"""Attachments in SQL: how far each has come, and what any node has yet to do for it.

A row has a time when something is due for as long as there is anything left to do: checks, telling how they went, or
taking away what never came whole. Work is leased by moving that time, so that a node that dies leaves nothing undone.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.attachments.row import Piece, Row, State
from core.ids import StreamId
from core.storage.sql import Database
from core.storage.tables import metadata

attachment = Table(
    "attachment",
    metadata,
    Column("id", String, primary_key=True),
    Column("stream_id", String, nullable=False, index=True),
    Column("sender_id", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String),
    Column("about", LargeBinary, nullable=False),
    Column("due_ms", BigInteger),
    Index("attachment_due", "due_ms"),
)

attachment_piece = Table(
    "attachment_piece",
    metadata,
    Column("attachment_id", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("name", String, nullable=False),
)


_DUE = select(attachment.c.id).where(attachment.c.due_ms <= bindparam("now_ms")).order_by(attachment.c.due_ms)
_LEASE = (
    update(attachment)
    .where(attachment.c.id.in_(_DUE.limit(1).with_for_update(skip_locked=True)))
    .values(due_ms=bindparam("until_ms"))
    .returning(*attachment.c)
)


class AttachmentRows:
    """Reads and small transactions of its own; what people see of it is in the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, row: Row) -> bool:
        """Begin one; False when it is there already."""
        async with self._database.write() as connection:
            if await _find(connection, row.id) is not None:
                return False
            values = {**row._asdict(), "stream_id": row.stream}
            del values["stream"]
            await connection.execute(insert(attachment).values(values))
        return True

    async def remove(self, attachment_id: str) -> None:
        """Take back one whose beginning was refused."""
        async with self._database.write() as connection:
            await connection.execute(delete(attachment).where(attachment.c.id == attachment_id))

    async def find(self, attachment_id: str) -> Row | None:
        """The row, if there is one."""
        async with self._database.read() as connection:
            return await _find(connection, attachment_id)

    async def of_stream(self, stream: StreamId) -> list[Row]:
        """Every attachment of a stream."""
        query = select(attachment).where(attachment.c.stream_id == stream).order_by(attachment.c.id)
        async with self._database.read() as connection:
            return [_row(found) for found in (await connection.execute(query)).all()]

    async def unfinished(self, stream: StreamId) -> int:
        """How many of a stream are on their way."""
        query = select(func.count()).where(attachment.c.stream_id == stream, attachment.c.state == "uploading")
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def add_piece(self, row: Row, piece: Piece, *, due_ms: int) -> bool:
        """Commit the next piece; False when another was there first. The last one makes the attachment received."""
        received = piece.start + piece.size
        state: State = "received" if received == row.size else "uploading"
        here = (attachment.c.id == row.id, attachment.c.received == piece.start, attachment.c.state == "uploading")
        async with self._database.write() as connection:
            moved = await connection.execute(
                update(attachment).where(*here).values(received=received, state=state, due_ms=due_ms)
            )
            if moved.rowcount != 1:
                return False
            await connection.execute(insert(attachment_piece).values(attachment_id=row.id, **piece._asdict()))
        return True

    async def pieces(self, attachment_id: str) -> list[Piece]:
        """The committed pieces, in order."""
        table = attachment_piece
        query = select(table.c.start, table.c.size, table.c.name).where(table.c.attachment_id == attachment_id)
        async with self._database.read() as connection:
            return [Piece(*row) for row in (await connection.execute(query.order_by(table.c.start))).all()]

    async def lease(self, *, now_ms: int, lease_ms: int) -> Row | None:
        """The attachment for which something is due longest, ours until `now_ms + lease_ms`."""
        asked = {"now_ms": now_ms, "until_ms": now_ms + lease_ms}
        async with self._database.write_at_once() as connection:
            found = (await connection.execute(_LEASE, asked)).first()
        return _row(found) if found is not None else None

    async def settle(self, row: Row, **values: Any) -> bool:
        """Change it (state, why, about, due_ms) unless it has changed since `row` was read."""
        unchanged = (attachment.c.id == row.id, attachment.c.state == row.state, attachment.c.received == row.received)
        async with self._database.write() as connection:
            done = await connection.execute(update(attachment).where(*unchanged).values(values))
        return done.rowcount == 1

    async def done(self, attachment_id: str) -> None:
        """Nothing is left to do: its pieces are forgotten."""
        async with self._database.write() as connection:
            await connection.execute(delete(attachment_piece).where(attachment_piece.c.attachment_id == attachment_id))
            await connection.execute(update(attachment).where(attachment.c.id == attachment_id).values(due_ms=None))


async def _find(connection: AsyncConnection, attachment_id: str) -> Row | None:
    found = (await connection.execute(select(attachment).where(attachment.c.id == attachment_id))).first()
    return _row(found) if found is not None else None


def _row(found: Any) -> Row:
    return Row(
        found.id, StreamId(found.stream_id), found.sender_id, found.size, found.received, found.state, found.why,
        bytes(found.about), found.due_ms,
    )  # fmt: skip

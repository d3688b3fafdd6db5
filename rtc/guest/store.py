"""Where a guest's link leads: a row an invitation, written by the log in the transaction that invited.

No evidence and no leave: a row only says in which contact to look. What its visit knows of the guest decides, so that a
row that is added opens nothing, and one that is taken away shuts a link.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, Integer, String, Table, select

from core.ids import StreamId
from core.log.entry import Entry
from core.log.rows import EntryTable
from core.storage.sql import Database
from core.storage.tables import metadata
from rtc.entries import GuestInvited

guest_link = Table(
    "guest_link",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("guest_id", String, nullable=False, index=True),
    Column("link", String, nullable=False, index=True),
    Column("until_ms", BigInteger, nullable=False, index=True),
)


class Invitation(NamedTuple):
    """One row."""

    stream_id: StreamId
    no: int
    guest_id: str
    link: str
    until_ms: int


def guest_link_table() -> EntryTable:
    """How the log keeps the table."""
    return EntryTable(
        prefix="contact:", table="guest_link", columns=Invitation._fields, row=_row, bodies=(GuestInvited,)
    )


def _row(entry: Entry) -> tuple[object, ...]:
    body = entry.body
    assert isinstance(body, GuestInvited)
    return Invitation(StreamId(entry.header.stream), entry.no, body.guest_id, body.link, body.until_ms)


class GuestLinks:
    """Look-ups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def opened_by(self, links: Sequence[str]) -> Invitation | None:
        """The invitation that one of these digests stands for."""
        return await self._one(guest_link.c.link.in_(links))

    async def of_guest(self, guest_id: str) -> Invitation | None:
        """The invitation of a guest."""
        return await self._one(guest_link.c.guest_id == guest_id)

    async def _one(self, condition: ColumnElement[bool]) -> Invitation | None:
        query = select(*(guest_link.c[name] for name in Invitation._fields)).where(condition)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return Invitation(*rows[0]) if len(rows) == 1 else None

"""Where something waits to be reviewed: which entries of contacts ask for it. A row follows from its entry."""

from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, cast, func, literal, select

from core.ids import StreamId
from core.log.entry import Entry
from core.log.rows import EntryTable
from core.storage.sql import Database
from core.storage.tables import metadata, stream
from triage.entries import UrgencySet
from triage.review.entries import Misread

CONTACT, REVIEW = "contact:", "review:"
review_item = Table(
    "review_item",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Index("review_item_at", "at_ms"),
)


class Place(NamedTuple):
    """An entry of a contact that asks for a review."""

    stream: StreamId
    no: int


def review_of(place: Place) -> StreamId:
    """The stream in which reviewers say what they make of it."""
    return StreamId(f"{REVIEW}{place.stream.removeprefix(CONTACT)}:{place.no}")


def review_table() -> EntryTable:
    """How the log keeps the table: a row for each mark, and for each level that staff put in another's place."""
    columns = tuple(review_item.c.keys())
    return EntryTable(prefix=CONTACT, table="review_item", columns=columns, row=_row, bodies=(UrgencySet, Misread))


def asks_for_review(body: object) -> bool:
    """Whether something can be learnt from what staff wrote: that a contact was read or judged wrongly."""
    if isinstance(body, UrgencySet):
        return body.instead_of not in (None, body.urgency)
    return isinstance(body, Misread)


def _row(entry: Entry) -> tuple[object, ...] | None:
    return (entry.header.stream, entry.no, entry.header.at_ms) if asks_for_review(entry.body) else None


class ReviewItems:
    """Reads the rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at_unit(self, unit_id: str, *, done: bool, limit: int) -> list[Place]:
        """What a unit's contacts have to review, or has been reviewed; the newest first."""
        reviewed = stream.alias("reviewed")
        contact_id = func.substr(review_item.c.stream_id, len(CONTACT) + 1)
        name = literal(REVIEW) + contact_id + literal(":") + cast(review_item.c.no, String)
        is_done = select(reviewed.c.id).where(reviewed.c.id == name).exists()
        query = (
            select(review_item.c.stream_id, review_item.c.no)
            .join(stream, stream.c.id == review_item.c.stream_id)
            .where(stream.c.unit_id == unit_id, is_done if done else ~is_done)
            .order_by(review_item.c.at_ms.desc(), review_item.c.stream_id, review_item.c.no)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [Place(StreamId(name), no) for name, no in (await connection.execute(query)).all()]

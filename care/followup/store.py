"""Which patients are followed where, in SQL: written by the log in the transaction that changed it. No values."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Column, Index, String, Table, select

from care.followup.state import Record, Status
from core.ids import StreamId
from core.log.append import Head
from core.log.rows import Row, StateTable
from core.storage.sql import Database
from core.storage.tables import metadata

FOLLOW_UP = "followup:"
"""How the streams are called."""

follow_up = Table(
    "follow_up",
    metadata,
    Column("record_id", String, primary_key=True),
    Column("person_id", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("programme", String, nullable=False),
    Column("status", String, nullable=False),
    Index("follow_up_unit", "unit_id", "status"),
    Index("follow_up_person", "person_id"),
)


class RecordRow(NamedTuple):
    """One follow-up as the table has it."""

    record_id: str
    person_id: str
    unit_id: str
    programme: str
    status: Status


def record_id_of(person_id: str, unit_id: str) -> str:
    """A person has one follow-up at a unit: two nodes that include them at once mean the same."""
    return sha256(f"{person_id}/{unit_id}".encode()).hexdigest()[:32]


def record_stream(record_id: str) -> StreamId:
    """The stream of a follow-up."""
    return StreamId(f"{FOLLOW_UP}{record_id}")


def follow_up_table() -> StateTable:
    """How the log keeps the table."""
    return StateTable(
        prefix=FOLLOW_UP, table="follow_up", key="record_id", columns=RecordRow._fields, row=_row, parts=(Record,)
    )


def _row(head: Head) -> Row | None:
    part = head.state.get(Record)
    if not part.status:
        return None
    return RecordRow(head.stream.removeprefix(FOLLOW_UP), part.person_id, part.unit_id, part.programme, part.status)


_ROWS = select(*(follow_up.c[name] for name in RecordRow._fields)).order_by(follow_up.c.record_id)


class FollowUpRows:
    """Reads; every call tells what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at_unit(self, unit_id: str) -> list[RecordRow]:
        """Who is followed by the unit."""
        row = follow_up.c
        going_on = (row.unit_id == unit_id, row.status.in_(("included", "followed")))
        async with self._database.read() as connection:
            found = await connection.execute(_ROWS.where(*going_on))
            return [RecordRow._make(one) for one in found]

    async def of_persons(self, person_ids: Sequence[str]) -> list[RecordRow]:
        """Where these persons are followed, or were."""
        async with self._database.read() as connection:
            found = await connection.execute(_ROWS.where(follow_up.c.person_id.in_(person_ids)))
            return [RecordRow._make(one) for one in found]

"""Which agreements there are, in SQL: written by the log in the transaction that changed them.

A row says which streams to look at; what was agreed lies in the stream alone.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Select, String, Table, select

from care.agreement.state import Agreement
from core.ids import StreamId
from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import metadata

AGREEMENT = "agreement:"

agreement = Table(
    "agreement",
    metadata,
    Column("agreement_id", String, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("changed_ms", BigInteger, nullable=False),
    Index("agreement_unit", "unit_id", "changed_ms"),
)


class AgreementRow(NamedTuple):
    """One agreement as the table has it."""

    agreement_id: str
    unit_id: str
    person_id: str
    changed_ms: int

    @property
    def stream(self) -> StreamId:
        """Its own stream."""
        return agreement_stream(self.agreement_id)


def agreement_id_of(unit_id: str, person_id: str) -> str:
    """A unit and a person have one agreement: two nodes that never met mean the same."""
    return f"{unit_id}.{person_id}"


def agreement_stream(agreement_id: str) -> StreamId:
    """The stream of an agreement."""
    return StreamId(f"{AGREEMENT}{agreement_id}")


def agreement_table() -> StateTable:
    """How the log keeps the table."""
    return StateTable(
        prefix=AGREEMENT,
        table="agreement",
        key="agreement_id",
        columns=AgreementRow._fields,
        row=_row,
        parts=(Agreement,),
    )


def _row(head: Head) -> AgreementRow:
    part = head.state.get(Agreement)
    return AgreementRow(head.stream.removeprefix(AGREEMENT), part.unit_id, part.person_id, part.changed_ms)


_ROWS = select(*(agreement.c[name] for name in AgreementRow._fields)).order_by(
    agreement.c.changed_ms.desc(), agreement.c.agreement_id
)


class AgreementRows:
    """Reads; every call tells what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, agreement_id: str) -> AgreementRow | None:
        """One of them, if there is one of this name."""
        return next(iter(await self._all(_ROWS.where(agreement.c.agreement_id == agreement_id))), None)

    async def of_persons(self, person_ids: Collection[str]) -> list[AgreementRow]:
        """What these persons have with any unit; nobody has any."""
        wanted = [one for one in person_ids if one]
        return await self._all(_ROWS.where(agreement.c.person_id.in_(wanted))) if wanted else []

    async def of_unit(self, unit_id: str, *, limit: int) -> list[AgreementRow]:
        """The unit's, the one that changed last first."""
        return await self._all(_ROWS.where(agreement.c.unit_id == unit_id).limit(limit))

    async def _all(self, query: Select[Any]) -> list[AgreementRow]:
        async with self._database.read() as connection:
            return [AgreementRow._make(row) for row in await connection.execute(query)]

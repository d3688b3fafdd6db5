"""Offers that stand, in SQL: one row a contact, written in the transaction that changed it, found by the unit asked."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Column, Index, String, Table, select

from carequeue.handover.rule import PARTS, live_offer
from carequeue.handover.state import HandOver
from core.ids import ContactId, contact_of
from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import metadata

hand_over = Table(
    "hand_over",
    metadata,
    Column("contact_id", String, primary_key=True),
    Column("offer_id", String),
    Column("unit_id", String),
    Column("staff_id", String),
    Index("hand_over_unit", "unit_id"),
)


class OfferRow(NamedTuple):
    """A contact's offer; all but the first None while none stands."""

    contact_id: ContactId
    offer_id: str | None
    unit_id: str | None
    staff_id: str | None


def hand_over_table() -> StateTable:
    """How the log keeps the table: a row for each contact that was ever offered."""

    def row(head: Head) -> OfferRow | None:
        contact_id, offer = contact_of(head.stream), live_offer(head.state)
        if offer is not None:
            return OfferRow(contact_id, offer.offer_id, offer.to_unit, offer.to_staff)
        return OfferRow(contact_id, None, None, None) if head.state.get(HandOver).offer is not None else None

    return StateTable(
        prefix="contact:", table="hand_over", key="contact_id", columns=OfferRow._fields, row=row, parts=PARTS
    )


class Offers:
    """Reads the offers that stand; every call tells what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def to_units(self, unit_ids: Sequence[str]) -> list[OfferRow]:
        """Those to anyone at these units."""
        query = select(*(hand_over.c[name] for name in OfferRow._fields)).where(hand_over.c.unit_id.in_(unit_ids))
        async with self._database.read() as connection:
            return [OfferRow._make(row) for row in await connection.execute(query)]

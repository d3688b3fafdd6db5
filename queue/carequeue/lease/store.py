"""When each member of staff was last reached, in SQL, so that any node may judge whose lease has run out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, String, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from carequeue.store import COLUMNS, HELD, PlaceRow, place
from core.storage.sql import Database
from core.storage.tables import metadata

staff_seen = Table(
    "staff_seen",
    metadata,
    Column("staff_id", String, primary_key=True),
    Column("seen_ms", BigInteger, nullable=False),
)


_LAST = select(staff_seen.c.staff_id, staff_seen.c.seen_ms).where(
    staff_seen.c.staff_id.in_(bindparam("staff_ids", expanding=True))
)


class Unreached(NamedTuple):
    """A contact whose holder has no line, and when they were last reached, or took it."""

    row: PlaceRow
    last_ms: int


class StaffSeen:
    """Writes and reads when staff were last reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, staff_ids: Sequence[str], *, now_ms: int) -> None:
        """They are reached now. A node whose clock is behind takes nothing back."""
        if not staff_ids:
            return
        insert = sqlite_insert if self._database.is_sqlite else postgres_insert
        writing = insert(staff_seen).values([{"staff_id": one, "seen_ms": now_ms} for one in staff_ids])
        newest = writing.on_conflict_do_update(
            index_elements=["staff_id"],
            set_={"seen_ms": writing.excluded.seen_ms},
            where=staff_seen.c.seen_ms < writing.excluded.seen_ms,
        )
        async with self._database.write() as connection:
            await connection.execute(newest)

    async def holders(self) -> frozenset[str]:
        """Who holds a contact."""
        async with self._database.read() as connection:
            found = await connection.scalars(select(place.c.holder_id).distinct().where(HELD))
            return frozenset(one for one in found if one is not None)

    async def unreached_since(self, at_ms: int) -> list[Unreached]:
        """What was taken by then and is held by someone who was not reached after it."""
        joined = place.outerjoin(staff_seen, staff_seen.c.staff_id == place.c.holder_id)
        held_ms, seen_ms = func.coalesce(place.c.held_ms, 0), func.coalesce(staff_seen.c.seen_ms, 0)
        query = select(*COLUMNS, seen_ms).select_from(joined).where(HELD, held_ms <= at_ms, seen_ms <= at_ms)
        async with self._database.read() as connection:
            found = [tuple(row) for row in await connection.execute(query)]
        rows = [(PlaceRow._make(row[:-1]), int(row[-1])) for row in found]
        return [Unreached(row, max(row.held_ms or 0, last_ms)) for row, last_ms in rows]

    async def last(self, staff_ids: Sequence[str]) -> Mapping[str, int]:
        """When those of them who ever were reached were reached last, milliseconds since 1970."""
        async with self._database.read() as connection:
            found = await connection.execute(_LAST, {"staff_ids": list(staff_ids)})
            return {staff_id: seen_ms for staff_id, seen_ms in found}

"""Writes persons of a region's file into the directory, again and again: new ones are added, known ones changed.

Nobody is ever taken away: contacts concern them. Their numbers, protection and guardians are the register's.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select, update

from core.directory.store import Person
from core.storage import tables
from core.storage.sql import Database


async def load_person_rows(database: Database, persons: Iterable[Person]) -> None:
    """All of them or nobody. Names are sealed by the next node that starts."""
    rows = [_row(one) for one in persons]
    async with database.write() as connection:
        known = set((await connection.execute(select(tables.person.c.id))).scalars())
        new = [row for row in rows if row["id"] not in known]
        if new:
            await connection.execute(insert(tables.person), new)
        for row in rows:
            if row["id"] in known:
                await connection.execute(update(tables.person).where(tables.person.c.id == row["id"]).values(**row))


def _row(one: Person) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in Person.__struct_fields__}
    return {**row, "born_on": str(one.born_on)}

"""What is asked of the directory for each line that comes, or every second.

To make a statement costs as much as to have it answered, so these are made once.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.access.rights import RoleName
from core.storage import tables

Held = dict[str, dict[str, tuple[RoleName, ...]]]
"""Roles by member of staff and unit, where a release before keeps them."""
PERSONS = select(tables.person).where(tables.person.c.id.in_(bindparam("person_ids", expanding=True)))
STAFF_CHANGED = select(tables.staff.c.id, tables.staff.c.changed_ms).where(
    tables.staff.c.changed_ms >= bindparam("since_ms")
)
NEWEST = {
    kind: select(table.c.id, table.c.no, table.c.waiting)
    for kind, table in (("provider", tables.provider), ("unit", tables.unit))
}
_EVERY_MEMBER = select(tables.staff)
_MEMBERS = _EVERY_MEMBER.where(tables.staff.c.id.in_(bindparam("staff_ids", expanding=True)))
_PROVIDERS = select(tables.unit.c.id, tables.unit.c.provider_id).where(
    tables.unit.c.id.in_(bindparam("unit_ids", expanding=True))
)


async def staff_rows(connection: AsyncConnection, staff_ids: Collection[str] | None) -> tuple[Sequence[Any], Held]:
    """The rows of every member of staff, or of these, and the roles that lie apart."""
    some: Select[Any] = _EVERY_MEMBER if staff_ids is None else _MEMBERS
    asked = {} if staff_ids is None else {"staff_ids": sorted(staff_ids)}
    rows = (await connection.execute(some, asked)).all()
    held: Held = {}
    if any(row.roles is None for row in rows):  # nobody has changed them since a release that kept roles elsewhere
        role = tables.staff_role.c
        query = select(role.staff_id, role.unit_id, role.role).order_by(role.staff_id, role.unit_id, role.role)
        if staff_ids is not None:
            query = query.where(role.staff_id.in_([row.id for row in rows]))
        for staff_id, unit_id, name in await connection.execute(query):
            of_one = held.setdefault(staff_id, {})
            of_one[unit_id] = (*of_one.get(unit_id, ()), name)
    return rows, held


async def providers_of(connection: AsyncConnection, unit_ids: Collection[str]) -> dict[str, str]:
    """The legal care givers of units."""
    found = await connection.execute(_PROVIDERS, {"unit_ids": sorted(unit_ids)})
    return {unit_id: provider_id for unit_id, provider_id in found}

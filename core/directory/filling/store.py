"""Fills the directory from a region's file, again and again: what is new is added, what is known is changed.

Units and care givers are never taken away: contacts lie at them. Staff whom the file no longer names keep their name,
as what they wrote does, and lose every role, every way to sign in, and the sessions they have.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.clock import Clock
from core.directory.logins.store import Logins
from core.directory.store import Person, Region
from core.errors import FyrError
from core.storage import tables
from core.storage.sql import Database

STAFF = "staff:"


class Counts(msgspec.Struct, kw_only=True):
    """What a load has done."""

    added: int = 0
    changed: int = 0
    without_roles: int = 0
    """Staff who had roles before and are named no more."""
    signed_out: int = 0
    """Sessions that were ended because a role or a way to sign in is gone."""


class Filling:
    """Loads regions."""

    def __init__(self, database: Database, logins: Logins, clock: Clock) -> None:
        self._database = database
        self._logins = logins
        self._clock = clock

    async def load(self, region: Region) -> Counts:
        """All of it or nothing. Raises `settings_invalid` when two members of staff are known by one id."""
        counts = Counts()
        async with self._database.write() as connection:
            await _put(connection, tables.provider, _rows(region.providers), counts=counts)
            await _put(connection, tables.unit, _rows(region.units), counts=counts)
            persons = [{name: getattr(one, name) for name in Person.__struct_fields__} for one in region.persons]
            await _put(
                connection, tables.person, [{**row, "born_on": str(row["born_on"])} for row in persons], counts=counts
            )
            staff = [{"id": one.id, "name": one.name, "protected": one.protected} for one in region.staff]
            await _put(connection, tables.staff, staff, counts=counts)
            lost = await self._roles(connection, region, counts)
            lost |= await self._ways_in(connection, region)
            counts.signed_out = await self._sign_out(connection, lost)
        return counts

    async def _roles(self, connection: AsyncConnection, region: Region, counts: Counts) -> set[str]:
        """Everyone's roles as in the file; gives who has one no more."""
        role = tables.staff_role
        before = {tuple(row) for row in (await connection.execute(select(role))).all()}
        after = {(one.id, unit_id, name) for one in region.staff for unit_id, name in one.held()}
        await connection.execute(delete(role))
        if after:
            columns = role.columns.keys()
            await connection.execute(insert(role), [dict(zip(columns, row, strict=True)) for row in sorted(after)])
        counts.without_roles = len({row[0] for row in before} - {row[0] for row in after})
        return {row[0] for row in before - after}

    async def _ways_in(self, connection: AsyncConnection, region: Region) -> set[str]:
        """Everyone's ways to sign in as in the file; gives who has one no more."""
        known = tables.login_subject
        rows = [row for one in region.staff for row in self._logins.rows(f"{STAFF}{one.id}", one.known_by())]
        if len({row["digest"] for row in rows}) < len(rows):
            raise FyrError("settings_invalid", problems=["two members of staff are known by the same id"])
        before = {tuple(row) for row in (await connection.execute(select(known.c.digest, known.c.actor_id))).all()}
        kept = {(digest, row["actor_id"]) for row, digest in self._under_every_key(region)}
        await connection.execute(delete(known))
        if rows:
            await connection.execute(insert(known), rows)
        return {actor_id.removeprefix(STAFF) for _, actor_id in before - kept}

    def _under_every_key(self, region: Region) -> Iterable[tuple[Mapping[str, str], str]]:
        for one in region.staff:
            for kind, value in one.known_by():
                for digest in self._logins.digests(kind, value):
                    yield {"actor_id": f"{STAFF}{one.id}"}, digest

    async def _sign_out(self, connection: AsyncConnection, staff_ids: set[str]) -> int:
        """End their sessions: running nodes read that, and close their lines."""
        session = tables.session
        theirs = session.c.actor_id.in_([f"{STAFF}{one}" for one in staff_ids])
        gone = delete(session).where(theirs).returning(session.c.token_digest)
        ended = list((await connection.execute(gone)).scalars())
        rows = [{"session_id": one, "ended_ms": self._clock.ms()} for one in ended]
        if rows:
            await connection.execute(insert(tables.session_end), rows)
        return len(rows)


async def _put(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], *, counts: Counts) -> None:
    """Rows by their id: new ones are added, others changed where they differ."""
    before = {row.id: dict(row._mapping) for row in (await connection.execute(select(table))).all()}
    new = [row for row in rows if row["id"] not in before]
    other = [row for row in rows if row["id"] in before and _differs(row, before[row["id"]])]
    if new:
        await connection.execute(insert(table), new)
    for row in other:
        await connection.execute(update(table).where(table.c.id == row["id"]).values(**row))
    counts.added += len(new)
    counts.changed += len(other)


def _differs(row: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return any((before.get(name) or None) != (value or None) for name, value in row.items())


def _rows(structs: Sequence[msgspec.Struct]) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(struct) for struct in structs]

"""The directory in SQL."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import case, insert, select

from core.access.rights import RoleName
from core.actor import Actor, Role
from core.errors import FyrError
from core.identity.entries import Protection, Temporary
from core.keyring.field import Fields, person_name
from core.storage import tables
from core.storage.sql import Database

LoginKind = Literal["number", "hsa_id", "hpr", "subject"]
"""An identity number; an employee in the Swedish HSA, or in the Norwegian HPR; whoever a provider calls so."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A care unit of a provider (the legal care giver)."""

    id: str
    provider_id: str
    name: str
    takes_chat: bool
    phone: str | None = None
    """The number patients call, if it has one to give."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who may seek care, registered at a unit."""

    id: str
    name: str
    born_on: date
    sex: str | None
    unit_id: str

    def age_y(self, on: date) -> int:
        """Whole years of age on a day."""
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))

    def age_m(self, on: date) -> int:
        """The whole age in months on a day."""
        born = self.born_on
        return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


class Registered(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person as a region's file has them: with what the register of persons keeps apart from the directory."""

    number: str | None = None
    """Their identity number, as it is written; none for whoever has none yet."""
    temporary: Temporary = ""
    protection: Protection | None = None
    guardians: tuple[str, ...] = ()
    """Ids of who has the custody of them; the address is shared."""


class StaffAt(NamedTuple):
    """A member of staff as they are at one unit."""

    staff_id: str
    name: str
    role: str


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A region's file: everything the directory holds."""

    class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """A legal care giver."""

        id: str
        name: str

    class StaffMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """A member of staff and what they are where."""

        id: str
        name: str
        protected: bool = False
        """True for somebody whose name is not shown: their role is."""
        roles: dict[str, RoleName | tuple[RoleName, ...]]
        """What they are, by unit."""
        logins: dict[LoginKind, str | tuple[str, ...]] = {}
        """By what they are known where they sign in; a `subject` is the issuer, a bar, and the provider's `sub`."""

        def known_by(self) -> list[tuple[LoginKind, str]]:
            """Kind and id, one by one."""
            return [
                (kind, one) for kind, ids in self.logins.items() for one in ((ids,) if isinstance(ids, str) else ids)
            ]

        def held(self) -> list[tuple[str, RoleName]]:
            """Unit and role, one by one."""
            return [
                (unit_id, role)
                for unit_id, roles in self.roles.items()
                for role in ((roles,) if isinstance(roles, str) else roles)
            ]

    providers: tuple[Provider, ...]
    units: tuple[Unit, ...]
    persons: tuple[Registered, ...] = ()
    staff: tuple[StaffMember, ...]


class Directory:
    """Look-ups; every call reads what is committed now."""

    def __init__(self, database: Database, fields: Fields | None = None) -> None:
        """Without `fields` names are written in clear; the next node that starts seals them."""
        self._database = database
        self._fields = fields

    async def units(self) -> list[Unit]:
        """Every unit, by name."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.unit))).all()
        units = [msgspec.convert(row, Unit, from_attributes=True) for row in rows]
        return sorted(units, key=lambda unit: unit.name)

    async def unit(self, unit_id: str) -> Unit | None:
        """One unit, if it exists."""
        return next((unit for unit in await self.units() if unit.id == unit_id), None)

    async def provider_names(self) -> dict[str, str]:
        """What the legal care givers are called, by their ids."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.provider.c.id, tables.provider.c.name))).all()
        return {row.id: row.name for row in rows}

    async def persons(self) -> list[Person]:
        """Every person: for the demo's sign-in list only."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.person))).all()
        return sorted(map(self._person, rows), key=lambda person: person.name)

    async def person(self, person_id: str) -> Person | None:
        """One person, if they exist."""
        async with self._database.read() as connection:
            query = select(tables.person).where(tables.person.c.id == person_id)
            row = (await connection.execute(query)).one_or_none()
        return self._person(row) if row is not None else None

    async def staff_ids(self) -> list[str]:
        """Every member of staff: for the demo's sign-in list only."""
        async with self._database.read() as connection:
            return list((await connection.execute(select(tables.staff.c.id).order_by(tables.staff.c.name))).scalars())

    async def staff_at(self, unit_id: str) -> list[StaffAt]:
        """Who has a role at the unit, by name; with two roles twice, without a name whose name is not shown."""
        shown = case((tables.staff.c.protected.is_(True), ""), else_=tables.staff.c.name)
        query = select(tables.staff.c.id, shown, tables.staff_role.c.role).join(
            tables.staff_role, tables.staff_role.c.staff_id == tables.staff.c.id
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.where(tables.staff_role.c.unit_id == unit_id))).all()
        return sorted((StaffAt(*row) for row in rows), key=lambda one: (one.name, one.role))

    async def actor(self, actor_id: str, *, session_id: str | None = None) -> Actor | None:
        """The actor as they are now: roles are read at every sign-in and every connection."""
        kind, _, own_id = actor_id.partition(":")
        if kind == "patient":
            return await self._patient(own_id, session_id)
        if kind == "staff":
            return await self._staff(own_id, session_id)
        return None

    async def _patient(self, person_id: str, session_id: str | None) -> Actor | None:
        person = await self.person(person_id)
        if person is None:
            return None
        actor_id = f"patient:{person_id}"
        return Actor(id=actor_id, kind="patient", name=person.name, person_id=person_id, session_id=session_id)

    async def _staff(self, staff_id: str, session_id: str | None) -> Actor | None:
        roles = select(tables.staff_role, tables.unit.c.provider_id).join(
            tables.unit, tables.unit.c.id == tables.staff_role.c.unit_id
        )
        async with self._database.read() as connection:
            named = select(tables.staff.c.name, tables.staff.c.protected).where(tables.staff.c.id == staff_id)
            found = (await connection.execute(named)).one_or_none()
            rows = (await connection.execute(roles.where(tables.staff_role.c.staff_id == staff_id))).all()
        if found is None:
            return None
        held = tuple(Role(unit_id=row.unit_id, provider_id=row.provider_id, role=row.role) for row in rows)
        return Actor(
            id=f"staff:{staff_id}",
            kind="staff",
            name="" if found.protected else found.name,
            staff_id=staff_id,
            roles=held,
            session_id=session_id,
        )

    async def add(self, person: Person) -> None:
        """Somebody no region's file names: a newborn, somebody not known yet. Raises `not_found` without the unit."""
        if await self.unit(person.unit_id) is None:
            raise FyrError("not_found")
        async with self._database.write() as connection:
            await connection.execute(insert(tables.person), self._person_row(person))

    async def load(self, region: Region) -> None:
        """Write a region into an empty directory; one that is filled already is left as it is.

        Numbers, protection and guardians are the register's: `core.identity.loading.load_region` writes both.
        """
        async with self._database.write() as connection:
            if (await connection.execute(select(tables.provider.c.id).limit(1))).first() is not None:
                return
            await connection.execute(insert(tables.provider), _rows(region.providers))
            await connection.execute(insert(tables.unit), _rows(region.units))
            await connection.execute(insert(tables.person), [self._person_row(one) for one in region.persons])
            staff = [{"id": one.id, "name": one.name, "protected": one.protected} for one in region.staff]
            await connection.execute(insert(tables.staff), staff)
            held = [
                {"staff_id": one.id, "unit_id": unit, "role": role} for one in region.staff for unit, role in one.held()
            ]
            await connection.execute(insert(tables.staff_role), held)

    def _person_row(self, one: Person) -> dict[str, object]:
        row = {name: getattr(one, name) for name in Person.__struct_fields__}
        name = self._fields.seal(one.name, person_name(one.id)) if self._fields else one.name
        return {**row, "name": name, "born_on": str(one.born_on)}

    def _person(self, row: object) -> Person:
        kept = msgspec.convert(row, Person, from_attributes=True)
        if self._fields is None:
            return kept
        return msgspec.structs.replace(kept, name=self._fields.open(kept.name, person_name(kept.id)))


def _rows(structs: Sequence[msgspec.Struct]) -> list[dict[str, object]]:
    return [msgspec.structs.asdict(struct) for struct in structs]

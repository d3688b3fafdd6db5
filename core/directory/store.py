"""The directory in SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import insert, select

from core.access.rights import RoleName
from core.actor import FOR_EVER_MS, Actor, Role
from core.clock import Clock, SystemClock
from core.directory.rows.store import NEWEST, PERSONS, STAFF_CHANGED, Held, providers_of, staff_rows
from core.errors import FyrError
from core.identity.entries import Protection, Temporary
from core.identity.proxy import begins_ms
from core.keyring.field import Fields, person_name
from core.storage import tables
from core.storage.sql import Database
from core.storage.together import Together
from core.zones import ZONES

ONE_DAY = timedelta(days=1)
ZONE = ZONES["se"]
"""An employment ends at midnight; both countries have the same hour on the wall."""
LoginKind = Literal["number", "hsa_id", "hpr", "subject"]
"""An identity number; an employee in the Swedish HSA, or in the Norwegian HPR; whoever a provider calls so."""


UnitKind = Literal["gp", "municipality", "hospital"]
"""Who answers for it: primary care, a municipality, a hospital."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A care unit of a provider (the legal care giver)."""

    id: str
    provider_id: str
    name: str
    takes_chat: bool
    phone: str | None = None
    """The number patients call, if it has one to give."""
    kind: UnitKind = "gp"


ADULT_Y = 18


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


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff as the directory has them."""

    staff_id: str
    name: str
    protected: bool = False
    """True for somebody whose name is not shown: their role is."""
    roles: dict[str, tuple[RoleName, ...]] = {}
    """What they are, by unit."""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ends_on: date | None = None
    """The last day of their employment."""
    provider_id: str = ""
    """Who employs them; empty where only their roles tell."""
    waiting: int = 0
    """Changes of them that wait for a second person."""
    no: int = 0
    """The newest entry of their stream; 0: they have none yet."""
    signs_in: bool = True
    """False for somebody who is known by nothing, where one has to be: looked up while a change is judged."""

    def is_employed(self, on: date) -> bool:
        """Whether their roles count on a day."""
        return self.ends_on is None or on <= self.ends_on

    def abilities(self) -> frozenset[str]:
        """What a contact may need that they have: `skill:child`, `lang:ar`."""
        return frozenset({f"skill:{one}" for one in self.skills} | {f"lang:{one}" for one in self.languages})


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

    def __init__(self, database: Database, fields: Fields | None = None, *, clock: Clock | None = None) -> None:
        """Without `fields` names are written in clear; the next node that starts seals them."""
        self._database = database
        self._fields = fields
        self._clock = clock or SystemClock()
        self._each_person = Together(self._of_ids)
        self._each_employed = Together(self._employed)

    async def units(self) -> list[Unit]:
        """Every unit, by name."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.unit))).all()
        return sorted(map(_unit, rows), key=lambda unit: unit.name)

    async def unit(self, unit_id: str) -> Unit | None:
        """One unit, if it exists."""
        return next((unit for unit in await self.units() if unit.id == unit_id), None)

    async def provider_names(self) -> dict[str, str]:
        """What the legal care givers are called, by their ids."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.provider.c.id, tables.provider.c.name))).all()
        return {row.id: row.name for row in rows}

    async def newest(self) -> dict[str, tuple[int, int]]:
        """How far the streams of all providers and units are, and how many changes wait in each, by stream."""
        found: dict[str, tuple[int, int]] = {}
        async with self._database.read() as connection:
            for kind, query in NEWEST.items():
                for one, no, waiting in await connection.execute(query):
                    found[f"{kind}:{one}"] = (no or 0, waiting or 0)
        return found

    async def members(self, staff_ids: Collection[str] | None = None) -> list[Member]:
        """Every member of staff, or these, by name."""
        async with self._database.read() as connection:
            return _in_order(*await staff_rows(connection, staff_ids))

    async def login_digests(self, staff_id: str) -> list[str]:
        """What stands for the ids by which a member of staff is known at sign-in."""
        row = tables.login_subject.c
        async with self._database.read() as connection:
            found = await connection.execute(select(row.digest).where(row.actor_id == f"staff:{staff_id}"))
            return sorted(found.scalars())

    async def known_at_sign_in(self) -> set[str]:
        """Members of staff who are known by anything where they sign in."""
        row = tables.login_subject.c
        async with self._database.read() as connection:
            found = await connection.execute(select(row.actor_id).where(row.actor_id.like("staff:%")).distinct())
            return {actor_id.removeprefix("staff:") for actor_id in found.scalars()}

    async def holder_of(self, digest: str) -> str:
        """Who is known by this way to sign in: an actor; empty: nobody."""
        row = tables.login_subject.c
        async with self._database.read() as connection:
            found = (await connection.execute(select(row.actor_id).where(row.digest == digest))).scalar_one_or_none()
        return found or ""

    async def staff_changed_since(self, since_ms: int) -> set[tuple[str, int]]:
        """Members of staff who were changed since then, each with when."""
        async with self._database.read() as connection:
            found = await connection.execute(STAFF_CHANGED, {"since_ms": since_ms})
            return {(one, at_ms) for one, at_ms in found}

    async def persons(self) -> list[Person]:
        """Every person: for the demo's sign-in list only."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(tables.person))).all()
        return sorted(map(self._person, rows), key=lambda person: person.name)

    async def person(self, person_id: str) -> Person | None:
        """One person, if they exist."""
        return await self._each_person.get(person_id)

    async def _of_ids(self, person_ids: Sequence[str]) -> dict[str, Person]:
        async with self._database.read() as connection:
            rows = (await connection.execute(PERSONS, {"person_ids": person_ids})).all()
        return {row.id: self._person(row) for row in rows}

    async def staff_ids(self) -> list[str]:
        """Every member of staff: for the demo's sign-in list only."""
        async with self._database.read() as connection:
            return list((await connection.execute(select(tables.staff.c.id).order_by(tables.staff.c.name))).scalars())

    async def staff_at(self, unit_id: str) -> list[StaffAt]:
        """Who has a role at the unit, by name; with two roles twice, without a name whose name is not shown."""
        today = self._clock.now().astimezone(ZONE).date()
        here = [one for one in await self.members() if unit_id in one.roles and one.is_employed(today)]
        found = (StaffAt(one.staff_id, _shown(one), role) for one in here for role in one.roles[unit_id])
        return sorted(found, key=lambda one: (one.name, one.role))

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
        employed = await self._each_employed.get(staff_id)
        if employed is None:
            return None
        member, providers = employed
        ends_ms = begins_ms(member.ends_on + ONE_DAY, ZONE) if member.ends_on else FOR_EVER_MS
        held = ((unit_id, role) for unit_id, roles in member.roles.items() if unit_id in providers for role in roles)
        return Actor(
            id=f"staff:{staff_id}",
            kind="staff",
            name=_shown(member),
            staff_id=staff_id,
            roles=tuple(
                Role(unit_id=unit_id, provider_id=providers[unit_id], role=role)
                for unit_id, role in (held if self._clock.ms() < ends_ms else ())
            ),
            session_id=session_id,
            employed_until_ms=ends_ms,
        )

    async def _employed(self, staff_ids: Sequence[str]) -> dict[str, tuple[Member, dict[str, str]]]:
        """Members of staff, with the legal care givers of units where they work."""
        async with self._database.read() as connection:
            found = _in_order(*await staff_rows(connection, staff_ids))
            providers = await providers_of(connection, {unit_id for one in found for unit_id in one.roles})
        return {one.staff_id: (one, providers) for one in found}

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


def employer(member: Member, units: Mapping[str, Unit]) -> str:
    """The legal care giver somebody works for; of who was here before that was kept, by their roles. Empty: nobody."""
    by_roles = (units[unit_id].provider_id for unit_id in sorted(member.roles) if unit_id in units)
    return member.provider_id or next(by_roles, "")


def listed(values: Iterable[str]) -> str:
    """Several values in one column."""
    return msgspec.json.encode(tuple(values)).decode()


def _taken_apart(column: str | None) -> tuple[str, ...]:
    return msgspec.json.decode(column, type=tuple[str, ...]) if column else ()


def _unit(row: Any) -> Unit:
    return Unit(
        id=row.id,
        provider_id=row.provider_id,
        name=row.name,
        takes_chat=bool(row.takes_chat),
        phone=row.phone,
        kind=row.kind or "gp",
    )


def _in_order(rows: Sequence[Any], held: Held) -> list[Member]:
    return sorted((_member(row, held) for row in rows), key=lambda one: (one.name, one.staff_id))


def _member(row: Any, held: Held) -> Member:
    roles = msgspec.json.decode(row.roles, type=dict[str, tuple[RoleName, ...]]) if row.roles else held.get(row.id, {})
    return Member(
        staff_id=row.id,
        name=row.name,
        protected=bool(row.protected),
        roles=roles,
        skills=_taken_apart(row.skills),
        languages=_taken_apart(row.languages),
        ends_on=date.fromisoformat(row.ends_on) if row.ends_on else None,
        provider_id=row.provider_id or "",
        waiting=row.waiting or 0,
        no=row.no or 0,
    )


def _shown(member: Member) -> str:
    return "" if member.protected else member.name


def _rows(structs: Sequence[msgspec.Struct]) -> list[dict[str, object]]:
    return [msgspec.structs.asdict(struct) for struct in structs]

"""Persons, numbers and proxies in SQL, written by the log in the transaction that changed them, read here."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    or_,
    select,
    union_all,
)

from core.identity.entries import Protection, Temporary
from core.identity.kinds import ChangeState, IdentityState, PersonState, ProxyState
from core.identity.number import NumberKind
from core.identity.proxy import Party, Proxy
from core.log.append import Head
from core.log.rows import StateTable
from core.storage import tables
from core.storage.sql import Database
from core.storage.tables import metadata
from core.storage.together import Together

person_standing = Table(
    "person_standing",
    metadata,
    Column("person_id", String, primary_key=True),
    Column("temporary", String, nullable=False),
    Column("merged_into", String, nullable=False, index=True),
    Column("protection", String, nullable=False),
    Column("protected_until_ms", BigInteger),
    Column("changed_ms", BigInteger, nullable=False, index=True),
)
identity = Table(
    "identity",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("number", String, nullable=False),
    Column("from_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger),
    Column("moved", Integer, nullable=False),
)
proxy = Table(
    "proxy",
    metadata,
    Column("proxy_key", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("proxy_id", String, nullable=False, index=True),
    Column("basis", String, nullable=False),
    Column("shares_address", Integer, nullable=False),
    Column("until_ms", BigInteger),
    Column("changed_ms", BigInteger, nullable=False, index=True),
)
person_change = Table(
    "person_change",
    metadata,
    Column("change_id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("status", String, nullable=False, index=True),
    Column("proposed_ms", BigInteger, nullable=False),
)
CHANGE = "change:"
"""How the streams of changes are called."""
MOST_LISTED = 100
MERGES = 16
"""Merges followed at most: a longer row of them is a fault of the register, and nobody is found by it."""


class StandingRow(NamedTuple):
    """One person as the table has them."""

    person_id: str
    temporary: Temporary
    merged_into: str
    protection: Protection | Literal[""]
    protected_until_ms: int | None

    def is_protected(self, now_ms: int) -> bool:
        """Whether their identity is protected at this moment."""
        return self.protection != "" and (self.protected_until_ms is None or now_ms < self.protected_until_ms)


class ProtectionRow(NamedTuple):
    """How one person is protected; empty: not at all."""

    person_id: str
    protection: Protection | Literal[""]
    protected_until_ms: int | None


class IdentityRow(NamedTuple):
    """One number by its digest: whose it is, and since when."""

    digest: str
    person_id: str
    number: NumberKind
    from_ms: int
    until_ms: int | None


class ChangedPerson(NamedTuple):
    """A person of whom something has changed, or of whom somebody stands for or no longer does."""

    person_id: str
    other_id: str
    """Who stands for them, or whom they were merged into; empty: nobody."""
    at_ms: int


def person_tables() -> tuple[StateTable, ...]:
    """How the log keeps the tables."""
    return (
        StateTable(
            prefix="person:",
            table="person_standing",
            key="person_id",
            columns=tuple(person_standing.c.keys()),
            row=_person_row,
            parts=(PersonState,),
        ),
        StateTable(
            prefix="identity:",
            table="identity",
            key="digest",
            columns=tuple(identity.c.keys()),
            row=_identity_row,
            parts=(IdentityState,),
        ),
        StateTable(
            prefix="proxy:",
            table="proxy",
            key="proxy_key",
            columns=tuple(proxy.c.keys()),
            row=_proxy_row,
            parts=(ProxyState,),
        ),
        StateTable(
            prefix=CHANGE,
            table="person_change",
            key="change_id",
            columns=tuple(person_change.c.keys()),
            row=_change_row,
            parts=(ChangeState,),
        ),
    )


def _person_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(PersonState)
    person_id = head.stream.removeprefix("person:")
    return (person_id, part.temporary, part.merged_into, part.protection, part.protected_until_ms, part.changed_ms)


def _identity_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(IdentityState)
    digest = head.stream.removeprefix("identity:")
    return (digest, part.person_id, part.number, part.from_ms, part.until_ms, int(part.moved))


def _proxy_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(ProxyState)
    key = head.stream.removeprefix("proxy:")
    shares = int(part.shares_address)
    return (key, part.person_id, part.proxy_id, part.basis, shares, part.until_ms, part.changed_ms)


def _change_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(ChangeState)
    person_id = part.change.person_id if part.change else ""
    return (head.stream.removeprefix(CHANGE), person_id, part.status, part.proposed_ms)


_STANDINGS = select(*(person_standing.c[name] for name in StandingRow._fields)).where(
    person_standing.c.person_id.in_(bindparam("person_ids", expanding=True))
)
_MERGED = (
    select(person_standing.c.merged_into, person_standing.c.person_id)
    .where(person_standing.c.merged_into.in_(bindparam("person_ids", expanding=True)))
    .order_by(person_standing.c.person_id)
)
_PROXIES = select(
    *(proxy.c[name] for name in ("person_id", "proxy_id", "basis", "shares_address", "until_ms"))
).order_by(proxy.c.proxy_key)
_HELD_BY = _PROXIES.where(proxy.c.proxy_id.in_(bindparam("people", expanding=True)))
_HELD_FOR = _PROXIES.where(proxy.c.person_id.in_(bindparam("people", expanding=True)))
_PROTECTIONS = select(person_standing.c.person_id, person_standing.c.protection, person_standing.c.protected_until_ms)
_PROTECTED = _PROTECTIONS.where(person_standing.c.protection != "")
_PROTECTION_CHANGED = _PROTECTIONS.where(person_standing.c.changed_ms >= bindparam("since_ms"))
_CHANGED = union_all(
    select(person_standing.c.person_id, person_standing.c.merged_into, person_standing.c.changed_ms).where(
        person_standing.c.changed_ms >= bindparam("since_ms")
    ),
    select(proxy.c.person_id, proxy.c.proxy_id, proxy.c.changed_ms).where(proxy.c.changed_ms >= bindparam("since_ms")),
)
"""What is asked for each line that comes, or every second, is made once."""


class PersonRows:
    """Look-ups; every call reads what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._each = Together(self.standings)
        self._each_merged = Together(self._merged_into)
        self._each_held = Together(self._held_by)

    async def standing(self, person_id: str) -> StandingRow | None:
        """The person's row, if they were ever registered."""
        return await self._each.get(person_id)

    async def standings(self, person_ids: Sequence[str]) -> dict[str, StandingRow]:
        """The rows of those of them who were ever registered."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_STANDINGS, {"person_ids": list(person_ids)})).all()
        return {row.person_id: StandingRow(*row) for row in rows}

    async def survivor(self, person_id: str) -> str:
        """Who the person is today: themselves, or whom they were merged into."""
        return (await self._survivors([person_id]))[person_id]

    async def merged_into(self, person_id: str) -> list[str]:
        """Everyone who turned out to be this person, at any remove."""
        return await self._each_merged.get(person_id) or []

    async def same(self, person_id: str) -> list[str]:
        """Everyone who is this person: who they are today first, then whoever turned out to be them."""
        return (await self.same_of_all([person_id]))[person_id]

    async def same_of_all(self, person_ids: Collection[str]) -> dict[str, list[str]]:
        """The same for many, with as few questions as for one."""
        today = await self._survivors(person_ids)
        before = await self._merged_into(set(today.values()))
        return {person_id: [now, *before[now]] for person_id, now in today.items()}

    async def _survivors(self, person_ids: Collection[str]) -> dict[str, str]:
        today = {person_id: person_id for person_id in person_ids}
        seen = {person_id: {person_id} for person_id in person_ids}
        moving = set(today)
        for _ in range(MERGES):
            rows = await self.standings(sorted({today[one] for one in moving}))
            into = {one: rows[today[one]].merged_into for one in moving if today[one] in rows}
            moving = {one for one, name in into.items() if name and name not in seen[one]}
            if not moving:
                break
            for one in moving:
                today[one] = into[one]
                seen[one].add(into[one])
        return today

    async def _merged_into(self, person_ids: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {person_id: [] for person_id in person_ids}
        layer = {person_id: person_id for person_id in person_ids}
        """Whose turn it is, with who they turned out to be."""
        for _ in range(MERGES):
            async with self._database.read() as connection:
                rows = (await connection.execute(_MERGED, {"person_ids": sorted(layer)})).all()
            told = [(name, layer[into]) for into, name in rows]
            layer = {name: last for name, last in told if name != last and name not in found[last]}
            if not layer:
                break
            for name, last in layer.items():
                found[last].append(name)
        return found

    async def protected(self, *, now_ms: int, among: Collection[str] | None = None) -> dict[str, str]:
        """The kind of protection of everyone, or of those asked for, who is protected now."""
        row = person_standing.c
        lasts = or_(row.protected_until_ms.is_(None), row.protected_until_ms > now_ms)
        query = select(row.person_id, row.protection).where(row.protection != "", lasts)
        if among is not None:
            query = query.where(row.person_id.in_(sorted(among)))
        async with self._database.read() as connection:
            return {person_id: protection for person_id, protection in (await connection.execute(query)).all()}

    async def protections_since(self, since_ms: int) -> list[ProtectionRow]:
        """Everyone whose row has changed since then, with their protection or none; from 0 those who have one."""
        query, asked = (_PROTECTION_CHANGED, {"since_ms": since_ms}) if since_ms else (_PROTECTED, {})
        async with self._database.read() as connection:
            return [ProtectionRow(*found) for found in (await connection.execute(query, asked)).all()]

    async def holders(self, digests: Sequence[str]) -> list[IdentityRow]:
        """Whose the numbers of these digests are, or were."""
        return await self._identities(identity.c.digest.in_(digests), identity.c.moved == 0)

    async def numbers_of(self, person_id: str) -> list[IdentityRow]:
        """The person's numbers, the newest first."""
        return await self._identities(identity.c.person_id == person_id, identity.c.moved == 0)

    async def indexed_by_others(self, key: str) -> list[IdentityRow]:
        """Numbers whose digest was made with another key than this one."""
        return await self._identities(~identity.c.digest.startswith(f"{key}.", autoescape=True), identity.c.moved == 0)

    async def _identities(self, *conditions: object) -> list[IdentityRow]:
        query = select(*(identity.c[name] for name in IdentityRow._fields)).where(*conditions)  # type: ignore[arg-type]
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(identity.c.from_ms.desc(), identity.c.digest))
            return [IdentityRow(*row) for row in rows.all()]

    async def proxies_held_by(self, proxy_id: str) -> list[Proxy]:
        """Whom the register lets this person stand for, whatever the age rules say of it today."""
        return await self._each_held.get(proxy_id) or []

    async def _held_by(self, proxy_ids: Sequence[str]) -> dict[str, list[Proxy]]:
        found: dict[str, list[Proxy]] = {}
        for one in await self._proxies(_HELD_BY, proxy_ids):
            found.setdefault(one.proxy_id, []).append(one)
        return found

    async def proxies_for(self, person_id: str) -> list[Proxy]:
        """Whom the register lets stand for this person, whatever the age rules say of it today."""
        return await self._proxies(_HELD_FOR, [person_id])

    async def _proxies(self, query: Select[Any], people: Sequence[str]) -> list[Proxy]:
        async with self._database.read() as connection:
            rows = (await connection.execute(query, {"people": people})).all()
        return [
            Proxy(person_id=one, proxy_id=other, basis=basis, shares_address=bool(shares), until_ms=until_ms)
            for one, other, basis, shares, until_ms in rows
        ]

    async def parties(self, person_ids: Collection[str], *, now_ms: int) -> dict[str, Party]:
        """Those of the persons there are, with what the age rules ask about them."""
        query = select(tables.person.c.id, tables.person.c.born_on).where(tables.person.c.id.in_(sorted(person_ids)))
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        protected = await self.protected(now_ms=now_ms, among=person_ids)
        return {
            row.id: Party(person_id=row.id, born_on=date.fromisoformat(row.born_on), protected=row.id in protected)
            for row in rows
        }

    async def without_number(self, unit_ids: Collection[str]) -> list[str]:
        """Who is registered at these units, has no number, and was not merged into another; the newest first."""
        row, person = person_standing.c, tables.person.c
        numbered = select(identity.c.person_id).where(identity.c.moved == 0)
        query = select(row.person_id).join(tables.person, person.id == row.person_id)
        query = query.where(person.unit_id.in_(sorted(unit_ids)), row.merged_into == "", row.temporary != "")
        async with self._database.read() as connection:
            rows = await connection.execute(
                query.where(row.person_id.not_in(numbered)).order_by(row.changed_ms.desc(), row.person_id)
            )
            return list(rows.scalars())

    async def changes_waiting(self) -> list[str]:
        """Changes that wait for a second person, the newest first."""
        return await self._changes(person_change.c.status == "proposed")

    async def changes_of(self, person_id: str) -> list[str]:
        """Changes of a person, the newest first."""
        return await self._changes(person_change.c.person_id == person_id)

    async def _changes(self, condition: ColumnElement[bool]) -> list[str]:
        query = select(person_change.c.change_id).where(condition)
        query = query.order_by(person_change.c.proposed_ms.desc(), person_change.c.change_id).limit(MOST_LISTED)
        async with self._database.read() as connection:
            return list((await connection.execute(query)).scalars())

    async def changed_since(self, since_ms: int) -> set[ChangedPerson]:
        """Of whom something has changed since then."""
        async with self._database.read() as connection:
            return {ChangedPerson(*row) for row in (await connection.execute(_CHANGED, {"since_ms": since_ms})).all()}

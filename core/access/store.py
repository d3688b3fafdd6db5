"""Doors and blocks in SQL, written by the log in the transaction that changed them, read here for whom they let in."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    text,
    union_all,
)

from core.access.kinds import Block, Door
from core.access.rights import Basis
from core.actor import Opening
from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import metadata, unit
from core.storage.together import Together

door = Table(
    "door",
    metadata,
    Column("door_id", String, primary_key=True),
    Column("staff_id", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("at_unit_id", String, nullable=False),
    Column("basis", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("provider_id", String, nullable=False),
    Column("from_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False, index=True),
    Index("door_staff", "staff_id", "until_ms"),
    Index("door_unit", "at_unit_id", "until_ms"),
)
block = Table(
    "block",
    metadata,
    Column("block_id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("provider_id", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("in_force", Integer, nullable=False),
    Column("changed_ms", BigInteger, nullable=False, index=True),
    Column("staff_id", String, nullable=False, index=True, server_default=text("''")),
)


class DoorRow(NamedTuple):
    """One door as the table has it."""

    door_id: str
    staff_id: str
    person_id: str
    at_unit_id: str
    basis: Basis
    unit_id: str
    provider_id: str
    from_ms: int
    until_ms: int


class Entering(NamedTuple):
    """Who comes, the units where they give care, and when."""

    staff_id: str
    unit_ids: tuple[str, ...]
    now_ms: int


class BlockRow(NamedTuple):
    """One block in force."""

    block_id: str
    person_id: str
    provider_id: str
    unit_id: str


class Changed(NamedTuple):
    """A door or a block that has changed, and whom that may concern."""

    name: str
    person_id: str
    staff_id: str
    at_unit_id: str
    at_ms: int


def door_table() -> StateTable:
    """How the log keeps the table `door`."""
    return StateTable(
        prefix="door:", table="door", key="door_id", columns=tuple(door.c.keys()), row=_door_row, parts=(Door,)
    )


def block_table() -> StateTable:
    """How the log keeps the table `block`."""
    return StateTable(
        prefix="block:", table="block", key="block_id", columns=tuple(block.c.keys()), row=_block_row, parts=(Block,)
    )


def _door_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(Door)
    return (
        head.stream.removeprefix("door:"),
        part.staff_id,
        part.person_id,
        part.at_unit_id,
        part.basis,
        part.unit_id,
        part.provider_id,
        part.from_ms,
        part.until_ms,
        part.changed_ms,
    )


def _block_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(Block)
    name = head.stream.removeprefix("block:")
    known = (name, part.person_id, part.provider_id, part.unit_id, int(part.in_force), part.changed_ms)
    return (*known, part.staff_id)


def _held_shut() -> ColumnElement[bool]:
    """A block of the person on what the door opens. One on a whole legal care giver holds towards others only."""
    at_one_of_its_own = select(unit.c.id).where(
        unit.c.id == door.c.at_unit_id, unit.c.provider_id == block.c.provider_id
    )
    beside = at_one_of_its_own.correlate(door, block).exists()
    return and_(
        block.c.person_id == door.c.person_id,
        block.c.in_force == 1,
        block.c.provider_id == door.c.provider_id,
        or_(block.c.unit_id == door.c.unit_id, and_(block.c.unit_id == "", ~beside)),
    )


_THEIRS = or_(
    door.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
    and_(door.c.staff_id == "", door.c.at_unit_id.in_(bindparam("unit_ids", expanding=True))),
)
_OPEN_TO = select(*(door.c[name] for name in DoorRow._fields)).where(
    _THEIRS, door.c.until_ms > bindparam("now_ms"), or_(door.c.basis == "emergency", ~exists().where(_held_shut()))
)
_KEPT_FROM = (
    select(block.c.staff_id, block.c.person_id)
    .where(block.c.staff_id.in_(bindparam("staff_ids", expanding=True)), block.c.in_force == 1)
    .order_by(block.c.person_id)
)
_CHANGED = union_all(
    select(door.c.door_id, door.c.person_id, door.c.staff_id, door.c.at_unit_id, door.c.changed_ms).where(
        door.c.changed_ms >= bindparam("since_ms")
    ),
    select(block.c.block_id, block.c.person_id, block.c.staff_id, literal(""), block.c.changed_ms).where(
        block.c.changed_ms >= bindparam("since_ms")
    ),
)
"""Asked for each line that comes, and twice a second, so made once."""


class Doors:
    """What lets staff beyond their units, read as it is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened = Together(self._open_to)
        self._shut = Together(self._kept_from)

    async def open_to(self, staff_id: str, unit_ids: Sequence[str], *, now_ms: int) -> tuple[Opening, ...]:
        """The doors open to a member of staff with care at these units; a block holds all but an emergency's."""
        rows = await self._opened.get(Entering(staff_id, tuple(unit_ids), now_ms)) or ()
        return tuple(map(_opening, rows))

    async def _open_to(self, entering: Sequence[Entering]) -> dict[Entering, list[DoorRow]]:
        asked = {
            "staff_ids": [one.staff_id for one in entering],
            "unit_ids": sorted({unit_id for one in entering for unit_id in one.unit_ids}),
            "now_ms": min(one.now_ms for one in entering),
        }
        async with self._database.read() as connection:
            rows = [DoorRow(*row) for row in (await connection.execute(_OPEN_TO, asked)).all()]
        return {one: [row for row in rows if _leads(row, one)] for one in entering}

    async def blocks_of(self, person_id: str) -> list[BlockRow]:
        """The person's blocks in force, of units and legal care givers."""
        columns = [block.c[name] for name in BlockRow._fields]
        query = select(*columns).where(block.c.person_id == person_id, block.c.in_force == 1, block.c.staff_id == "")
        async with self._database.read() as connection:
            return [BlockRow(*row) for row in (await connection.execute(query.order_by(block.c.block_id))).all()]

    async def kept_from(self, staff_id: str) -> list[str]:
        """Who keeps what is known of them from a member of staff."""
        return await self._shut.get(staff_id) or []

    async def _kept_from(self, staff_ids: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        async with self._database.read() as connection:
            for staff_id, person_id in await connection.execute(_KEPT_FROM, {"staff_ids": staff_ids}):
                found.setdefault(staff_id, []).append(person_id)
        return found

    async def kept_out_by(self, person_id: str) -> list[str]:
        """The members of staff a person keeps what is known of them from."""
        theirs = (block.c.person_id == person_id, block.c.staff_id != "", block.c.in_force == 1)
        async with self._database.read() as connection:
            rows = await connection.execute(select(block.c.staff_id).where(*theirs).order_by(block.c.staff_id))
            return list(rows.scalars())

    async def concerning(self, person_id: str, *, now_ms: int) -> list[DoorRow]:
        """The doors open now to what is known of a person, those that end last first."""
        query = select(*(door.c[name] for name in DoorRow._fields)).where(
            door.c.person_id == person_id, door.c.until_ms > now_ms
        )
        async with self._database.read() as connection:
            return [DoorRow(*row) for row in (await connection.execute(query.order_by(door.c.until_ms.desc()))).all()]

    async def stood_open(self, staff_id: str, person_id: str, *, basis: str, at_ms: int) -> list[DoorRow]:
        """The doors on this basis that a member of staff had open to a person at a moment, the newest first."""
        query = select(*(door.c[name] for name in DoorRow._fields)).where(
            door.c.staff_id == staff_id,
            door.c.person_id == person_id,
            door.c.basis == basis,
            door.c.from_ms <= at_ms,
            door.c.until_ms >= at_ms,
        )
        async with self._database.read() as connection:
            return [DoorRow(*row) for row in (await connection.execute(query.order_by(door.c.from_ms.desc()))).all()]

    async def changed_since(self, since_ms: int) -> set[Changed]:
        """What has changed since then."""
        async with self._database.read() as connection:
            return {Changed(*row) for row in (await connection.execute(_CHANGED, {"since_ms": since_ms})).all()}


def _leads(row: DoorRow, entering: Entering) -> bool:
    """Whether a door is theirs, or of anybody at a unit of theirs, and still open."""
    theirs = row.staff_id == entering.staff_id or (not row.staff_id and row.at_unit_id in entering.unit_ids)
    return theirs and row.until_ms > entering.now_ms


def _opening(row: DoorRow) -> Opening:
    return Opening(
        opening_id=row.door_id,
        person_id=row.person_id,
        basis=row.basis,
        until_ms=row.until_ms,
        unit_id=row.unit_id,
        provider_id=row.provider_id,
    )

"""Places in SQL: the same order as the pure one, by plans that stay fast, on both databases."""

import random
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from carequeue.deadlines import LEVELS, Deadlines
from carequeue.lease.store import StaffSeen
from carequeue.order import OrderKey, order_key
from carequeue.store import PlaceRow, Places, place
from core.ids import ContactId, new_id
from core.storage.sql import Database
from triage.entries import Level

UNITS = ("hamnen", "lyktan", "strand")
NOON_MS = 1_764_000_000_000


def made_up(deadlines: Deadlines, level: Level, *, unit_id: str, arrived_ms: int, status: str = "waiting") -> PlaceRow:
    contact_id = ContactId(new_id())
    due_ms = deadlines.due_ms(unit_id, level, arrived_ms=arrived_ms)
    key = order_key(level, arrived_ms, contact_id, due_ms=due_ms)
    return PlaceRow(
        contact_id=contact_id,
        no=1,
        unit_id=unit_id,
        status=status,  # type: ignore[arg-type]
        needs="",
        tier=key.tier,
        due_ms=key.due_ms,
        arrived_ms=arrived_ms,
        urgency=level,
        holder_id="sara" if status == "held" else None,
        claim_no=0,
        answered_ms=arrived_ms + 1 if status != "waiting" else None,
        held_ms=arrived_ms + 1 if status == "held" else None,
    )


def crowd(deadlines: Deadlines, number: int, *, seed: int) -> list[PlaceRow]:
    """Contacts of all levels at all units, many arriving in the same millisecond, some held or closed."""
    chance = random.Random(seed)
    return [
        made_up(
            deadlines,
            chance.choice(LEVELS),
            unit_id=chance.choice(UNITS),
            arrived_ms=NOON_MS + chance.randrange(20) * 60_000,
            status=chance.choice(["waiting", "waiting", "held", "closed"]),
        )
        for _ in range(number)
    ]


async def write(database: Database, rows: Sequence[PlaceRow]) -> None:
    async with database.write() as connection:
        await connection.execute(insert(place), [row._asdict() for row in rows])


async def test_sql_has_the_same_order(database: Database, deadlines: Deadlines) -> None:
    rows = crowd(deadlines, 300, seed=1)
    await write(database, rows)
    for units in (UNITS, UNITS[:1], ("strand", "hamnen"), ("nowhere",), ()):
        wanted = sorted(
            (row for row in rows if row.status == "waiting" and row.unit_id in units), key=lambda row: row.key
        )
        assert await Places(database).waiting(units) == wanted


async def test_pages_go_on_where_the_last_one_ended(database: Database, deadlines: Deadlines) -> None:
    rows = crowd(deadlines, 200, seed=2)
    await write(database, rows)
    places = Places(database)
    read: list[PlaceRow] = []
    while page := await places.waiting(UNITS, after=read[-1].key if read else None, limit=7):
        read += page
    assert read == await places.waiting(UNITS)
    everywhere: list[PlaceRow] = []
    while page := await places.all_waiting(everywhere[-1] if everywhere else None, limit=7):
        everywhere += page
    assert sorted(everywhere, key=lambda row: row.key) == read


async def test_how_many_are_ahead(database: Database, deadlines: Deadlines) -> None:
    await write(database, crowd(deadlines, 150, seed=3))
    places = Places(database)
    line = await places.waiting(["hamnen"])
    assert [await places.ahead_of("hamnen", row.key) for row in line] == list(range(len(line)))


async def test_counts_and_lists(database: Database, deadlines: Deadlines) -> None:
    rows = crowd(deadlines, 150, seed=4)
    await write(database, rows)
    places = Places(database)
    counts = await places.counts(["hamnen", "nowhere"])
    own = [row for row in rows if row.unit_id == "hamnen"]
    waiting = [row for row in own if row.status == "waiting"]
    assert counts == {
        "hamnen": {level: n for level in LEVELS if (n := sum(row.urgency == level for row in waiting))},
        "nowhere": {},
    }
    assert set(await places.open_contacts("hamnen")) == {row.contact_id for row in own if row.status != "closed"}
    assert {row.contact_id for row in await places.held("sara")} == {r.contact_id for r in rows if r.status == "held"}
    taken = [row for row in own if row.answered_ms]
    assert len(await places.taken_since("hamnen", NOON_MS)) == len(taken)
    assert await places.taken_since("hamnen", NOON_MS + 20 * 60_000) == []
    assert await places.oldest_waiting("hamnen") == min(row.arrived_ms for row in waiting)
    assert await places.oldest_waiting("nowhere") is None
    late = [row for row in own if row.arrived_ms > NOON_MS + 5 * 60_000 and row.urgency == "urgent"]
    assert await places.arrived_since("hamnen", NOON_MS + 5 * 60_000, levels=["urgent"]) == len(late)


async def test_new_deadlines_move_those_who_wait_and_nobody_else(database: Database, deadlines: Deadlines) -> None:
    rows = crowd(deadlines, 100, seed=5)
    await write(database, [row._replace(due_ms=row.due_ms + n % 2) for n, row in enumerate(rows)])
    places = Places(database)
    moved = sum(row.status == "waiting" for n, row in enumerate(rows) if n % 2)
    assert [await places.restate(deadlines), await places.restate(deadlines)] == [moved, 0]
    wanted = sorted((row for row in rows if row.status == "waiting"), key=lambda row: row.key)
    assert await places.waiting(UNITS) == wanted


PLANS: dict[str, tuple[Callable[[Database], Awaitable[object]], str]] = {
    "next": (lambda database: Places(database).waiting(["hamnen", "lyktan"], limit=32), "place_waiting"),
    "next, page by page": (
        lambda database: Places(database).waiting(["hamnen"], after=OrderKey(2, NOON_MS, NOON_MS, ContactId("c"))),
        "place_waiting",
    ),
    "everyone, page by page": (lambda database: Places(database).all_waiting(), "place_waiting"),
    "places ahead": (
        lambda database: Places(database).ahead_of("hamnen", OrderKey(2, NOON_MS, NOON_MS, ContactId("c"))),
        "place_waiting",
    ),
    "what a nurse holds": (lambda database: Places(database).held("sara"), "place_held"),
    "leases run out": (lambda database: StaffSeen(database).unreached_since(NOON_MS), "place_held"),
    "the first result": (lambda database: Places(database).first_entry("staff:sara", "c1"), "once"),
}
"""The queries that a claim, the index and the leases depend on, and what each has to be answered from."""


@pytest.mark.parametrize(("read", "index"), PLANS.values(), ids=PLANS)
async def test_no_plan_walks_or_sorts_the_table(
    database: Database, deadlines: Deadlines, read: Callable[[Database], Awaitable[object]], index: str
) -> None:
    """A plan that does would take milliseconds now and seconds with a year's closed contacts."""
    rows = [
        made_up(deadlines, "routine", unit_id=UNITS[n % 3], arrived_ms=NOON_MS + n, status=STATUS.get(n % 40, "closed"))
        for n in range(4_000)
    ]
    await write(
        database, [row._replace(holder_id=f"nurse{n}" if row.holder_id else None) for n, row in enumerate(rows)]
    )
    plan = await plan_of(database, lambda: read(database))
    assert index in plan, plan
    assert "Seq Scan on place" not in plan, plan
    assert not re.search(r"SCAN place(?! USING INDEX place_(waiting|held))", plan), plan
    if index == "place_waiting":
        assert not re.search(r"Sort Key.*\n.*(Index|Bitmap|Seq)", plan), plan


STATUS = {0: "held", **dict.fromkeys(range(1, 30), "waiting")}


async def plan_of(database: Database, read: Callable[[], Awaitable[object]]) -> str:
    """How the database carries out the one statement that `read` sends."""
    async with database.write() as connection:
        await connection.execute(text("ANALYZE"))
    sent: list[tuple[str, Any]] = []
    engine = database.engine.sync_engine

    def remember(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", remember)
    await read()
    event.remove(engine, "before_cursor_execute", remember)
    ((statement, parameters),) = sent
    how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    async with database.read() as connection:
        return "\n".join(str(row) for row in await connection.exec_driver_sql(how + statement, parameters))

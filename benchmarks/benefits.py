"""What a unit's figures cost over a hundred thousand rounds: `.venv/bin/python -m benchmarks.benefits`.

Processor time of this process, the database's thread included, on SQLite in a folder of its own.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

from sqlalchemy import insert

from care.benefits.figure import figures_of
from care.benefits.round import Round
from care.benefits.store import BenefitRows, Span
from carequeue.deadlines import LEVELS, TIERS
from carequeue.store import place
from core.storage.sql import Database

ROUNDS, UNITS, DAYS = 100_000, 20, 730
DAY_MS = 24 * 3_600_000
REASONS = ("self_care_advice", "booked_visit", "video_done", "abandoned", "duplicate", "called_112_113")


def made(number: int, draw: random.Random) -> Round:
    """One round of somebody's."""
    began_ms = draw.randrange(DAYS * DAY_MS)
    replied_ms = began_ms + round(draw.lognormvariate(14, 1.2))
    return Round(
        contact_id=f"{number:032x}",
        no=2,
        unit_id=f"unit{number % UNITS}",
        provider_id="region",
        person_id=f"p{draw.randrange(ROUNDS // 3)}",
        began_ms=began_ms,
        level=draw.choice(LEVELS),
        target_ms=began_ms + 30 * 60_000,
        replied_ms=None if number % 20 == 0 else replied_ms,
        closed_ms=replied_ms + DAY_MS,
        reason=draw.choice(REASONS),  # type: ignore[arg-type]
        move=draw.choice(("kept", "kept", "raised", "lowered")),
        visits=number % 5 == 0,
        forms=number % 3 == 0,
        seen_no=30,
    )


def row(one: Round) -> dict[str, object]:
    """Its place, as the queue keeps it."""
    key = {"contact_id": one.contact_id, "no": 1, "unit_id": one.unit_id, "status": "closed", "needs": ""}
    times = {"due_ms": one.target_ms, "arrived_ms": one.began_ms}
    return {**key, **times, "tier": TIERS[one.level], "urgency": one.level, "claim_no": 1}


async def told(name: str, work: Awaitable[object]) -> None:
    """How long it took, of processor and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    await work
    print(f"{name}: {1000 * (time.process_time() - cpu):.0f} ms CPU, {1000 * (time.perf_counter() - wall):.0f} ms")


async def sheet(rows: BenefitRows, unit_ids: list[str], spans: list[Span]) -> None:
    """The figures of each unit in each span."""
    for unit_id in unit_ids:
        for span in spans:
            figures_of(await rows.counted(unit_id, span, now_ms=DAYS * DAY_MS))


async def measure(folder: Path) -> None:
    """Every way the figures are asked for."""
    database, draw = Database(f"sqlite+aiosqlite:///{folder / 'fyr.db'}"), random.Random(1)
    await database.migrate()
    rows, rounds = BenefitRows(database), [made(number, draw) for number in range(ROUNDS)]
    async with database.write() as connection:
        await connection.execute(insert(place), [row(one) for one in rounds])
    month = 30 * DAY_MS
    await told(f"{ROUNDS} rows written", rows.put(rounds))
    await told("a look that finds nothing missing", rows.lacking())
    await told("a look for what has gone on", rows.gone_on())
    await told("one unit, one month", sheet(rows, ["unit1"], [Span(0, month)]))
    await told("one unit, 24 months", sheet(rows, ["unit1"], [Span(n * month, (n + 1) * month) for n in range(24)]))
    await told("one unit, two years in one", sheet(rows, ["unit1"], [Span(0, DAYS * DAY_MS)]))
    await told("all units, two years in one", sheet(rows, [f"unit{n}" for n in range(UNITS)], [Span(0, DAYS * DAY_MS)]))
    await database.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name)))

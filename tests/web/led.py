"""A unit with a past: nine weeks of made-up waits, as the service would have kept them."""

import random

from sqlalchemy import insert

from carequeue.deadlines import MINUTE_MS, TIERS, load_deadlines
from carequeue.promise.pace import DAY_MS
from carequeue.simulation.arrivals import Arrival, arrivals
from carequeue.store import place
from carequeue.waited.store import waited
from carequeue.waited.wait import AGE_GROUPS, EndedWait
from core.ids import ContactId
from core.storage.sql import Database

WEEKS = 11
QUIET_MS = 120 * MINUTE_MS
"""Nobody of them came in the last two hours: what a test sees then, it has made itself."""
LANGUAGES = ("sv", "sv", "sv", "en", "ar")


def past_waits(now_ms: int) -> list[EndedWait]:
    """Everybody who came to Hamnen; those who speak Arabic waited longer."""
    draw, deadlines = random.Random(5), load_deadlines()
    came = [one for one in arrivals(1, days=7 * WEEKS) if one.unit_id == "hamnen"]
    later_ms = (now_ms - came[0].arrived_ms - 7 * (WEEKS - 1) * DAY_MS) // (7 * DAY_MS) * 7 * DAY_MS
    moved = [one._replace(arrived_ms=one.arrived_ms + later_ms) for one in came]

    def wait(one: Arrival) -> EndedWait:
        lang = draw.choice(LANGUAGES)
        minutes = draw.lognormvariate(1.5, 1.0) * (6 if lang == "ar" else 1)
        ended_ms = one.arrived_ms + round(minutes * MINUTE_MS)
        return EndedWait(
            contact_id=ContactId(f"past{one.contact_id}"),
            began_ms=one.arrived_ms,
            unit_id="hamnen",
            level=one.level,
            arrived_ms=one.arrived_ms,
            target_ms=deadlines.target_ms("hamnen", one.level, arrived_ms=one.arrived_ms),
            first=True,
            ended_ms=ended_ms,
            taken=True,
            age_group=draw.choice(AGE_GROUPS[:-1]),
            lang=lang,
            closed_ms=ended_ms + one.open_ms,
        )

    return [wait(one) for one in moved if one.arrived_ms < now_ms - QUIET_MS]


async def with_past(database: Database, now_ms: int) -> list[EndedWait]:
    """Write the rows, also the places they had."""
    waits = past_waits(now_ms)
    places = [
        {
            "contact_id": one.contact_id,
            "no": 1,
            "unit_id": one.unit_id,
            "status": "closed",
            "needs": "",
            "tier": TIERS[one.level],
            "due_ms": one.target_ms,
            "arrived_ms": one.arrived_ms,
            "urgency": one.level,
            "claim_no": 1,
            "answered_ms": one.ended_ms,
        }
        for one in waits
    ]
    async with database.write() as connection:
        await connection.execute(insert(waited), [one._asdict() for one in waits])
        await connection.execute(insert(place), places)
    return waits

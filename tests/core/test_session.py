"""Sessions: found by their token alone, ended by idleness, by age and by signing out."""

from datetime import UTC, datetime

from sqlalchemy import select

from core.clock import ManualClock
from core.session.store import IDLE_MS, LONGEST_MS, Sessions
from core.storage.sql import Database
from core.storage.tables import session

MINUTE_MS = 60_000


def made(database: Database) -> tuple[Sessions, ManualClock]:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    return Sessions(database, clock), clock


async def test_a_token_finds_its_session_and_is_not_kept(database: Database) -> None:
    sessions, _ = made(database)
    token = await sessions.begin("staff:sara")
    held = await sessions.find(token)
    assert held is not None
    assert held.actor_id == "staff:sara"
    assert await sessions.find(token + "x") is None
    async with database.read() as connection:
        row = (await connection.execute(select(session))).one()
    assert token not in {str(cell) for cell in row}


async def test_it_ends_when_idle_and_lives_while_used(database: Database) -> None:
    sessions, clock = made(database)
    token = await sessions.begin("staff:sara")
    for _ in range(3):
        clock.advance(milliseconds=IDLE_MS - MINUTE_MS)
        assert await sessions.find(token) is not None
    clock.advance(milliseconds=IDLE_MS)
    assert await sessions.find(token) is None


async def test_it_ends_after_a_long_shift_even_when_used(database: Database) -> None:
    sessions, clock = made(database)
    token = await sessions.begin("staff:sara")
    for _ in range(LONGEST_MS // (IDLE_MS // 2) - 1):
        clock.advance(milliseconds=IDLE_MS // 2)
        assert await sessions.find(token) is not None
    clock.advance(milliseconds=IDLE_MS // 2)
    assert await sessions.find(token) is None


async def test_signing_out_ends_one_session(database: Database) -> None:
    sessions, _ = made(database)
    one, other = await sessions.begin("staff:sara"), await sessions.begin("staff:sara")
    held = await sessions.find(one)
    assert held is not None
    await sessions.end(held.session_id)
    assert await sessions.find(one) is None
    assert await sessions.find(other) is not None

"""Sessions: found by their token alone; ended by idleness, by age, by whoever may; the quick copy decides nothing."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis
from sqlalchemy import select

from core.clock import ManualClock
from core.log.seal import MasterKeys
from core.session.limits import MINUTE_MS, Lasting, SessionLimits
from core.session.proof import Proof
from core.session.quick.store import PREFIX, QuickCopies
from core.session.store import Sessions
from core.storage.redis import make_redis
from core.storage.sql import Database
from core.storage.tables import session
from core.storage.valkey import Valkey

IDLE_MS, LONGEST_MS = Lasting()
LIMITS = SessionLimits(patient=Lasting(20 * MINUTE_MS, 50 * MINUTE_MS), staff=Lasting(10 * MINUTE_MS, 90 * MINUTE_MS))
MASTERS = MasterKeys.parse(MasterKeys.generate())
NOWHERE = "redis://127.0.0.1:9"


def made(database: Database) -> tuple[Sessions, ManualClock]:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    return Sessions(database, clock), clock


def on_redis(database: Database, clock: ManualClock, client: Redis) -> Sessions:
    """Sessions of one node."""
    return Sessions(database, clock, limits=LIMITS, copies=QuickCopies(client, MASTERS, clock))


async def id_of(sessions: Sessions, token: str) -> str:
    held = await sessions.find(token)
    assert held is not None
    return held.session_id


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


async def test_it_remembers_how_its_person_proved_who_they_are(database: Database) -> None:
    sessions, clock = made(database)
    proof = Proof(provider="siths", assurance="high", at_ms=clock.ms() - 5_000, device="edge/windows", subject="s")
    held = await sessions.find(await sessions.begin("staff:sara", proof))
    assert held is not None
    assert (held.provider, held.assurance, held.proved_ms, held.device) == (
        "siths",
        "high",
        clock.ms() - 5_000,
        "edge/windows",
    )
    assert [one.session_id for one in await sessions.of_provider(subjects=["s"], provider_sessions=[])] == [
        held.session_id
    ]


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
    sessions, clock = made(database)
    one, other = await sessions.begin("staff:sara"), await sessions.begin("staff:sara")
    ended = await id_of(sessions, one)
    await sessions.end(ended)
    assert await sessions.find(one) is None
    assert await sessions.find(other) is not None
    assert await sessions.ended_since(clock.ms()) == {ended}
    assert len(await sessions.own("staff:sara")) == 1


async def test_the_copy_is_believed_for_seconds_and_holds_nobody(database: Database, redis: Redis) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    sessions = on_redis(database, clock, redis)
    token = await sessions.begin("staff:sara")
    session_id = await id_of(sessions, token)
    copy = await redis.get(PREFIX + session_id)
    assert isinstance(copy, bytes)
    assert b"sara" not in copy
    async with database.write() as connection:
        await connection.execute(session.delete())
    assert await sessions.find(token) is not None  # it was the copy that was found: the row is gone
    clock.advance(seconds=11)
    await redis.set(PREFIX + session_id, copy)  # an old copy put back
    assert await sessions.find(token) is None


async def test_who_writes_to_redis_makes_no_session(database: Database, redis: Redis) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    sessions = on_redis(database, clock, redis)
    own, stolen = await sessions.begin("staff:sara"), await sessions.begin("staff:jonas")
    own_id, other_id = await id_of(sessions, own), await id_of(sessions, stolen)
    await redis.rename(PREFIX + other_id, PREFIX + own_id)
    held = await sessions.find(own)
    assert held is not None
    assert held.actor_id == "staff:sara"
    await redis.set(PREFIX + own_id, secrets.token_bytes(200))
    assert await sessions.find(own) is not None


async def test_an_ended_session_is_refused_by_every_node_at_once(database: Database, valkey: Valkey) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with make_redis(valkey.url) as one, make_redis(valkey.url) as other:
        here, there = on_redis(database, clock, one), on_redis(database, clock, other)
        token = await here.begin("staff:sara")
        session_id = await id_of(there, token)
        await here.end(session_id)
        assert await there.find(token) is None
        late = QuickCopies(other, MASTERS, clock)  # a read begun before the end, and done after it
        await late.keep(session_id, b"late")
        assert await late.get(session_id) is None


async def test_without_redis_sql_decides(database: Database) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with make_redis(NOWHERE) as nobody:
        sessions = on_redis(database, clock, nobody)
        token = await sessions.begin("patient:astrid")
        await sessions.end(await id_of(sessions, token))
        assert await sessions.find(token) is None


async def test_who_ended_it_without_redis_is_heard_through_sql(database: Database, redis: Redis) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with make_redis(NOWHERE) as nobody:
        here, there = on_redis(database, clock, nobody), on_redis(database, clock, redis)
        token = await here.begin("patient:astrid")
        await here.end(await id_of(there, token))
        there.heard_ended(await there.ended_since(clock.ms() - 10_000))
        assert await there.find(token) is None


class Told(NamedTuple):
    """What the model knows of one session."""

    token: str
    kind: str
    made_ms: int
    seen_ms: int
    ended: bool = False


@asynccontextmanager
async def two_nodes(tmp_path: Path, valkey: Valkey, clock: ManualClock) -> AsyncIterator[list[Sessions]]:
    """Two nodes on one database; the first has no Redis to reach."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / secrets.token_hex(8)}.db")
    await database.migrate()
    async with make_redis(NOWHERE) as nobody, make_redis(valkey.url) as reached:
        yield [on_redis(database, clock, nobody), on_redis(database, clock, reached)]
    await database.close()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from(["patient", "staff"])),
        st.tuples(st.just("use"), st.integers(0, 5)),
        st.tuples(st.just("end"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.integers(1, 25)),
    ),
    min_size=3,
    max_size=25,
)


def lasts(one: Told, now_ms: int) -> bool:
    """The law, as a sentence: nobody ended it, it is not too old, and it was not left alone too long."""
    limits = LIMITS.patient if one.kind == "patient" else LIMITS.staff
    return not one.ended and now_ms < one.made_ms + limits.longest_ms and now_ms < one.seen_ms + limits.idle_ms


@pytest.mark.parametrize("node", [0, 1])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps)
async def test_a_session_lasts_exactly_as_the_law_says(
    tmp_path: Path, valkey: Valkey, node: int, steps: list[tuple[str, str | int]]
) -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with two_nodes(tmp_path, valkey, clock) as nodes:
        asked, told = nodes[node], list[Told]()
        for what, value in steps:
            if what == "begin":
                token = await asked.begin(f"{value}:{len(told)}")
                told.append(Told(token, str(value), clock.ms(), clock.ms()))
            elif what == "wait":
                clock.advance(minutes=int(value))
            elif told:
                number = int(value) % len(told)
                one, expected = told[number], lasts(told[number], clock.ms())
                held = await asked.find(one.token)
                assert (held is not None) == expected
                if held is not None:
                    told[number] = one._replace(seen_ms=clock.ms())
                if held is not None and what == "end":
                    await asked.end(held.session_id)
                    told[number] = one._replace(ended=True)
        for one in told:
            assert (await asked.find(one.token) is not None) == lasts(one, clock.ms())

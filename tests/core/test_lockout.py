"""Lock-outs: guessing is made hopeless, mistyping is not; what is counted outlives a restart."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.clock import ManualClock
from core.errors import FyrError
from core.lockout.rule import CODES, NOBODY, Rule, after_failure, is_forgotten, wait_ms
from core.lockout.store import FORGET_AFTER_MS, Lockouts, Subject
from core.storage.sql import Database
from core.storage.tables import lockout

CODE = Subject("guest_code", "visit-1", CODES)
OTHER = Subject("guest_code", "visit-2", CODES)
ADDRESS = Subject("guest_code_at", "192.0.2.1", Rule(free=9, first_ms=1_000, longest_ms=4_000, forget_ms=60_000))
rules = st.builds(
    Rule,
    free=st.integers(0, 20),
    first_ms=st.integers(1, 120_000),
    longest_ms=st.integers(120_000, 10**7),
    forget_ms=st.integers(1, 10**8),
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))


@pytest.fixture
def lockouts(database: Database, clock: ManualClock) -> Lockouts:
    return Lockouts(database, clock)


async def is_open(lockouts: Lockouts, *subjects: Subject) -> bool:
    try:
        await lockouts.require_open(*subjects)
    except FyrError as refusal:
        return refusal.code != "locked_out"
    return True


async def tried(lockouts: Lockouts, count: int) -> int:
    """How many of so many wrong codes were looked at."""
    looked_at = 0
    for _ in range(count):
        try:
            await lockouts.begin(CODE)
        except FyrError:
            continue
        looked_at += 1
    return looked_at


async def test_the_first_tries_are_free_and_then_each_lock_is_twice_as_long(
    lockouts: Lockouts, clock: ManualClock
) -> None:
    assert await tried(lockouts, 100) == CODES.free + 1
    for minutes in (1, 2, 4, 8):
        with pytest.raises(FyrError) as refused:
            await lockouts.begin(CODE)
        assert refused.value.data == {"retry_after_s": minutes * 60}
        clock.advance(minutes=minutes)
        assert await tried(lockouts, 100) == 1
    assert await is_open(lockouts, OTHER)


async def test_ten_thousand_at_once_are_counted_before_any_is_looked_at(lockouts: Lockouts) -> None:
    looked_at = sum(await asyncio.gather(*(tried(lockouts, 25) for _ in range(8))))
    assert looked_at == CODES.free + 1


async def test_the_right_code_forgives_and_an_address_is_not_forgiven_by_it(lockouts: Lockouts) -> None:
    for _ in range(CODES.free):
        await lockouts.begin(CODE, ADDRESS)
        await lockouts.succeeded(CODE)
    assert await tried(lockouts, 100) == CODES.free + 1
    for _ in range(6):
        await lockouts.failed(ADDRESS)
    assert not await is_open(lockouts, ADDRESS)


async def test_one_locked_subject_refuses_and_the_others_are_not_counted(
    lockouts: Lockouts, database: Database
) -> None:
    await tried(lockouts, CODES.free + 1)
    with pytest.raises(FyrError, match="locked_out"):
        await lockouts.begin(OTHER, CODE)
    async with database.read() as connection:
        rows = (await connection.execute(select(lockout.c.name, lockout.c.failures))).all()
    assert dict(map(tuple, rows)) == {"visit-1": CODES.free + 1}


async def test_a_try_that_was_none_is_taken_back(lockouts: Lockouts) -> None:
    for _ in range(20):
        await lockouts.begin(CODE)
        await lockouts.take_back(CODE)
    assert await tried(lockouts, 100) == CODES.free + 1


async def test_another_node_and_a_restart_know_it_all(
    lockouts: Lockouts, database: Database, clock: ManualClock
) -> None:
    await tried(lockouts, CODES.free + 1)
    assert not await is_open(Lockouts(database, clock), CODE)


async def test_a_lock_ends_and_a_quiet_day_forgets(lockouts: Lockouts, clock: ManualClock) -> None:
    await tried(lockouts, CODES.free + 1)
    clock.advance(minutes=1)
    assert await is_open(lockouts, CODE)
    clock.advance(hours=24)
    assert await tried(lockouts, 100) == CODES.free + 1


async def test_what_no_rule_remembers_is_deleted(lockouts: Lockouts, clock: ManualClock) -> None:
    await lockouts.failed(CODE)
    clock.advance(milliseconds=FORGET_AFTER_MS)
    await lockouts.failed(OTHER)
    assert await lockouts.forget_old() == 0
    clock.advance(milliseconds=1)
    assert await lockouts.forget_old() == 1
    assert await lockouts.forget_old() == 0


@given(rule=rules, gaps_ms=st.lists(st.integers(0, 10**8), max_size=60))
def test_a_lock_never_ends_sooner_by_failing_again_and_is_never_longer_than_the_longest(
    rule: Rule, gaps_ms: list[int]
) -> None:
    count, now_ms = NOBODY, 1_700_000_000_000
    for gap_ms in gaps_ms:
        now_ms += gap_ms
        forgotten, before = is_forgotten(count, now_ms, rule), count
        count = after_failure(count, now_ms, rule)
        assert count.until_ms >= before.until_ms
        assert count.failures == (1 if forgotten else before.failures + 1)
        assert wait_ms(count, now_ms) <= max(rule.longest_ms, wait_ms(before, now_ms))
        assert (wait_ms(count, now_ms) > 0) >= (count.failures > rule.free)


@given(guesses=st.integers(6, 10_000))
def test_whoever_waits_each_lock_out_needs_most_of_a_year_for_ten_thousand(guesses: int) -> None:
    count, now_ms = NOBODY, 0
    for _ in range(guesses):
        now_ms = max(now_ms, count.until_ms)
        count = after_failure(count, now_ms, CODES)
    doubled = min(guesses - CODES.free - 1, 6)
    assert now_ms >= (guesses - CODES.free - 1 - doubled) * CODES.longest_ms

"""Limits: so many at once, then so many a minute; nodes count together, and alone while Redis is away."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from core.clock import ManualClock
from core.errors import FyrError
from core.limit.limits import Limits
from core.limit.rate import MINUTE_MS, Rate
from core.limit.store import SharedUse
from core.storage.valkey import Valkey
from tests.carequeue.ward import kill

RATE = Rate(60)
BURST = 30


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))


@pytest.fixture
def limits(clock: ManualClock, redis: Redis) -> Limits:
    return Limits(clock, SharedUse(redis).add)


def through(limits: Limits, tries: int, sender: str = "patient:astrid") -> int:
    """How many of so many calls are let through."""
    passed = 0
    for _ in range(tries):
        with contextlib.suppress(FyrError):
            limits.spend(sender, RATE)
            passed += 1
    return passed


async def test_half_a_minute_at_once_then_one_a_second(limits: Limits, clock: ManualClock) -> None:
    assert through(limits, 10_000) == BURST
    clock.advance(seconds=5)
    assert through(limits, 10_000) == 5
    assert through(limits, 10, "patient:nils") == 10


async def test_who_waits_as_long_as_told_is_let_through(limits: Limits, clock: ManualClock) -> None:
    through(limits, BURST)
    with pytest.raises(FyrError, match="too_fast") as refused:
        limits.spend("patient:astrid", RATE)
    wait_s = refused.value.data["retry_after_s"]
    assert wait_s == 1
    clock.advance(seconds=1)
    limits.spend("patient:astrid", RATE)


@given(gaps_ms=st.lists(st.integers(0, 5_000), max_size=200), per_minute=st.integers(1, 6_000))
def test_no_minute_holds_more_than_a_minute_and_a_half(gaps_ms: list[int], per_minute: int) -> None:
    rate, free_ms, now_ms, passed = Rate(per_minute), 0.0, 1e12, []
    for gap in gaps_ms:
        now_ms += gap
        if rate.wait_ms(free_ms, now_ms) == 0:
            free_ms = rate.after(free_ms, now_ms)
            passed.append(now_ms)
    for first in passed:
        assert sum(first <= at < first + MINUTE_MS for at in passed) <= max(1, per_minute // 2) + per_minute + 1


async def test_two_nodes_count_together(limits: Limits, clock: ManualClock, redis: Redis) -> None:
    other = Limits(clock, SharedUse(redis).add)
    assert through(limits, 20) == 20
    await limits.exchange()
    assert through(other, 10) == 10
    await other.exchange()
    assert through(other, 10_000) == 0
    await limits.exchange()
    assert through(limits, 10_000) <= BURST - 20
    clock.advance(minutes=1)
    assert through(other, 10_000) == BURST


async def test_without_redis_each_node_counts_alone(
    limits: Limits, clock: ManualClock, redis: Redis, valkey: Valkey
) -> None:
    await kill(valkey, redis)
    assert through(limits, 10_000) == BURST
    await valkey.stop()
    await limits.exchange()
    assert through(limits, 10_000) == 0
    clock.advance(seconds=3)
    assert through(limits, 10_000) == 3


async def test_who_owes_nothing_is_forgotten(limits: Limits, clock: ManualClock) -> None:
    for number in range(1_000):
        limits.spend(f"patient:{number}", RATE)
    assert len(limits) == 1_000
    clock.advance(minutes=1)
    await limits.exchange()
    assert len(limits) == 0


async def test_redis_holds_nothing_longer_than_it_says_something(limits: Limits, redis: Redis) -> None:
    through(limits, 20)
    await limits.exchange()
    (key,) = await redis.keys("limit:*")
    assert 0 < await redis.pttl(key) <= 20_001

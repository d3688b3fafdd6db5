"""The order is total and the same everywhere, raising never sends anyone back, and every wait has a bound."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from carequeue.deadlines import LEVELS, load_deadlines
from carequeue.order import OrderKey, member, order_key, order_text, score
from core.ids import ContactId
from triage.entries import Level

DEADLINES = load_deadlines()
ARRIVALS = st.integers(0, 4_000_000_000_000)
CONTACTS = st.text("0123456789abcdef", min_size=1, max_size=32).map(ContactId)
MINUTE_MS = 60_000


def key_of(level: Level, arrived_ms: int, contact_id: ContactId) -> OrderKey:
    due_ms = DEADLINES.due_ms("any", level, arrived_ms=arrived_ms)
    return order_key(level, arrived_ms, contact_id, due_ms=due_ms)


KEYS = st.builds(key_of, st.sampled_from(LEVELS), ARRIVALS, CONTACTS)
CLOSE_KEYS = st.builds(key_of, st.sampled_from(LEVELS), st.integers(1_700_000_000_000, 1_700_000_000_003), CONTACTS)


@given(st.lists(KEYS | CLOSE_KEYS, max_size=30))
def test_text_sorts_as_the_key_does(keys: list[OrderKey]) -> None:
    assert sorted(keys) == sorted(keys, key=order_text)


@given(st.lists(KEYS | CLOSE_KEYS, max_size=30))
def test_score_and_member_sort_as_the_key_does(keys: list[OrderKey]) -> None:
    assert sorted(keys) == sorted(keys, key=lambda key: (float(score(key)), member(key).encode()))


@given(KEYS | CLOSE_KEYS, KEYS | CLOSE_KEYS)
def test_total(one: OrderKey, other: OrderKey) -> None:
    """Any two contacts have an order, and only a contact itself stands at its own place."""
    assert (one < other) + (other < one) + (one == other) == 1
    assert (order_text(one) == order_text(other)) == (one == other)


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS), ARRIVALS, CONTACTS)
def test_raising_the_level_never_sends_anyone_back(
    one: Level, other: Level, arrived_ms: int, contact: ContactId
) -> None:
    higher, lower = sorted((one, other), key=LEVELS.index)
    assert key_of(higher, arrived_ms, contact) <= key_of(lower, arrived_ms, contact)


@given(st.sampled_from(LEVELS), ARRIVALS, CONTACTS, st.sampled_from(LEVELS[2:]), st.integers(1, 10**9), CONTACTS)
def test_every_wait_has_a_bound(
    level: Level, arrived_ms: int, contact: ContactId, newcomer: Level, after_ms: int, other: ContactId
) -> None:
    """Of the third tier, nobody goes before me who arrives after my target and grace have passed."""
    mine = key_of(level, arrived_ms, contact)
    assert mine < key_of(newcomer, mine.due_ms + after_ms, other)


@given(ARRIVALS, st.integers(0, 360 * MINUTE_MS - 1), CONTACTS, CONTACTS)
def test_a_lower_contact_passes_an_urgent_one_only_when_overdue_by_more_than_its_grace(
    arrived_ms: int, waited_ms: int, lower: ContactId, urgent: ContactId
) -> None:
    """Within 24 h: target 120 and grace 240 minutes; the urgent one is due 30 minutes after it comes."""
    urgent_arrived_ms = arrived_ms + waited_ms
    passes = key_of("within_24h", arrived_ms, lower) < key_of("urgent", urgent_arrived_ms, urgent)
    urgent_due_ms = urgent_arrived_ms + 30 * MINUTE_MS
    assert not passes or urgent_due_ms >= arrived_ms + (120 + 240) * MINUTE_MS


@pytest.mark.parametrize("level", ["immediate", "very_urgent"])
def test_the_first_two_tiers_are_never_passed_by_a_lower_one(level: Level) -> None:
    now_ms, a_year_ms = 1_764_000_000_000, 365 * 24 * 60 * MINUTE_MS
    for lower in LEVELS[LEVELS.index(level) + 1 :]:
        assert key_of(level, now_ms, ContactId("b")) < key_of(lower, now_ms - a_year_ms, ContactId("a"))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(KEYS | CLOSE_KEYS, max_size=40, unique_by=member))
async def test_redis_has_the_same_order(redis: Redis, keys: Sequence[OrderKey]) -> None:
    await redis.delete("order")
    if keys:
        await redis.zadd("order", {member(key): score(key) for key in keys})
    assert await redis.zrange("order", 0, -1) == [member(key).encode() for key in sorted(keys)]


def test_the_levels_are_promised_what_was_agreed() -> None:
    rows = {level: DEADLINES.of("any", level) for level in LEVELS}
    assert {level: (row.target_min, row.grace_min) for level, row in rows.items()} == {
        "immediate": (1, 0),
        "very_urgent": (5, 0),
        "urgent": (30, 0),
        "within_24h": (120, 240),
        "routine": (540, 540),
        "self_care": (540, 540),
    }

"""How fast a unit takes contacts, and how long that makes a place in its queue."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carequeue.deadlines import LEVELS, MINUTE_MS, TIERS, Deadlines
from carequeue.order import order_key
from carequeue.promise.expected import LONGEST_H, expected_min, passing_of
from carequeue.promise.pace import (
    HOUR_MS,
    QUIET_MS,
    STILL_MS,
    Pace,
    Profile,
    Span,
    hour_of_week,
    hours_of,
    pace_of,
    profile_of,
)
from core.ids import ContactId
from triage.entries import Level

ZONE = ZoneInfo("Europe/Stockholm")
MONDAY = int(datetime(2026, 11, 23, 7, tzinfo=UTC).timestamp() * 1000)
"""08 on the wall."""
NOTHING = Profile(ZONE, (), ())
SPANS = st.lists(
    st.builds(
        lambda start, length, still, level: Span(
            MONDAY + start * MINUTE_MS, STILL_MS if still else MONDAY + (start + length) * MINUTE_MS, level
        ),
        st.integers(-200, 400),
        st.integers(0, 300),
        st.booleans(),
        st.sampled_from(LEVELS),
    ),
    max_size=25,
)


def _held_up_slowly(spans: list[Span], since_ms: int, until_ms: int) -> set[int]:
    """Every minute in which somebody had waited: looked at one by one. Spans begin and end on whole minutes."""
    return {
        at_ms
        for at_ms in range(since_ms, until_ms, MINUTE_MS)
        if any(span.arrived_ms + QUIET_MS <= at_ms < span.ended_ms for span in spans)
    }


@given(SPANS)
def test_an_hour_is_counted_as_it_is_minute_by_minute(spans: list[Span]) -> None:
    since_ms, until_ms = MONDAY, MONDAY + HOUR_MS
    held_up = _held_up_slowly(spans, since_ms, until_ms)
    pace = pace_of(spans, nurses_on=2, since_ms=since_ms, until_ms=until_ms)
    assert pace.waited_min == len(held_up)
    ends = [span.ended_ms for span in spans if since_ms < span.ended_ms <= until_ms]
    assert pace.taken == sum(end - MINUTE_MS in held_up for end in ends)


@given(SPANS)
def test_hours_come_to_what_the_whole_time_does(spans: list[Span]) -> None:
    since_ms, until_ms = MONDAY, MONDAY + 5 * HOUR_MS
    hours = hours_of(spans, since_ms=since_ms, until_ms=until_ms)
    assert [hour.began_ms for hour in hours] == list(range(since_ms, until_ms, HOUR_MS))
    whole = pace_of(spans, nurses_on=1, since_ms=since_ms, until_ms=until_ms)
    assert sum(hour.waited_ms for hour in hours) == whole.waited_min * MINUTE_MS
    came = sum(since_ms <= span.arrived_ms < until_ms for span in spans)
    assert sum(sum(hour.came.values()) for hour in hours) == came


def test_the_week_is_that_of_the_clock_on_the_wall() -> None:
    assert hour_of_week(MONDAY, ZONE) == 8
    summer = int(datetime(2026, 7, 6, 6, tzinfo=UTC).timestamp() * 1000)
    assert hour_of_week(summer, ZONE) == 8


def test_a_profile_knows_when_few_are_taken() -> None:
    """Eight weeks in which two an hour were taken from 8 to 9 while somebody waited, and nobody from 9 to 10."""
    week_ms = 7 * 24 * HOUR_MS
    spans = []
    for week in range(8):
        began = MONDAY + week * week_ms
        spans += [Span(began - 10 * MINUTE_MS, began + minutes * MINUTE_MS, "urgent") for minutes in (20, 50)]
        spans.append(Span(began, began + 2 * HOUR_MS + 1, "urgent"))
    profile = profile_of(hours_of(spans, since_ms=MONDAY, until_ms=MONDAY + 8 * week_ms), ZONE)
    busy, idle = profile.pace(MONDAY), profile.pace(MONDAY + HOUR_MS)
    assert busy is not None
    assert idle is not None
    assert busy > 3 * idle
    assert profile.comes(MONDAY, ["urgent"]) == 1.0
    assert profile.comes(MONDAY, ["immediate"]) == 0.0


PACES = st.builds(Pace, nurses_on=st.integers(0, 50), taken=st.integers(0, 300), waited_min=st.floats(0, 60))


@given(st.integers(1, 500), PACES)
def test_further_back_is_never_sooner(place: int, pace: Pace) -> None:
    nearer, further = (
        expected_min(which, pace, NOTHING, passing={}, at_ms=MONDAY + 17 * MINUTE_MS) for which in (place, place + 1)
    )
    assert 0 < nearer <= further <= LONGEST_H * 60


def test_at_a_steady_pace_it_is_place_by_pace() -> None:
    pace = Pace(nurses_on=1, taken=58, waited_min=570.0)
    assert pace.per_hour == 6.0
    assert expected_min(3, pace, NOTHING, passing={}, at_ms=MONDAY) == 30.0
    assert round(expected_min(12, pace, NOTHING, passing={}, at_ms=MONDAY), 6) == 120.0


def test_who_goes_before_makes_it_longer() -> None:
    came: tuple[dict[Level, float], ...] = tuple({"urgent": 3.0} for _ in range(168))
    profile, pace = Profile(ZONE, (), came), Pace(1, 58, 570.0)
    calm = expected_min(6, pace, profile, passing={}, at_ms=MONDAY)
    busy = expected_min(6, pace, profile, passing={"urgent": STILL_MS}, at_ms=MONDAY)
    assert (calm, busy) == (60.0, 120.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(LEVELS),
    st.sampled_from(LEVELS),
    st.integers(0, 60 * 24 * 3),
    st.integers(0, 60 * 24 * 9),
)
def test_who_goes_before_is_as_the_order_says(
    deadlines: Deadlines, mine: Level, theirs: Level, later_min: int, at_min: int
) -> None:
    """Newcomers pass until the moment the function gives, and none after; a minute to either side may be rounding."""
    arrived_ms = MONDAY + at_min * MINUTE_MS
    comes_ms = arrived_ms + later_min * MINUTE_MS
    until_ms = passing_of(deadlines, "hamnen", mine, arrived_ms=arrived_ms).get(theirs, 0)
    keys = [
        order_key(one, at_ms, ContactId(name), due_ms=deadlines.due_ms("hamnen", one, arrived_ms=at_ms))
        for one, at_ms, name in ((mine, arrived_ms, "a"), (theirs, comes_ms, "b"))
    ]
    if TIERS[mine] == TIERS[theirs] and abs(until_ms - comes_ms) <= MINUTE_MS:
        return
    if comes_ms > arrived_ms:
        opens = deadlines.opens_ms("hamnen", comes_ms)
        closed = not deadlines.of("hamnen", theirs).round_the_clock and opens != comes_ms
        assert (keys[1] < keys[0]) == (comes_ms < until_ms) or closed

"""The forecast by hour: its interval holds nine of ten, by the clock on the wall; of too few weeks there is none."""

import math
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from carequeue.forecast.forecast import Calendar, forecast, interval_of, scatter_of
from carequeue.promise.pace import DAY_MS, HOUR_MS, WEEKS
from core.clock import to_ms

ZONE = ZoneInfo("Europe/Stockholm")
MONDAY = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp() * 1000)
WEEK_MS = 7 * DAY_MS


def _past(means: list[float], draw: random.Random, *, wild: float, until_ms: int) -> dict[int, int]:
    """Eight weeks and one more of arrivals whose mean is that of the hour of the day; `wild`: how much days differ."""
    return {
        at_ms: _poisson(draw, means[(at_ms // HOUR_MS) % 24] * draw.gammavariate(1 / wild, wild))
        for at_ms in range(until_ms - (WEEKS + 1) * WEEK_MS, until_ms, HOUR_MS)
    }


def _poisson(draw: random.Random, mean: float) -> int:
    number, left = 0, math.exp(-mean)
    total = draw.random()
    while total > left:
        number, total = number + 1, total * draw.random()
    return number


def test_nine_of_ten_hours_lie_between() -> None:
    draw, means = random.Random(1), [0.5] * 7 + [8.0] * 10 + [3.0] * 7
    held = told = 0
    for _ in range(40):
        counts = _past(means, draw, wild=0.2, until_ms=MONDAY)
        coming = forecast(counts, since_ms=MONDAY - 9 * WEEK_MS, at_ms=MONDAY, hours=24, calendar=Calendar(ZONE))
        actual = _past(means, draw, wild=0.2, until_ms=MONDAY + DAY_MS)
        for one in coming:
            assert one.low is not None
            assert one.high is not None
            told, held = told + 1, held + (one.low <= actual[one.began_ms] <= one.high)
    assert 0.86 <= held / told <= 0.97


def test_without_two_weeks_there_is_none() -> None:
    (one,) = forecast({}, since_ms=MONDAY - WEEK_MS, at_ms=MONDAY, hours=1, calendar=Calendar(ZONE))
    assert (one.expected, one.low, one.high) == (None, None, None)
    (two,) = forecast({}, since_ms=MONDAY - 2 * WEEK_MS, at_ms=MONDAY, hours=1, calendar=Calendar(ZONE))
    assert (two.expected, two.low) == (0.0, 0)


def test_the_same_hour_is_that_of_the_clock_on_the_wall() -> None:
    """Eight in the morning before the clock is put back is seven in the morning in the universal time after it."""
    after = int(datetime(2026, 10, 26, 7, tzinfo=UTC).timestamp() * 1000)
    counts = {after - week * WEEK_MS - HOUR_MS: 10 for week in range(1, WEEKS + 1)}
    (one,) = forecast(counts, since_ms=after - 9 * WEEK_MS, at_ms=after, hours=1, calendar=Calendar(ZONE))
    assert one.expected == 10.0


def test_a_public_holiday_is_like_a_sunday_and_makes_no_weekday_quieter() -> None:
    """In Sweden 6 January 2027 is a Wednesday, 25 December and 1 January are Fridays."""
    noon = [datetime(2026, 11, 30, 11, tzinfo=UTC) + timedelta(days=n) for n in range(40)]
    quiet = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 6)}
    counts = {to_ms(at): 1 if at.date() in quiet or at.weekday() == 6 else 9 for at in noon}
    for day, came in ((6, 1.0), (8, 9.0)):
        at_ms = to_ms(datetime(2027, 1, day, 11, tzinfo=UTC))
        (one,) = forecast(counts, since_ms=to_ms(noon[0]), at_ms=at_ms, hours=1, calendar=Calendar(ZONE, "se"))
        assert one.expected == came


@given(st.floats(0.05, 190), st.floats(1.0, 5.0))
def test_an_interval_holds_at_least_nine_of_ten_and_its_middle(middle: float, scatter: float) -> None:
    low, high = interval_of(middle, middle * scatter)
    assert 0 <= low <= high
    assert low <= middle + 1
    assert high >= math.floor(middle)
    wider_low, wider_high = interval_of(middle, middle * scatter * 2)
    assert wider_high >= high or wider_low <= low


def test_weeks_that_differ_much_are_known_to() -> None:
    means = [6.0] * 24
    calm = _past(means, random.Random(3), wild=0.001, until_ms=MONDAY)
    wild = _past(means, random.Random(3), wild=0.5, until_ms=MONDAY)
    found = [
        scatter_of(one, since_ms=MONDAY - 9 * WEEK_MS, until_ms=MONDAY, calendar=Calendar(ZONE)) for one in (calm, wild)
    ]
    assert found[0] < 1.2
    assert found[1] > 2.5

"""The interval a patient is told: whole, in order, and right nine times of ten, also when what it rests on changes."""

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from carequeue.promise.interval import (
    FEWEST,
    LEAST_OUTSIDE,
    LONGEST_MIN,
    MISSES,
    MOST_OUTSIDE,
    REMEMBERED,
    Interval,
    Outcome,
    interval,
    outside_of,
    rounded,
)

OUTCOMES = st.lists(
    st.builds(
        Outcome,
        expected_min=st.floats(0.05, 2_000),
        waited_min=st.none() | st.floats(0, 5_000),
        right=st.none() | st.booleans(),
    ),
    max_size=60,
)


@given(st.floats(0.05, 20_000), OUTCOMES)
def test_an_interval_is_whole_ordered_and_never_nothing(expected: float, outcomes: list[Outcome]) -> None:
    told = interval(expected, outcomes)
    if told is not None:
        assert 0 <= told.low_min <= told.high_min
        assert 1 <= told.high_min <= LONGEST_MIN


@given(st.floats(0.05, 2_000), OUTCOMES)
def test_with_too_little_to_go_on_nothing_is_said(expected: float, outcomes: list[Outcome]) -> None:
    known = sum(one.waited_min is not None for one in outcomes)
    if known < FEWEST:
        assert interval(expected, outcomes) is None


@given(OUTCOMES)
def test_what_may_fall_outside_keeps_its_bounds(outcomes: list[Outcome]) -> None:
    assert LEAST_OUTSIDE <= outside_of(outcomes) <= MOST_OUTSIDE
    untold = [one._replace(right=None) for one in outcomes]
    assert outside_of(untold) == MISSES


@given(OUTCOMES)
def test_one_more_that_was_wrong_never_narrows(outcomes: list[Outcome]) -> None:
    wrong = Outcome(1.0, None, right=False)
    assert outside_of([*outcomes, wrong]) <= max(LEAST_OUTSIDE, outside_of(outcomes))
    right = Outcome(1.0, None, right=True)
    assert outside_of([*outcomes, right]) >= min(MOST_OUTSIDE, outside_of(outcomes))


@given(st.floats(0, 3_000))
def test_minutes_are_rounded_as_they_are_shown(minutes: float) -> None:
    low, high = rounded(minutes, int), rounded(minutes, math.ceil)
    step = 1 if minutes < 10 else 5 if minutes < 120 else 60
    assert low % step == high % step == 0
    assert low <= minutes <= high
    assert high - low in (0, step)


def _share_right(draw: "random.Random", rounds: int, *, drift: float, told_from: int = FEWEST) -> float:
    """Waits of a made-up queue, each promised by what became of all before; the share of promises that held."""
    outcomes: list[Outcome] = []
    right = told = 0
    for number in range(rounds):
        expected = draw.lognormvariate(2.5, 1.0)
        slower = 1 + drift * number / rounds
        waited = expected * draw.lognormvariate(0.0, 0.6) * slower
        said = interval(expected, outcomes[-REMEMBERED:])
        held = None if said is None else said.low_min <= waited <= said.high_min
        if said is not None and number >= told_from:
            told, right = told + 1, right + bool(held)
        outcomes.append(Outcome(expected, waited, held))
    return right / told


def test_right_nine_times_of_ten() -> None:
    assert 0.88 <= _share_right(random.Random(1), 4_000, drift=0.0) <= 0.92


def test_also_when_everything_becomes_slower_all_the_time() -> None:
    assert 0.87 <= _share_right(random.Random(2), 4_000, drift=4.0) <= 0.93


def test_also_from_the_very_first_that_is_told() -> None:
    shares = [_share_right(random.Random(seed), 120, drift=0.0) for seed in range(30)]
    assert 0.85 <= sum(shares) / len(shares) <= 0.95


def test_twice_as_much_expected_is_twice_as_long() -> None:
    outcomes = [Outcome(20.0, 20.0 * (0.5 + number / 80), None) for number in range(80)]
    assert interval(40.0, outcomes) == Interval(20, 60)

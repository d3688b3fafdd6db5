"""The wait told to a patient: right nine times of ten where the model holds, cautious where nothing is known."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.deadlines import Deadlines
from carequeue.wait import BELIEF, PACE_MIN, Pace, WaitEstimator, covered_ms, estimate
from core.ids import contact_stream
from tests.carequeue.ward import Ward, nurse

PACES = st.builds(
    Pace,
    nurses_on=st.integers(0, 50),
    taken=st.integers(0, 300),
    waited_min=st.floats(0, 60),
    passing=st.integers(0, 300),
)


@given(st.integers(1, 5_000), PACES, st.integers(1, 600))
def test_an_interval_is_whole_ordered_and_never_nothing(place: int, pace: Pace, target_min: int) -> None:
    told = estimate(place, pace, target_min=target_min)
    assert 0 <= told.low_min <= told.high_min
    assert told.high_min >= 1
    assert told.place == place


@given(st.integers(1, 500), PACES, st.integers(1, 600))
def test_further_back_is_never_sooner(place: int, pace: Pace, target_min: int) -> None:
    nearer, further = (estimate(which, pace, target_min=target_min) for which in (place, place + 1))
    assert (nearer.low_min, nearer.high_min) <= (further.low_min, further.high_min)


@given(st.integers(1, 50), PACES, st.integers(1, 600))
def test_with_nothing_seen_it_reaches_at_least_to_the_promised_time(place: int, pace: Pace, target_min: int) -> None:
    assert estimate(place, pace._replace(taken=0), target_min=target_min).high_min >= target_min


@pytest.mark.parametrize("place", [1, 2, 5, 12])
@pytest.mark.parametrize(("nurses", "window_min"), [(1, 60.0), (4, 60.0), (4, 10.0)])
def test_right_nine_times_of_ten(place: int, nurses: int, window_min: float) -> None:
    """Paces drawn from the very belief, an hour's takes seen, then the wait itself. At least 85 % fall inside.

    Rounding outwards may make it right more often, never less.
    """
    chance = random.Random(place * 100 + nurses)
    right, rounds = 0, 2_000
    for _ in range(rounds):
        pace_per_min = chance.gammavariate(BELIEF, nurses / (BELIEF * PACE_MIN))
        taken = _takes_within(chance, pace_per_min, window_min)
        wait_min = sum(chance.expovariate(pace_per_min) for _ in range(place))
        told = estimate(place, Pace(nurses, taken, window_min, 0), target_min=1)
        right += told.low_min <= wait_min <= told.high_min
    assert right / rounds >= 0.85


def _takes_within(chance: random.Random, pace_per_min: float, minutes: float) -> int:
    taken, at_min = 0, chance.expovariate(pace_per_min)
    while at_min < minutes:
        taken += 1
        at_min += chance.expovariate(pace_per_min)
    return taken


def test_more_urgent_newcomers_make_it_longer() -> None:
    calm, busy = (estimate(3, Pace(2, 10, 60.0, passing), target_min=30) for passing in (0, 8))
    assert busy.high_min > calm.high_min


@pytest.mark.parametrize(
    ("spans", "covered"),
    [([], 0), ([(5, 8)], 0), ([(5, 15)], 5), ([(12, 14), (11, 13), (20, 21)], 4), ([(10, 30), (12, 13)], 20)],
)
def test_covered_time_counts_overlaps_once(spans: list[tuple[int, int]], covered: int) -> None:
    assert covered_ms(spans, since_ms=10) == covered


async def test_from_what_sql_has(ward: Ward, deadlines: Deadlines) -> None:
    waits = WaitEstimator(ward.places, deadlines, ward.clock, nurses_on=lambda _: 2)
    for _ in range(3):
        await ward.arrive("urgent")
    mine = await ward.arrive("urgent")
    first = await waits.estimate(await ward.log.head(contact_stream(mine)))
    assert (first.place, first.high_min >= 30) == (4, True)
    for n in range(3):
        ward.clock.advance(minutes=1)
        await ward.claims.claim_next(nurse("sara"), ["hamnen"], client_id=f"c{n}")
    later = await waits.estimate(await ward.log.head(contact_stream(mine)))
    assert (later.place, later.high_min < 30) == (1, True)

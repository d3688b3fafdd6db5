"""A weak way up: what is lost on it is told to its sender, also where it was mended, and less is asked for."""

from hypothesis import example, given
from hypothesis import strategies as st

from rtc.relay.allowed import LEAST, Allowed
from rtc.relay.arrival import AGAIN_S, FIRST_S, Arrival
from rtc.relay.share import RATES

CLOCK = 90_000


def test_what_came_only_because_it_was_asked_for_is_lost_to_its_sender() -> None:
    arrival = Arrival(1, 100, clock=CLOCK)
    for number in (100, 101, 103, 104, 106, 107):
        assert arrival.take(number, number * 3000, 1.0)
    assert arrival.take(102, 102 * 3000, 1.001)  # only late: nobody had asked for it
    assert arrival.due(1.0 + FIRST_S) == [105]
    assert arrival.take(105, 105 * 3000, 1.1)
    told = arrival.report(2.0)
    assert (arrival.mended, arrival.missing) == (2, {})
    assert (told.packets_lost, told.fraction_lost) == (1, 256 // 8)
    assert arrival.take(108, 108 * 3000, 2.0 + AGAIN_S)
    assert arrival.report(3.0).fraction_lost == 0


def test_a_line_that_loses_is_asked_for_less_and_for_all_once_it_no_longer_does() -> None:
    allowed = Allowed()
    assert allowed.after(RATES[0], 0.1) == RATES[0]
    assert allowed.after(RATES[0], 0.2) == 1_350_000
    assert allowed.after(RATES[0], 0.05) == 1_350_000
    assert allowed.after(RATES[1], 0.2) == 630_000, "of what the visit has room for now"
    assert [allowed.after(RATES[1], 0.0) for _ in range(3)] == [661_500, 694_575, RATES[1]]
    assert [allowed.after(RATES[3], 1.0) for _ in range(3)] == [75_000, LEAST, LEAST]


@given(st.lists(st.tuples(st.sampled_from(RATES), st.floats(0, 1)), max_size=30))
@example([(RATES[0], 1.0)] * 8)
def test_it_is_never_more_than_there_is_room_for_and_never_nothing(seconds: list[tuple[int, float]]) -> None:
    allowed = Allowed()
    for wanted, loss in seconds:
        now = allowed.after(wanted, loss)
        assert min(LEAST, wanted) <= now <= wanted
        assert loss <= 0.1 or now < wanted

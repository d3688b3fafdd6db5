"""A weak way up: what is lost on it is told to its sender, also where it was mended, and less is asked for."""

from collections import deque

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rtc.relay.allowed import LEAST, LONG_S, Allowed, Second
from rtc.relay.arrival import AGAIN_S, FIRST_S, Arrival
from rtc.relay.share import RATES
from rtc.relay.waits import FORGET_S, TICKS, WRAPS, Waits

CLOCK = 90_000
BYTES = 1_000
"""Of a packet."""


def lost(share: float) -> Second:
    """A second of a line that loses, and makes nobody wait."""
    return Second(share, came=RATES[0], waited_s=0.0)


class Queue:
    """A way up that loses nothing, and lets what is too much wait; `ahead_s`: how far the sender's clock is ahead."""

    def __init__(self, carries: int, *, ahead_s: float) -> None:
        self.carries, self.ahead_s = carries, ahead_s
        self.now = self.free_at = 1_000.0
        self.waits, self.allowed = Waits(), Allowed()
        self._way: deque[tuple[float, int]] = deque()

    def second(self, sends: int, wanted: int) -> int:
        """What is asked for after a second of sending so much."""
        until, came = self.now + 1, 0
        while self.now < until:
            self.free_at = max(self.free_at, self.now) + BYTES * 8 / self.carries
            self._way.append((self.free_at, int((self.now + self.ahead_s) * TICKS) % WRAPS))
            self.now += BYTES * 8 / sends
        while self._way and self._way[0][0] < until:
            at, sent = self._way.popleft()
            self.waits.take(sent, at)
            came += BYTES * 8
        self.now = until
        return self.allowed.after(wanted, Second(0.0, came, self.waits.second(until)))


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
    assert allowed.after(RATES[0], lost(0.1)) == RATES[0]
    assert allowed.after(RATES[0], lost(0.2)) == 1_350_000
    assert allowed.after(RATES[0], lost(0.05)) == 1_350_000
    assert allowed.after(RATES[1], lost(0.2)) == 630_000, "of what the visit has room for now"
    assert [allowed.after(RATES[1], lost(0.0)) for _ in range(3)] == [661_500, 694_575, RATES[1]]
    assert [allowed.after(RATES[3], lost(1.0)) for _ in range(3)] == [75_000, LEAST, LEAST]


@given(st.lists(st.tuples(st.sampled_from(RATES), st.floats(0, 1)), max_size=30))
@example([(RATES[0], 1.0)] * 8)
def test_it_is_never_more_than_there_is_room_for_and_never_nothing(seconds: list[tuple[int, float]]) -> None:
    allowed = Allowed()
    for wanted, loss in seconds:
        now = allowed.after(wanted, lost(loss))
        assert min(LEAST, wanted) <= now <= wanted
        assert loss <= 0.1 or now < wanted


@pytest.mark.parametrize("carries", [120_000, 400_000, 1_200_000])
def test_a_line_that_only_queues_is_asked_for_less_until_nothing_waits_and_more_once_it_carries_more(
    carries: int,
) -> None:
    line = Queue(4_000_000, ahead_s=3_600.0)
    asked = RATES[0]
    for _ in range(5):
        asked = line.second(asked, RATES[0])
    assert asked == RATES[0]
    line.carries = carries
    seconds = []
    for _ in range(130):  # the sender's 24 bits begin anew meanwhile, and a span that is remembered ends
        asked = line.second(asked, RATES[0])
        seconds.append((asked, line.free_at - line.now))
    settled = seconds[60:]
    assert all(asked < carries * 1.25 and waits < 5 * LONG_S for asked, waits in settled), settled
    assert sum(asked for asked, _ in settled) / len(settled) > carries * 0.7
    line.carries = 4_000_000
    for _ in range(60):
        asked = line.second(asked, RATES[0])
    assert asked == RATES[0]


def test_another_way_that_takes_longer_is_no_queue() -> None:
    waits = Waits()
    assert [_waited(waits, second, late_s=0.02) for second in range(3)] == [0.0, 0.0, 0.0]
    assert abs(_waited(waits, 3, late_s=0.52) - 0.5) < 0.001
    waits.begin_anew()
    assert _waited(waits, 4, late_s=0.52) == 0.0
    assert abs(_waited(waits, 5, late_s=0.62) - 0.1) < 0.001
    last = 5 + 3 * int(FORGET_S)
    assert [_waited(waits, second, late_s=0.62) for second in range(6, last)][-1] == 0.0, "it is not forgotten"


def _waited(waits: Waits, second: int, *, late_s: float) -> float:
    """A second of packets, each of which takes so long."""
    for number in range(10):
        at = second + number / 10
        waits.take(int(at * TICKS) % WRAPS, at + late_s)
    return waits.second(second + 1.0)

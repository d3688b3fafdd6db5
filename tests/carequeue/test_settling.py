"""What a node is settling is kept from others there for a moment, and never for longer than the index keeps it."""

from datetime import UTC, datetime

from carequeue.live.store import PARK_MS
from carequeue.settling import Settling
from core.clock import ManualClock
from core.ids import ContactId

ONE = ContactId("one")


def test_one_that_hangs_keeps_nobody_from_the_contact_for_longer_than_a_park() -> None:
    clock = ManualClock(datetime(2026, 11, 28, tzinfo=UTC))
    settling = Settling(clock)
    with settling.settled_here(ONE):
        assert settling.has(ONE)
        clock.advance(seconds=PARK_MS / 1000)
        assert not settling.has(ONE)
        with settling.settled_here(ONE):
            assert settling.has(ONE)
        assert not settling.has(ONE)


def test_the_end_of_one_that_hung_is_not_the_end_of_the_next() -> None:
    clock = ManualClock(datetime(2026, 11, 28, tzinfo=UTC))
    settling = Settling(clock)
    first, second = settling.settled_here(ONE), settling.settled_here(ONE)
    first.__enter__()
    clock.advance(seconds=1)
    second.__enter__()
    first.__exit__(None, None, None)
    assert settling.has(ONE)
    second.__exit__(None, None, None)
    assert not settling.has(ONE)

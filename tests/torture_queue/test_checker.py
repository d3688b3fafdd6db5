"""The reckoning itself: what is right passes, and every harm that is planted is counted as what it is."""

from collections.abc import Callable

import pytest

from carequeue.capacity import load_capacity
from carequeue.deadlines import load_deadlines
from carequeue.order import order_key
from core.ids import ContactId
from tests.torture_queue.attempt import Attempt
from tests.torture_queue.checker import Findings, Reckoning, check_holding, check_lost
from tests.torture_queue.history import Span
from triage.entries import Level

DEADLINES = load_deadlines()
UNITS = {"sara": ["u"], "jonas": ["u", "v"]}


class Day:
    """A queue of one morning, told by hand. Times are seconds."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.attempts: list[Attempt] = []
        self.written: list[tuple[str, str, int]] = []
        self.opened: list[str] = []

    def wait(
        self,
        name: str,
        start_s: float,
        end_s: float = 100.0,
        *,
        level: Level = "urgent",
        unit_id: str = "u",
        by: str = "",
    ) -> None:
        """It waits, and is taken at the end by this nurse with the command of the contact's name."""
        due_ms = DEADLINES.due_ms(unit_id, level, arrived_ms=int(start_s * 1000))
        key = order_key(level, int(start_s * 1000), ContactId(name), due_ms=due_ms)
        taken = (by, name) if by else None
        self.spans.append(
            Span(ContactId(name), unit_id, "waiting", key, frozenset(), level, "", 0, start_s, end_s, taken)
        )
        if by:
            held = Span(ContactId(name), unit_id, "held", key, frozenset(), level, by, 1, end_s, end_s + 20)
            closed = Span(ContactId(name), unit_id, "closed", key, frozenset(), level, "", 1, end_s + 20)
            self.spans += [held, closed]
            self.opened.append(name)
            self.written += [(name, f"staff:{by}", 1), (name, f"staff:{by}", 1)]

    def ask(self, staff_id: str, name: str, sent_s: float, ended_s: float, *, refused: str = "") -> None:
        """One attempt of the command that is called as the contact."""
        told = "" if refused else name
        self.attempts.append(Attempt(staff_id, name, sent_s, ended_s, told, 1 if told else 0, refused))

    def reckon(self) -> Findings:
        """What is found."""
        findings = Findings()
        check_lost(self.spans, self.attempts, self.opened, findings)
        check_holding(self.spans, self.written, findings)
        Reckoning(self.spans, self.attempts, UNITS, load_capacity()).check(findings)
        return findings


@pytest.fixture
def day() -> Day:
    """Two who are taken in order, one at a unit where only Jonas works, and an empty answer when nobody waits."""
    day = Day()
    day.wait("a", 0.0, 10.0, by="sara")
    day.wait("b", 1.0, 12.0, by="jonas")
    day.wait("other", 3.0, 13.0, unit_id="v", by="jonas")
    day.ask("sara", "a", 9.9, 10.1)
    day.ask("jonas", "b", 11.2, 12.1)
    day.ask("jonas", "other", 12.9, 13.1)
    day.ask("sara", "none", 50.0, 50.1, refused="nothing_waiting")
    return day


def test_what_is_right_passes(day: Day) -> None:
    found = day.reckon()
    assert found.told == []
    assert (found.contacts, found.claims) == (3, 3)


def passed_by(day: Day) -> None:
    """Somebody more urgent waited for long and another was taken."""
    day.wait("left", 2.0, 40.0, level="very_urgent", by="sara")
    day.ask("sara", "left", 39.9, 40.1)


def passed_for_ever(day: Day) -> None:
    day.wait("left", 0.0, 80.0, level="immediate", by="sara")
    day.ask("sara", "left", 79.0, 80.1)
    day.ask("sara", "idle", 60.0, 60.1, refused="nothing_waiting")


def told_nothing(day: Day) -> None:
    day.wait("there", 48.0, 60.0, by="sara")
    day.ask("sara", "there", 59.9, 60.1)


def told_full(day: Day) -> None:
    """With room for seven more."""
    day.wait("there", 60.0, 70.0, by="sara")
    day.ask("sara", "there", 69.9, 70.1)
    day.ask("sara", "full", 65.0, 65.1, refused="at_capacity")


def acknowledged_and_not_there(day: Day) -> None:
    day.ask("sara", "nowhere", 20.0, 20.1)


def never_closed(day: Day) -> None:
    day.wait("alone", 99.0)


def opened_and_not_there(day: Day) -> None:
    day.opened.append("gone")


def two_were_told(day: Day) -> None:
    day.ask("jonas", "a", 9.9, 10.1)


def written_by_another(day: Day) -> None:
    day.written.append(("a", "staff:jonas", 1))


def written_under_a_claim_that_never_was(day: Day) -> None:
    day.written.append(("a", "staff:sara", 2))


HARMS: dict[Callable[[Day], None], set[str]] = {
    passed_by: {"out_of_order"},
    passed_for_ever: {"out_of_order", "idle_while_waiting"},
    told_nothing: {"idle_while_waiting"},
    told_full: {"idle_while_waiting"},
    acknowledged_and_not_there: {"lost"},
    never_closed: {"lost"},
    opened_and_not_there: {"lost"},
    two_were_told: {"lost", "held_twice"},
    written_by_another: {"held_twice"},
    written_under_a_claim_that_never_was: {"held_twice"},
}


@pytest.mark.parametrize(("harm", "counted"), HARMS.items(), ids=[harm.__name__ for harm in HARMS])
def test_a_harm_is_counted_as_what_it_is(day: Day, harm: Callable[[Day], None], counted: set[str]) -> None:
    harm(day)
    assert {told.partition(":")[0] for told in day.reckon().told} == counted


def test_claims_under_way_at_the_same_time_may_stand_in_either_order(day: Day) -> None:
    day.wait("first", 20.0, 30.05, by="jonas")
    day.wait("second", 21.0, 30.0, by="sara")
    day.ask("jonas", "first", 29.9, 30.1)
    day.ask("sara", "second", 29.95, 30.1)
    assert day.reckon().told == []


def test_a_claim_that_broke_off_excuses_one_contact_for_a_second_and_not_two(day: Day) -> None:
    for name, start_s in (("first", 20.0), ("second", 20.1)):
        day.wait(name, start_s, 40.0, by="jonas")
        day.ask("jonas", name, 39.9, 40.1)
    day.wait("third", 21.0, 30.0, by="sara")
    day.ask("sara", "third", 29.95, 30.1)
    for _ in range(2):
        day.ask("jonas", "broken", 29.0, 29.2, refused="unreachable")
    assert day.reckon().told == [], "two were broken off, and two were passed"
    day.attempts.pop()
    assert [told.partition(":")[0] for told in day.reckon().told] == ["out_of_order"]


def test_a_claim_that_was_long_under_way_may_have_parked_another_meanwhile(day: Day) -> None:
    day.wait("first", 20.0, 40.0, by="jonas")
    day.ask("jonas", "first", 39.9, 40.1)
    day.wait("second", 21.0, 30.0, by="sara")
    day.ask("sara", "second", 29.95, 30.1)
    day.wait("third", 22.0, 29.9, level="immediate", by="jonas")
    day.ask("jonas", "third", 29.0, 29.9)
    assert [told.partition(":")[0] for told in day.reckon().told] == ["out_of_order"]
    day.attempts[-1].sent_s = 28.5
    assert day.reckon().told == []


def test_what_is_lowered_while_it_is_being_taken_was_picked_as_what_it_was(day: Day) -> None:
    day.wait("waits", 20.0, 40.0, level="routine", by="jonas")
    day.ask("jonas", "waits", 39.9, 40.1)
    day.wait("new", 27.0, 30.0)
    day.wait("new", 30.0, 30.5, level="self_care", by="sara")
    day.ask("sara", "new", 29.99, 30.51)
    assert day.reckon().told == []


def test_what_was_lowered_long_before_it_was_taken_counts_as_what_it_is(day: Day) -> None:
    day.wait("waits", 20.0, 40.0, level="routine", by="jonas")
    day.ask("jonas", "waits", 39.9, 40.1)
    day.wait("new", 27.0, 28.0)
    day.wait("new", 28.0, 30.5, level="self_care", by="sara")
    day.ask("sara", "new", 29.99, 30.51)
    assert [told.partition(":")[0] for told in day.reckon().told] == ["out_of_order"]


def test_a_second_of_waiting_is_what_counts(day: Day) -> None:
    day.wait("new", 9.5, 40.0, level="immediate", by="sara")
    day.ask("sara", "new", 39.9, 40.1)
    assert {told.split()[1] for told in day.reckon().told} == {"jonas"}, "for Sara it had been there for half a second"

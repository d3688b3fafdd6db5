"""What a unit lets patients do with its times."""

import pytest
from msgspec.structs import replace

from care.booking.rules import (
    DAY_MS,
    MINUTE_MS,
    load_booking_rules,
    may_book,
    may_cancel,
    may_move,
    parse_booking_rules,
)
from core.errors import FyrError

RULES = load_booking_rules().of("hamnen")
NOW_MS = 1_800_000_000_000


@pytest.mark.parametrize(
    ("from_now_ms", "others", "hindrance"),
    [
        (RULES.book_min * MINUTE_MS, 0, None),
        (RULES.book_min * MINUTE_MS - 1, 0, "too_soon"),
        (RULES.ahead_days * DAY_MS, 0, None),
        (RULES.ahead_days * DAY_MS + 1, 0, "too_far"),
        (DAY_MS, RULES.most_open - 1, None),
        (DAY_MS, RULES.most_open, "too_many"),
    ],
)
def test_when_a_patient_books(from_now_ms: int, others: int, hindrance: str | None) -> None:
    assert may_book(RULES, NOW_MS + from_now_ms, now_ms=NOW_MS, others=others) == hindrance


def test_when_a_patient_moves_and_cancels() -> None:
    rules = replace(RULES, move_min=60, cancel_min=30)
    for start_min, move, cancel in ((60, None, None), (59, "too_late", None), (29, "too_late", "too_late")):
        start_ms = NOW_MS + start_min * MINUTE_MS
        assert may_move(rules, start_ms, now_ms=NOW_MS) == move
        assert may_cancel(rules, start_ms, now_ms=NOW_MS) == cancel


WRONG = """
version: 1
standard: {ahead_days: 0, book_min: -1, move_min: 1, cancel_min: 1, most_open: 0, reminders_min: [1, 2], offer_min: 0,
  lobby_min: 1, missed_min: {}, source: " ", review: proposed}
units: {}
"""


def test_rules_are_checked_whole() -> None:
    with pytest.raises(FyrError) as refused:
        parse_booking_rules(WRONG)
    problems = refused.value.data["problems"]
    assert isinstance(problems, list)
    assert len(problems) == 6

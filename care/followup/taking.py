"""Readings as they come in: each is checked by itself, and one that is dated in the future counts from now. Pure."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec.structs import replace

from core.errors import FyrError
from triage.thresholds.measures import is_possible
from triage.thresholds.reading import MINUTE_MS, Answer, Reading, check_unit

CLOCKS_MS = 2 * MINUTE_MS
"""So far apart are clocks that nobody need doubt."""
MOST = 40
"""Readings, and answers, of one sending."""


def reading_now(reading: Reading, *, now_ms: int) -> Reading:
    """As it is kept. What was measured later than it comes was measured now, by a clock that is in doubt."""
    if reading.at_ms <= now_ms:
        return reading
    if reading.at_ms <= now_ms + CLOCKS_MS:
        return replace(reading, at_ms=now_ms)
    return replace(reading, at_ms=now_ms, doubts=(*reading.doubts, "clock"))


def answer_now(answer: Answer, *, now_ms: int) -> Answer:
    """As it is kept."""
    return replace(answer, at_ms=min(answer.at_ms, now_ms))


def check_typed(readings: Sequence[Reading]) -> None:
    """Refuse at once what cannot be, while whoever typed it has the device in their hand. Raises `bad_request`."""
    for place, one in enumerate(readings):
        check_unit(one.measure, one.unit)
        if not one.value.is_finite() or one.at_ms < 0 or not is_possible(one.measure, one.amount):
            raise FyrError("bad_request", where=f"$.readings[{place}]", what="a value that can be")


def check_count(*given: Sequence[object]) -> None:
    """Raises `too_many`, and `empty` for nothing at all."""
    if not any(given):
        raise FyrError("empty", field="readings")
    if any(len(one) > MOST for one in given):
        raise FyrError("too_many", limit=MOST)


def sent_once(record_id: str, reading: Reading) -> str:
    """What a device's reading is called in the log: the same however often, and by whichever way, it comes."""
    said = f"{record_id}|{reading.key}|{reading.value.normalize()}|{reading.unit}"
    return sha256(said.encode()).hexdigest()

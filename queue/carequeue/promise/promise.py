"""A promise of how long a wait will be, and what became of it. Pure."""

from typing import Literal, NamedTuple

from carequeue.deadlines import MINUTE_MS
from carequeue.promise.interval import Interval
from core.ids import ContactId
from triage.entries import Level

Result = Literal["right", "early", "late", "untold", "moved", "left"]
"""Right; taken before or after the told time; nothing was told; the level or the unit became another, so that it was
of another wait; closed as it waited."""
SCORED: tuple[Result, ...] = ("right", "early", "late")
LEARNT_FROM: tuple[Result, ...] = (*SCORED, "untold")
AGAIN_MS = 30 * MINUTE_MS
"""After so long it is tried again to tell whom nothing could be told."""


class Promise(NamedTuple):
    """What one patient was told, or would have been, at one moment. Never of an immediate contact."""

    contact_id: ContactId
    no: int
    """Counts the contact's promises from 1."""
    unit_id: str
    level: Level
    began_ms: int
    """Which wait it is of: when that began."""
    again: bool
    """Whether one before it in the same wait had turned out too short, or was going to."""
    made_ms: int
    expected_ms: int
    """What was expected, in the middle."""
    from_ms: int | None = None
    """The told interval as moments; None where nothing could be told."""
    until_ms: int | None = None
    result: Result | None = None
    known_ms: int | None = None
    """Since when the result is known."""
    waited_ms: int | None = None
    """From the promise to the moment somebody took the contact."""
    ended_ms: int | None = None
    """When there was nothing more to learn of it; None while it is open."""


class Seen(NamedTuple):
    """How the contact of a promise stands: where, at which level, and how its wait ended, if it did."""

    unit_id: str
    level: Level
    ended_ms: int | None = None
    taken: bool = False


def told(promise: Promise, interval: Interval | None) -> Promise:
    """The promise with the interval that is told."""
    if interval is None:
        return promise
    return promise._replace(
        from_ms=promise.made_ms + interval.low_min * MINUTE_MS,
        until_ms=promise.made_ms + interval.high_min * MINUTE_MS,
    )


def stands(promise: Promise, now_ms: int) -> bool:
    """Whether it is still what the patient is told; else they are told anew."""
    if promise.until_ms is None:
        return now_ms < promise.made_ms + AGAIN_MS
    return now_ms <= promise.until_ms


def is_broken(promise: Promise, now_ms: int) -> bool:
    """Whether the told time is over, and somebody waits still."""
    return promise.until_ms is not None and promise.until_ms < now_ms


def left_min(promise: Promise, now_ms: int) -> float | None:
    """Minutes until the told interval is over, where one was told and is not over."""
    if promise.until_ms is None or is_broken(promise, now_ms):
        return None
    return (promise.until_ms - now_ms) / MINUTE_MS


def judged(promise: Promise, seen: Seen, now_ms: int) -> Promise:
    """The promise with what became of it by now. What was too short for one who then moved or left stays so."""
    moved = (seen.unit_id, seen.level) != (promise.unit_id, promise.level)
    if seen.ended_ms is None and not moved:
        too_short = promise.result is None and is_broken(promise, now_ms)
        return promise._replace(result="late", known_ms=promise.until_ms) if too_short else promise
    ended_ms = seen.ended_ms if seen.ended_ms is not None else now_ms
    if moved or not seen.taken:
        result: Result = promise.result or ("moved" if moved else "left")
        known_ms = promise.known_ms or ended_ms
        return promise._replace(result=result, known_ms=known_ms, ended_ms=ended_ms)
    result = _result(promise, ended_ms)
    known_ms = promise.known_ms if result == "late" and promise.known_ms else ended_ms
    waited_ms = max(0, ended_ms - promise.made_ms)
    return promise._replace(result=result, known_ms=known_ms, waited_ms=waited_ms, ended_ms=ended_ms)


def _result(promise: Promise, taken_ms: int) -> Result:
    if promise.from_ms is None or promise.until_ms is None:
        return "untold"
    if taken_ms < promise.from_ms:
        return "early"
    return "right" if taken_ms <= promise.until_ms else "late"

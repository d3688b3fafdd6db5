"""What was to be measured and was not: an alarm of its own kind, that says nothing of any value."""

from collections.abc import Iterable

import msgspec

from triage.thresholds.known import Known
from triage.thresholds.measures import Measure
from triage.thresholds.plan import Expected
from triage.thresholds.reading import HOUR_MS, Pause
from triage.urgency import Urgency

GRACE_MS = 12 * HOUR_MS
"""A measurement is not missed on the minute."""


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """So many expected measurements have not come since then."""

    measure: Measure
    since_ms: int
    count: int
    urgency: Urgency


def missing(known: Known) -> tuple[Missing, ...]:
    """Of each thing that is expected, in the plan's order. While a pause lasts nothing is missed."""
    if any(_is_on(pause, known.now_ms) for pause in known.told.pauses):
        return ()
    found = (_missed(known, expected) for expected in known.plan.expected)
    return tuple(one for one in found if one is not None)


def _missed(known: Known, expected: Expected) -> Missing | None:
    last = known.newest(expected.measure)
    since_ms = max(known.plan.from_ms, last.at_ms if last else 0)
    waited_ms = active_ms(since_ms, known.now_ms, known.told.pauses) - GRACE_MS
    count = max(0, waited_ms) // (expected.every_h * HOUR_MS)
    if count < expected.missed:
        return None
    return Missing(measure=expected.measure, since_ms=since_ms, count=count, urgency=expected.urgency)


def missed_at_ms(known: Known, expected: Expected, *, count: int) -> int | None:
    """When so many of what is expected have not come, if nothing comes; None while a pause has no end."""
    last = known.newest(expected.measure)
    since_ms = max(known.plan.from_ms, last.at_ms if last else 0)
    return active_until(since_ms, GRACE_MS + count * expected.every_h * HOUR_MS, known.told.pauses)


def active_until(from_ms: int, long_ms: int, pauses: Iterable[Pause]) -> int | None:
    """The first moment by which so much time was in no pause; None: a pause without an end comes before."""
    at_ms, left_ms = from_ms, long_ms
    for pause in sorted(pauses, key=lambda one: one.from_ms):
        before_ms = max(0, pause.from_ms - at_ms)
        if left_ms <= before_ms:
            break
        if pause.until_ms is None:
            return None
        left_ms, at_ms = left_ms - before_ms, max(at_ms, pause.until_ms)
    return at_ms + left_ms


def active_ms(from_ms: int, until_ms: int, pauses: Iterable[Pause]) -> int:
    """How much of a time is in no pause; pauses that overlap are taken away once."""
    total, at_ms = 0, from_ms
    for pause in sorted(pauses, key=lambda one: one.from_ms):
        begins = min(max(pause.from_ms, at_ms), until_ms)
        total += max(0, begins - at_ms)
        ends = until_ms if pause.until_ms is None else min(pause.until_ms, until_ms)
        at_ms = max(at_ms, ends)
    return total + max(0, until_ms - at_ms)


def _is_on(pause: Pause, now_ms: int) -> bool:
    return pause.from_ms <= now_ms and (pause.until_ms is None or now_ms < pause.until_ms)

"""The judgement: in which zone a patient is by their own plan, why, how urgent it is, and from when it is an alarm.

It depends on what was measured and when, never on when or in which order it came. What was told last stands until
something newer is told. A red value alarms at once, unless nothing but one value speaks for it: then the patient is
asked to measure again, and it alarms when that confirms it or when nothing has come within a quarter of an hour.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import msgspec

from triage.thresholds.known import Known, before
from triage.thresholds.measures import MEASURES, Measure
from triage.thresholds.missing import Missing, missing
from triage.thresholds.plan import WORSE, Limit, Plan, Test, Zone
from triage.thresholds.reading import DAY_MS, MINUTE_MS, Doubt, Reading, Sitting, Told, doubts_of
from triage.urgency import RANK, Urgency, highest

AGAIN_MS = 15 * MINUTE_MS
"""How long a value that nothing else speaks for waits to be measured again. Our own proposal, unconfirmed."""
OF_LAST, HELD_IN = 3, 2
"""A yellow limit that persists holds in two of the last three sittings (domain brief §4.2)."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The value a limit holds for, and what it was compared with, in the base unit."""

    measure: Measure
    key: str
    at_ms: int
    value: Fraction
    reference: Fraction | None = None
    """The patient's own, or what it has changed from."""
    doubts: tuple[Doubt, ...] = ()
    confirmed: bool = False
    """Seen twice, in one sitting or in several."""


class Fired(msgspec.Struct, frozen=True, kw_only=True):
    """A limit that holds."""

    limit: str
    why: Literal["limit", "was_red"]
    """`was_red`: beyond a red limit within the last day, and not since."""
    zone: Zone
    urgency: Urgency
    evidence: tuple[Evidence, ...] = ()
    """Empty where answers alone made it hold."""
    answers: tuple[str, ...] = ()
    """Questions whose yes it rests on."""
    news2: int | None = None
    """The score it rests on, at least so much."""
    alarm_at_ms: int = 0
    """From when on it is an alarm; until then the patient is asked to measure again."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Where a patient is now. `urgency` is None when there is nothing to see to."""

    zone: Zone
    seen: Zone
    """The colour of the newest values by themselves, for the patient: yellow at once, also where an alarm waits."""
    urgency: Urgency | None
    fired: tuple[Fired, ...] = ()
    """The most urgent first."""
    missing: tuple[Missing, ...] = ()
    again: tuple[Measure, ...] = ()
    """What the patient is asked to measure once more, now."""


def judge(plan: Plan, told: Told, *, now_ms: int) -> Verdict:
    """By the plan, from everything told, at this moment."""
    return judged(Known(plan, told, now_ms))


def judged(known: Known) -> Verdict:
    """The same, of what has been put in order already."""
    fired = sorted(_fired(known), key=lambda one: (RANK[one.urgency], -WORSE[one.zone], one.limit, one.why))
    missed = missing(known)
    levels = [*(one.urgency for one in fired), *(one.urgency for one in missed)]
    return Verdict(
        zone=_worst(one.zone for one in fired),
        seen=_worst(limit.zone for limit in known.plan.limits if _holds(known, limit)),
        urgency=highest(levels) if levels else None,
        fired=tuple(fired),
        missing=missed,
        again=_again(known, fired),
    )


def _worst(zones: Iterator[Zone]) -> Zone:
    return max(zones, key=WORSE.__getitem__, default="green")


def _fired(known: Known) -> Iterator[Fired]:
    for limit in known.plan.limits:
        if _held_lately(known, limit) >= HELD_IN if limit.persists else _holds(known, limit):
            yield _made(known, limit)
        elif limit.zone == "red" and _was_beyond(known, limit):
            yield Fired(limit=limit.id, why="was_red", zone="yellow", urgency="urgent", alarm_at_ms=known.now_ms)


def _holds(known: Known, limit: Limit) -> bool:
    return all(known.holds(test) for test in limit.all) and (
        not limit.any or any(known.holds(test) for test in limit.any)
    )


def _held_lately(known: Known, limit: Limit) -> int:
    test = limit.all[0]
    lately = known.sittings[test.m][-OF_LAST:] if test.m else []
    return sum(known.held_by(test, sitting) is not None for sitting in lately)


def _was_beyond(known: Known, limit: Limit) -> bool:
    """Of a limit of one value alone: in a sitting of the last day that a later one refutes."""
    if limit.any or len(limit.all) != 1 or limit.all[0].m is None:
        return False
    test = limit.all[0]
    lately = [one for one in known.sittings[limit.all[0].m][:-1] if known.now_ms - one.at_ms <= DAY_MS]
    return any(known.held_by(test, sitting) is not None for sitting in lately)


def _made(known: Known, limit: Limit) -> Fired:
    held = [test for test in limit.tests if known.holds(test) or limit.persists]
    evidence = tuple(one for test in held if test.m for one in _evidence(known, test, test.m))
    answers = tuple(test.a for test in held if test.a)
    alone = bool(evidence) and not answers and not known.has_symptom and limit.urgency != "immediate"
    waits = alone and not any(one.confirmed for one in evidence)
    times = [*(one.at_ms for one in evidence), *(known.answers[question].at_ms for question in answers)]
    at_ms = max(times, default=known.now_ms)
    return Fired(
        limit=limit.id,
        why="limit",
        zone=limit.zone,
        urgency=limit.urgency,
        evidence=evidence,
        answers=answers,
        news2=known.score.points if any(test.news2 for test in held) else None,
        alarm_at_ms=at_ms + AGAIN_MS if waits else at_ms,
    )


def _evidence(known: Known, test: Test, measure: Measure) -> Iterator[Evidence]:
    """The newest reading it holds for; a limit that persists may rest on the sitting before."""
    own = known.sittings[measure]
    for place in range(len(own) - 1, max(-1, len(own) - 1 - OF_LAST), -1):
        reading = known.held_by(test, own[place])
        if reading is not None:
            yield _seen(known, test, (reading, place))
            return


def _seen(known: Known, test: Test, found: tuple[Reading, int]) -> Evidence:
    reading, place = found
    own = known.sittings[reading.measure]
    sure = [one for one in own[max(0, place - OF_LAST + 1) : place] if known.held_by(test, one) is not None]
    return Evidence(
        measure=reading.measure,
        key=reading.key,
        at_ms=reading.at_ms,
        value=reading.amount,
        reference=known.reference(test, reading),
        doubts=doubts_of(reading, before(own, place)),
        confirmed=bool(sure) or _twice(known, test, own[place]),
    )


def _twice(known: Known, test: Test, sitting: Sitting) -> bool:
    return sum(known.held_by(test, Sitting((one,))) is not None for one in sitting.readings) > 1


def _again(known: Known, fired: list[Fired]) -> tuple[Measure, ...]:
    """What waits to be confirmed, and what is in doubt though no limit holds: it may be another person's."""
    waiting = {one.measure for item in fired if item.alarm_at_ms > known.now_ms for one in item.evidence}
    doubtful = {measure for measure in MEASURES if _is_doubtful(known, measure)}
    return tuple(measure for measure in MEASURES if measure in waiting | doubtful)


def _is_doubtful(known: Known, measure: Measure) -> bool:
    own = known.sittings[measure]
    if not own or len(own[-1].readings) > 1 or known.now_ms - own[-1].at_ms > AGAIN_MS:
        return False
    return bool(doubts_of(own[-1].readings[0], before(own, len(own) - 1)))

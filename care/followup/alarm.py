"""From what is due to what a nurse reads: each value with its limit, its trend and what is in doubt of it. Pure."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from care.followup.due import Missed, Pending
from care.followup.entries import AlarmGround, AlarmValue, FollowUpAlarm, Planned, TrendPoint, Words
from care.followup.state import Record
from care.followup.transcript import MISSING, NAMES
from core.transcript.line import LANGS
from triage.content.schema import Wording
from triage.thresholds.judge import Evidence, Fired
from triage.thresholds.measures import MEASURES, Measure, base_unit
from triage.thresholds.plan import WORSE, Limit, Test
from triage.thresholds.reading import Told
from triage.thresholds.units import shown
from triage.urgency import RANK

TREND = 14
"""Values of a measure that stand beside the one in question."""


def alarm_of(record_id: str, part: Record, due: Sequence[Pending], *, planned: Planned) -> FollowUpAlarm:
    """The alarm of everything that is due, the most urgent first."""
    grounds = sorted(
        (_ground(one, part, planned) for one in due), key=lambda one: (RANK[one.urgency], -WORSE[one.zone])
    )
    return FollowUpAlarm(
        record_id=record_id,
        programme=planned.name,
        lang=part.lang,
        zone=max((one.zone for one in grounds), key=WORSE.__getitem__),
        urgency=grounds[0].urgency,
        grounds=tuple(grounds),
        keys=tuple(one.key for one in due),
    )


def by_lang(wording: Wording) -> Words:
    """A wording as it lies in an entry."""
    return dict(msgspec.structs.asdict(wording))


def _ground(one: Pending, part: Record, planned: Planned) -> AlarmGround:
    if isinstance(one.what, Missed):
        return _missing(one.what)
    fired = one.what
    limit = next(row for row in planned.limits if row.id == fired.limit)
    return AlarmGround(
        why=fired.why,
        zone=fired.zone,
        urgency=fired.urgency,
        reason=planned.reasons.get(fired.limit, {}),
        seen=tuple(_seen(fired, limit, part.kept)),
        answers=tuple(planned.asked[name] for name in fired.answers if name in planned.asked),
        news2=fired.news2,
    )


def _missing(what: Missed) -> AlarmGround:
    measure = what.expected.measure
    return AlarmGround(
        why="missing",
        zone="yellow",
        urgency=what.expected.urgency,
        reason={lang: MISSING(lang, count=what.missed, name=NAMES[measure](lang)) for lang in LANGS},
        measure=measure,
        missed=what.missed,
        since_ms=what.since_ms,
    )


def _seen(fired: Fired, limit: Limit, told: Told) -> Iterator[AlarmValue]:
    for value in fired.evidence:
        test = next(one for one in limit.tests if one.m == value.measure)
        yield AlarmValue(
            measure=value.measure,
            unit=base_unit(value.measure),
            value=rounded(value.measure, value.value),
            at_ms=value.at_ms,
            bound=test.is_ or test.from_baseline or test.change or "",
            against=_against(test),
            within_h=test.within_h,
            reference=_reference(value),
            doubts=value.doubts,
            confirmed=value.confirmed,
            trend=trend(told, value.measure),
        )


def _against(test: Test) -> Literal["value", "own", "change"]:
    return "own" if test.from_baseline else "change" if test.change else "value"


def _reference(value: Evidence) -> float | None:
    return rounded(value.measure, value.reference) if value.reference is not None else None


def rounded(measure: Measure, value: Fraction) -> float:
    """As it is shown, in the base unit."""
    return float(shown(value, decimals=MEASURES[measure].decimals))


def trend(told: Told, measure: Measure, *, most: int = TREND) -> tuple[TrendPoint, ...]:
    """The newest values of a measure, the oldest first."""
    own = sorted((one for one in told.readings if one.measure == measure), key=lambda one: one.at_ms)
    return tuple(TrendPoint(at_ms=one.at_ms, value=rounded(measure, one.amount)) for one in own[-most:])

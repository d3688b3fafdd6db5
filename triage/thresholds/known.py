"""Everything known of a patient at one moment, put in order once, and whether a test of the plan holds then."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import msgspec

from triage.rules.scores import Score, news2
from triage.thresholds.measures import MEASURES, Measure, is_possible
from triage.thresholds.plan import Plan, Test
from triage.thresholds.reading import HOUR_MS, Answer, Reading, Sitting, Told, newest_answers, sittings

TOGETHER_MS = HOUR_MS
"""NEWS2 is of one moment: what was measured longer before the newest of its values is not part of it."""
NEWS2_MEASURES: tuple[Measure, ...] = ("rr", "spo2", "sbp", "hr", "temp")


@dataclass(frozen=True)
class Known:
    """The plan and what was told, as it was at `now_ms`. A device whose clock is ahead has measured now."""

    plan: Plan
    told: Told
    now_ms: int

    @cached_property
    def sittings(self) -> dict[Measure, list[Sitting]]:
        """By measure, the oldest first."""
        timed = [_timed(one, self.now_ms) for one in self.told.readings]
        return {measure: sittings(timed, measure) for measure in MEASURES}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The newest of each question; it stands until it is answered anew."""
        return newest_answers(one for one in self.told.answers if one.at_ms <= self.now_ms)

    @property
    def has_symptom(self) -> bool:
        """Whether any symptom was last answered with yes."""
        return any(self.said_yes(question) for question in self.plan.symptoms)

    def said_yes(self, question: str) -> bool:
        """Whether the newest answer is yes."""
        answer = self.answers.get(question)
        return answer is not None and answer.yes

    def newest(self, measure: Measure) -> Sitting | None:
        """The last sitting."""
        own = self.sittings[measure]
        return own[-1] if own else None

    def holds(self, test: Test) -> bool:
        """Whether it holds now, by what was told last."""
        if test.a is not None:
            return self.said_yes(test.a)
        if test.news2 is not None:
            return self._scores(test)
        return self.held_by(test, self.newest(test.m) if test.m else None) is not None

    def held_by(self, test: Test, sitting: Sitting | None) -> Reading | None:
        """The reading of a sitting that a value's test holds for."""
        return sitting.where(lambda reading: self._is_beyond(test, reading)) if sitting else None

    def reference(self, test: Test, reading: Reading) -> Fraction | None:
        """What a value is compared with: nothing, the patient's own, or what it has changed from."""
        if test.from_baseline is not None:
            own = self.plan.baseline.get(reading.measure)
            return Fraction(own) if own is not None else None
        return self._changed_from(test, reading) if test.change is not None else None

    def _is_beyond(self, test: Test, reading: Reading) -> bool:
        side = test.bound
        if side is None:
            return False
        if test.is_ is not None:
            return side.holds(reading.amount)
        reference = self.reference(test, reading)
        return reference is not None and side.holds(reading.amount - reference)

    def _changed_from(self, test: Test, reading: Reading) -> Fraction | None:
        earliest = reading.at_ms - (test.within_h or 0) * HOUR_MS
        before = [
            one.amount
            for sitting in self.sittings[reading.measure]
            for one in sitting.readings
            if earliest <= one.at_ms < reading.at_ms and is_possible(one.measure, one.amount)
        ]
        side = test.bound
        if not before or side is None:
            return None
        return min(before) if side.is_upper else max(before)

    def _scores(self, test: Test) -> bool:
        side = test.bound
        return side is not None and side.holds(Fraction(self.score.points))

    @cached_property
    def score(self) -> Score:
        """NEWS2 of the newest values, a lower bound where some are missing. Not for children or in pregnancy."""
        last = {name: one.readings[-1] for name in NEWS2_MEASURES if (one := self.newest(name))}
        newest = max((one.at_ms for one in last.values()), default=0)
        vitals = {str(name): float(one.amount) for name, one in last.items() if newest - one.at_ms <= TOGETHER_MS}
        if vitals:
            vitals["oxygen"] = float(self.plan.on_oxygen)
        if self.plan.confused in self.answers:
            vitals["consciousness"] = float(self.said_yes(self.plan.confused))
        return news2(vitals, prescribed_88_92=self.plan.spo2_88_92)


def _timed(reading: Reading, now_ms: int) -> Reading:
    if reading.at_ms <= now_ms:
        return reading
    return msgspec.structs.replace(reading, at_ms=now_ms, doubts=(*reading.doubts, "clock"))


def before(known: Sequence[Sitting], place: int) -> Reading | None:
    """The last reading of the sitting before this one."""
    return known[place - 1].readings[-1] if place > 0 else None

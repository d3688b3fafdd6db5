"""Readings, answers and pauses, and the sittings that readings fall into by the time they were measured."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from core.errors import FyrError
from triage.thresholds.measures import MEASURES, Measure, base_unit, is_possible, is_usual
from triage.thresholds.units import Unit, converted

Doubt = Literal["impossible", "improbable", "jump", "device", "clock"]
"""Cannot be; can hardly be; too far from the one before; the device itself is in doubt; measured later than it came."""
SITTING_MS = 30 * 60_000
"""What is measured again within half an hour is a repeat of the same measuring."""
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One value, as it was given. `device` is empty where a person typed it."""

    measure: Measure
    value: Decimal
    unit: Unit
    at_ms: int
    """When it was measured, never when it came."""
    device: str = ""
    doubts: tuple[Doubt, ...] = ()
    """What was in doubt when it came; what the values themselves show is added when they are judged."""

    @property
    def key(self) -> str:
        """The same for the same reading, however often and by whichever way it comes."""
        return f"{self.device}|{self.at_ms}|{self.measure}"

    @property
    def amount(self) -> Fraction:
        """In the base unit of its measure. Raises `bad_request`."""
        return converted(self.value, self.unit, base_unit(self.measure))


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the plan, answered: whether it is so."""

    question: str
    yes: bool
    at_ms: int


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which nothing is expected. What comes all the same is judged."""

    why: Literal["holiday", "in_hospital", "other"]
    from_ms: int
    until_ms: int | None = None
    """None: until it is ended."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known, in whatever order it came."""

    readings: tuple[Reading, ...] = ()
    answers: tuple[Answer, ...] = ()
    pauses: tuple[Pause, ...] = ()


class Sitting(msgspec.Struct, frozen=True):
    """Readings of one measure taken one after the other, the oldest first."""

    readings: tuple[Reading, ...]

    @property
    def at_ms(self) -> int:
        """When the last of them was taken."""
        return self.readings[-1].at_ms

    def where(self, holds: Callable[[Reading], bool]) -> Reading | None:
        """The reading for which it holds: the last one, or else one of two at least, so that measuring again until it
        looks well refutes nothing that was seen twice."""
        found = [one for one in self.readings if holds(one)]
        if found and (found[-1].at_ms == self.at_ms or len(found) > 1):
            return found[-1]
        return None


def check_unit(measure: Measure, unit: Unit) -> None:
    """Raises `bad_request` for a unit this is not measured in: mg/dL is of glucose alone."""
    if unit not in MEASURES[measure].units:
        raise FyrError("bad_request", where=f"{measure}: {unit}", what=" or ".join(MEASURES[measure].units))


def sittings(readings: Iterable[Reading], measure: Measure) -> list[Sitting]:
    """By measured time, the oldest first. The same reading twice counts once; two values under one key both count."""
    groups: list[list[Reading]] = []
    for one in _once(one for one in readings if one.measure == measure):
        if not groups or one.at_ms - groups[-1][0].at_ms > SITTING_MS:
            groups.append([])
        groups[-1].append(one)
    return [Sitting(tuple(group)) for group in groups]


def _once(readings: Iterable[Reading]) -> list[Reading]:
    """In one order whatever the order they came in; what was in doubt of either copy is in doubt."""
    found: dict[tuple[int, str, Fraction], Reading] = {}
    placed = [((one.at_ms, one.device, one.amount), one) for one in readings]
    for place, one in sorted(placed, key=lambda pair: (pair[0], str(pair[1].value), pair[1].unit)):
        known = found.setdefault(place, one)
        if known.doubts != one.doubts:
            found[place] = msgspec.structs.replace(known, doubts=tuple(sorted({*known.doubts, *one.doubts})))
    return list(found.values())


def doubts_of(reading: Reading, before: Reading | None) -> tuple[Doubt, ...]:
    """What speaks against a value, `before` being the one of the sitting before."""
    found: list[Doubt] = list(reading.doubts)
    if not is_possible(reading.measure, reading.amount):
        found.append("impossible")
    elif not is_usual(reading.measure, reading.amount):
        found.append("improbable")
    jump = MEASURES[reading.measure].jump
    if jump is not None and before is not None and abs(reading.amount - before.amount) >= jump:
        found.append("jump")
    return tuple(dict.fromkeys(found))


def newest_answers(answers: Iterable[Answer]) -> dict[str, Answer]:
    """What was last said of each question; of a yes and a no in the same moment the yes."""
    found: dict[str, Answer] = {}
    for one in sorted(answers, key=lambda answer: (answer.at_ms, answer.yes)):
        found[one.question] = one
    return found

"""A patient's plan as far as values are judged by it: what is measured how often, from where, by which limits."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

import msgspec

from core.errors import FyrError
from triage.thresholds.measures import Measure
from triage.urgency import RANK, Urgency

Sign = Literal["<", "<=", ">", ">="]
SIGNS: dict[str, Sign] = {sign: sign for sign in get_args(Sign)}
Zone = Literal["green", "yellow", "red"]
WORSE: dict[Zone, int] = {"green": 0, "yellow": 1, "red": 2}
_BOUND = re.compile(r"(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")


class Bound(NamedTuple):
    """One side of a limit."""

    sign: Sign
    number: Fraction

    @property
    def is_upper(self) -> bool:
        """Whether more is worse."""
        return self.sign[0] == ">"

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies beyond."""
        if self.is_upper:
            return value > self.number or (self.sign == ">=" and value == self.number)
        return value < self.number or (self.sign == "<=" and value == self.number)


@lru_cache(maxsize=512)
def bound(text: str) -> Bound:
    """Reads such as `<88` and `>=2.5`. Raises `content_invalid`."""
    found = _BOUND.fullmatch(text.strip())
    if found is None:
        raise FyrError("content_invalid", problems=[f"{text}: not a bound such as <88 or >=2.5"])
    return Bound(SIGNS[found[1]], Fraction(found[2]))


class Test(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename={"is_": "is"}
):
    """One thing that must hold: a value, how far it is from the patient's own, how it has changed; a yes; a score."""

    m: Measure | None = None
    is_: str | None = None
    from_baseline: str | None = None
    """The value less the patient's own baseline."""
    change: str | None = None
    """The value less the lowest (of a rise) or the highest (of a fall) measured within `within_h` before."""
    within_h: int | None = None
    a: str | None = None
    """A question of the plan that was answered with yes."""
    news2: str | None = None

    @property
    def bound(self) -> Bound | None:
        """The bound of a test with a number."""
        text = self.is_ or self.from_baseline or self.change or self.news2
        return bound(text) if text else None


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Beyond it the patient is in the zone. All of `all` and one of `any` (where there are some) must hold.

    There is no "unless": one symptom more, or a worse value, never takes anybody out of a zone.
    """

    id: str
    zone: Literal["yellow", "red"]
    urgency: Urgency
    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()
    persists: bool = False
    """It must hold in two of the last three sittings. Of one value alone, and never of a red limit."""

    @property
    def tests(self) -> tuple[Test, ...]:
        """All of them."""
        return (*self.all, *self.any)


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often something is to be measured, and when somebody asks why it was not."""

    measure: Measure
    every_h: int
    missed: int = 2
    """So many expected measurements that did not come are an alarm of their own kind."""
    urgency: Urgency = "within_24h"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """By what a patient is judged. Baselines and limits are in base units."""

    from_ms: int
    limits: tuple[Limit, ...] = ()
    expected: tuple[Expected, ...] = ()
    baseline: dict[Measure, Decimal] = {}
    symptoms: frozenset[str] = frozenset()
    """Questions whose yes is a symptom: with one of them nobody is asked to measure again before the alarm."""
    confused: str = "newly_confused"
    """The question that NEWS2 takes consciousness from."""
    on_oxygen: bool = False
    spo2_88_92: bool = False
    """Saturation scale 2 of NEWS2, by prescription only."""


def problems_of(limit: Limit) -> Iterator[str]:
    """What is wrong with one limit by itself."""
    if not limit.tests:
        yield "nothing is tested"
    for test in limit.tests:
        yield from _form(test)
    if limit.zone == "red" and RANK[limit.urgency] > RANK["urgent"]:
        yield f"red is urgent at least, not {limit.urgency}"
    if limit.zone == "yellow" and not RANK["urgent"] <= RANK[limit.urgency] <= RANK["routine"]:
        yield f"yellow is urgent, within_24h or routine, not {limit.urgency}"
    if limit.persists and (limit.zone == "red" or not _is_of_one_value(limit)):
        yield "only a yellow limit of one value waits for the second of three"


def _is_of_one_value(limit: Limit) -> bool:
    return not limit.any and len(limit.all) == 1 and limit.all[0].m is not None


def _form(test: Test) -> Iterator[str]:
    numbers = [text for text in (test.is_, test.from_baseline, test.change) if text is not None]
    kinds = (test.m is not None) + (test.a is not None) + (test.news2 is not None)
    if kinds != 1 or (len(numbers) != 1) == (test.m is not None) or (test.m is None and numbers):
        yield "a test is of one measure and one number, of one answer, or of NEWS2"
    if (test.change is None) != (test.within_h is None):
        yield "`change` and `within_h` belong together"
    for text in (*numbers, *([test.news2] if test.news2 is not None else [])):
        try:
            bound(text)
        except FyrError as failure:
            yield str(failure.data["problems"])

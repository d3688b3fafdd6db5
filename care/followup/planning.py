"""A patient's own plan, made from a programme: the numbers are theirs, which way is worse stays as it is. Pure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec.structs import replace

from care.followup.alarm import by_lang
from care.followup.check import can_hold, wider
from care.followup.entries import Planned, Words
from care.followup.programme import LimitRow, Programme
from care.followup.state import LONGEST_H
from care.followup.transcript import NAMES
from core.errors import FyrError
from core.transcript.line import LANGS, Sentence
from triage.thresholds.measures import Measure, base_unit, is_usual
from triage.thresholds.plan import Limit, Test, bound, problems_of

OWN = Sentence("egen gräns", "egen grense", "their own limit")
SHORTEST_H, LONGEST_EVERY_H = 1, 24 * 366


class Wanted(NamedTuple):
    """What a clinician decides of a plan; what is not named is the programme's."""

    numbers: dict[str, tuple[Decimal, ...]]
    """By limit, one for each of its tests that has a number, in their order."""
    baseline: dict[Measure, Decimal]
    every_h: dict[Measure, int]
    review_on: date
    on_oxygen: bool = False
    spo2_88_92: bool = False


def planned(programme: Programme, wanted: Wanted, *, version: int, today: date) -> Planned:
    """The plan. Raises `bad_request` with the first thing that is wrong with it."""
    found = next(_faults(programme, wanted, today), None)
    if found is not None:
        raise FyrError("bad_request", where=found, what="a value that can be")
    limits = tuple(_own(limit, wanted.numbers.get(limit.id, ())) for limit in programme.limits)
    wrong = next(_problems(limits), None)
    if wrong is not None:
        raise FyrError("bad_request", where="$.numbers", what=wrong)
    reasons = {row.id: _reason(row, own) for row, own in zip(programme.limits, limits, strict=True)}
    expected = tuple(replace(one, every_h=wanted.every_h.get(one.measure, one.every_h)) for one in programme.expected)
    return Planned(
        version=version,
        name=by_lang(programme.name),
        asked={row.id: by_lang(row.wording) for row in programme.questions},
        limits=limits,
        reasons=reasons,
        expected=expected,
        baseline=wanted.baseline,
        symptoms=tuple(sorted(programme.symptoms)),
        on_oxygen=wanted.on_oxygen,
        spo2_88_92=wanted.spo2_88_92,
        review_on=wanted.review_on,
    )


def numbered(limit: Limit) -> list[Test]:
    """The tests of a limit that have a number, in their order."""
    return [test for test in limit.tests if test.bound is not None]


def _faults(programme: Programme, wanted: Wanted, today: date) -> Iterator[str]:
    limits = {row.id: row for row in programme.limits}
    yield from (f"$.numbers.{name}" for name in wanted.numbers if name not in limits)
    for name, numbers in wanted.numbers.items():
        if name in limits and len(numbers) != len(numbered(limits[name])):
            yield f"$.numbers.{name}"
    measured = {row.measure for row in programme.measures}
    for row in programme.measures:
        if row.baseline and row.measure not in wanted.baseline:
            yield f"$.baseline.{row.measure}"
    for measure, value in wanted.baseline.items():
        if measure not in measured or not value.is_finite() or not is_usual(measure, Fraction(value)):
            yield f"$.baseline.{measure}"
    expected = {one.measure for one in programme.expected}
    for measure, every_h in wanted.every_h.items():
        if measure not in expected or not SHORTEST_H <= every_h <= LONGEST_EVERY_H:
            yield f"$.every_h.{measure}"
    if wanted.review_on <= today:
        yield "$.review_on"


def _problems(limits: tuple[Limit, ...]) -> Iterator[str]:
    for limit in limits:
        yield from problems_of(limit)
        for test in limit.tests:
            if not can_hold(test):
                yield f"{limit.id}: no value that can be measured is beyond it"
            if test.within_h is not None and not 0 < test.within_h <= LONGEST_H:
                yield f"{limit.id}: looks back a week at most"
    yield from wider(limits)


def _own(row: LimitRow, numbers: tuple[Decimal, ...]) -> Limit:
    """The row as a limit, with the patient's numbers where there are any."""
    left = iter(numbers)
    tests = {test: _numbered(test, left) if numbers and test.bound is not None else test for test in row.tests}
    return Limit(
        id=row.id,
        zone=row.zone,
        urgency=row.urgency,
        all=tuple(tests[test] for test in row.all),
        any=tuple(tests[test] for test in row.any),
        persists=row.persists,
    )


def _numbered(test: Test, left: Iterator[Decimal]) -> Test:
    number = next(left)
    if not number.is_finite():
        raise FyrError("bad_request", where="$.numbers", what="a number")
    name = next(one for one in ("is_", "from_baseline", "change", "news2") if getattr(test, one) is not None)
    return replace(test, **{name: f"{bound(getattr(test, name)).sign}{number:f}"})


def _reason(row: LimitRow, own: Limit) -> Words:
    """The programme's words, which may name its number; of a number of the patient's own, that number."""
    if own.tests == row.tests:
        return by_lang(row.reason)
    tests = [test for test in own.tests if test.m is not None and test.bound is not None]
    return {lang: ", ".join(f"{_named(test, lang)} ({OWN(lang)})" for test in tests) for lang in LANGS}


def _named(test: Test, lang: str) -> str:
    assert test.m is not None
    text = test.is_ or test.from_baseline or test.change or ""
    name = getattr(NAMES[test.m], lang)
    return f"{name.capitalize()} {text} {base_unit(test.m)}"

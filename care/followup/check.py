"""Judges the programmes as a whole: nothing without source or translation, every name leads somewhere, every limit can
be passed, no red limit is wider than a yellow one, and somebody answers for every step. A problem stops the start."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import msgspec

from care.followup.programme import Folder, LimitRow, Programme, Row, Written, read_folder, shipped, whole
from core.errors import FyrError
from triage.content.schema import Wording
from triage.thresholds.measures import MEASURES
from triage.thresholds.plan import Limit, Test, Zone
from triage.thresholds.plan import problems_of as limit_problems

FILLED = {"emergency": "", "advice": "", "phone": ""}
"""What a text may leave open: the numbers of the country, and the centre's own."""
ZONES: tuple[Zone, ...] = get_args(Zone)
SIGNED_BY = ("gp", "hospital")


def check_programmes(own: Path | None = None) -> str:
    """What the programmes of a folder cover, one line each. Raises `content_invalid` with every problem."""
    folder = read_folder(own or shipped())
    problems = folder.problems + problems_of(folder)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return "\n".join(_told(whole(written, folder)) for _, written in folder.written)


def _told(one: Programme) -> str:
    rows = [row.review for row in _all_rows(one)]
    return (
        f"follow-up {one.id} version {one.version}: {len(one.measures)} measures, {len(one.questions)} questions, "
        f"{len(one.limits)} limits, {len(one.steps)} steps; {rows.count('confirmed')} of {len(rows)} rows confirmed"
    )


def problems_of(folder: Folder) -> list[str]:
    """Everything that stops the start, one line each."""
    if folder.shared is None:
        return ["shared.yaml: missing"]
    found = [f"{name}: no programme of this name" for name, one in folder.written if name != f"{one.id}.yaml"]
    if not folder.written:
        found.append("follow-up: no programme")
    for _, written in folder.written:
        one = whole(written, folder)
        told = f"follow-up {one.id}"
        found += [f"{told}: {problem}" for problem in _unknown(written, one)]
        found += [f"{told}: {problem}" for problem in _problems(one, folder.sources)]
    return found


def _unknown(written: Written, one: Programme) -> Iterator[str]:
    for field in ("questions", "inclusion", "exclusion", "steps"):
        known = {row.id for row in getattr(one, field)}
        named = (row for row in getattr(written, field) if isinstance(row, str))
        yield from (f"{field}: unknown shared row {name}" for name in named if name not in known)


def _problems(one: Programme, sources: dict[str, str]) -> Iterator[str]:
    yield from _duplicates(one)
    for row in (one, *_all_rows(one)):
        told = getattr(row, "id", getattr(row, "measure", "advice"))
        yield from (f"{told}: {problem}" for problem in _row(row, sources))
    yield from (f"advice for {zone} is missing" for zone in ZONES if zone not in one.advice)
    yield from (f"{limit.id}: {problem}" for limit in one.limits for problem in _limit(limit, one))
    yield from wider(one.limits)
    yield from _steps(one)


def _all_rows(one: Programme) -> tuple[Row | LimitRow, ...]:
    rows = (*one.measures, *one.questions, *one.inclusion, *one.exclusion, *one.steps)
    return (*rows, *one.limits, *one.advice.values())


def _duplicates(one: Programme) -> Iterator[str]:
    for field in ("questions", "limits", "inclusion", "exclusion", "steps"):
        ids = Counter(row.id for row in getattr(one, field))
        yield from (f"{field}: {name} {count} times" for name, count in ids.items() if count > 1)
        if not ids:
            yield f"{field}: none"
    measures = Counter(row.measure for row in one.measures)
    yield from (f"measures: {name} {count} times" for name, count in measures.items() if count > 1)


def _row(row: Any, sources: dict[str, str]) -> Iterator[str]:
    if not row.source:
        yield "no source"
    yield from (f"unknown source {name}" for name in row.source if name not in sources)
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, Wording):
            yield from (f"{field}: {problem}" for problem in _wording(value))


def _wording(wording: Wording) -> Iterator[str]:
    for lang, text in msgspec.structs.asdict(wording).items():
        if not text.strip():
            yield f"no text in {lang}"
        try:
            text.format(**FILLED)
        except (KeyError, IndexError, ValueError):
            yield f"a field other than {', '.join(FILLED)} in {lang}"


def _limit(limit: LimitRow, one: Programme) -> Iterator[str]:
    yield from limit_problems(limit)
    measured = {row.measure: row for row in one.measures}
    questions = {row.id for row in one.questions}
    for test in limit.tests:
        if test.m is not None and test.m not in measured:
            yield f"{test.m} is not measured in this programme"
        elif test.m is not None and test.from_baseline is not None and not measured[test.m].baseline:
            yield f"{test.m} has no baseline in this programme"
        if test.a is not None and test.a not in questions:
            yield f"unknown question {test.a}"
        if not can_hold(test):
            yield "no value that can be measured is beyond it"


def can_hold(test: Test) -> bool:
    """Some value that can be lies beyond the limit, and some does not."""
    if test.m is None or test.is_ is None or test.bound is None:
        return True
    low, high = MEASURES[test.m].possible
    return test.bound.holds(low) != test.bound.holds(high)


def wider(limits: Sequence[Limit]) -> Iterator[str]:
    """Of one value alone, on one side: whoever is in the red must have passed the yellow limit too."""
    yellow = {key: number for limit in limits if limit.zone == "yellow" for key, number in _alone(limit)}
    for limit in limits:
        for key, number in _alone(limit) if limit.zone == "red" else ():
            other = yellow.get(key)
            if other is not None and (number < other if key[2] else number > other):
                yield f"{limit.id}: is red before the yellow limit is passed"


def _alone(limit: Limit) -> Iterator[tuple[tuple[str, str, bool], Fraction]]:
    if limit.any or len(limit.all) != 1 or limit.all[0].m is None or limit.all[0].bound is None:
        return
    test, side = limit.all[0], limit.all[0].bound
    basis = "own" if test.from_baseline else f"change {test.within_h}" if test.change else "value"
    yield (test.m or "", basis, side.is_upper), side.number


def _steps(one: Programme) -> Iterator[str]:
    known: set[str] = set()
    for step in one.steps:
        yield from (f"{step.id}: comes after {name}, which is not before it" for name in set(step.after) - known)
        if step.within_days < 0:
            yield f"{step.id}: no deadline"
        known.add(step.id)
    signing = [step for step in one.steps if step.id == "sign_limits"]
    if not signing or signing[0].by not in SIGNED_BY:
        yield "steps: no doctor signs the limits (sign_limits)"

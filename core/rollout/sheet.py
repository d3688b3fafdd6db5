"""The sheet of a unit's functions: what is wrong with one, and what in a change of it can lower safety."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from core.rollout.functions import FUNCTIONS, LANGS, Decided, Function, FunctionsSheet, FunctionState
from core.rollout.readiness import unmet
from core.rollout.rules import FunctionRules
from core.sheets.sheet import Around, Fault, Sheet

FURTHEST = timedelta(days=10 * 366)
"""A day further off is a slip of the keyboard: regions plan five years ahead."""
MOST_PHASES = 12
TEXT_LIMIT = 500
REACH: dict[FunctionState, int] = {"off": 0, "invited": 1, "on": 2}


def functions_sheet(rules: FunctionRules) -> Sheet[FunctionsSheet]:
    """The sheet. A unit that is added begins with everything off."""
    return Sheet(
        name="functions",
        subject="unit",
        value=FunctionsSheet,
        lowerings={
            "function_opened": "patients turn to the unit in a way it has not answered before, or more of them do",
            "function_closed": "patients can no longer turn to the unit in a way they could, or fewer of them can",
            "closed_text_changed": "patients are told something else where the unit does not offer what they look for",
        },
        lowers=_lowers,
        faults=_faults,
        standard=lambda _: rules.standard,
        begins=FunctionsSheet(),
        take=rules.take,
    )


def _lowers(before: FunctionsSheet | None, after: FunctionsSheet, around: Around) -> Iterator[str]:
    assert before is not None
    for function in FUNCTIONS:
        was, now = before.of(function), after.of(function)
        for day in _days(was, now, around.today):
            reached = REACH[now.state_on(day)] - REACH[was.state_on(day)]
            if reached:
                yield "function_opened" if reached > 0 else "function_closed"
        if was.closed_text != now.closed_text:
            yield "closed_text_changed"


def _days(was: Decided, now: Decided, today: date) -> set[date]:
    """Days, from today on, between which neither changes."""
    return {today} | {phase.from_on for phase in (*was.phases, *now.phases) if phase.from_on > today}


def opened(before: FunctionsSheet, after: FunctionsSheet, today: date) -> list[Function]:
    """Functions with which patients are reached on some day, from today on, who were not before."""

    def reaches_more(function: Function) -> bool:
        was, now = before.of(function), after.of(function)
        return any(REACH[now.state_on(day)] > REACH[was.state_on(day)] for day in _days(was, now, today))

    return [function for function in FUNCTIONS if reaches_more(function)]


def _faults(sheet: FunctionsSheet, around: Around) -> Iterator[Fault]:
    before: FunctionsSheet = around.own["functions"]
    for function in opened(before, sheet, around.today):
        for gate in unmet(function, around):
            yield Fault(code=f"gate_{gate}", where=f"functions.{function}")
    for function, decided in sheet.functions.items():
        yield from _phase_faults(function, decided, around.today)
        text = decided.closed_text
        if text and (set(text) != set(LANGS) or not all(one.strip() for one in text.values())):
            yield Fault(code="not_in_every_language", where=f"functions.{function}")
        if any(len(one) > TEXT_LIMIT for one in text.values()):
            yield Fault(code="too_long", where=f"functions.{function}")


def _phase_faults(function: Function, decided: Decided, today: date) -> Iterator[Fault]:
    where = f"functions.{function}"
    if any(later.from_on <= earlier.from_on for earlier, later in pairwise(decided.phases)):
        yield Fault(code="phases_out_of_order", where=where)
    if any(phase.from_on > today + FURTHEST for phase in decided.phases):
        yield Fault(code="too_far", where=where)
    if len(decided.phases) > MOST_PHASES:
        yield Fault(code="too_many", where=where)

"""Whether answers fit a form: every fault names its question by link id, and says in a code what is wrong."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from care.forms.enabled import asked as asked_items
from care.forms.enabled import counting
from care.forms.questionnaire import (
    CHOOSING,
    UNASKED,
    Answers,
    Coding,
    Item,
    Option,
    Quantity,
    Questionnaire,
    Value,
    all_items,
    is_number,
    questions,
    same,
)
from core.errors import FyrError

LONGEST = 4_000
"""Code points of one written answer, where the form says nothing else."""
MOST_ANSWERS = 50
"""Answers to one question."""
FaultCode = Literal[
    "unknown_question",
    "required",
    "wrong_type",
    "not_an_option",
    "not_alone",
    "twice",
    "too_few",
    "too_many",
    "too_low",
    "too_high",
    "too_short",
    "too_long",
    "too_many_decimals",
    "unknown_unit",
    "read_only",
]


class AnswerFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the answer to one question."""

    link_id: str
    code: FaultCode
    limit: str = ""
    """The bound that was passed, where there is one."""


def check_answers(questionnaire: Questionnaire, answers: Answers, *, whole: bool) -> Answers:
    """The answers that count. `whole`: everything that must be answered is; else more is to come.

    Raises `answers_invalid` with every fault, so that all are told at once.
    """
    found = faults(questionnaire, answers, whole=whole)
    if found:
        raise FyrError("answers_invalid", faults=[msgspec.to_builtins(one) for one in found])
    return counting(questionnaire, answers)


def faults(questionnaire: Questionnaire, answers: Answers, *, whole: bool) -> list[AnswerFault]:
    """Everything that is wrong, in the order of the form. What is not asked is not judged: it does not count."""
    asked = questions(questionnaire)
    unknown = [AnswerFault(link_id=name, code="unknown_question") for name in sorted(answers.keys() - asked.keys())]
    shown = asked_items(questionnaire, answers)
    found = [
        fault
        for item in all_items(questionnaire.items)
        if item.link_id in shown and item.type not in UNASKED
        for fault in _faults(item, answers.get(item.link_id, ()), whole=whole)
    ]
    return [*unknown, *found]


def _faults(item: Item, given: tuple[Value, ...], *, whole: bool) -> Iterator[AnswerFault]:
    def fault(code: FaultCode, limit: object = "") -> AnswerFault:
        return AnswerFault(link_id=item.link_id, code=code, limit=str(limit))

    if item.read_only:
        if given and not _as_given(item, given):
            yield fault("read_only")
        return
    if whole:
        if not given and item.required:
            yield fault("required")
        elif given and len(given) < (item.min_occurs or 0):
            yield fault("too_few", item.min_occurs)
    most = (item.max_occurs or MOST_ANSWERS) if item.repeats else 1
    if len(given) > most:
        yield fault("too_many", most)
    for code, limit in (pair for value in given for pair in _of_value(item, value)):
        yield fault(code, limit)
    yield from (fault(code) for code in _together(item, given))


def _as_given(item: Item, given: tuple[Value, ...]) -> bool:
    """What may only be read comes back as the form had it."""
    return len(given) == len(item.initial) and all(map(same, given, item.initial))


def _together(item: Item, given: tuple[Value, ...]) -> Iterator[FaultCode]:
    """What is wrong with several answers side by side."""
    if any(same(one, other) for at, one in enumerate(given) for other in given[:at]):
        yield "twice"
    chosen = [option for value in given if (option := option_of(item, value)) is not None]
    if len(given) > 1 and any(option.exclusive for option in chosen):
        yield "not_alone"


def option_of(item: Item, value: Value) -> Option | None:
    """The option that was chosen; None for what was written beside them."""
    return next((option for option in item.options if same(option.value, value)), None)


def _of_value(item: Item, value: Value) -> Iterator[tuple[FaultCode, object]]:
    if item.type in CHOOSING:
        yield from _choice(item, value)
    elif not _fits(item, value):
        yield "wrong_type", ""
    else:
        yield from _lengths(item, value)
        yield from _bounds(item, value)
        yield from _units(item, value)


def _choice(item: Item, value: Value) -> Iterator[tuple[FaultCode, object]]:
    if option_of(item, value) is not None:
        return
    if item.type == "choice":
        yield "not_an_option", ""
    elif not isinstance(value, str) or not value.strip():
        yield "wrong_type", ""
    else:
        yield from _lengths(item, value)


def _fits(item: Item, value: Value) -> bool:
    kinds: dict[str, bool] = {
        "boolean": isinstance(value, bool),
        "integer": is_number(value) and isinstance(value, int),
        "decimal": is_number(value),
        "quantity": isinstance(value, Quantity),
        "date": isinstance(value, str) and is_date(value),
        "string": isinstance(value, str) and bool(value.strip()) and "\n" not in value,
        "text": isinstance(value, str) and bool(value.strip()),
    }
    return kinds[item.type]


def is_date(text: str) -> bool:
    """A day that is in the calendar, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _lengths(item: Item, value: Value) -> Iterator[tuple[FaultCode, object]]:
    if not isinstance(value, str) or item.type == "date":
        return
    most = min(item.max_length or LONGEST, LONGEST)
    if len(value) > most:
        yield "too_long", most
    if len(value.strip()) < (item.min_length or 0):
        yield "too_short", item.min_length


def _bounds(item: Item, value: Value) -> Iterator[tuple[FaultCode, object]]:
    size, low, high = measure(value), measure(item.minimum), measure(item.maximum)
    if low is not None and size < low:
        yield "too_low", low
    if high is not None and size > high:
        yield "too_high", high
    if item.max_decimals is not None and is_number(size) and _decimals(size) > item.max_decimals:
        yield "too_many_decimals", item.max_decimals


def measure(value: Value | None) -> Any:
    """What is compared: a quantity's number, else the value itself."""
    return value.value if isinstance(value, Quantity) else value


def _decimals(number: int | float) -> int:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(item: Item, value: Value) -> Iterator[tuple[FaultCode, object]]:
    if isinstance(value, Quantity) and item.units and not any(in_unit(value, one) for one in item.units):
        yield "unknown_unit", ""


def in_unit(value: Quantity, unit: Coding) -> bool:
    """Whether the quantity is in this unit, by its code; where either has none by its words."""
    if value.code and unit.code:
        return (value.system, value.code) == (unit.system, unit.code)
    return value.unit == unit.display

"""Whether a form can be used: every fault is named with the link id it belongs to. Pure."""

import re
from collections.abc import Iterator

import msgspec

from care.forms.answers import is_date
from care.forms.questionnaire import (
    CHOOSING,
    NUMERIC,
    UNASKED,
    Carried,
    Condition,
    Item,
    Quantity,
    Questionnaire,
    all_items,
    is_number,
    questions,
)
from core.errors import FyrError

IS_ID = re.compile(r"[A-Za-z0-9.-]{1,64}").fullmatch
"""An id as FHIR allows it."""
MOST_ITEMS = 300
DEEPEST = 8


class FormFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and where."""

    link_id: str
    what: str


def check_form(questionnaire: Questionnaire) -> None:
    """Raises `form_invalid` with every fault."""
    found = form_faults(questionnaire)
    if found:
        raise FyrError("form_invalid", faults=[msgspec.to_builtins(one) for one in found])


def form_faults(questionnaire: Questionnaire) -> list[FormFault]:
    """Everything that keeps a form from being used."""
    return [FormFault(link_id=link_id, what=what) for link_id, what in _faults(questionnaire)]


def _faults(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    items = list(all_items(questionnaire.items))
    if _depth(questionnaire.items) > DEEPEST or len(items) > MOST_ITEMS:
        yield "", "too large"
        return
    if not IS_ID(questionnaire.id):
        yield "", "no id"
    if not any(questionnaire.title.values()):
        yield "", "no title"
    seen: set[str] = set()
    for item in items:
        if not item.link_id.strip() or item.link_id in seen:
            yield item.link_id, "no link id of its own"
        seen.add(item.link_id)
        yield from ((item.link_id, what) for what in _of_item(item))
    asked = questions(questionnaire)
    for item in items:
        yield from ((item.link_id, what) for one in item.enable_when for what in _of_condition(one, asked))
    yield from _circles(questionnaire)
    yield from _of_rules(questionnaire, asked)


def _depth(items: tuple[Item, ...]) -> int:
    return 1 + max((_depth(item.items) for item in items), default=0) if items else 0


def _of_item(item: Item) -> Iterator[str]:
    if item.type != "group" and not any(item.text.values()):
        yield "no text"
    if item.type == "group" and not item.items:
        yield "a group of nothing"
    if item.type == "display" and item.items:
        yield "what is only read holds no questions"
    if item.type in UNASKED and (item.required or item.repeats or item.initial or item.options):
        yield "what has no answer asks for none"
    if (item.type in CHOOSING) != bool(item.options):
        yield "options belong to choices, and choices to options"
    if item.repeats and item.items:
        yield "a question with several answers holds no questions"
    if item.read_only and item.required and not item.initial:
        yield "nobody can answer it"
    yield from _of_bounds(item)


def _of_bounds(item: Item) -> Iterator[str]:
    if item.min_occurs is not None and item.max_occurs is not None and item.min_occurs > item.max_occurs:
        yield "asks for more answers than it takes"
    for bound in (item.minimum, item.maximum):
        if bound is not None and not _bounds(item, bound):
            yield "a bound of another kind"
    if item.units and item.type not in NUMERIC and item.type != "quantity":
        yield "a unit of what is no number"
    if item.type in NUMERIC and len(item.units) > 1:
        yield "a number is in one unit"


def _bounds(item: Item, bound: object) -> bool:
    if item.type == "date":
        return isinstance(bound, str) and is_date(bound)
    if item.type == "quantity":  # compared by their numbers: that takes one unit
        return isinstance(bound, Quantity) and len(item.units) == 1
    return item.type in NUMERIC and is_number(bound)


def _of_condition(condition: Condition, asked: dict[str, Item]) -> Iterator[str]:
    item = asked.get(condition.question)
    if item is None:
        yield f"depends on {condition.question}, which is not asked"
    elif condition.operator == "exists":
        if not isinstance(condition.answer, bool):
            yield "whether there is an answer is yes or no"
    elif condition.operator not in ("=", "!=") and item.type not in (*NUMERIC, "date", "quantity"):
        yield f"{condition.question} has no order"
    elif isinstance(condition.answer, Quantity) and len(item.units) != 1:
        yield f"{condition.question} is compared in one of several units"


def _circles(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """An item waits for what it depends on, and for what it lies in."""
    waits = {item.link_id: {one.question for one in item.enable_when} for item in all_items(questionnaire.items)}
    for item in all_items(questionnaire.items):
        for child in item.items:
            waits[child.link_id].add(item.link_id)
    for link_id in waits:
        ahead, met = list(waits[link_id]), set[str]()
        while ahead:
            one = ahead.pop()
            if one == link_id:
                yield link_id, "depends on itself"
                break
            if one not in met:
                met.add(one)
                ahead += waits.get(one, ())


def _of_rules(questionnaire: Questionnaire, asked: dict[str, Item]) -> Iterator[tuple[str, str]]:
    for score in questionnaire.scores:
        yield from (
            (one.question, f"{score.id} counts it, and it is not asked")
            for one in score.parts
            if one.question not in asked
        )
    for one in questionnaire.carries:
        yield from _of_carried(one, asked)


def _of_carried(one: Carried, asked: dict[str, Item]) -> Iterator[tuple[str, str]]:
    if not one.when:
        yield "", f"{one.question} is told always"
    for condition in one.when:
        yield from ((condition.question, what) for what in _of_condition(condition, asked))

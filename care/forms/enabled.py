"""Which questions are asked for given answers, and which answers therefore count. Pure.

The rules are FHIR R4's (http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen): what is
not asked has no answer, for other conditions either.
"""

import operator
from collections.abc import Callable, Iterable
from typing import Any

from care.forms.questionnaire import (
    UNASKED,
    Answers,
    Behavior,
    Condition,
    Item,
    Quantity,
    Questionnaire,
    Value,
    is_number,
    same,
    same_unit,
)

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def asked(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """Link ids of every item that is shown for these answers."""
    return _Asked(questionnaire, answers).shown()


def counting(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """The answers that count: those of questions that are asked, in the order of the form."""
    shown = _Asked(questionnaire, answers)
    return {
        item.link_id: answers[item.link_id]
        for item in shown.items.values()
        if item.type not in UNASKED and answers.get(item.link_id) and shown.is_shown(item.link_id)
    }


def holds(conditions: Iterable[Condition], behavior: Behavior, answers: Answers) -> bool:
    """Whether all, or any, of the conditions hold of answers that count. No condition: yes."""
    judged = [_holds(one, answers.get(one.question, ())) for one in conditions]
    return not judged or (all(judged) if behavior == "all" else any(judged))


class _Asked:
    """One look at a form and its answers. Conditions that lead back to themselves are refused before a form is used;
    here such a question counts as not asked while it is being judged, so that every look ends."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers) -> None:
        self._answers = answers
        self.items: dict[str, Item] = {}
        self._parents: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._place(questionnaire.items, "")

    def _place(self, items: tuple[Item, ...], parent: str) -> None:
        for item in items:
            self.items[item.link_id] = item
            self._parents[item.link_id] = parent
            self._place(item.items, item.link_id)

    def shown(self) -> frozenset[str]:
        return frozenset(link_id for link_id in self.items if self.is_shown(link_id))

    def is_shown(self, link_id: str) -> bool:
        known = self._known.get(link_id)
        if known is not None:
            return known
        item = self.items.get(link_id)
        if item is None:
            return False
        self._known[link_id] = False
        parent = self._parents[link_id]
        shown = not parent or self.is_shown(parent)
        if shown and item.enable_when:
            named = {one.question for one in item.enable_when}
            counted = {name: self._answers.get(name, ()) for name in named if self.is_shown(name)}
            shown = holds(item.enable_when, item.enable_behavior, counted)
        self._known[link_id] = shown
        return shown


def _holds(condition: Condition, given: tuple[Value, ...]) -> bool:
    if condition.operator == "exists":
        return bool(given) is condition.answer
    if condition.operator == "=":
        return any(same(one, condition.answer) for one in given)
    if condition.operator == "!=":
        return not any(same(one, condition.answer) for one in given)
    compare = _ORDER[condition.operator]
    return any(_ordered(compare, one, condition.answer) for one in given)


def _ordered(compare: Callable[[Any, Any], bool], one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return same_unit(one, other) and compare(one.value, other.value)
    if is_number(one) and is_number(other):
        return compare(one, other)
    return isinstance(one, str) and isinstance(other, str) and compare(one, other)

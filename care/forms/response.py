"""Answers as a FHIR R4 QuestionnaireResponse, out and in (http://hl7.org/fhir/R4/questionnaireresponse.html)."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from care.forms import fhir_names as names
from care.forms.enabled import asked as asked_items
from care.forms.enabled import counting
from care.forms.fhir_in import value_of
from care.forms.node import Json
from care.forms.questionnaire import (
    UNASKED,
    Answers,
    Coding,
    Item,
    Questionnaire,
    Value,
    questions,
    text_in,
)
from core.errors import FyrError

ResponseStatus = Literal["in-progress", "completed"]


def export_response(questionnaire: Questionnaire, answers: Answers, *, status: ResponseStatus, lang: str) -> Json:
    """The answers that count, each with its question as it was worded in this language."""
    counted, shown = counting(questionnaire, answers), asked_items(questionnaire, answers)
    writer = _Writer(questionnaire, counted, shown=shown, lang=lang)
    resource: Json = {"resourceType": "QuestionnaireResponse", "status": status, "language": lang}
    if questionnaire.url:
        version = f"|{questionnaire.version}" if questionnaire.version else ""
        resource["questionnaire"] = f"{questionnaire.url}{version}"
    items = writer.items(questionnaire.items)
    return {**resource, "item": items} if items else resource


class _Writer:
    """What an answer is written with."""

    def __init__(self, form: Questionnaire, counted: Answers, *, shown: frozenset[str], lang: str) -> None:
        self._form, self._counted, self._shown, self._lang = form, counted, shown, lang

    def items(self, items: tuple[Item, ...]) -> list[Json]:
        made = (self._item(item) for item in items if item.link_id in self._shown and item.type != "display")
        return [one for one in made if one is not None]

    def _item(self, item: Item) -> Json | None:
        below, given = self.items(item.items), self._counted.get(item.link_id, ())
        if not below and not given:
            return None
        text = text_in(item.text, self._lang, base=self._form.language)
        made: Json = {"linkId": item.link_id, **({"text": text} if text else {})}
        if item.type == "group":
            return {**made, "item": below}
        answer = [{names.value_name(one, item): self._value(item, one)} for one in given]
        if answer and below:
            answer[0]["item"] = below
            return {**made, "answer": answer}
        return {**made, "answer": answer} if answer else {**made, "item": below}

    def _value(self, item: Item, value: Value) -> Any:
        return names.plain_value(with_display(item, value, lang=self._lang, base=self._form.language))


def with_display(item: Item, value: Value, *, lang: str, base: str) -> Value:
    """A code as it read in this language."""
    if not isinstance(value, Coding):
        return value
    words = next((one.words for one in item.options if names_same(one.value, value)), {})
    return msgspec.structs.replace(value, display=text_in(words, lang, base=base) or value.display)


def names_same(one: object, other: Coding) -> bool:
    """Whether an option is this code."""
    return isinstance(one, Coding) and (one.system, one.code) == (other.system, other.code)


def import_response(questionnaire: Questionnaire, raw: Json) -> Answers:
    """The answers of a response, by link id. Raises `bad_request` naming what is of no question of the form."""
    if raw.get("resourceType") != "QuestionnaireResponse":
        raise FyrError("bad_request", where="$.resourceType", what="QuestionnaireResponse")
    asked = questions(questionnaire)
    unasked = {item.link_id for item in _every(questionnaire.items) if item.type in UNASKED}
    found: Answers = {}
    for link_id, given, where in _given(raw.get("item", ()), "$"):
        if link_id not in asked and (given or link_id not in unasked):
            raise FyrError("bad_request", where=f"{where}.linkId", what="a question of the form")
        if given:
            found[link_id] = tuple(_value(one, where) for one in given)
    return found


def _every(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _every(item.items)


def _given(items: Any, path: str) -> Iterator[tuple[str, list[Json], str]]:
    for at, raw in enumerate(items):
        where = f"{path}.item[{at}]"
        given = raw.get("answer", [])
        yield raw.get("linkId", ""), given, where
        yield from _given(raw.get("item", ()), where)
        for nth, one in enumerate(given):
            yield from _given(one.get("item", ()), f"{where}.answer[{nth}]")


def _value(raw: Json, where: str) -> Value:
    kinds = [name for name in raw if name.startswith("value")]
    value = value_of(kinds[0].removeprefix("value"), raw[kinds[0]]) if len(kinds) == 1 else None
    if value is None:
        raise FyrError("bad_request", where=f"{where}.answer", what="a value of a kind that is asked for")
    return msgspec.structs.replace(value, display="") if isinstance(value, Coding) else value

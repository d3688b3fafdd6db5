"""A form as a FHIR R4 Questionnaire: what was foreign stands at its place again."""

from typing import Any

import msgspec

from care.forms import fhir_names as names
from care.forms.node import TRANSLATION, Json, put_back
from care.forms.questionnaire import (
    NUMERIC,
    Carried,
    Coding,
    Condition,
    Help,
    Item,
    Option,
    Questionnaire,
    Score,
    Value,
    Words,
    questions,
)


def export_questionnaire(questionnaire: Questionnaire) -> Json:
    """The resource, as plain values ready for JSON."""
    lang = questionnaire.language
    said = {name: getattr(questionnaire, name) for name in ("id", "url", "version", "name", "date", "publisher")}
    resource: Json = {
        "resourceType": "Questionnaire",
        **{name: text for name, text in said.items() if text},
        "language": lang,
        "status": questionnaire.status,
        **_words("title", questionnaire.title, lang),
        **_words("description", questionnaire.description, lang),
        **_words("copyright", questionnaire.copyright, lang),
        "code": [names.plain_coding(one) for one in questionnaire.code],
        "extension": _own(questionnaire),
    }
    asked = questions(questionnaire)
    resource["item"] = [_item(item, lang, asked) for item in questionnaire.items]
    made = _without_empty(resource)
    put_back(made, questionnaire.foreign)
    return made


def _own(questionnaire: Questionnaire) -> list[Json]:
    rules: tuple[Score | Carried, ...] = (*questionnaire.scores, *questionnaire.carries)
    made = [
        {
            "url": names.SCORE if isinstance(one, Score) else names.CARRIES,
            "valueString": msgspec.json.encode(one).decode(),
        }
        for one in rules
    ]
    if questionnaire.origin:
        made.append({"url": names.ORIGIN, "valueString": questionnaire.origin})
    if questionnaire.review == "confirmed":
        made.append({"url": names.REVIEW, "valueCode": "confirmed"})
    return made


def _without_empty(resource: Json) -> Json:
    return {name: value for name, value in resource.items() if value not in ([], {}, "", None)}


def _words(name: str, words: Words, lang: str) -> Json:
    """A text and its translations, as FHIR's extension for them writes it."""
    others = [
        {"url": TRANSLATION, "extension": [{"url": "lang", "valueCode": one}, {"url": "content", "valueString": text}]}
        for one, text in words.items()
        if one != lang
    ]
    made: Json = {name: words[lang]} if lang in words else {}
    return {**made, f"_{name}": {"extension": others}} if others else made


def _item(item: Item, lang: str, asked: dict[str, Item]) -> Json:
    flags = {"required": item.required, "repeats": item.repeats, "readOnly": item.read_only}
    children = [_item(one, lang, asked) for one in item.items]
    resource: Json = {
        "extension": _extensions(item),
        "linkId": item.link_id,
        "definition": item.definition,
        "code": [names.plain_coding(one) for one in item.code],
        **_words("prefix", item.prefix, lang),
        **_words("text", item.text, lang),
        "type": item.type,
        "enableWhen": [_condition(one, asked) for one in item.enable_when],
        "enableBehavior": item.enable_behavior if len(item.enable_when) > 1 or item.enable_behavior == "any" else "",
        **{name: True for name, set_ in flags.items() if set_},
        "maxLength": item.max_length,
        "answerOption": [_option(one, lang) for one in item.options],
        "initial": [{names.value_name(one, item): names.plain_value(one)} for one in item.initial],
        "item": [_help(item.help, lang), *children] if item.help else children,
    }
    made = _without_empty(resource)
    put_back(made, item.foreign)
    return made


def _help(told: Help, lang: str) -> Json:
    control = {"url": names.CONTROL, "valueCodeableConcept": names.HELP}
    return {"extension": [control], "linkId": told.link_id, **_words("text", told.text, lang), "type": "display"}


def _condition(condition: Condition, asked: dict[str, Item]) -> Json:
    named = names.value_name(condition.answer, asked.get(condition.question))
    if condition.operator == "exists":
        named = "valueBoolean"
    answer = named.replace("value", "answer", 1)
    return {"question": condition.question, "operator": condition.operator, answer: names.plain_value(condition.answer)}


def _option(option: Option, lang: str) -> Json:
    made: Json = {"extension": _option_extensions(option)}
    if isinstance(option.value, Coding):
        coding = option.value
        parts = {"system": coding.system, "version": coding.version, "code": coding.code}
        made["valueCoding"] = {**_without_empty(parts), **_words("display", option.words, lang)}
    elif isinstance(option.value, str):
        made |= _words("valueString", {lang: option.value, **option.words}, lang)
    else:
        made["valueInteger"] = option.value
    return {**_without_empty(made), **({"initialSelected": True} if option.initial else {})}


def _option_extensions(option: Option) -> list[Json]:
    alone = [{"url": names.EXCLUSIVE, "valueBoolean": True}] if option.exclusive else []
    return [*alone, *([{"url": names.ORDINAL, "valueDecimal": option.score}] if option.score is not None else [])]


def _extensions(item: Item) -> list[Json]:
    numbers = (
        (names.MIN_LENGTH, item.min_length),
        (names.MIN_OCCURS, item.min_occurs),
        (names.MAX_OCCURS, item.max_occurs),
        (names.MAX_DECIMALS, item.max_decimals),
    )
    unit = names.UNIT if item.type in NUMERIC else names.UNIT_OPTION
    return [
        *_bound(item, item.minimum, names.MIN_QUANTITY if item.type == "quantity" else names.MIN_VALUE),
        *_bound(item, item.maximum, names.MAX_QUANTITY if item.type == "quantity" else names.MAX_VALUE),
        *({"url": url, "valueInteger": number} for url, number in numbers if number is not None),
        *({"url": unit, "valueCoding": names.plain_coding(one)} for one in item.units),
    ]


def _bound(item: Item, value: Value | None, url: str) -> list[dict[str, Any]]:
    return [] if value is None else [{"url": url, names.value_name(value, item): names.plain_value(value)}]

"""What answers add up to, and what of them triage is told. Pure; what is not asked never counts."""

from collections.abc import Iterator

import msgspec

from care.forms.answers import option_of
from care.forms.enabled import asked, counting, holds
from care.forms.questionnaire import (
    CHOOSING,
    WRITTEN,
    Answers,
    Band,
    Item,
    Questionnaire,
    Score,
    Value,
    Words,
    is_number,
    questions,
)


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A sum as it came out."""

    id: str
    title: Words
    total: float
    complete: bool
    """False where a question that was asked is not answered: then the total is the least it can be told to be."""
    text: Words = {}
    """What it is called; nothing unless it is complete."""


def scored(questionnaire: Questionnaire, answers: Answers) -> tuple[Scored, ...]:
    """Every sum of the form. What was not asked adds nothing and is not missed."""
    shown, counted, known = asked(questionnaire, answers), counting(questionnaire, answers), questions(questionnaire)
    return tuple(
        _scored(score, counted, [known[one.question] for one in score.parts if one.question in shown])
        for score in questionnaire.scores
    )


def _scored(score: Score, counted: Answers, items: list[Item]) -> Scored:
    weights = {part.question: part.weight for part in score.parts}
    complete = all(counted.get(item.link_id) for item in items)
    total = sum(
        weights[item.link_id] * _counts(item, value) for item in items for value in counted.get(item.link_id, ())
    )
    band = _band(score.bands, total) if complete else None
    return Scored(id=score.id, title=score.title, total=total, complete=complete, text=band.text if band else {})


def _counts(item: Item, value: Value) -> float:
    option = option_of(item, value)
    if option is not None:
        return option.score or 0.0
    return float(value) if isinstance(value, bool) or is_number(value) else 0.0  # type: ignore[arg-type]


def _band(bands: tuple[Band, ...], total: float) -> Band | None:
    return next((band for band in bands if band.low <= total <= band.high), None)


def carried(questionnaire: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """Questions of the clinical content that these answers say yes to, each once."""
    counted = counting(questionnaire, answers)
    held = (one.question for one in questionnaire.carries if one.when and holds(one.when, one.behavior, counted))
    return tuple(dict.fromkeys(held))


def written(questionnaire: Questionnaire, answers: Answers) -> str:
    """What was written in words of one's own, a line each: triage reads it as it reads every text."""
    return "\n".join(_written(questionnaire, counting(questionnaire, answers)))


def _written(questionnaire: Questionnaire, counted: Answers) -> Iterator[str]:
    known = questions(questionnaire)
    for link_id, given in counted.items():
        item = known[link_id]
        if item.type in WRITTEN or item.type in CHOOSING:
            yield from (one for one in given if isinstance(one, str) and option_of(item, one) is None)

"""Which questions of the clinical content a form may say yes to: those by which nothing can ever become less urgent.

Triage's own laws already keep a symptom more from lowering. A form is held to more: what it says must open no safe path
where nothing had been understood, and take no other sign away.
"""

from collections.abc import Iterator

from care.forms.questionnaire import Questionnaire
from triage.content import Content
from triage.content.schema import Condition
from triage.urgency import RANK


def lowering(questionnaire: Questionnaire, content: Content) -> list[str]:
    """Questions the form would say yes to that are none of yes and no, unknown, or might lower."""
    about = {str(one) for path in content.paths if RANK[path.urgency] > RANK["urgent"] for one in path.about}
    unless = {str(one) for row in content.concepts for one in row.unless}
    exempting = {name for rule in content.rules for name in _exempting(rule.when, within=False)}
    barred = about | unless | exempting
    asked = dict.fromkeys(one.question for one in questionnaire.carries)
    return [name for name in asked if not _only_raises(name, content, barred)]


def _exempting(condition: Condition, *, within: bool) -> Iterator[str]:
    """What keeps a rule from holding by being there."""
    if within:
        yield from (str(one) for one in (condition.c, condition.ctx, condition.a) if one)
    for inner in (*condition.all, *condition.any):
        yield from _exempting(inner, within=within)
    for inner in condition.none:
        yield from _exempting(inner, within=True)


def _only_raises(name: str, content: Content, barred: set[str]) -> bool:
    question = content.question(name)
    if question is None or question.kind != "bool" or name in barred:
        return False
    ahead, met = [str(question.concept)] if question.concept else [], set[str]()
    while ahead:
        concept = ahead.pop()
        met.add(concept)
        ahead += [str(one) for one in content.implied.get(concept, ()) if str(one) not in met]
    return not met & barred

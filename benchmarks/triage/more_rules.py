"""The same content with several times its rules: what a message costs must hang on what it says, not on what else the
content knows."""

import copy

import msgspec

from triage.content import Content
from triage.content.schema import Condition, Rule
from triage.ids import ConceptId, QuestionId, RuleId


def with_rules(content: Content, times: int) -> Content:
    """The content with every rule `times` times: itself, and about complaints and questions that nobody has named."""
    more = copy.copy(content)
    more.rules = content.rules + tuple(_about_others(rule, no) for no in range(1, times) for rule in content.rules)
    return more


def _about_others(rule: Rule, no: int) -> Rule:
    return msgspec.structs.replace(rule, id=RuleId(f"{rule.id}-{no}"), when=_renamed(rule.when, no))


def _renamed(when: Condition, no: int) -> Condition:
    groups = {name: tuple(_renamed(part, no) for part in getattr(when, name)) for name in ("all", "any", "none")}
    return msgspec.structs.replace(
        when,
        **groups,
        c=None if when.c is None else ConceptId(f"{when.c}-{no}"),
        ctx=None if when.ctx is None else ConceptId(f"{when.ctx}-{no}"),
        a=None if when.a is None else QuestionId(f"{when.a}-{no}"),
    )

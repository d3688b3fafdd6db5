"""The decision: rules that fired, what it could be, which path is safe, what to ask. Rules only raise."""

from functools import lru_cache

import msgspec

from triage.assessment import FiredRule
from triage.content import Content
from triage.content.schema import Rule
from triage.rules.asking import Asking, changes, opened, waits
from triage.rules.condition import Blanks, Judge
from triage.rules.facts import Facts
from triage.rules.index import RuleIndex
from triage.rules.paths import PathBook, PathChoice
from triage.rules.silent import one_step_up
from triage.rules.verdict import HOLDS, Verdict
from triage.urgency import LEVELS, RANK, Urgency, highest, more_urgent, raised


class Decision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What follows from the facts."""

    urgency: Urgency
    assessed: bool
    could_be: Urgency
    fired: tuple[FiredRule, ...]
    ask: tuple[str, ...]
    safe_path: str | None
    if_silent: Urgency
    """The level when nobody answers what is asked."""
    changes: dict[str, Urgency]
    """What would change it: for each question asked, the level a bad answer could lead to."""


class RuleBook:
    """A content's rules and questions, indexed once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.concept_of = {str(row.id): str(row.concept) for row in content.questions if row.concept}
        self.question_of = {str(row.concept): str(row.id) for row in content.questions if row.concept}
        self.index = RuleIndex(content.rules, self.concept_of)
        self.blanks = Blanks(self.question_of, self.concept_of)
        self.paths = PathBook(content)
        self.asking = Asking(content)
        self.red_flags = self.index.concepts()
        self.kept = frozenset(str(row.id) for row in content.concepts if row.negation_keeps)

    def decide(self, facts: Facts, *, understood: bool) -> Decision:
        """The decision. `understood` is false when something about body or feeling could not be read."""
        judge = Judge(facts, self.question_of, self.blanks, concept_of=self.concept_of)
        judged = self.index.judged(judge)
        fired = [(indexed.rule, verdict) for indexed, verdict in judged if verdict.truth is HOLDS]
        clear = understood and not self._kept_in_doubt(facts)
        path = self.paths.choose(facts) if clear else PathChoice()
        urgency, assessed = _level([rule for rule, _ in fired], path)
        told = facts.present.keys() | facts.doubtful.keys()
        rows = opened(judged, urgency, told=told)
        ask = () if urgency == "immediate" else self.asking.asks(rows, path.asks, facts=facts, told=told)
        may_wait = path.path is not None and RANK[path.path.urgency] > RANK["urgent"]
        silence = waits(rows, ask, facts=facts, told=facts.doubtful.keys() if may_wait else told)
        return Decision(
            urgency=urgency,
            assessed=assessed,
            could_be=min([row.level for row in rows], key=RANK.__getitem__, default=urgency),
            fired=_fired(fired),
            ask=ask,
            safe_path=str(path.path.id) if path.path else None,
            if_silent=one_step_up(urgency) if silence else urgency,
            changes=changes(rows, ask),
        )

    def _kept_in_doubt(self, facts: Facts) -> bool:
        """What may cost a life goes to a person also when it is denied or only perhaps so."""
        return not self.kept.isdisjoint(facts.doubtful)


@lru_cache(maxsize=4)
def rule_book(content: Content) -> RuleBook:
    """The rule book of a content, built once."""
    return RuleBook(content)


def _level(fired: list[Rule], path: PathChoice) -> tuple[Urgency, bool]:
    """The highest rule, and whether it was understood. Below urgent there is a positive safe path, or nobody knows."""
    level = highest(rule.urgency for rule in fired if rule.urgency)
    steps = sum(rule.raises for rule in fired)
    if path.path is not None:
        return raised(more_urgent(level, path.path.urgency), steps), True
    return raised(more_urgent(level, "urgent"), steps), RANK[level] <= RANK["urgent"]


def _fired(fired: list[tuple[Rule, Verdict]]) -> tuple[FiredRule, ...]:
    """Most urgent first; a rule that adds steps comes after those with a level of their own."""
    ordered = sorted(fired, key=lambda pair: (RANK[pair[0].urgency] if pair[0].urgency else len(LEVELS), pair[0].id))
    return tuple(
        FiredRule(
            id=str(rule.id),
            urgency=rule.urgency or "self_care",
            certainty=rule.certainty,
            disposition=rule.disposition,
            evidence=tuple(sorted(verdict.evidence)),
        )
        for rule, verdict in ordered
    )

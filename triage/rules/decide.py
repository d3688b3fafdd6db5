"""The decision: rules that fired, what it could be, which path is safe, what to ask. Rules only raise."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from triage.assessment import FiredRule
from triage.content import Content
from triage.content.schema import Rule
from triage.rules.condition import Judge, Truth, Verdict
from triage.rules.facts import Facts
from triage.rules.index import RuleIndex, main_concepts
from triage.rules.paths import PathChoice, choose
from triage.urgency import LEVELS, RANK, Urgency, highest, more_urgent, raised

MOST_QUESTIONS = 8
ASIDE = 0.1
"""The weight of a question for a rule that is about something else than what was told."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from the facts."""

    urgency: Urgency
    assessed: bool
    could_be: Urgency
    fired: tuple[FiredRule, ...]
    ask: tuple[str, ...]
    safe_path: str | None


class RuleBook:
    """A content's rules and questions, indexed once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.index = RuleIndex(content.rules)
        self.question_of = {str(row.concept): str(row.id) for row in content.questions if row.concept}
        self.blanks: dict[int, Verdict] = {}
        self.red_flags = self.index.concepts()
        self.main = {str(rule.id): main_concepts(rule.when) for rule in content.rules}

    def decide(self, facts: Facts, *, understood: bool) -> Decision:
        """The decision. `understood` is false when something about body or feeling could not be read."""
        judge = Judge(facts, self.question_of, self.blanks)
        judged = [(rule, judge.verdict(plan)) for rule, plan in self.index.relevant(facts)]
        fired = [(rule, verdict) for rule, verdict in judged if verdict.truth is Truth.YES]
        opened = [(rule, verdict) for rule, verdict in judged if verdict.open]
        clear = understood and not self._doubt(facts)
        path = choose(facts, self.content) if clear else PathChoice()
        urgency, assessed = self._level(fired, path, facts, clear=clear)
        return self._told(urgency, assessed, fired=fired, opened=opened, path=path, facts=facts)

    def _told(
        self,
        urgency: Urgency,
        assessed: bool,
        *,
        fired: list[tuple[Rule, Verdict]],
        opened: list[tuple[Rule, Verdict]],
        path: PathChoice,
        facts: Facts,
    ) -> Decision:
        levels = [_badly(rule, urgency) for rule, _ in opened]
        return Decision(
            urgency=urgency,
            assessed=assessed,
            could_be=highest([urgency, *levels]),
            fired=_fired(fired),
            ask=() if urgency == "immediate" else self._asks(opened, path.asks, facts=facts, above=urgency),
            safe_path=str(path.path.id) if path.path else None,
        )

    def _asks(
        self, opened: list[tuple[Rule, Verdict]], path_asks: Iterable[str], *, facts: Facts, above: Urgency
    ) -> tuple[str, ...]:
        """Questions by how much they could change: urgency gained, over how many answers the rule waits for.

        A rule about what the patient tells of weighs more than one that only mentions it among its signs. What
        alone is missing for a safe path comes with them.
        """
        weight: dict[str, float] = defaultdict(float)
        told = facts.present.keys() | facts.doubtful.keys()
        for rule, verdict in opened:
            gain = max(0, RANK[above] - RANK[_badly(rule, above)])
            share = 1.0 if self.main[str(rule.id)] & told else ASIDE
            for place, question in enumerate(verdict.asks if gain else ()):
                weight[question] += gain * share / (4 + place)
        for question in path_asks:
            weight[question] += 1
        ranked = sorted(weight, key=lambda question: (-weight[question], question))
        return tuple(ranked[:MOST_QUESTIONS])

    def _doubt(self, facts: Facts) -> bool:
        return any(concept in self.red_flags for concept in facts.doubtful)

    def _level(
        self, fired: list[tuple[Rule, Verdict]], path: PathChoice, facts: Facts, *, clear: bool
    ) -> tuple[Urgency, bool]:
        """The highest rule; a level below urgent needs a safe path, or rules that explain everything said."""
        level = highest(rule.urgency for rule, _ in fired if rule.urgency)
        steps = sum(rule.raises for rule, _ in fired)
        if path.path is not None:
            return raised(more_urgent(level, path.path.urgency), steps), True
        explained = clear and any(rule.urgency for rule, _ in fired) and self._explains(fired, facts)
        base = level if explained or RANK[level] <= RANK["urgent"] else "urgent"
        assessed = bool(explained or RANK[level] <= RANK["urgent"])
        return raised(base, steps), assessed

    def _explains(self, fired: list[tuple[Rule, Verdict]], facts: Facts) -> bool:
        rested = frozenset().union(*(verdict.evidence for _, verdict in fired))
        said = {at for concept, places in facts.present.items() if self._weighs(concept) for at in places}
        concepts = {facts.findings[at].concept for at in rested}
        return all(facts.findings[at].concept in concepts for at in said)

    def _weighs(self, concept: str) -> bool:
        row = self.content.concept(concept)
        return row is None or (row.kind != "background" and not row.harmless)


@lru_cache(maxsize=4)
def rule_book(content: Content) -> RuleBook:
    """The rule book of a content, built once."""
    return RuleBook(content)


def _badly(rule: Rule, urgency: Urgency) -> Urgency:
    """The level if this open rule held."""
    return rule.urgency if rule.urgency else raised(urgency, rule.raises)


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

"""The decision: rules that fired, what it could be, which path is safe, what to ask. Rules only raise."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from triage.assessment import FiredRule
from triage.content import Content
from triage.content.schema import Rule
from triage.rules.condition import Judge, Truth, Verdict
from triage.rules.facts import Facts
from triage.rules.index import RuleIndex, main_concepts
from triage.rules.paths import PathBook, PathChoice
from triage.rules.silent import one_step_up
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
    if_silent: Urgency
    """The level when nobody answers what is asked."""
    changes: dict[str, Urgency]
    """What would change it: for each question asked, the level a bad answer could lead to."""


class RuleBook:
    """A content's rules and questions, indexed once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.concept_of = {str(row.id): str(row.concept) for row in content.questions if row.concept}
        self.index = RuleIndex(content.rules, self.concept_of)
        self.paths = PathBook(content)
        self.question_of = {str(row.concept): str(row.id) for row in content.questions if row.concept}
        self.blanks: dict[int, Verdict] = {}
        self.red_flags = self.index.concepts()
        self.kept = frozenset(str(row.id) for row in content.concepts if row.negation_keeps)
        self.main = {str(rule.id): main_concepts(rule.when) for rule in content.rules}

    def decide(self, facts: Facts, *, understood: bool) -> Decision:
        """The decision. `understood` is false when something about body or feeling could not be read."""
        judge = Judge(facts, self.question_of, self.blanks, concept_of=self.concept_of)
        judged = [(rule, judge.verdict(plan)) for rule, plan in self.index.relevant(facts)]
        fired = [(rule, verdict) for rule, verdict in judged if verdict.truth is Truth.YES]
        opened = [(rule, verdict) for rule, verdict in judged if verdict.open]
        clear = understood and not self._kept_in_doubt(facts)
        path = self.paths.choose(facts) if clear else PathChoice()
        urgency, assessed = _level(fired, path)
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
        ask = () if urgency == "immediate" else self._asks(opened, path.asks, facts=facts, above=urgency)
        waits = self._waits(opened, ask, path=path, facts=facts, above=urgency)
        return Decision(
            urgency=urgency,
            assessed=assessed,
            could_be=highest([urgency, *levels]),
            fired=_fired(fired),
            ask=ask,
            safe_path=str(path.path.id) if path.path else None,
            if_silent=one_step_up(urgency) if waits else urgency,
            changes=_changes(opened, ask, urgency),
        )

    def _waits(
        self,
        opened: list[tuple[Rule, Verdict]],
        asked: tuple[str, ...],
        *,
        path: PathChoice,
        facts: Facts,
        above: Urgency,
    ) -> bool:
        """Whether silence is a danger: a question that is shown could raise, about what was told.

        A path below urgent is a positive reason to wait; then only a sign that was in doubt counts.
        """
        may_wait = path.path is not None and RANK[path.path.urgency] > RANK["urgent"]
        told = facts.doubtful.keys() if may_wait else facts.present.keys() | facts.doubtful.keys()
        return any(
            RANK[_badly(rule, above)] < RANK[above]
            and self.main[str(rule.id)] & told
            and not facts.answers.keys() >= set(verdict.asks) & set(asked)
            for rule, verdict in opened
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
                if question not in facts.answers:
                    weight[question] += gain * share / (4 + place)
        for question in path_asks:
            weight[question] += 1
        first = self._first(facts, told)
        ranked = sorted(weight, key=lambda question: (first.get(question, len(first)), -weight[question], question))
        return tuple(ranked[:MOST_QUESTIONS])

    def _first(self, facts: Facts, told: AbstractSet[str]) -> dict[str, int]:
        """What a nurse would ask first about this, by place: the first row of the content that fits."""
        low, high = facts.age_y
        for row in self.content.asking:
            if not told.isdisjoint(row.about) and row.age_y[0] <= high and low < row.age_y[1]:
                return {str(question): place for place, question in enumerate(row.ask)}
        return {}

    def _kept_in_doubt(self, facts: Facts) -> bool:
        """What may cost a life goes to a person also when it is denied or only perhaps so."""
        return not self.kept.isdisjoint(facts.doubtful)


@lru_cache(maxsize=4)
def rule_book(content: Content) -> RuleBook:
    """The rule book of a content, built once."""
    return RuleBook(content)


def _level(fired: list[tuple[Rule, Verdict]], path: PathChoice) -> tuple[Urgency, bool]:
    """The highest rule, and whether it was understood. Below urgent there is a positive safe path, or nobody knows."""
    level = highest(rule.urgency for rule, _ in fired if rule.urgency)
    steps = sum(rule.raises for rule, _ in fired)
    if path.path is not None:
        return raised(more_urgent(level, path.path.urgency), steps), True
    return raised(more_urgent(level, "urgent"), steps), RANK[level] <= RANK["urgent"]


def _badly(rule: Rule, urgency: Urgency) -> Urgency:
    """The level if this open rule held."""
    return rule.urgency if rule.urgency else raised(urgency, rule.raises)


def _changes(opened: list[tuple[Rule, Verdict]], asked: tuple[str, ...], above: Urgency) -> dict[str, Urgency]:
    """The most urgent level of the open rules that wait for each question, where it is above this one."""
    changes: dict[str, Urgency] = {}
    for rule, verdict in opened:
        level = _badly(rule, above)
        for question in set(verdict.asks).intersection(asked):
            changes[question] = more_urgent(level, changes.get(question, above))
    return {question: changes[question] for question in asked if changes.get(question, above) != above}


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

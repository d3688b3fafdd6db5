"""The decision: rules that fired, what it could be, which path is safe, what to ask. Rules only raise."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from triage.assessment import FiredRule
from triage.content import Content
from triage.content.schema import Rule
from triage.rules.condition import Blanks, Judge
from triage.rules.facts import Facts
from triage.rules.index import Indexed, RuleIndex
from triage.rules.paths import PathBook, PathChoice
from triage.rules.silent import one_step_up
from triage.rules.verdict import Truth, Verdict
from triage.urgency import LEVELS, RANK, Urgency, highest, more_urgent, raised

MOST_QUESTIONS = 8
MOST_MAIN = 3
"""A rule is about at most so many complaints; one that more can open looks for a sign that any of them may hide."""
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
        self.question_of = {str(row.concept): str(row.id) for row in content.questions if row.concept}
        self.index = RuleIndex(content.rules, self.concept_of)
        self.blanks = Blanks(self.question_of, self.concept_of)
        self.paths = PathBook(content)
        self.red_flags = self.index.concepts()
        self.kept = frozenset(str(row.id) for row in content.concepts if row.negation_keeps)

    def decide(self, facts: Facts, *, understood: bool) -> Decision:
        """The decision. `understood` is false when something about body or feeling could not be read."""
        judge = Judge(facts, self.question_of, self.blanks, concept_of=self.concept_of)
        judged = [(indexed, judge.verdict(indexed.plan)) for indexed in self.index.relevant(facts)]
        fired = [(indexed.rule, verdict) for indexed, verdict in judged if verdict.truth is Truth.YES]
        clear = understood and not self._kept_in_doubt(facts)
        path = self.paths.choose(facts) if clear else PathChoice()
        urgency, assessed = _level([rule for rule, _ in fired], path)
        told = facts.present.keys() | facts.doubtful.keys()
        opened = [_opened(indexed, verdict, urgency, told=told) for indexed, verdict in judged if verdict.open]
        ask = () if urgency == "immediate" else self._asks(opened, path.asks, facts=facts, told=told)
        may_wait = path.path is not None and RANK[path.path.urgency] > RANK["urgent"]
        waits = _waits(opened, ask, facts=facts, told=facts.doubtful.keys() if may_wait else told)
        return Decision(
            urgency=urgency,
            assessed=assessed,
            could_be=highest([urgency, *(row.level for row in opened)]),
            fired=_fired(fired),
            ask=ask,
            safe_path=str(path.path.id) if path.path else None,
            if_silent=one_step_up(urgency) if waits else urgency,
            changes=_changes(opened, ask, urgency),
        )

    def _asks(
        self, opened: list["_Open"], path_asks: Iterable[str], *, facts: Facts, told: AbstractSet[str]
    ) -> tuple[str, ...]:
        """Questions by how much they could change: urgency gained, over how many answers the rule waits for.

        A rule about what the patient tells of weighs more than one that only mentions it among its signs. What
        alone is missing for a safe path comes with them.
        """
        weight: dict[str, float] = {}
        for row in opened:
            if row.gain > 0:
                gain = row.gain * (1.0 if row.told else ASIDE)
                for place, question in enumerate(row.asks, start=4):
                    weight[question] = weight.get(question, 0.0) + gain / place
        for question in path_asks:
            weight[question] = weight.get(question, 0.0) + 1
        for question in weight.keys() & facts.answers.keys():
            del weight[question]
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


class _Open(msgspec.Struct, frozen=True):
    """A rule that waits for answers: its level if it held, how many levels that gains, and what it asks."""

    level: Urgency
    gain: int
    asks: tuple[str, ...]
    main: frozenset[str]
    told: bool
    """It is about something that was told."""


def _opened(indexed: Indexed, verdict: Verdict, above: Urgency, *, told: AbstractSet[str]) -> _Open:
    rule = indexed.rule
    level = rule.urgency or raised(above, rule.raises)
    return _Open(level, RANK[above] - RANK[level], verdict.asks, indexed.main, not indexed.main.isdisjoint(told))


def _waits(opened: list[_Open], asked: tuple[str, ...], *, facts: Facts, told: AbstractSet[str]) -> bool:
    """Whether silence is a danger: a question that is shown could raise, about what was told.

    A safe path is a positive reason to wait; then only a sign that was in doubt counts. A rule that any of many
    complaints opens is about none of them: it is asked about, but silence then tells nothing. One that a sign in doubt
    opens is about that sign, however many others it names.
    """
    doubtful = facts.doubtful.keys()
    return any(
        row.gain > 0
        and not row.main.isdisjoint(told if len(row.main) <= MOST_MAIN else doubtful)
        and any(question not in facts.answers for question in asked if question in row.asks)
        for row in opened
    )


def _level(fired: list[Rule], path: PathChoice) -> tuple[Urgency, bool]:
    """The highest rule, and whether it was understood. Below urgent there is a positive safe path, or nobody knows."""
    level = highest(rule.urgency for rule in fired if rule.urgency)
    steps = sum(rule.raises for rule in fired)
    if path.path is not None:
        return raised(more_urgent(level, path.path.urgency), steps), True
    return raised(more_urgent(level, "urgent"), steps), RANK[level] <= RANK["urgent"]


def _changes(opened: list[_Open], asked: tuple[str, ...], above: Urgency) -> dict[str, Urgency]:
    """The most urgent level of the open rules that wait for each question, where it is above this one."""
    changes: dict[str, Urgency] = {}
    for row in opened:
        if row.gain > 0:
            for question in asked:
                if question in row.asks:
                    changes[question] = more_urgent(row.level, changes.get(question, above))
    return {question: changes[question] for question in asked if question in changes}


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

"""Rules that wait for answers: what is asked first, what an answer could lead to, and whether silence is a danger."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import msgspec

from triage.content import Content
from triage.rules.facts import Facts
from triage.rules.index import Indexed
from triage.rules.verdict import Verdict
from triage.urgency import RANK, Urgency, raised

MOST_QUESTIONS = 8
MOST_MAIN = 3
"""A rule is about at most so many complaints; one that more can open looks for a sign that any of them may hide."""
ASIDE = 0.1
"""The weight of a question for a rule that is about something else than what was told."""
FIRST_PLACE = 4
"""The first answer a rule waits for counts a quarter of what it gains, the next a fifth."""


class Open(msgspec.Struct, frozen=True, gc=False):
    """A rule that waits for answers and would raise: its level if it held, how many levels that gains, what it asks."""

    level: Urgency
    gain: int
    asks: tuple[str, ...]
    main: frozenset[str]
    told: bool
    """It is about something that was told."""


def opened(judged: Iterable[tuple[Indexed, Verdict]], above: Urgency, *, told: AbstractSet[str]) -> tuple[Open, ...]:
    """The rules that wait for answers and would raise above this level."""
    found = []
    least = RANK[above]
    for indexed, verdict in judged:
        if verdict.open:
            level = indexed.rule.urgency or raised(above, indexed.rule.raises)
            gain = least - RANK[level]
            if gain > 0:
                main = indexed.main
                found.append(Open(level, gain, verdict.asks, main, not main.isdisjoint(told)))
    return tuple(found)


class Asking:
    """What a content's nurses ask first about a complaint, and everything else by how much it could change."""

    def __init__(self, content: Content) -> None:
        self._ages = [row.age_y for row in content.asking]
        self._orders = [{str(question): place for place, question in enumerate(row.ask)} for row in content.asking]
        self._about: dict[str, list[int]] = {}
        for no, row in enumerate(content.asking):
            for concept in row.about:
                self._about.setdefault(str(concept), []).append(no)

    def asks(
        self, rows: Iterable[Open], path_asks: Iterable[str], *, facts: Facts, told: AbstractSet[str]
    ) -> tuple[str, ...]:
        """Questions by how much they could change: urgency gained, over how many answers the rule waits for.

        A rule about what the patient tells of weighs more than one that only mentions it among its signs. What
        alone is missing for a safe path comes with them.
        """
        weight = _weights(rows)
        for question in path_asks:
            weight[question] = weight.get(question, 0.0) + 1
        for question in weight.keys() & facts.answers.keys() if facts.answers else ():
            del weight[question]
        ranked = sorted(weight)
        ranked.sort(key=weight.__getitem__, reverse=True)
        first = self._first(facts, told)
        if first:
            last = len(first)
            ranked.sort(key=lambda question: first.get(question, last))
        return tuple(ranked[:MOST_QUESTIONS])

    def _first(self, facts: Facts, told: AbstractSet[str]) -> dict[str, int]:
        """What a nurse would ask first about this, by place: the first row of the content that fits."""
        low, high = facts.age_y
        for no in sorted({no for concept in told for no in self._about.get(concept, ())}):
            begin, end = self._ages[no]
            if begin <= high and low < end:
                return self._orders[no]
        return {}


def _weights(rows: Iterable[Open]) -> dict[str, float]:
    weight: dict[str, float] = {}
    known = weight.get
    for row in rows:
        gain = row.gain * (1.0 if row.told else ASIDE)
        place = FIRST_PLACE
        for question in row.asks:
            weight[question] = known(question, 0.0) + gain / place
            place += 1
    return weight


def waits(rows: Iterable[Open], asked: tuple[str, ...], *, facts: Facts, told: AbstractSet[str]) -> bool:
    """Whether silence is a danger: a question that is shown could raise, about what was told.

    A safe path is a positive reason to wait; then only a sign that was in doubt counts. A rule that any of many
    complaints opens is about none of them: it is asked about, but silence then tells nothing. One that a sign in doubt
    opens is about that sign, however many others it names.
    """
    unanswered = [question for question in asked if question not in facts.answers]
    doubtful = facts.doubtful.keys()
    return any(
        not row.main.isdisjoint(told if len(row.main) <= MOST_MAIN else doubtful)
        and any(question in row.asks for question in unanswered)
        for row in rows
    )


def changes(rows: Iterable[Open], asked: tuple[str, ...]) -> dict[str, Urgency]:
    """The most urgent level of the rules that wait for each question."""
    of_level: dict[Urgency, set[str]] = {}
    for row in rows:
        of_level.setdefault(row.level, set()).update(row.asks)
    levels = sorted(of_level, key=RANK.__getitem__)
    found: dict[str, Urgency] = {}
    for question in asked:
        for level in levels:
            if question in of_level[level]:
                found[question] = level
                break
    return found

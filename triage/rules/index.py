"""Which rules can hold or be open at all, by what they speak of: only those are evaluated."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from triage.content.schema import Condition, Rule
from triage.rules.condition import MEASURED, REMEMBERED, Judge, Plan, plan_of
from triage.rules.facts import Facts
from triage.rules.met import ASKED, Way, asked
from triage.rules.verdict import HOLDS, Verdict

NOWHERE: frozenset[int] = frozenset()


def main_concepts(when: Condition) -> frozenset[str]:
    """What a rule is about: the smallest of its parts that name concepts ("chest pain" beside a list of signs)."""
    parts = [frozenset(_concepts(part)) for part in when.all]
    parts.append(frozenset(concept for part in when.any for concept in _concepts(part)))
    named = [part for part in parts if part]
    smallest = min((len(part) for part in named), default=0)
    return frozenset().union(*(part for part in named if len(part) == smallest))


def _concepts(when: Condition) -> Iterator[str]:
    for part in (*when.all, *when.any):
        yield from _concepts(part)
    if when.c is not None:
        yield str(when.c)


class Indexed(msgspec.Struct, frozen=True):
    """A rule, its condition made ready, and the concepts it is about."""

    rule: Rule
    plan: Plan
    main: frozenset[str]


class RuleIndex:
    """Rules by the concepts, answers and measurements in their conditions."""

    def __init__(self, rules: Iterable[Rule], concept_of: Mapping[str, str]) -> None:
        """`concept_of`: the concept whose mention answers a question."""
        self.rules = tuple(Indexed(rule, plan_of(rule.when), main_concepts(rule.when)) for rule in rules)
        answered = {asked(question): concept for question, concept in concept_of.items()}
        places: dict[str, set[int]] = defaultdict(set)
        for place, indexed in enumerate(self.rules):
            for name in indexed.plan.names:
                places[name].add(place)
                if name in answered:
                    places[answered[name]].add(place)
        self._places = {name: frozenset(found) for name, found in places.items()}
        self._alone: dict[Way, Alone] = {}
        """What a concept known in some way comes to where nothing else is: it grows with the content alone."""
        self._kinds: dict[Hashable, Settled] = {}
        """The same for the rules that ask who it is or how bad."""

    def judged(self, judge: Judge) -> list[tuple[Indexed, Verdict]]:
        """The rules that hold or wait for answers, of those that speak of something the patient said, answered or
        measured, in the content's order.

        Where a rule speaks of one thing that is known of them, what it comes to is looked up with that thing.
        """
        facts = judge.facts
        said = {*facts.present, *facts.resolved, *facts.doubtful}
        asked_for = self._beside(judge)
        shared = self._shared((*judge.known, *asked_for))
        rows: list[tuple[int, Verdict]] = []
        each: set[int] = set()
        for concept in said:
            alone = self._of(concept, judge)
            each |= shared & alone.touched
            _add(alone.settled, shared, each=each, rows=rows)
            if alone.asks:
                _add(self._of_kind(concept, alone.asks - shared, judge), shared, each=each, rows=rows)
        for name in asked_for if facts.answers or facts.vitals else ():
            each |= self._places.get(name, NOWHERE)
        rules = self.rules
        for place in each:
            verdict = judge.verdict(rules[place].plan)
            if verdict.open or verdict.truth is HOLDS:
                rows.append((place, verdict))
        rows.sort(key=_by_place)
        return [(rules[place], verdict) for place, verdict in rows]

    def _beside(self, judge: Judge) -> list[str]:
        """What is known beside concepts: questions answered, and that something was measured."""
        names = list(map(asked, judge.facts.answers))
        return [*names, MEASURED] if MEASURED in judge.told else names

    def _shared(self, names: Iterable[str]) -> set[int]:
        """The rules that speak of more than one of these."""
        once: set[int] = set()
        shared: set[int] = set()
        for name in names:
            places = self._places.get(name, NOWHERE)
            shared |= once & places
            once |= places
        return shared

    def _of(self, concept: str, judge: Judge) -> "Alone":
        way = judge.told[concept]
        assert way is not None
        found = self._alone.get(way)
        if found is None:
            found = self._alone[way] = self._worked_out(concept, way, judge)
        return found

    def _of_kind(self, concept: str, places: frozenset[int], judge: Judge) -> "Settled":
        """What the rules that ask who it is or how bad come to for those of whom as much is known."""
        way = judge.how()[concept] if places else ()
        if not way:
            return Settled((), places)
        kind = (way, judge.person, places)
        found = self._kinds.get(kind)
        if found is None:
            if len(self._kinds) >= REMEMBERED:
                self._kinds.clear()
            found = self._kinds[kind] = _settled([(place, judge.verdict(self.rules[place].plan)) for place in places])
        return found

    def _worked_out(self, concept: str, way: Way, judge: Judge) -> "Alone":
        """What the rules come to for somebody of whom only this is known."""
        _, present, resolved, doubtful, denied = way
        facts = Facts(
            present={concept: ()} if present else {},
            resolved={concept: ()} if resolved else {},
            doubtful={concept: ()} if doubtful else {},
            denied=frozenset((concept,)) if denied else frozenset(),
        )
        alone = Judge(facts, judge.question_of, judge.blanks, concept_of=judge.concept_of)
        touched = self._places.get(concept, NOWHERE)
        plans = [(place, self.rules[place].plan) for place in touched]
        asks = frozenset(place for place, plan in plans if plan.person or concept in plan.weighed)
        return Alone(
            touched, _settled([(place, alone.verdict(plan)) for place, plan in plans if place not in asks]), asks
        )

    def concepts(self) -> frozenset[str]:
        """Every concept some rule speaks of, and every question."""
        return frozenset(name.removeprefix(ASKED) for name in self._places)


class Settled(msgspec.Struct, frozen=True, gc=False):
    """What some rules come to: those that wait for answers, and those that hold, on each patient's own findings."""

    waits: tuple[tuple[int, Verdict], ...]
    holds: frozenset[int]


class Alone(msgspec.Struct, frozen=True, gc=False):
    """What rules come to of which one concept alone is known, and that in one way."""

    touched: frozenset[int]
    """The rules that speak of it."""
    settled: Settled
    """What they come to, whoever it is."""
    asks: frozenset[int]
    """Those that ask who it is or how bad."""


def _add(found: Settled, shared: AbstractSet[int], *, each: set[int], rows: list[tuple[int, Verdict]]) -> None:
    """What some rules come to, but for those that more than one thing touches: they are judged for themselves."""
    each |= found.holds - shared
    rows += [row for row in found.waits if row[0] not in shared] if shared else found.waits


def _settled(judged: Sequence[tuple[int, Verdict]]) -> Settled:
    holds = frozenset(place for place, verdict in judged if verdict.truth is HOLDS)
    return Settled(tuple(row for row in judged if row[1].open), holds)


def _by_place(row: tuple[int, Verdict]) -> int:
    return row[0]

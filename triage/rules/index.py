"""Which rules can hold or be open at all, by what they speak of: only those are evaluated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from triage.content.schema import Condition, Rule
from triage.rules.condition import Plan, plan_of
from triage.rules.facts import Facts
from triage.rules.settled import MEASURED, Settled, Told

TEMPERATURE = "temperature"
"""A question whose answer is a measurement."""
REMEMBERED = 16_384
"""Rules by what was told that are kept narrowed; they hold nobody's words."""


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


class Asked(msgspec.Struct, frozen=True):
    """A rule that what was told touches: what is left of its condition, and what was told."""

    indexed: Indexed
    plan: Plan
    told: tuple[Told, ...]


class RuleIndex:
    """Rules by the concepts, answers and measurements in their conditions."""

    def __init__(self, rules: Iterable[Rule], question_of: Mapping[str, str], concept_of: Mapping[str, str]) -> None:
        """`concept_of`: the concept whose mention answers a question."""
        self.rules = tuple(Indexed(rule, plan_of(rule.when), main_concepts(rule.when)) for rule in rules)
        self._settled = Settled(question_of, concept_of)
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, indexed in enumerate(self.rules):
            for name in indexed.plan.names:
                self._places[name].add(place)
                if name in concept_of:
                    self._places[concept_of[name]].add(place)
        self._asked: dict[tuple[object, ...], Asked] = {}

    def relevant(self, facts: Facts) -> list[Asked]:
        """Rules that speak of something the patient said, answered or measured, in the content's order."""
        touched: dict[int, list[Told]] = {}
        for known in _told(facts):
            for place in self._places.get(known[1], ()):
                touched.setdefault(place, []).append(known)
        for concept in sorted(facts.denied):
            for place in self._places.get(concept, ()):
                if place in touched:
                    touched[place].append(("denied", concept))
        return [self._narrowed(place, touched[place]) for place in sorted(touched)]

    def concepts(self) -> frozenset[str]:
        """Every name some rule speaks of."""
        return frozenset(self._places)

    def _narrowed(self, place: int, told: list[Told]) -> Asked:
        key = (place, *told)
        asked = self._asked.get(key)
        if asked is None:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            indexed, known = self.rules[place], tuple(told)
            asked = self._asked[key] = Asked(indexed, self._settled.narrowed(indexed.plan, known), known)
        return asked


def _told(facts: Facts) -> Iterator[Told]:
    yield from (("present", name) for name in sorted(facts.present))
    yield from (("resolved", name) for name in sorted(facts.resolved))
    yield from (("doubtful", name) for name in sorted(facts.doubtful))
    yield from (("answered", name) for name in sorted(facts.answers))
    if facts.vitals or TEMPERATURE in facts.answers:
        yield MEASURED

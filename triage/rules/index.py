"""Which rules can hold or be open at all, by what they speak of: only those are evaluated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from triage.content.schema import Condition, Rule
from triage.rules.condition import MEASURED, Plan, plan_of
from triage.rules.facts import Facts
from triage.rules.met import ASKED, asked


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
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, indexed in enumerate(self.rules):
            for name in indexed.plan.names:
                self._places[name].add(place)
                if name in answered:
                    self._places[answered[name]].add(place)

    def relevant(self, facts: Facts) -> list[Indexed]:
        """Rules that speak of something the patient said, answered or measured, in the content's order."""
        names = [*facts.present, *facts.resolved, *facts.doubtful, *map(asked, facts.answers)]
        if facts.vitals:
            names.append(MEASURED)
        places = set().union(*(self._places.get(name, ()) for name in names))
        return [self.rules[place] for place in sorted(places)]

    def concepts(self) -> frozenset[str]:
        """Every concept some rule speaks of, and every question."""
        return frozenset(name.removeprefix(ASKED) for name in self._places)

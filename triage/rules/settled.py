"""What a rule comes to by which of its concepts are known of, worked out once and shared by all patients.

Of a rule about chest pain, most is settled once chest pain is all that was told: what is left is asked of each patient.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal

from triage.content.schema import Condition
from triage.rules import condition
from triage.rules.condition import NO, Judge, Plan, Truth, Verdict, any_of, attributes_of
from triage.rules.facts import Facts

How = Literal["present", "resolved", "doubtful", "denied", "answered", "measured"]
Told = tuple[How, str]
"""In which way something is known: a concept, a question, or that anything was measured."""
MEASURED: Told = ("measured", condition.MEASURED)


class Settled:
    """Plans narrowed by what was told; what nobody spoke of is worked out once for everybody."""

    def __init__(self, question_of: Mapping[str, str], concept_of: Mapping[str, str]) -> None:
        self.question_of, self.concept_of = question_of, concept_of
        self._questions: dict[str, list[str]] = {}
        for question, concept in concept_of.items():
            self._questions.setdefault(concept, []).append(question)
        self._blanks: dict[int, Plan] = {}
        self._nobody = _Settling((), self)

    def narrowed(self, plan: Plan, told: tuple[Told, ...]) -> Plan:
        """The plan with everything settled that is.

        The evidence of what is settled is the place in `told`, from -1 downwards: findings are each patient's own.
        """
        return _Settling(told, self).narrowed(plan)

    def names(self, told: Iterable[Told]) -> frozenset[str]:
        """What was told, and the questions it answers."""
        names = [name for _, name in told]
        return frozenset(names).union(*(self._questions.get(name, ()) for name in names))

    def blank(self, plan: Plan) -> Plan:
        """A part of a plan that nobody spoke of."""
        found = self._blanks.get(id(plan))
        if found is None:
            found = self._blanks[id(plan)] = self._nobody.worked_out(plan)
        return found


class _Settling:
    """Narrows plans for one set of what was told."""

    def __init__(self, told: tuple[Told, ...], settled: Settled) -> None:
        self._settled = settled
        self._told = frozenset(told)
        self._names = settled.names(told)
        known: dict[How, dict[str, tuple[int, ...]]] = {"present": {}, "resolved": {}, "doubtful": {}, "denied": {}}
        for at, (how, name) in enumerate(told):
            known.setdefault(how, {})[name] = (-1 - at,)
        facts = Facts(
            present=known["present"],
            resolved=known["resolved"],
            doubtful=known["doubtful"],
            denied=frozenset(known["denied"]),
        )
        self._judge = Judge(facts, settled.question_of, concept_of=settled.concept_of)

    def narrowed(self, plan: Plan) -> Plan:
        """The plan narrowed, or what it is when nobody spoke of it."""
        return self._settled.blank(plan) if plan.names.isdisjoint(self._names) else self.worked_out(plan)

    def worked_out(self, plan: Plan) -> Plan:
        """The plan with everything settled that is."""
        none = [self.narrowed(part) for part in plan.none]
        every = tuple(self.narrowed(part) for part in plan.all)
        if any(_is(part, Truth.YES) for part in none) or any(part.value is NO for part in every):
            return Plan(plan.when, value=NO)
        moving = tuple(part for part in none if part.value is None)
        left = Plan(plan.when, plan.tests, every, self._some(plan.any), moving)
        if moving or self._asks_patient(plan.when) or any(part.value is None for part in (*every, *left.any)):
            return left
        return Plan(plan.when, value=self._judge.verdict(left))

    def _some(self, parts: tuple[Plan, ...]) -> tuple[Plan, ...]:
        """Of which one must hold: what is settled side by side is one part."""
        left: list[Plan] = []
        for settled, group in groupby(map(self.narrowed, parts), lambda part: part.value is not None):
            side = list(group)
            if settled and len(side) > 1:
                side = [Plan(side[0].when, value=any_of([part.value for part in side if part.value is not None]))]
            left += side
        return tuple(left)

    def _asks_patient(self, when: Condition) -> bool:
        """Whether its own tests ask for more than which concepts are known of."""
        person = (when.age_y, when.age_m, when.age_d, when.sex, when.preg_possible, when.preg_w, when.score)
        if any(given is not None for given in person) or ("answered", when.a) in self._told:
            return True
        if when.v is not None and MEASURED in self._told:
            return True
        has = ("present", when.c) in self._told or (when.res and ("resolved", when.c) in self._told)
        return has and any(True for _ in attributes_of(when))


def _is(part: Plan, truth: Truth) -> bool:
    return part.value is not None and part.value.truth is truth


def evidence(verdict: Verdict, told: tuple[Told, ...], facts: Facts) -> tuple[int, ...]:
    """The findings a verdict rests on."""
    found = {at for at in verdict.evidence if at >= 0}
    for at in verdict.evidence:
        if at < 0:
            how, name = told[-1 - at]
            found.update((facts.resolved if how == "resolved" else facts.present).get(name, ()))
    return tuple(sorted(found))

"""A truth table of every rule, made from the content: it fires, is silent when denied, and asks when unknown."""

from collections.abc import Iterator
from itertools import product

import msgspec
import pytest

from triage.assessment import Finding
from triage.content import load_content
from triage.content.schema import Condition, Rule
from triage.rules.condition import Judge, plan_of
from triage.rules.decide import rule_book
from triage.rules.facts import Facts
from triage.rules.verdict import Truth

CONTENT = load_content()
RULES = CONTENT.rules
IDS = [str(rule.id) for rule in RULES]
STEP = 0.5


def number(wanted: str) -> float:
    """A number that meets a comparison."""
    sign = wanted.rstrip("0123456789.")
    limit = float(wanted.removeprefix(sign))
    return {">": limit + STEP, "<": limit - STEP}.get(sign, limit)


def merged(one: Facts, other: Facts) -> Facts | None:
    """Facts that hold both, or None when an age, a sex or a value cannot be both."""
    shift = len(one.findings)
    present = dict(one.present)
    for concept, places in other.present.items():
        present[concept] = (*present.get(concept, ()), *(place + shift for place in places))
    if one.sex and other.sex and one.sex != other.sex:
        return None
    low, high = max(one.age_m[0], other.age_m[0]), min(one.age_m[1], other.age_m[1])
    if low > high:
        return None
    return msgspec.structs.replace(
        one,
        findings=one.findings + other.findings,
        present=present,
        answers={**one.answers, **other.answers},
        vitals={**one.vitals, **other.vitals},
        age_m=(low, high),
        age_y=(low / 12, high / 12),
        sex=one.sex or other.sex,
        week=one.week or other.week,
    )


ANYONE = Facts(age_m=(0, 1440), age_y=(0, 120))


def leaf(when: Condition) -> Facts:
    """The least that makes the condition's own tests hold."""
    facts = ANYONE
    if when.c is not None:
        finding = Finding(
            statement=0,
            concept=when.c,
            start=0,
            end=1,
            text="x",
            severity=int(number(when.sev)) if when.sev else None,
            duration_h=number(when.dur_h) if when.dur_h else None,
            onset=when.onset,
            course=when.course,
        )
        facts = msgspec.structs.replace(facts, findings=(finding,), present={str(when.c): (0,)})
    if when.ctx is not None or when.preg_possible or when.preg_w:
        week = number(when.preg_w) if when.preg_w else None
        facts = msgspec.structs.replace(facts, present={**facts.present, str(when.ctx or "pregnant"): ()}, week=week)
    if when.a is not None:
        value = number(when.is_) if isinstance(when.is_, str) and when.is_[0] in "<>=0123456789" else when.is_
        facts = msgspec.structs.replace(facts, answers={str(when.a): value if value is not None else True})
    if when.v is not None:
        facts = msgspec.structs.replace(facts, vitals={when.v: number(str(when.is_))})
    if when.score is not None:
        worst = {"rr": 40, "spo2": 80, "oxygen": 1, "sbp": 70, "dbp": 40, "hr": 150, "consciousness": 1, "temp": 41}
        facts = msgspec.structs.replace(facts, vitals=worst, age_m=(240.0, 1440.0), age_y=(20.0, 120.0))
    return _aged(facts, when)


def _aged(facts: Facts, when: Condition) -> Facts:
    for wanted, months in ((when.age_y, 12.0), (when.age_m, 1.0), (when.age_d, 1 / 30.44)):
        if wanted is not None:
            at = max(0.0, number(wanted) * months)
            span = (at, 1440.0) if wanted.startswith(">") else (0.0, at * (1 - 1e-9))
            facts = msgspec.structs.replace(facts, age_m=span, age_y=(span[0] / 12, span[1] / 12))
    return msgspec.structs.replace(facts, sex=when.sex)


def ways(when: Condition) -> Iterator[Facts]:
    """Every least set of facts under which the condition holds."""
    choices = [list(ways(part)) for part in when.all]
    if when.any:
        choices.append([facts for part in when.any for facts in ways(part)])
    for chosen in product(*choices):
        facts: Facts | None = leaf(when)
        for part in chosen:
            facts = merged(facts, part) if facts is not None else None
        if facts is not None:
            yield facts


def fires(rule: Rule, facts: Facts) -> bool:
    """Whether the rule holds."""
    return Judge(facts, {}).verdict(plan_of(rule.when)).truth is Truth.YES


def concepts(when: Condition) -> Iterator[str]:
    """The concepts of a condition."""
    for part in (*when.all, *when.any):
        yield from concepts(part)
    if when.c is not None:
        yield str(when.c)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_each_way_a_rule_can_hold_fires_it(rule: Rule) -> None:
    held = list(ways(rule.when))
    assert held
    for facts in held:
        assert fires(rule, facts), facts


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_is_silent_when_nothing_is_known(rule: Rule) -> None:
    assert not fires(rule, ANYONE)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_is_silent_when_what_it_rests_on_is_denied(rule: Rule) -> None:
    for facts in ways(rule.when):
        if facts.present:
            denied = msgspec.structs.replace(facts, present={}, findings=(), week=None, denied=frozenset(facts.present))
            assert not fires(rule, denied) or denied.answers or denied.vitals


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_what_is_doubtful_never_fires_but_opens_the_rule(rule: Rule) -> None:
    for facts in ways(rule.when):
        own = set(concepts(rule.when)) & facts.present.keys()
        if not own or facts.vitals:
            continue
        doubt = {concept: facts.present[concept] for concept in own}
        kept = {concept: places for concept, places in facts.present.items() if concept not in own}
        unsure = msgspec.structs.replace(facts, present=kept, doubtful=doubt)
        verdict = Judge(unsure, {}).verdict(plan_of(rule.when))
        assert verdict.truth is not Truth.YES or unsure.answers
        assert verdict.open or verdict.truth is Truth.YES


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_says_which_findings_it_rests_on(rule: Rule) -> None:
    for facts in ways(rule.when):
        evidence = Judge(facts, {}).verdict(plan_of(rule.when)).evidence
        assert evidence <= set(range(len(facts.findings)))
        assert bool(evidence) == bool(facts.findings)


def test_an_open_rule_asks_its_questions_and_nothing_is_asked_when_immediate() -> None:
    finding = Finding(statement=0, concept="chest_pain", start=0, end=1, text="x")
    facts = Facts(findings=(finding,), present={"chest_pain": (0,)})
    decision = rule_book(CONTENT).decide(facts, understood=True)
    assert decision.urgency == "very_urgent"
    assert decision.could_be == "immediate"
    assert 0 < len(decision.ask) <= 8
    worse = msgspec.structs.replace(facts, present={"chest_pain": (0,), "sweating": ()})
    assert rule_book(CONTENT).decide(worse, understood=True).ask == ()

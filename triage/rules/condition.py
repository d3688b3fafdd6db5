"""Conditions over facts with three values. What is not known is unknown, never no."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from triage.content.schema import Condition
from triage.rules.facts import DAYS_PER_MONTH, Facts, Span
from triage.rules.met import Met, Way, asked, person_of, ways_read
from triage.rules.scores import Score, crb65, news2, qsofa
from triage.rules.verdict import HOLDS, NO, NOTHING_KNOWN, UNKNOWN, YES, Verdict, all_of, any_of, limit, opened

MEASURED = "measured"
"""Stands for every measurement among the names a condition speaks of."""
REMEMBERED = 16_384
"""Values of conditions kept by what is known of their concepts; they hold nobody's words."""
TEMPERATURE = "temperature"
"""A question whose answer is a measurement."""


class Judge:
    """Evaluates conditions over one patient's facts.

    `question_of` names the question that asks for a concept, `concept_of` the concept whose mention answers a question.
    """

    def __init__(
        self,
        facts: Facts,
        question_of: Mapping[str, str],
        blanks: "Blanks | None" = None,
        *,
        concept_of: Mapping[str, str] | None = None,
    ) -> None:
        self.facts = facts
        self.question_of = question_of
        self.concept_of = {} if concept_of is None else concept_of
        self.blanks = Blanks(question_of, self.concept_of) if blanks is None else blanks
        self.known = facts.present.keys() | facts.resolved.keys() | facts.doubtful.keys() | facts.denied
        self.told = self.blanks.told(facts, self.known)
        """Of what something is known, and in which way; None where more than the way counts."""
        self.person = person_of(facts)
        self._told_how: dict[str, Way | None] | None = None
        self._plain: dict[str, Verdict] = {}

    def verdict(self, plan: "Plan") -> Verdict:
        """The value of a condition: everything given side by side must hold."""
        if plan.leaf is not None:
            known = plan.person or not plan.names.isdisjoint(self.told)
            return plan.leaf(self, plan.when) if known else self.blanks.of(plan)
        told = self.told if plan.weighed.isdisjoint(self.told) else self.how()
        ways = frozenset([told[name] for name in plan.names.intersection(told)])
        if not ways and not plan.person:
            return self.blanks.of(plan)
        if None in ways:
            return self.worked_out(plan)
        met = (ways, self.person if plan.person else None)
        return self.blanks.shared(plan, met) or self.blanks.share(plan, met, self.worked_out(plan))

    def how(self) -> dict[str, Way | None]:
        """What is told, and of each finding how bad, how long, how it came and where it is heading."""
        if self._told_how is None:
            answered = not _ASKED_OF_FINDINGS.isdisjoint(self.facts.answers)
            self._told_how = {
                name: None if way is None or answered else (*way, *ways_read(self.facts, str(way[0])))
                for name, way in self.told.items()
            }
        return self._told_how

    def worked_out(self, plan: "Plan") -> Verdict:
        """The value of a condition, of which something may be known."""
        parts = [test(self, plan.when) for test in plan.tests]
        for part in plan.all:
            parts.append(self.verdict(part))
            if parts[-1] is NO:
                return NO
        if plan.any:
            parts.append(self._some(plan))
        for part in plan.none:
            if self.verdict(part).truth is HOLDS:
                return NO
        return parts[0] if len(parts) == 1 else all_of(parts)

    def _some(self, plan: "Plan") -> Verdict:
        """Of which one must hold; where something is known of one alone, the others are taken together."""
        touched = {at for name in plan.names.intersection(self.told) for at in plan.places[name]}.union(plan.persons)
        if len(touched) != 1:
            return any_of([self.verdict(part) for part in plan.any])
        (at,) = touched
        before, after = self.blanks.beside(plan, at)
        return any_of([*before, self.verdict(plan.any[at]), *after])

    def concept(self, when: Condition) -> Verdict:
        """Whether the patient has the concept in the way asked for; many rules ask for the same one."""
        concept = str(when.c)
        if when.onset is when.dur_h is when.sev is when.course is None and not when.res:
            verdict = self._plain.get(concept)
            if verdict is None:
                verdict = self._plain[concept] = self._concept(when, concept)
            return verdict
        return self._concept(when, concept)

    def _concept(self, when: Condition, concept: str) -> Verdict:
        if concept not in self.known:
            return Verdict(UNKNOWN, rest=self._ask(concept))
        places = self._places(concept, resolved=when.res)
        if places is not None:
            return any_of([self._quality(when, at) for at in places]) if places else self._quality(when, None)
        if concept in self.facts.doubtful:
            return opened(self._ask(concept))
        return NO

    def background(self, when: Condition) -> Verdict:
        """Whether a background fact is known."""
        concept = str(when.ctx)
        if concept in self.facts.present:
            return Verdict(HOLDS, frozenset(self.facts.present[concept]))
        return NO if concept in self.facts.denied else Verdict(UNKNOWN, rest=self._ask(concept))

    def _places(self, concept: str, *, resolved: bool) -> tuple[int, ...] | None:
        if not resolved:
            return self.facts.present.get(concept)
        if concept in self.facts.present or concept in self.facts.resolved:
            return (*self.facts.present.get(concept, ()), *self.facts.resolved.get(concept, ()))
        return None

    def _ask(self, concept: str) -> tuple[str, ...]:
        """The concept's question, answered or not: blanks are shared by all patients, so no answer may show in them."""
        question = self.question_of.get(concept)
        return (question,) if question else ()

    def _quality(self, when: Condition, at: int | None) -> Verdict:
        held = [self._attribute(name, wanted, at) for name, wanted in attributes_of(when)]
        return all_of([Verdict(HOLDS, frozenset(() if at is None else (at,)), about=True), *held])

    def _attribute(self, name: str, wanted: str, at: int | None) -> Verdict:
        value = self._value(name, at)
        if value is None:
            question = _ATTRIBUTE_QUESTION[name]
            return Verdict(UNKNOWN, rest=() if question in self.facts.answers else (question,))
        fits = value == wanted if isinstance(value, str) else limit(wanted)(value)
        return YES if fits else NO

    def _value(self, name: str, at: int | None) -> str | float | None:
        """The attribute as asked, else as read: an answer to the question is the later and clearer word."""
        answered = self._answered(name)
        return answered if answered is not None or at is None else getattr(self.facts.findings[at], _READ_AS[name])

    def _answered(self, name: str) -> str | float | None:
        if name in ("onset", "course"):
            answer = self.facts.yes(_ATTRIBUTE_QUESTION[name])
            said = {"onset": ("gradual", "sudden"), "course": ("unchanged", "worse")}[name]
            return None if answer is None else said[answer]
        return self.facts.number(_ATTRIBUTE_QUESTION[name])

    def age_y(self, when: Condition) -> Verdict:
        """Age in years."""
        return _within(self.facts.age_y, str(when.age_y))

    def age_m(self, when: Condition) -> Verdict:
        """Age in months."""
        return _within(self.facts.age_m, str(when.age_m))

    def age_d(self, when: Condition) -> Verdict:
        """Age in days."""
        low, high = self.facts.age_m
        return _within((low * DAYS_PER_MONTH, high * DAYS_PER_MONTH), str(when.age_d))

    def sex(self, when: Condition) -> Verdict:
        """Sex as registered."""
        known = self.facts.sex
        return NOTHING_KNOWN if known is None else YES if known == when.sex else NO

    def pregnancy_possible(self, when: Condition) -> Verdict:
        """Whether a pregnancy is possible: known, answered, or excluded by sex or age (12 to 55 years)."""
        possible = self._may_be_pregnant()
        if possible is None:
            return Verdict(UNKNOWN, rest=("pregnancy_possible",))
        return YES if possible == when.preg_possible else NO

    def _may_be_pregnant(self) -> bool | None:
        if "pregnant" in self.facts.present or self.facts.week is not None:
            return True
        if self.facts.sex == "m" or self.facts.age_y[1] < 12 or self.facts.age_y[0] > 55:
            return False
        answered = self.facts.yes("pregnancy_possible")
        return False if answered is None and "pregnant" in self.facts.denied else answered

    def pregnancy_week(self, when: Condition) -> Verdict:
        """Completed weeks of pregnancy."""
        if self.facts.week is not None:
            return YES if limit(str(when.preg_w))(self.facts.week) else NO
        if self._may_be_pregnant() is False or "pregnant" not in self.facts.present:
            return NO
        return Verdict(UNKNOWN, rest=("pregnancy_week",))

    def vital(self, when: Condition) -> Verdict:
        """A measured value."""
        value = self.facts.vitals.get(str(when.v))
        if value is None:
            ask = ("temperature",) if when.v == "temp" and "temperature" not in self.facts.answers else ()
            return Verdict(UNKNOWN, rest=ask)
        return YES if limit(str(when.is_))(value) else NO

    def score(self, when: Condition) -> Verdict:
        """A score, as far as its values are known."""
        score = self._score(str(when.score))
        if score is None:
            return NO
        single = when.score == "news2_max_single"
        known, most = (score.highest_single, 3) if single else (score.points, score.most)
        fits = limit(str(when.is_))
        if fits(known):
            return YES
        return NOTHING_KNOWN if score.missing and fits(most) else NO

    def _score(self, name: str) -> Score | None:
        vitals = self.facts.vitals
        if name == "qsofa":
            return qsofa(vitals)
        if name == "crb65":
            low, high = self.facts.age_y
            return crb65(vitals, age_y=low if low >= 65 or high < 65 else None)
        if self.facts.age_y[0] < 16 or "pregnant" in self.facts.present:
            return None
        return news2(vitals, prescribed_88_92=self.facts.yes("spo2_scale2_prescribed") is True)

    def answer(self, when: Condition) -> Verdict:
        """An answer to a question."""
        question = str(when.a)
        given = self.facts.answers.get(question)
        if given is None:
            return self._told_unasked(when, question)
        if isinstance(when.is_, str) and not isinstance(given, str):
            return YES if limit(when.is_)(float(given)) else NO
        return YES if given == when.is_ else NO

    def _told_unasked(self, when: Condition, question: str) -> Verdict:
        """Who says it by themselves need not be asked: the question's concept, read in the text, answers it."""
        concept = self.concept_of.get(question)
        if concept is None or concept not in self.known:
            return Verdict(UNKNOWN, rest=(question,))
        if concept in self.facts.doubtful:
            return opened((question,))
        if concept not in self.facts.present:
            return NO if concept in self.facts.denied and when.is_ is True else Verdict(UNKNOWN, rest=(question,))
        return Verdict(HOLDS, frozenset(self.facts.present[concept])) if when.is_ is True else NO


Test = Callable[[Judge, Condition], Verdict]
_TESTS: tuple[tuple[str, Test], ...] = (
    ("c", Judge.concept),
    ("ctx", Judge.background),
    ("age_y", Judge.age_y),
    ("age_m", Judge.age_m),
    ("age_d", Judge.age_d),
    ("sex", Judge.sex),
    ("preg_possible", Judge.pregnancy_possible),
    ("preg_w", Judge.pregnancy_week),
    ("v", Judge.vital),
    ("score", Judge.score),
    ("a", Judge.answer),
)
_OF_ANYBODY = frozenset(
    (Judge.age_y, Judge.age_m, Judge.age_d, Judge.sex, Judge.pregnancy_possible, Judge.pregnancy_week, Judge.score)
)


class Plan(msgspec.Struct, frozen=True):
    """A condition made ready: which tests its row asks for, and its parts made ready too."""

    when: Condition
    tests: tuple[Test, ...]
    all: tuple["Plan", ...]
    any: tuple["Plan", ...]
    none: tuple["Plan", ...]
    names: frozenset[str]
    """The concepts and questions it speaks of, and `measured` if it asks for a measurement."""
    person: bool
    """It asks for an age, a sex, a pregnancy or a score: something is known of these in everybody."""
    places: dict[str, tuple[int, ...]]
    """Which of `any` speak of each of the names."""
    persons: tuple[int, ...]
    """Which of `any` ask for an age and the like."""
    leaf: Test | None
    """The one test that is all of it."""
    weighed: frozenset[str]
    """Concepts that it asks more of than to be there."""


def plan_of(when: Condition) -> Plan:
    """The condition made ready."""
    tests = tuple(test for name, test in _TESTS if getattr(when, name) is not None)
    every, some, none = (tuple(plan_of(part) for part in group) for group in (when.all, when.any, when.none))
    parts = (*every, *some, *none)
    names = frozenset(_names(when)).union(*(part.names for part in parts))
    person = not _OF_ANYBODY.isdisjoint(tests) or any(part.person for part in parts)
    places = {name: tuple(at for at, part in enumerate(some) if name in part.names) for name in names}
    persons = tuple(at for at, part in enumerate(some) if part.person)
    leaf = tests[0] if len(tests) == 1 and not parts else None
    own = frozenset((str(when.c),)) if any(True for _ in attributes_of(when)) else frozenset[str]()
    weighed = own.union(*(part.weighed for part in parts))
    return Plan(when, tests, every, some, none, names, person, places, persons, leaf, weighed)


def _names(when: Condition) -> Iterator[str]:
    yield from (str(name) for name in (when.c, when.ctx) if name is not None)
    if when.a is not None:
        yield asked(when.a)
    if when.v is not None or when.score is not None:
        yield MEASURED
    if when.preg_possible is not None or when.preg_w is not None:
        yield "pregnant"


class Blanks:
    """What conditions come to of which nothing is known: the same for every patient, so worked out once.

    So is what depends only on the way in which concepts are known. Plans are told apart by identity: they live as long.
    """

    def __init__(self, question_of: Mapping[str, str], concept_of: Mapping[str, str]) -> None:
        self._known: dict[int, Verdict] = {}
        self._shared: dict[tuple[int, Met], Verdict] = {}
        self._beside: dict[tuple[int, int], tuple[list[Verdict], list[Verdict]]] = {}
        self._questions: dict[str, list[str]] = {}
        for question, concept in concept_of.items():
            self._questions.setdefault(concept, []).append(asked(question))
        self._nobody = Judge(Facts(), question_of, self, concept_of=concept_of)

    def told(self, facts: Facts, known: AbstractSet[str]) -> dict[str, Way | None]:
        """Of what something is known: concepts, the questions they answer, questions answered, measurements."""
        told: dict[str, Way | None] = {}
        for concept in known:
            way = (
                concept,
                concept in facts.present,
                concept in facts.resolved,
                concept in facts.doubtful,
                concept in facts.denied,
            )
            told.update(dict.fromkeys((concept, *self._questions.get(concept, ())), way))
        told.update(dict.fromkeys(map(asked, facts.answers)))
        if facts.vitals or TEMPERATURE in facts.answers:
            told[MEASURED] = None
        return told

    def shared(self, plan: Plan, met: Met) -> Verdict | None:
        """The value of a condition of which only so much is known, where it was met before."""
        return self._shared.get((id(plan), met))

    def share(self, plan: Plan, met: Met, verdict: Verdict) -> Verdict:
        """Keep a value for the next patient of whom as much is known; a yes rests on findings of this one."""
        if verdict.truth is not HOLDS:
            if len(self._shared) >= REMEMBERED:
                self._shared.clear()
            self._shared[id(plan), met] = verdict
        return verdict

    def of(self, plan: Plan) -> Verdict:
        """The value of a condition of which nothing is known."""
        verdict = self._known.get(id(plan))
        if verdict is None:
            verdict = self._known[id(plan)] = self._nobody.worked_out(plan)
        return verdict

    def beside(self, plan: Plan, at: int) -> tuple[list[Verdict], list[Verdict]]:
        """What stands before and after one part of which one must hold, each taken together."""
        sides = self._beside.get((id(plan), at))
        if sides is None:
            sides = self._beside[id(plan), at] = self._together(plan.any[:at]), self._together(plan.any[at + 1 :])
        return sides

    def _together(self, parts: tuple[Plan, ...]) -> list[Verdict]:
        return [any_of([self.of(part) for part in parts])] if parts else []


_ATTRIBUTE_QUESTION = {"onset": "onset_sudden", "dur_h": "duration_hours", "sev": "severity", "course": "getting_worse"}
_ASKED_OF_FINDINGS = frozenset(_ATTRIBUTE_QUESTION.values())
_READ_AS = {"onset": "onset", "dur_h": "duration_h", "sev": "severity", "course": "course"}


def attributes_of(when: Condition) -> Iterable[tuple[str, str]]:
    """What a condition asks of a concept beside its being there: the attribute and what it must be."""
    return ((name, wanted) for name in _READ_AS if (wanted := getattr(when, name)) is not None)


def _within(span: Span, wanted: str) -> Verdict:
    fits = limit(wanted)
    low, high = fits(span[0]), fits(span[1])
    return YES if low and high else NOTHING_KNOWN if low or high else NO

"""From findings and answers to facts: who the case is about, what is present, past, denied or in doubt."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from triage.assessment import Finding
from triage.case import Case, Statement, Subject
from triage.content import Content
from triage.pipeline.measure import possible
from triage.pipeline.reading import Reading
from triage.rules.facts import Facts, age_spans
from triage.told import TEMPERATURE


def facts_of(
    case: Case, readings: Sequence[Reading], *, findings: tuple[Finding, ...], subject: Subject, content: Content
) -> Facts:
    """What is known of one person: the case's own facts first, then answers, then what the text says."""
    answers = {**_timed(findings), **_lone_answers(case.statements, readings), **case.answers}
    sorted_in = _Sorted(findings, subject, content)
    sorted_in.answered(answers, content)
    sorted_in.conclude()
    vitals = _vitals(case, readings, answers)
    if vitals.get("temp", 0) >= FEVER_C:
        sorted_in.present.setdefault("fever", [])
    age_y, age_m = _ages(case, readings, subject)
    infant = age_y is None and age_m is None and any(reading.measures.infant for reading in readings)
    years, months = age_spans(age_y, age_m, subject, infant=infant)
    return Facts(
        findings=findings,
        present={concept: tuple(places) for concept, places in sorted_in.present.items()},
        resolved={concept: tuple(places) for concept, places in sorted_in.resolved.items()},
        denied=frozenset(sorted_in.denied - sorted_in.present.keys()),
        doubtful={
            concept: tuple(places) for concept, places in sorted_in.doubtful.items() if concept not in sorted_in.present
        },
        answers=answers,
        vitals=vitals,
        age_y=years,
        age_m=months,
        sex=_sex(case, readings, subject),
        week=_week(readings, answers),
    )


def subjects_of(case: Case, findings: Sequence[Finding]) -> list[Subject]:
    """Whom the case may be about. Who writes for themselves but tells of someone else may be writing for them."""
    if case.subject != "self":
        return [case.subject]
    about = {finding.subject for finding in findings if not finding.negated}
    people: tuple[Subject, ...] = ("self", "child", "other")
    return [person for person in people if person in about] or ["self"]


FEVER_C = 38.0
"""°C: a temperature that is fever by itself, whatever it is called (NG143)."""
LONG_PAST_H = 90 * 24
"""An event further back is history: "a stroke ten years ago" is no stroke now."""
HAS = "has_"
"""How the id of a question for a concept begins."""


class _Sorted:
    """Findings by what they say about the patient."""

    def __init__(self, findings: Sequence[Finding], subject: Subject, content: Content) -> None:
        self.present: dict[str, list[int]] = defaultdict(list)
        self.resolved: dict[str, list[int]] = defaultdict(list)
        self.doubtful: dict[str, list[int]] = defaultdict(list)
        self.denied: set[str] = set()
        self.kept = content.kept_when_denied
        self.events = content.events
        self.implied = content.implied
        self.unless = content.implied_unless
        for at, finding in enumerate(findings):
            self._take(at, finding, subject)

    def _take(self, at: int, finding: Finding, subject: Subject) -> None:
        concept = finding.concept
        if finding.subject == "family":
            return
        if finding.negated:
            if finding.subject == subject:
                self.denied.add(concept)
            if concept in self.kept:
                self.doubtful[concept].append(at)
        elif finding.temporality == "history" or self._long_past(finding):
            return
        elif finding.uncertain or finding.hypothetical or finding.subject != subject:
            self.doubtful[concept].append(at)
        else:
            (self.resolved if finding.temporality == "resolved" else self.present)[concept].append(at)

    def _long_past(self, finding: Finding) -> bool:
        return finding.concept in self.events and (finding.duration_h or 0) > LONG_PAST_H

    def answered(self, answers: dict[str, bool | float | str], content: Content) -> None:
        """A yes to a concept's question means it is there, a no that it is not."""
        for question_id, answer in answers.items():
            concept = _concept_of(question_id, content)
            if concept is None or not isinstance(answer, bool):
                continue
            if answer:
                self.present.setdefault(concept, [])
            else:
                self.denied.add(concept)
                if concept not in self.kept:
                    self.doubtful.pop(concept, None)

    def conclude(self) -> None:
        """What follows from what is there, and from a no to what is the same sign in other words ("swollen throat")."""
        for concept in self.denied & self.unless.keys():
            self.denied.update(self.implied[concept])
        told = frozenset(self.present)
        for concept in sorted(self.implied.keys() & told):
            for implied in self.implied[concept] if told.isdisjoint(self.unless.get(concept, ())) else ():
                self.present.setdefault(implied, list(self.present[concept]))


def _concept_of(question_id: str, content: Content) -> str | None:
    question = content.question(question_id)
    if question is not None:
        return question.concept
    concept = question_id.removeprefix(HAS)
    return concept if concept != question_id and content.concept(concept) else None


def _lone_answers(statements: Sequence[Statement], readings: Sequence[Reading]) -> dict[str, bool | float | str]:
    """A text that is only yes or no answers the question it was written to."""
    pairs = zip(statements, readings, strict=False)
    return {one.asked: read.answer for one, read in pairs if one.asked and read.answer is not None}


STROKE_SIGNS = ("facial_droop", "one_sided_weakness", "slurred_speech", "aphasia", "visual_loss")
TIMED: dict[str, tuple[tuple[str, ...], float]] = {
    "seizure_minutes": (("seizure",), 60),
    "onset_hours": (STROKE_SIGNS, 1),
}
"""Questions that a duration in the text answers: for which concepts, and how many of its unit make an hour."""


def _timed(findings: Sequence[Finding]) -> dict[str, bool | float | str]:
    told: dict[str, bool | float | str] = {}
    for question, (concepts, per_hour) in TIMED.items():
        hours = [row.duration_h for row in findings if row.concept in concepts and _counts(row) and row.duration_h]
        if hours:
            told[question] = min(hours) * per_hour
    return told


def _counts(row: Finding) -> bool:
    return not row.negated and row.temporality != "history" and row.subject != "family"


def _vitals(case: Case, readings: Sequence[Reading], answers: dict[str, bool | float | str]) -> dict[str, float]:
    vitals: dict[str, float] = {}
    for reading in readings:
        vitals.update(reading.measures.vitals)
    temperature = answers.get(TEMPERATURE)
    if isinstance(temperature, int | float) and not isinstance(temperature, bool) and possible("temp", temperature):
        vitals["temp"] = float(temperature)
    for name, value in case.vitals.items():
        since = readings[case.vitals_after.get(name, len(readings)) :]
        if possible(name, value) and not any(name in reading.measures.vitals for reading in since):
            vitals[name] = value
    return vitals


ADULT_Y = 18


def _declared(case: Case, subject: Subject) -> bool:
    """Whether the case's age and sex are this person's: a parent who writes as themselves gave their own."""
    grown = case.age_y is not None and case.age_y >= ADULT_Y
    return case.subject == subject or (case.age_is_patients and not (subject == "child" and grown))


def _ages(case: Case, readings: Sequence[Reading], subject: Subject) -> tuple[float | None, float | None]:
    if _declared(case, subject) and (case.age_y is not None or case.age_m is not None):
        return case.age_y, case.age_m
    years = next((reading.measures.age_y for reading in readings if reading.measures.age_y is not None), None)
    months = next((reading.measures.age_m for reading in readings if reading.measures.age_m is not None), None)
    return years, months if subject == "child" else None


def _sex(case: Case, readings: Sequence[Reading], subject: Subject) -> Literal["f", "m"] | None:
    if _declared(case, subject) and case.sex is not None:
        return case.sex
    return next((reading.measures.sex for reading in readings if reading.measures.sex is not None), None)


def _week(readings: Sequence[Reading], answers: dict[str, bool | float | str]) -> float | None:
    answered = answers.get("pregnancy_week")
    if isinstance(answered, int | float) and not isinstance(answered, bool):
        return float(answered)
    return next((reading.measures.week for reading in readings if reading.measures.week is not None), None)

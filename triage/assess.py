"""A case in, an assessment out: reading, facts, rules. Pure, never raises, and takes bounded time."""

from collections.abc import Iterator, Sequence

import msgspec

from triage.assessment import Assessment
from triage.case import Case, Statement
from triage.content import Content
from triage.pipeline.language import content_lang
from triage.pipeline.measure import possible
from triage.pipeline.reading import Reading, readers
from triage.pipeline.text import TEXT_LIMIT
from triage.rules.decide import Decision, rule_book
from triage.rules.facts import Facts
from triage.sorting import facts_of, subjects_of
from triage.urgency import RANK

MOST_FINDINGS = 400
"""A text that repeats itself is not judged over and over."""
FEW_STRANGE, LETTERS_A_STRANGE = 1, 150
"""So many words that are not of every day and belong to nothing that was read may stand in a text that is said to be
understood, and one more for so many letters. With more of them no level below urgent stands: a person reads."""
OLDEST = {"age_y": 125, "age_m": 125 * 12}
"""Years and months; nobody is older."""


def assess(case: Case, content: Content) -> Assessment:
    """How urgent the case is, why, what it could be and what to ask.

    Text beyond 20,000 code points in all is cut (`too_long`); what cannot be measured or be an age is not used. With a
    warning the case is left to people, and so it is after a fault of ours, told by its kind alone (`fault:KeyError`).
    """
    try:
        return _assessed(case, content)
    except Exception as fault:  # noqa: BLE001 - whatever goes wrong, somebody waits for an answer
        return _left_to_people(case, content, f"fault:{type(fault).__name__}")


def _assessed(case: Case, content: Content) -> Assessment:
    bounded = _bounded(case)
    readings = [
        readers(content).read(statement, subject=case.subject, ui_lang=case.ui_lang, index=index)
        for index, statement in enumerate(bounded.statements)
    ]
    findings = tuple([finding for reading in readings for finding in reading.findings][:MOST_FINDINGS])
    unread = tuple([(index, *span) for index, reading in enumerate(readings) for span in reading.unread])
    warnings = tuple(_warnings(case, bounded, readings))
    strange = tuple([(index, *span) for index, reading in enumerate(readings) for span in reading.strange])
    many = len(strange) > FEW_STRANGE + sum([len(one.text) for one in bounded.statements]) // LETTERS_A_STRANGE
    people = [
        facts_of(bounded, readings, findings=findings, subject=subject, content=content)
        for subject in subjects_of(case, findings)
    ]
    decision = _decision(people, content, understood=not unread and not warnings)
    if many and RANK[decision.urgency] > RANK["urgent"]:
        unread, decision = (*unread, *strange), _decision(people, content, understood=False)
    return Assessment(
        lang=_lang(readings, case),
        urgency=decision.urgency,
        status="assessed" if decision.assessed else "unassessed",
        could_be=decision.could_be,
        if_silent=decision.if_silent,
        rules=decision.fired,
        findings=findings,
        unread=unread,
        ask=decision.ask,
        changes=decision.changes,
        safe_path=decision.safe_path,
        warnings=warnings,
        content_version=content.version,
    )


def _decision(people: Sequence[Facts], content: Content, *, understood: bool) -> Decision:
    """The most urgent decision about any of those the case may be about."""
    book = rule_book(content)
    decided = [book.decide(facts, understood=understood) for facts in people]
    return min(decided, key=lambda told: RANK[told.urgency])


def _left_to_people(case: Case, content: Content, warning: str) -> Assessment:
    """Nothing is known: sorted as urgent, and it could be anything."""
    return Assessment(
        lang=content_lang(case.ui_lang) or "sv",
        urgency="urgent",
        status="unassessed",
        could_be="immediate",
        if_silent="urgent",
        warnings=(warning,),
        content_version=content.version,
    )


def warm(content: Content) -> None:
    """Build everything a first assessment would wait for: pipelines, dictionaries, indexes."""
    words = {"sv": "jag har haft svårigheterna", "nb": "jeg har hatt vanskelighetene", "en": "I have had difficulties"}
    foreign = "ich habe seit gestern starke Schmerzen im Bauch"
    for lang, text in words.items():
        assess(Case(statements=(Statement(f"{text} (39,5)", lang=lang),), ui_lang=lang), content)
    assess(Case(statements=(Statement(foreign),)), content)


def _bounded(case: Case) -> Case:
    """The case without what is too long to read and without an age nobody has."""
    fits = sum([len(statement.text) for statement in case.statements]) <= TEXT_LIMIT
    if fits and not any([_impossible_age(name, age) for name, age in _ages(case).items()]):
        return case
    known = {name: value for name, value in _ages(case).items() if not _impossible_age(name, value)}
    ages = {name: known.get(name) for name in OLDEST}
    return msgspec.structs.replace(case, statements=tuple(_cut(case.statements)), **ages)


def _cut(statements: Sequence[Statement]) -> Iterator[Statement]:
    left = TEXT_LIMIT
    for statement in statements:
        yield msgspec.structs.replace(statement, text=statement.text[:left])
        left = max(0, left - len(statement.text))


def _ages(case: Case) -> dict[str, float]:
    ages = {"age_y": case.age_y, "age_m": case.age_m}
    return {name: age for name, age in ages.items() if age is not None}


def _impossible_age(name: str, age: float) -> bool:
    """Below zero, older than anyone, or no number."""
    return not 0 <= age <= OLDEST[name]


def _warnings(case: Case, bounded: Case, readings: Sequence[Reading]) -> Iterator[str]:
    if bounded is not case and any(
        one.text != cut.text for one, cut in zip(case.statements, bounded.statements, strict=True)
    ):
        yield "too_long"
    if any([reading.foreign for reading in readings]):
        yield "other_language"
    for reading in readings:
        for name in reading.measures.odd:
            yield f"impossible_vital:{name}"
    for name, value in case.vitals.items():
        if not possible(name, value):
            yield f"impossible_vital:{name}"
    if bounded is not case:
        yield from [f"impossible_age:{name}" for name, age in _ages(case).items() if _impossible_age(name, age)]


def _lang(readings: Sequence[Reading], case: Case) -> str:
    if readings and readings[0].nynorsk:
        return "nn"
    return readings[0].lang if readings else content_lang(case.ui_lang) or "sv"

"""Judges the content as a whole: every name leads somewhere, nothing lacks a source, a translation or a way to fire.

A problem stops the start. What only deserves a second look is in the report of `check_content`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import FyrError
from triage.content.files import Rows, read
from triage.content.reach import problem_of, shadows
from triage.content.report import report_of
from triage.content.schema import LANGS, Concept, Condition, Row, Rule, SafePath, Wording
from triage.content.shrunk import shrunk
from triage.ids import ConceptId, QuestionId
from triage.urgency import LEVELS


def check_content(path: Path) -> str:
    """The coverage report of the content in the folder `path`.

    Raises FyrError("content_invalid", problems=[...]) when it may not be used.
    """
    rows = read(path)
    problems = rows.problems + problems_of(rows)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return report_of(rows)


def problems_of(rows: Rows) -> list[str]:
    """Everything that stops the start, one line each."""
    return [
        *_duplicates(rows),
        *_unsourced(rows),
        *_concepts(rows),
        *_felt(rows),
        *shrunk(rows),
        *_rules(rows),
        *_shadowed(rows),
        *_questions(rows),
        *_paths(rows),
        *_missing(rows),
        *_asking(rows),
        *_safety_nets(rows),
    ]


def conditions(condition: Condition) -> Iterator[Condition]:
    """A condition and every one inside it."""
    yield condition
    for inside in (*condition.all, *condition.any, *condition.none):
        yield from conditions(inside)


def _duplicates(rows: Rows) -> Iterator[str]:
    tables: dict[str, Iterable[str]] = {
        "concept": (row.id for row in rows.concepts),
        "site": (row.id for row in rows.sites),
        "sense": (row.id for row in rows.senses),
        "rule": (row.id for row in rows.rules),
        "question": (row.id for row in rows.questions),
        "safe path": (row.id for row in rows.paths),
        "screen item": (row.id for row in rows.screen),
    }
    for name, ids in tables.items():
        yield from (f"{name} {row_id}: {count} times" for row_id, count in Counter(ids).items() if count > 1)


def _all_rows(rows: Rows) -> Iterator[tuple[str, Row]]:
    yield from ((f"concept {row.id}", row) for row in rows.concepts)
    yield from ((f"site {row.id}", row) for row in rows.sites)
    yield from ((f"sense {row.id}", row) for row in rows.senses)
    yield from ((f"rule {row.id}", row) for row in rows.rules)
    yield from ((f"question {row.id}", row) for row in rows.questions)
    yield from ((f"safe path {row.id}", row) for row in rows.paths)
    yield from ((f"screen item {row.id}", row) for row in rows.screen)
    yield from ((f"asking about {', '.join(row.about)}", row) for row in rows.asking)
    yield from ((f"safety net {row.urgency}", row) for row in rows.safety_nets)


def _unsourced(rows: Rows) -> Iterator[str]:
    for told, row in _all_rows(rows):
        if not row.source:
            yield f"{told}: no source"
        yield from (f"{told}: unknown source {name}" for name in row.source if name not in rows.sources)


def _untranslated(told: str, *wordings: Wording) -> Iterator[str]:
    for wording in wordings:
        yield from (f"{told}: no text in {lang}" for lang, text in wording.by_lang().items() if not text.strip())


def _concepts(rows: Rows) -> Iterator[str]:
    known = {row.id for row in rows.concepts}
    for row in rows.concepts:
        told = f"concept {row.id}"
        yield from _untranslated(told, row.label)
        yield from (f"{told}: no words in {lang}" for lang in LANGS if not row.words.of(lang))
        yield from (f"{told}: hides unknown concept {name}" for name in row.hides if name not in known)
        yield from (f"{told}: implies unknown concept {name}" for name in row.implies if name not in known)
        yield from (f"{told}: implies unless unknown concept {name}" for name in row.unless if name not in known)
        if row.id in row.hides:
            yield f"{told}: hides itself"
        yield from _codes(told, row, rows.sources)


def _felt(rows: Rows) -> Iterator[str]:
    known, sites = {row.id for row in rows.concepts}, {row.id for row in rows.sites}
    for site in rows.sites:
        yield from (f"site {site.id}: no words in {lang}" for lang in LANGS if not site.words.of(lang))
    for sense in rows.senses:
        told = f"sense {sense.id}"
        yield from (f"{told}: no words in {lang}" for lang in LANGS if not sense.words.of(lang))
        made = sense.by_concept(tuple(sites))
        yield from (f"{told}: unknown concept {name}" for name in made if name not in known)
        named = Counter(name for group in sense.at.values() for name in group)
        yield from (f"{told}: unknown site {name}" for name in named if name not in sites)
        yield from (f"{told}: site {name} means two things" for name, count in named.items() if count > 1)


def _codes(told: str, row: Concept, sources: dict[str, str]) -> Iterator[str]:
    for code in (row.icpc2, row.sct):
        if code and code.source not in sources:
            yield f"{told}: unknown source {code.source} of code {code.value}"


def _rules(rows: Rows) -> Iterator[str]:
    known = {row.id for row in rows.concepts}
    asked = {row.id for row in rows.questions}
    for row in rows.rules:
        told = f"rule {row.id}"
        yield from _untranslated(told, row.reason)
        if (row.urgency is None) == (row.raises == 0):
            yield f"{told}: needs either a level or steps to raise, not both"
        yield from (f"{told}: {problem}" for problem in _names(row, known=known, asked=asked))
        unreachable = problem_of(row.when)
        if unreachable:
            yield f"{told}: {unreachable}"


def _shadowed(rows: Rows) -> Iterator[str]:
    for rule, other in shadows(rows.rules):
        yield f"rule {rule.id}: shadowed by {other.id}, which fires whenever it does at the same level or above"


def _names(rule: Rule, *, known: set[ConceptId], asked: set[QuestionId]) -> Iterator[str]:
    for part in conditions(rule.when):
        yield from (f"unknown concept {name}" for name in (part.c, part.ctx) if name and name not in known)
        if part.a and part.a not in asked:
            yield f"unknown question {part.a}"


def _questions(rows: Rows) -> Iterator[str]:
    known = {row.id for row in rows.concepts}
    for row in rows.questions:
        told = f"question {row.id}"
        yield from _untranslated(told, row.wording, *row.choices.values())
        if row.concept and row.concept not in known:
            yield f"{told}: unknown concept {row.concept}"
        if (row.kind == "choice") != bool(row.choices):
            yield f"{told}: choices belong to the kind choice, and only there"


def _paths(rows: Rows) -> Iterator[str]:
    known = {row.id for row in rows.concepts}
    asked = {row.id for row in rows.questions}
    for row in rows.paths:
        told = f"safe path {row.id}"
        yield from _untranslated(told, row.safety_net)
        yield from (f"{told}: {problem}" for problem in _path_form(row))
        yield from (
            f"{told}: unknown concept {name}" for name in (*row.about, *row.allows, *row.forbids) if name not in known
        )
        yield from (f"{told}: unknown question {name}" for name in row.denied if name not in asked)


def _path_form(row: SafePath) -> Iterator[str]:
    if not row.about:
        yield "is about nothing"
    if row.urgency not in ("urgent", "within_24h", "routine", "self_care"):
        yield f"{row.urgency} needs a rule, not a safe path"
    if row.age_y[0] >= row.age_y[1]:
        yield "no age fits"


def _missing(rows: Rows) -> Iterator[str]:
    asked = {row.id for row in rows.questions}
    for item in rows.screen:
        yield from _untranslated(f"screen item {item.id}", item.wording)
        if item.id not in asked:
            yield f"screen item {item.id}: no question of that id"
    yield from (f"context/{lang}.yaml: missing" for lang in LANGS if lang not in rows.cues)
    yield from (f"disposition {name}: no wording" for name in _used(rows) if name not in rows.dispositions)


def _used(rows: Rows) -> list[str]:
    used = {row.disposition for row in rows.rules} | {row.disposition for row in rows.paths}
    return sorted(used)


def _asking(rows: Rows) -> Iterator[str]:
    known = {row.id for row in rows.concepts}
    asked = {row.id for row in rows.questions}
    for row in rows.asking:
        told = f"asking about {', '.join(row.about)}"
        yield from (f"{told}: unknown concept {name}" for name in row.about if name not in known)
        yield from (f"{told}: unknown question {name}" for name in row.ask if name not in asked)


def _safety_nets(rows: Rows) -> Iterator[str]:
    for row in rows.safety_nets:
        yield from _untranslated(f"safety net {row.urgency}", row.safety_net)
    held = {row.urgency for row in rows.safety_nets}
    yield from (f"safety net {level}: missing" for level in LEVELS if level not in held)

"""What deserves a second look in content that may be used: shared words, thin languages, missing reviews.

A nurse reads this; nothing here stops a start.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from triage.content.files import Rows
from triage.content.schema import LANGS, Concept, ContentLang

THIN = 0.5
"""A language with fewer than this share of the words of the richest is named."""


def report_of(rows: Rows) -> str:
    """The whole report, as text of short lines."""
    warnings = [*_shared(rows), *_thin(rows), *_nameless(rows), *_unasked(rows)]
    lines = [f"content {rows.version}", *_counts(rows), *_coverage(rows)]
    lines += [f"{len(warnings)} things to look at", *(f"  {warning}" for warning in warnings)]
    return "\n".join(lines)


def terms_of(concept: Concept, lang: ContentLang) -> tuple[str, ...]:
    """Every way of saying the concept in `lang`: lay words, clinical words, common typing."""
    return concept.words.of(lang) + concept.clinical.of(lang) + concept.misspelt.of(lang)


def _counts(rows: Rows) -> Iterator[str]:
    kinds = Counter(concept.kind for concept in rows.concepts)
    yield f"concepts {len(rows.concepts)}: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    yield f"rules {len(rows.rules)}, questions {len(rows.questions)}, safe paths {len(rows.paths)}"
    reviewed = sum(row.review == "reviewed" for row in (*rows.concepts, *rows.rules, *rows.questions, *rows.paths))
    total = len(rows.concepts) + len(rows.rules) + len(rows.questions) + len(rows.paths)
    yield f"reviewed by a clinician: {reviewed} of {total} rows"
    coded = sum(bool(row.sct) for row in rows.concepts), sum(bool(row.icpc2) for row in rows.concepts)
    yield f"SNOMED CT codes {coded[0]}, ICPC-2 codes {coded[1]} of {len(rows.concepts)} concepts"


def _coverage(rows: Rows) -> Iterator[str]:
    for lang in LANGS:
        words = sum(len(concept.words.of(lang)) for concept in rows.concepts)
        clinical = sum(len(concept.clinical.of(lang)) for concept in rows.concepts)
        misspelt = sum(len(concept.misspelt.of(lang)) for concept in rows.concepts)
        cues = rows.cues.get(lang)
        body = len(cues.body) if cues else 0
        yield f"{lang}: {words} words, {clinical} clinical, {misspelt} misspelt, {body} words of body and feeling"


def _shared(rows: Rows) -> Iterator[str]:
    hidden = {(concept.id, name) for concept in rows.concepts for name in concept.hides}
    for lang in LANGS:
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for concept in rows.concepts:
            for term in {term.casefold() for term in terms_of(concept, lang)}:
                holders[term].append(concept.id)
        for term, ids in sorted(holders.items()):
            if len(ids) > 1 and not any((one, other) in hidden for one in ids for other in ids):
                yield f"{lang} “{term}” belongs to {', '.join(ids)}"


def _thin(rows: Rows) -> Iterator[str]:
    for concept in rows.concepts:
        counts = {lang: len(concept.words.of(lang)) for lang in LANGS}
        most = max(counts.values())
        yield from (
            f"{concept.id}: {count} words in {lang}, {most} elsewhere"
            for lang, count in counts.items()
            if count < THIN * most
        )


def _nameless(rows: Rows) -> Iterator[str]:
    for concept in rows.concepts:
        for lang in LANGS:
            terms = {term.casefold() for term in terms_of(concept, lang)}
            label = concept.label.get(lang).casefold().removeprefix("a ").removeprefix("an ")
            short = "," not in label and len(label.split()) < 4
            if concept.kind == "symptom" and short and label not in terms:
                yield f"{concept.id}: its own label “{label}” is not among its words in {lang}"


def _unasked(rows: Rows) -> Iterator[str]:
    used = {name for path in rows.paths for name in path.about}
    for concept in rows.concepts:
        if concept.kind == "request" and concept.id not in used:
            yield f"request {concept.id} has no safe path"

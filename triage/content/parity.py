"""How evenly the languages are served: words per concept and language, and where one language has less than the others.

A nurse reads this beside the concept files; nothing here stops a start.
"""

from collections.abc import Iterator
from pathlib import Path

from core.errors import FyrError
from triage.content.check import problems_of
from triage.content.files import Rows, read
from triage.content.report import THIN, terms_of
from triage.content.schema import LANGS, Concept, ContentLang, Terms

READ_WELL = 3
"""A concept with fewer ways to say it in a language is named: patients find a fourth."""


def parity(path: Path) -> str:
    """The report over the content in the folder `path`, as text of short lines.

    Raises FyrError("content_invalid", problems=[...]) when the content may not be used.
    """
    rows = read(path)
    problems = rows.problems + problems_of(rows)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return parity_of(rows)


def parity_of(rows: Rows) -> str:
    """Totals by language, then every concept that one language says in fewer ways."""
    behind = [line for concept in rows.concepts for line in _behind(concept)]
    lines = [f"parity of content {rows.version}, {len(rows.concepts)} concepts", *_totals(rows), *_nynorsk(rows)]
    return "\n".join([*lines, f"{len(behind)} concepts fall behind in a language", *(f"  {line}" for line in behind)])


def _totals(rows: Rows) -> Iterator[str]:
    yield "      lay  clinical  misspelt  concepts with lay/clinical/misspelt words"
    for lang in LANGS:
        groups = [[group.of(lang) for group in _groups(concept)] for concept in rows.concepts]
        sums = [sum(len(words[kind]) for words in groups) for kind in range(3)]
        held = [sum(bool(words[kind]) for words in groups) for kind in range(3)]
        shares = "/".join(str(count) for count in held)
        yield f"{lang}  {sums[0]:>6}  {sums[1]:>8}  {sums[2]:>8}  {shares}"


def _nynorsk(rows: Rows) -> Iterator[str]:
    held = [concept for concept in rows.concepts if concept.words.nn]
    words = sum(len(concept.words.nn) for concept in held)
    yield f"nn  {words:>6}  of them written as in Nynorsk, in {len(held)} concepts (the others read Bokmål)"


def _groups(concept: Concept) -> tuple[Terms, Terms, Terms]:
    return concept.words, concept.clinical, concept.misspelt


def _behind(concept: Concept) -> Iterator[str]:
    counts: dict[ContentLang, int] = {lang: len(terms_of(concept, lang)) for lang in LANGS}
    few = [lang for lang in LANGS if counts[lang] < max(READ_WELL, THIN * max(counts.values()))]
    if few:
        told = ", ".join(f"{lang} {count}" for lang, count in counts.items())
        yield f"{concept.id}: {told}; add to {' and '.join(few)}"

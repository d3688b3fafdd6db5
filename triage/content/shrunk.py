"""Terms whose places may be left empty until a word or two of every day is all that is left of them."""

from collections.abc import Iterator

from triage.content.cues import Cues
from triage.content.files import Rows
from triage.content.schema import LANGS

BAR = "|"
MOST_LEFT = 2
"""With more places than this, a denial not counted, even words of every day say something together."""
DENIES = "n't"


def shrunk(rows: Rows) -> Iterator[str]:
    """Each term that may come to everyday words alone: "when|every i|time run|walk|" is also "when I".

    What is asked for raises nothing, and may be said in any words.
    """
    for lang in LANGS:
        cues = rows.cues.get(lang)
        if cues is None:
            continue
        denials, everyday = _denials(cues), _everyday(cues)
        for row in rows.concepts:
            groups = (row.words, row.clinical, row.misspelt) if row.kind != "request" else ()
            for text in (text for group in groups for text in group.of(lang)):
                left = _left(text.lower(), denials=denials, everyday=everyday)
                if left:
                    yield f'concept {row.id}: "{text}" may be no more than "{left}"'


def _left(text: str, *, denials: frozenset[str], everyday: frozenset[str]) -> str:
    """The everyday words that are left where all else may be missing, or nothing."""
    places = [written.split(BAR) for written in text.split()]
    needed = [place for place in places if "" not in place]
    if len(needed) == len(places):
        return ""
    words = [next((word for word in place if _denies(word, denials) or word in everyday), "") for place in needed]
    told = [word for word in words if not _denies(word, denials)]
    return " ".join(words) if all(words) and len(told) <= MOST_LEFT else ""


def _denies(word: str, denials: frozenset[str]) -> bool:
    return word in denials or word.endswith(DENIES)


def _denials(cues: Cues) -> frozenset[str]:
    return frozenset((*cues.negation_before.terms, *cues.negation_after.terms))


def _everyday(cues: Cues) -> frozenset[str]:
    return frozenset((*cues.everyday, *cues.ordinary, *cues.number_words, *cues.subjects["self"]))

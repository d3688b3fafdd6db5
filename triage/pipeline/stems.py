"""A word without its commonest endings, so that a term written once meets its inflections. No dictionary."""

import re

from triage.content.schema import ContentLang

_ENDINGS: dict[ContentLang, tuple[str, ...]] = {
    "sv": (
        "arna", "erna", "orna", "ande", "ades", "ade", "aste", "are", "ast", "ar", "er", "or", "en", "et", "at",
        "na", "an", "te", "de", "a", "e", "n", "t",
    ),
    "nb": (
        "endes", "ende", "ande", "ene", "ane", "ere", "est", "ede", "et", "en", "er", "ar", "te", "de", "a", "e", "t",
    ),
    "en": ("ings", "ing", "ies", "ed", "es", "ly", "s", "y", "e"),
}  # fmt: skip
SHORTEST_STEM = 4
_RUNS = re.compile(r"(.)\1+")
FOLDED = str.maketrans({"å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o", "é": "e", "è": "e", "ü": "u", "á": "a"})


def stem(word: str, lang: ContentLang) -> str:
    """The word without its ending; short words stay whole."""
    for ending in _ENDINGS[lang]:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def squeezed(word: str) -> str:
    """The word with every letter once where it stands several times in a row."""
    return _RUNS.sub(r"\1", word)


def folded(word: str) -> str:
    """The word as typed on a keyboard without Nordic letters."""
    return word.translate(FOLDED)


def spelt_out(word: str) -> str:
    """The folded word, where `ae`, `oe` and `aa` stood for a letter."""
    return folded(word).replace("aa", "a").replace("ae", "a").replace("oe", "o")

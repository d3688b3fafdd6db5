"""Whether a sentence is a reviewer's own: one that repeats what the patient wrote leaves the unit with their words."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from core.errors import FyrError
from triage.evaluation.gold import GoldSpan

LONGEST = 1_000
"""Code points: a sentence or three."""
ALIKE = 80.0
"""Per cent of letters in common, whatever the order of the words, from which on a sentence is the same."""
ALIKE_WITHIN = 85.0
"""The same for one that lies within the other."""
SHORT = 20
"""Of so few letters ("ont i magen") another's sentence may well be made, and they lead to nobody."""
_WORD = re.compile(r"\w+")


def check_rewritten(text: str, originals: Iterable[str], spans: Iterable[GoldSpan]) -> None:
    """Refuse what is no sentence of one's own, or spans that do not stand in it.

    Raises `empty`, `too_long`, `too_alike`, `bad_request`.
    """
    if not text.strip():
        raise FyrError("empty", field="text")
    if len(text) > LONGEST:
        raise FyrError("too_long", field="text", limit=LONGEST)
    if any(is_alike(text, original) for original in originals):
        raise FyrError("too_alike")
    for span in spans:
        if span.place_in(text) == (0, 0):
            raise FyrError("bad_request", where="$.reads", what="words that do not stand in the sentence")


def is_alike(text: str, original: str) -> bool:
    """Whether one is the other, nearly the other, the other's words in another order, or a piece of it."""
    one, other = _plain(text), _plain(original)
    if not one or not other:
        return False
    if fuzz.token_sort_ratio(one, other) >= ALIKE:
        return True
    return min(len(one), len(other)) >= SHORT and fuzz.partial_ratio(one, other) >= ALIKE_WITHIN


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))

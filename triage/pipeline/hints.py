"""What numbers, ages and weeks a text may tell of, seen from its words alone, so that most patterns need not run.

A hint is a fragment that a pattern of `measure` cannot do without. It says no more than that the pattern is worth
trying. It lies between two spaces, so that each word is looked at once while it is remembered.
"""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from triage.pipeline.in_words import NUMBER_WORDS

REMEMBERED_PIECES = 16_384
_ODD_CASE = frozenset("ſıİ\u0307\u212a")
"""Letters that only patterns blind to case take for an s, an i or a k."""
_UNITS = "veck|vek|uke|week|wks|mån|mnd|month|år|year"
_FRAGMENTS: dict[str, str] = {
    "digit": r"\d",
    "number": rf"\b(?:{NUMBER_WORDS})",
    "unit": rf"\b(?:{_UNITS})|(?:{NUMBER_WORDS})(?:{_UNITS})",
    "spo2": r"\b(?:spo2|o2|sat|syre|oksygen|oxygen|metning|pox)",
    "hr": r"\b(?:puls|heart|hr|hf|hjärt|hjert)",
    "rr": r"\b(?:andning|resp|andetag|af|rf|rr)",
    "glucose": r"\b(?:blod|b-socker|blood|sugar|glucose|sockret|sukkeret)",
    "ketones": r"\bket",
    "sbp": r"\b(?:bp|bt|sbp|blod|blood|systol)",
    "gcs": r"\b(?:gcs|glasgow)",
    "temp": r"\b(?:temp|feber|fever)",
    "percent": "%",
    "warm": r"3[3-9]|4[0-3]",
    "fahrenheit": r"9[5-9]|10[0-9]",
    "over": r"/|över|over",
    "scale": r"10|nrs|vas|skala|scale",
    "years": r"år|year|yo|y/o|\d[mf]\b|^[mf],|(?:kvinn|man|male)\w*,?\d",
    "before_years": r"^på$|\b(?:är|er|am|i'm|is|aged|age)$|kvinn|man|male|^,$",
    "months": r"mån|mnd|month",
    "weeks": r"veck|vek|uke|week|wk|\bv\b|\bv\d|\bga",
    "sex": r"kvinn|woman|female|male|lady|girl|jente|flick|man|boy|gutt|pojke|[fm]\b",
    "pregnant": (
        r"gravid|pregnan|svanger|contraction|labo|\brier|värkar|fosterva|vattnet|vannet|\bv[eä]g\b|\bvei\b|along|gone"
        r"|water|navel|navle"
    ),
    "born": r"föd|fød|born",
    "said_age": r"åring|year",
}
BIT = {name: 1 << place for place, name in enumerate(_FRAGMENTS)}
EVERY = (1 << len(BIT)) - 1
DIGIT, NUMBER, UNIT = BIT["digit"], BIT["number"], BIT["unit"]
_PATTERNS = [(BIT[name], re.compile(fragment)) for name, fragment in _FRAGMENTS.items()]


class Hints:
    """The hints of every word that is remembered, as bits."""

    def __init__(self) -> None:
        self._known = _Known()

    def of(self, text: str) -> list[int]:
        """The hints of each piece of the text."""
        if len(self._known) > REMEMBERED_PIECES:
            self._known.clear()
        return list(map(self._known.__getitem__, text.split()))

    def forget(self) -> None:
        """Keep no word that was read."""
        self._known.clear()


class _Known(dict[str, int]):
    """Hints by piece, worked out when first asked for."""

    def __missing__(self, piece: str) -> int:
        lowered = piece.lower()
        found = EVERY
        if _ODD_CASE.isdisjoint(piece):
            found = reduce(or_, [bit for bit, pattern in _PATTERNS if pattern.search(lowered)], 0)
        self[piece] = found
        return found


def together(hints: Sequence[int]) -> int:
    """All hints of a text."""
    return reduce(or_, hints, 0)


def counts(hints: Sequence[int]) -> bool:
    """Whether a number in words may stand right beside a unit of age: "trettiåtta veckor", "vecka tjugo", "tvåårig"."""
    both = NUMBER | UNIT
    if any([hint & both == both for hint in hints]):
        return True
    return any([(one & NUMBER and two & UNIT) or (one & UNIT and two & NUMBER) for one, two in pairwise(hints)])


def may_tell_years(hints: Sequence[int], seen: int) -> bool:
    """Whether an age in years may stand there: a word that only ages have, or a number right after "är", "kvinna"."""
    if seen & BIT["years"]:
        return True
    before = BIT["before_years"]
    return bool(seen & before) and any([one & before and two & DIGIT for one, two in pairwise(hints)])

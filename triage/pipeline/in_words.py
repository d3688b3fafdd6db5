"""Numbers in words beside a unit of age, written as digits in the same place: "trettiåtta veckor", "two-week-old"."""

import re

_ONES = (
    ("en", "ett", "ei", "et", "one"), ("två", "to", "two"), ("tre", "three"), ("fyra", "fire", "four"), ("fem", "five"),
    ("sex", "seks", "six"), ("sju", "syv", "seven"), ("åtta", "åtte", "eight"), ("nio", "ni", "nine"),
)  # fmt: skip
_TEENS = (
    ("tio", "ti", "ten"), ("elva", "elleve", "eleven"), ("tolv", "twelve"), ("tretton", "tretten", "thirteen"),
    ("fjorton", "fjorten", "fourteen"), ("femton", "femten", "fifteen"), ("sexton", "seksten", "sixteen"),
    ("sjutton", "sytten", "seventeen"), ("arton", "aderton", "atten", "eighteen"), ("nitton", "nitten", "nineteen"),
)  # fmt: skip
_TENS = (
    ("tjugo", "tjugi", "tjue", "tyve", "twenty"), ("trettio", "tretti", "tredve", "thirty"),
    ("fyrtio", "fyrti", "førti", "forty"), ("femtio", "femti", "fifty"), ("sextio", "sexti", "seksti", "sixty"),
    ("sjuttio", "sjutti", "sytti", "seventy"), ("åttio", "åtti", "eighty"), ("nittio", "nitti", "ninety"),
)  # fmt: skip
_ONE = {word: number for number, words in enumerate(_ONES, start=1) for word in words}
_TEEN = {word: number for number, words in enumerate(_TEENS, start=10) for word in words}
_TEN = {word: number for number, words in enumerate(_TENS, start=2) for word in words}
_UNIT = (
    r"(?:veckor?s?|vecka|vekes?|veker|ukes?|ukers?|weeks?|wks|mån|månad(?:er)?s?|månadar|måned(?:er)?s?|mnd|months?"
    r"|åring\w*|års?|årig\w*|years?)\b"
)


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


NUMBER_WORDS = _either({**_ONE, **_TEEN, **_TEN})
"""How a number in words may begin."""
_NUMBER = rf"(?:({_either(_TEN)})(?:[- ]?({_either(_ONE)}))?|({_either(_TEEN)})|({_either(_ONE)}))"
_COUNTED = re.compile(
    rf"\b{_NUMBER}(?=[- ]?{_UNIT})|(?:(?<=\bvecka )|(?<=\buke )|(?<=\bveke )|(?<=\bweek )){_NUMBER}\b", re.IGNORECASE
)


def in_digits(text: str) -> str:
    """The text with such numbers as digits at the end of where the word stood, so that nothing else moves."""
    return _COUNTED.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    words = [word.lower() for word in found.groups() if word]
    number = sum(_TEN.get(word, 0) * 10 + _TEEN.get(word, 0) + _ONE.get(word, 0) for word in words)
    return str(number).rjust(len(found.group()))

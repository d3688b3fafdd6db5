"""Pain in a place of the body, said in the ways the language has: who writes "ont i axeln" may write "axelsmärta"."""

from collections.abc import Iterator, Mapping

from triage.content.schema import ContentLang
from triage.pipeline.terms import BAR

Row = tuple[str, tuple[str, ...]]
PAINS: dict[ContentLang, tuple[str, ...]] = {
    "sv": ("ont", "värk", "smärta", "smärtor"),
    "nb": ("vondt", "verk", "smerte", "smerter"),
    "en": ("pain", "pains", "ache"),
}
JOINED: dict[ContentLang, tuple[str, ...]] = {
    "sv": ("ont", "värk", "smärta", "smärtor", "smärtorna", "smärtan"),
    "nb": ("vondt", "verk", "smerte", "smerter", "smertene"),
    "en": (),
}
"""What ends a compound with the place: ryggvärk, knesmerter."""
IN = ("i", "in")


def said_otherwise(
    rows: tuple[Row, ...], lang: ContentLang, *, body: frozenset[str], lemmas: Mapping[str, str]
) -> Iterator[Row]:
    """Other words for the rows that tell of pain in one place, but for what already means something."""
    taken = {words for _, words in rows}
    for concept, words in rows:
        place = _place(words, lang)
        if place in body:
            for other in _ways(place, lang, lemmas):
                if other not in taken:
                    taken.add(other)
                    yield concept, other


_MODALS = "kan kunde kunne får fick fikk vill vil orkar orker klarar klarer vågar tør går"
MODALS = frozenset(_MODALS.split())
NOT = frozenset(("inte", "ikke", "ikkje"))


def subordinate(rows: tuple[Row, ...]) -> Iterator[Row]:
    """ "Kan inte gå" is "att hon inte kan gå" after a subordinating word, "lyder inte" is "att armen inte lyder"."""
    taken = {words for _, words in rows}
    for concept, words in rows:
        for at in range(len(words) - 1):
            modal, denial = words[at].split(BAR), words[at + 1].split(BAR)
            turned = (*words[:at], words[at + 1], words[at], *words[at + 2 :])
            last = at + 2 == len(words)
            if (last or not MODALS.isdisjoint(modal)) and not NOT.isdisjoint(denial) and turned not in taken:
                taken.add(turned)
                yield concept, turned
                break


def _place(words: tuple[str, ...], lang: ContentLang) -> str:
    if lang == "en":
        return words[0] if len(words) == 2 and words[1] in PAINS["en"] else ""
    return words[2] if len(words) == 3 and words[0] in PAINS[lang] and words[1] in IN else ""


def _ways(place: str, lang: ContentLang, lemmas: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    if lang == "en":
        yield from ((pain, "in", place) for pain in PAINS["en"])
        yield from ((place, word) for word in ("pain", "pains", "ache", "aches", "hurts", "hurting"))
        yield from (("sore", place), ("painful", place))
        return
    stem = lemmas.get(place, place)
    yield from ((pain, "i", where) for where in (place, stem) for pain in PAINS[lang])
    yield from ((f"{stem}{end}",) for end in JOINED[lang])

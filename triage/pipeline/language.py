"""Which language a text is in: the lexicons vote, the form's language breaks a tie, a classifier judges in doubt."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import repeat

import msgspec

from triage.content import Content
from triage.content.schema import LANGS, ContentLang
from triage.pipeline.compiled import BIT, votes_of

_WORD = re.compile(r"[^\W\d_]+")
_FAR = re.compile(r"[^\W\d_\u0000-\u024f]")
"""A letter of another script than ours."""
_NYNORSK = (
    "eg ikkje kva korleis kvifor kven noko nokon nokre heile sidan frå veit hovud hovudet augo auga vore vere"
    " vart verte vert mykje berre eit inkje korkje dykk hjå gjere treng dårleg dårlegare sjuk morgon veke veker"
    " månad dotter dottera guten fleire meir nett tenkjer trur klarar orkar kastar tissar pustar sjølv"
)
NYNORSK = frozenset(_NYNORSK.split())
"""Words that only Nynorsk has; several dialects share them."""
KNOWING = tuple(tuple(lang for lang in LANGS if mask & BIT[lang]) for mask in range(1 << len(LANGS)))
"""The languages of each sum of bits."""
SHARES = 12
"""A word's points, shared by the languages that know it: whole numbers, so that one more breaks a tie."""
_READABLE = frozenset(("sv", "nb", "nn", "no", "en", "da"))
_SWEDISH, _NORWEGIAN = frozenset("äö"), frozenset("æø")
ENOUGH_WORDS = 4
KNOWN_SHARE = 0.34
"""A text with fewer of its words known in any of our languages is asked about."""
DOUBTFUL_SHARE = 0.6
"""A text with fewer, in which no symptom is found either, is asked about too."""
MIXED_WORDS, MIXED_SHARE = 2, 0.12
"""A text with this many words that only another of our languages knows is read in that one as well."""


class Choice(msgspec.Struct, frozen=True, gc=False):
    """The language to read in, others that words of the text belong to, and whether it is one we do not read."""

    lang: ContentLang
    others: tuple[ContentLang, ...] = ()
    foreign: bool = False
    doubtful: bool = False
    nynorsk: bool = False


class Languages:
    """Every word our lexicons know, by the languages that know it."""

    def __init__(self, content: Content) -> None:
        self.votes: Mapping[str, int] = votes_of(content)
        """A bit for each language that knows the word."""
        self._whole = {word: mask for word, mask in self.votes.items() if _WORD.fullmatch(word)}
        """Those that are one word also where they stand alone between two spaces."""

    def choose(self, text: str, ui_lang: str | None) -> Choice:
        """In which language to read the text."""
        pieces = text.lower()[:2000].split()
        masks = list(map(self._whole.get, pieces, repeat(0)))
        unknown = 0
        if 0 in masks:
            words = _WORD.findall(" ".join([piece for piece, mask in zip(pieces, masks, strict=True) if not mask]))
            rest = list(map(self.votes.get, words, repeat(0)))
            unknown = rest.count(0)
            masks = [mask for mask in masks if mask]
            masks += [mask or _by_letters(word) for mask, word in zip(rest, words, strict=True)]
            pieces += words
        best, others = _chosen(masks, content_lang(ui_lang))
        count = len(masks)
        known, enough = count - unknown, count >= ENOUGH_WORDS
        return Choice(
            lang=best,
            others=others,
            foreign=unknown > 0
            and (_other_script(text) or (enough and known < KNOWN_SHARE * count and is_foreign(text))),
            nynorsk=best == "nb" and not NYNORSK.isdisjoint(pieces),
            doubtful=enough and known < DOUBTFUL_SHARE * count,
        )

    def only_in(self, word: str, lang: ContentLang, *, than: ContentLang) -> bool:
        """Whether a word is known in `lang` and not in `than`."""
        mask = self.votes.get(word, 0)
        return bool(mask & BIT[lang]) and not mask & BIT[than]


def _by_letters(word: str) -> int:
    """What the letters of a word that no lexicon knows speak for, whatever it is composed of."""
    if not _SWEDISH.isdisjoint(word):
        return BIT["sv"]
    return 0 if _NORWEGIAN.isdisjoint(word) else BIT["nb"]


def _chosen(masks: list[int], preferred: ContentLang | None) -> tuple[ContentLang, tuple[ContentLang, ...]]:
    """The language most of the words speak for, and others that some belong to alone. What all known words belong to
    is not counted when it is the preferred one: no other can have more."""
    if preferred is not None and all([mask & BIT[preferred] for mask in set(masks) if mask]):
        return preferred, ()
    counts = Counter(masks)
    del counts[0]
    points = {lang: int(lang == preferred) for lang in LANGS}
    for mask, count in counts.items():
        for lang in KNOWING[mask]:
            points[lang] += SHARES // len(KNOWING[mask]) * count
    best = max(LANGS, key=points.__getitem__)
    return best, _others(counts, best, len(masks))


def _others(counts: Mapping[int, int], best: ContentLang, words: int) -> tuple[ContentLang, ...]:
    elsewhere = [(mask, count) for mask, count in counts.items() if not mask & BIT[best]]
    if not elsewhere:
        return ()
    least = max(MIXED_WORDS, MIXED_SHARE * words)
    apart = {lang: sum(count for mask, count in elsewhere if mask & BIT[lang]) for lang in LANGS}
    return tuple(lang for lang, count in apart.items() if count >= least)


def content_lang(lang: str | None) -> ContentLang | None:
    """Our language for a language tag; Nynorsk is read with Norwegian."""
    tag = (lang or "").lower().split("-")[0]
    if tag in ("nb", "nn", "no"):
        return "nb"
    return "sv" if tag == "sv" else "en" if tag == "en" else None


def is_foreign(text: str) -> bool:
    """Whether a classifier takes the text for a language we do not read."""
    from py3langid.langid import classify  # half a second to load, and most texts are known at once

    lang: str = classify(text[:1000])[0]
    return lang not in _READABLE


def _other_script(text: str) -> bool:
    seen = text[:2000]
    if len(seen.encode("latin-1", "ignore")) == len(seen) or _FAR.search(seen) is None:
        return False
    letters = sum(map(str.isalpha, seen))
    return letters > 2 and len(_FAR.findall(seen)) > letters / 3

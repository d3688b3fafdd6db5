"""Which language a text is in: the lexicons vote, the form's language breaks a tie, a classifier judges in doubt."""

import re
from collections.abc import Mapping

import spacy
from py3langid.langid import classify

from triage.content.schema import LANGS, ContentLang
from triage.pipeline.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_READABLE = frozenset(("sv", "nb", "nn", "no", "en", "da"))
ENOUGH_WORDS = 4
KNOWN_SHARE = 0.34
"""A text with fewer of its words known in any of our languages is asked about."""


class Languages:
    """Every word our lexicons know, by the languages that know it."""

    def __init__(self, lexicons: Mapping[ContentLang, Lexicon]) -> None:
        self.votes: dict[str, tuple[ContentLang, ...]] = {}
        known = {lang: _known(lexicon) for lang, lexicon in lexicons.items()}
        for word in frozenset().union(*known.values()):
            self.votes[word] = tuple(lang for lang in LANGS if word in known[lang])

    def choose(self, text: str, ui_lang: str | None) -> tuple[ContentLang, bool]:
        """The language to read in, and whether the text is in another one than ours."""
        words = _WORD.findall(text.lower()[:2000])
        scores = dict.fromkeys(LANGS, 0.0)
        known = 0
        for word in words:
            langs = self.votes.get(word, ())
            known += bool(langs)
            for lang in langs:
                scores[lang] += 1 / len(langs)
        preferred = content_lang(ui_lang)
        best = max(LANGS, key=lambda lang: (scores[lang], lang == preferred))
        foreign = len(words) >= ENOUGH_WORDS and known < KNOWN_SHARE * len(words) and _foreign(text)
        return best, foreign or _other_script(text)


def content_lang(lang: str | None) -> ContentLang | None:
    """Our language for a language tag; Nynorsk is read with Norwegian."""
    tag = (lang or "").lower().split("-")[0]
    if tag in ("nb", "nn", "no"):
        return "nb"
    return "sv" if tag == "sv" else "en" if tag == "en" else None


def _known(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(spacy.blank(lexicon.lang).Defaults.stop_words) | lexicon.words | lexicon.ordinary


def _foreign(text: str) -> bool:
    lang: str = classify(text[:1000])[0]
    return lang not in _READABLE


def _other_script(text: str) -> bool:
    letters = [letter for letter in text[:2000] if letter.isalpha()]
    return len(letters) > 2 and sum(letter > "ɏ" for letter in letters) > len(letters) / 3

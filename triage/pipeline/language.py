"""Which language a text is in: the lexicons vote, the form's language breaks a tie, a classifier judges in doubt."""

import re
from collections import Counter
from collections.abc import Mapping

import spacy

from triage.content import Content
from triage.content.schema import LANGS, ContentLang
from triage.pipeline.compiled import words_of
from triage.pipeline.terms import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_FAR = re.compile(r"[^\W\d_\u0000-\u024f]")
"""A letter of another script than ours."""
_READABLE = frozenset(("sv", "nb", "nn", "no", "en", "da"))
ENOUGH_WORDS = 4
KNOWN_SHARE = 0.34
"""A text with fewer of its words known in any of our languages is asked about."""


class Languages:
    """Every word our lexicons know, by the languages that know it."""

    def __init__(self, content: Content) -> None:
        voices: dict[str, list[ContentLang]] = {}
        for lang in LANGS:
            for word in _known(content, lang):
                voices.setdefault(word, []).append(lang)
        self.votes: Mapping[str, tuple[ContentLang, ...]] = {word: tuple(langs) for word, langs in voices.items()}

    def choose(self, text: str, ui_lang: str | None) -> tuple[ContentLang, bool]:
        """The language to read in, and whether the text is in another one than ours."""
        words = _WORD.findall(text.lower()[:2000])
        counts = Counter(map(self.votes.get, words))
        unknown = counts.pop(None, 0)
        scores = dict.fromkeys(LANGS, 0.0)
        for langs, count in counts.items():
            for lang in langs or ():
                scores[lang] += count / len(langs or ())
        known = len(words) - unknown
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


def _known(content: Content, lang: ContentLang) -> frozenset[str]:
    made = words_of(content, lang)
    said = frozenset(word for _, words in (*made.terms, *made.cues) for word in words)
    return said | FUNCTION_WORDS[lang] | frozenset(spacy.util.get_lang_class(lang).Defaults.stop_words)


def _foreign(text: str) -> bool:
    from py3langid.langid import classify  # half a second to load, and most texts are known at once

    lang: str = classify(text[:1000])[0]
    return lang not in _READABLE


def _other_script(text: str) -> bool:
    seen = text[:2000]
    if _FAR.search(seen) is None:
        return False
    letters = sum(map(str.isalpha, seen))
    return letters > 2 and len(_FAR.findall(seen)) > letters / 3

"""The words of one language ready for matching: tokenizer, phrases, and an index for words further apart."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from triage.content import Content
from triage.content.cues import Cues
from triage.content.schema import ContentLang
from triage.pipeline.compiled import SHORTEST_CORRECTED, Dictionary, words_of
from triage.pipeline.page import Anchor, Token
from triage.pipeline.phrases import Phrases
from triage.pipeline.stems import SHORTEST_STEM, stem
from triage.pipeline.taken_back import TakenBackWords
from triage.pipeline.terms import BAR, FUNCTION_WORDS, Term, reversed_term

if TYPE_CHECKING:
    from spacy.language import Language

Piece = tuple[tuple[Token, int, int], ...]
"""What stands between two spaces: its tokens, each with where it begins and ends in the piece."""
REMEMBERED_WORDS = 16_384


class Lexicon:
    """Everything looked up while reading one language. Built once; of what patients write it remembers single words."""

    def __init__(self, content: Content, lang: ContentLang) -> None:
        self.lang = lang
        self.cues: Cues = content.cues(lang)
        made = words_of(content, lang)
        self.hides = {str(concept.id): frozenset(concept.hides) for concept in content.concepts if concept.hides}
        self.harmless = frozenset(str(concept.id) for concept in content.concepts if concept.harmless)
        self.requests = frozenset(str(concept.id) for concept in content.concepts if concept.kind == "request")
        self.words = frozenset(made.words)
        self._rows = (*made.terms, *made.felt)
        self._first_felt = len(made.terms)
        self.single = {word: concept for concept, row in self._rows if len(row) == 1 for word in row[0].split(BAR)}
        self.compounds = sorted(self.single)
        cue_words = frozenset(word for _, words in made.cues for word in words)
        self._alone = frozenset(self.cues.ordinary)
        self.ordinary = cue_words.union(made.stop_words, FUNCTION_WORDS[lang], self._alone)
        self.plain = self.ordinary.union(self.cues.everyday)
        self._everyday_stems = frozenset(stem(word, lang) for word in self.cues.everyday if len(word) >= SHORTEST_STEM)
        self._bodily = frozenset(word for words in self.cues.body for word in words.split())
        self.phrases = Phrases([row for row in made.terms if not any(BAR in word for word in row[1])], made.cues)
        self.taken_back = TakenBackWords(self.cues.taken_back)
        self.strengths = frozenset(word for words in self.cues.severity.values() for word in words)
        self.places = frozenset(made.sites)
        self._anchors, self.asked_for = made.anchors, frozenset(made.asked_for)
        self._terms: dict[tuple[int, bool], Term] = {}
        self.stems, self.folds, self.squeezed = made.stems, made.folds, made.squeezed
        self.inflected = made.inflected
        self.special = frozenset(made.special)
        self.dictionary = Dictionary(made.dictionary)
        self._anchored: dict[frozenset[str], Mapping[str, tuple[Anchor, ...]]] = {}
        self._seen: dict[str, Token] = {}
        self._pieces: dict[str, Piece] = {}

    @cached_property
    def nlp(self) -> "Language":
        """The blank pipeline: loaded when a text has something in it that a plain word has not."""
        from triage.pipeline.tokenizer import reading_tokenizer

        return reading_tokenizer(self.lang)

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """Words that are long enough to be corrected, by their first letter."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.words):
            if len(word) >= SHORTEST_CORRECTED:
                found.setdefault(word[0], []).append(word)
        return found

    def own_forms(self, word: str) -> frozenset[str] | None:
        """What a word of the lexicon may stand for; None when it is none."""
        if word not in self.words:
            return None
        return frozenset((word, *(() if word in self._alone else self.siblings(word))))

    def is_plain(self, norm: str) -> bool:
        """Whether a word is of every day, or one with another ending: "cykeln". What names the body never is."""
        if norm in self.plain or norm in self._bodily:
            return norm in self.plain
        root = stem(norm, self.lang)
        return root in self._everyday_stems or (len(root) > SHORTEST_STEM and root in self.plain)

    def siblings(self, word: str) -> Iterable[str]:
        """The lexicon's words that differ from this one only in their ending."""
        root = stem(word, self.lang)
        return self.stems.get(root, ()) if len(root) >= SHORTEST_STEM else ()

    def anchored(self, forms: frozenset[str]) -> Mapping[str, tuple[Anchor, ...]]:
        """Terms of several words found from a word, by another word of which each needs one; the same for all words
        that stand for the same."""
        found = self._anchored.get(forms)
        if found is None:
            if len(self._anchored) >= REMEMBERED_WORDS:
                self._anchored.clear()
            found = self._anchored[forms] = self._by_partner(forms)
        return found

    def _by_partner(self, forms: Iterable[str]) -> dict[str, tuple[Anchor, ...]]:
        rows = [
            (also, self._term(no, turned), place)
            for form in sorted(forms)
            for also, no, place, turned in self._anchors.get(form, ())
        ]
        found: dict[str, list[Anchor]] = {}
        for no, (also, term, place) in enumerate(rows):
            beside = term.beside(place) if also in term.words[place] else None
            for partner in beside or (also,):
                found.setdefault(partner, []).append(Anchor(no, term, place))
        return {partner: tuple(anchors) for partner, anchors in found.items()}

    def _term(self, no: int, turned: bool) -> Term:
        """A term by its number, made when first asked for: most are never met."""
        term = self._terms.get((no, turned))
        if term is None:
            concept, words = self._rows[no]
            made = Term(concept, words, self.lang, felt=no >= self._first_felt)
            term = self._terms[no, turned] = (reversed_term(made, self.lang) or made) if turned else made
        return term

    def remembered(self, norm: str, look_up: Callable[[str, "Lexicon"], Token]) -> Token:
        """The token for a word, looked up once while it is remembered."""
        token = self._seen.get(norm)
        if token is None:
            if len(self._seen) >= REMEMBERED_WORDS:
                self._seen.clear()
            token = self._seen[norm] = look_up(norm, self)
        return token

    def pieces(self, texts: Iterable[str], cut: Callable[[str, "Lexicon"], Piece]) -> Mapping[str, Piece]:
        """The tokens of every piece of a text, and of others; each is cut once while it is remembered."""
        known = self._pieces
        if new := [text for text in texts if text not in known]:
            if len(known) + len(new) > REMEMBERED_WORDS:
                known.clear()
            known.update((text, cut(text, self)) for text in texts if text not in known)
        return known

    def forget(self) -> None:
        """Keep no word that was read."""
        self._seen.clear()
        self._pieces.clear()
        self._anchored.clear()

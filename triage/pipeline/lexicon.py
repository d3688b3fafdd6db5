"""The words of one language ready for matching: tokenizer, phrase matcher, and an index for words further apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

from triage.content import Content
from triage.content.cues import Cues
from triage.content.schema import Concept, ContentLang
from triage.pipeline.cuewords import cue_terms
from triage.pipeline.stems import SHORTEST_STEM, folded, stem
from triage.pipeline.terms import FUNCTION_WORDS, Term, anchor_of, reversed_term

CONCEPT = "concept:"
CUE = "cue:"
SHORTEST_FOLDED_CUE = 6
"""A shorter cue typed without its Nordic letters could be another word."""


class Lexicon:
    """Everything looked up while reading one language. Built once, never changed by what patients write."""

    def __init__(self, content: Content, lang: ContentLang) -> None:
        self.lang = lang
        self.cues: Cues = content.cues(lang)
        self.nlp: Language = spacy.blank(lang)
        _forget_abbreviations(self.nlp)
        self.matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        self.names: dict[int, str] = {}
        terms = tuple(self._concept_terms(content.concepts))
        self._add_cues()
        self.concepts = {str(concept.id): concept for concept in content.concepts}
        self.words = frozenset(word for term in terms for word in term.words)
        self.single = {term.words[0]: term.concept for term in terms if len(term.words) == 1}
        self.ordinary = frozenset(self.nlp.Defaults.stop_words) | FUNCTION_WORDS[lang] | self._cue_words()
        self.anchors = _anchored(terms, lang)
        self.stems = _grouped(self.words, lambda word: stem(word, lang))
        self.folds = _grouped(self.words, folded)
        self.forms = {word: frozenset((word, *self.siblings(word))) for word in self.words}
        self.spellings = _spellings(self.words)

    def norms(self, text: str) -> tuple[str, ...]:
        """The text's tokens as they are compared."""
        return tuple(token.norm_ for token in self.nlp.make_doc(text.lower()))

    def siblings(self, word: str) -> Iterable[str]:
        """The lexicon's words that differ from this one only in their ending."""
        root = stem(word, self.lang)
        return self.stems.get(root, ()) if len(root) >= SHORTEST_STEM else ()

    def _concept_terms(self, concepts: Iterable[Concept]) -> Iterator[Term]:
        for concept in concepts:
            docs = []
            for text in _texts(concept, self.lang):
                doc = self.nlp.make_doc(text.lower())
                docs.append(doc)
                yield Term(concept.id, tuple(token.norm_ for token in doc), self.lang)
            self._name(CONCEPT + concept.id, docs)

    def _add_cues(self) -> None:
        for kind, texts in cue_terms(self.cues):
            lowered = [text.lower() for text in texts]
            typed = [folded(text) for text in lowered if len(text) >= SHORTEST_FOLDED_CUE]
            self._name(CUE + kind, [self.nlp.make_doc(text) for text in dict.fromkeys((*lowered, *typed))])

    def _name(self, name: str, docs: list[spacy.tokens.Doc]) -> None:
        if docs:
            self.matcher.add(name, docs)
            self.names[self.nlp.vocab.strings[name]] = name

    def _cue_words(self) -> frozenset[str]:
        return frozenset(word for _, texts in cue_terms(self.cues) for text in texts for word in text.lower().split())


def _forget_abbreviations(nlp: Language) -> None:
    """No word at a sentence's end is taken for an abbreviation ("sønnen min.")."""
    rules: dict[str, object] = getattr(nlp.tokenizer, "rules", {})
    kept = {text: parts for text, parts in rules.items() if not (text.endswith(".") and text.count(".") == 1)}
    setattr(nlp.tokenizer, "rules", kept)  # noqa: B010 - the tokenizer is compiled and untyped


def _texts(concept: Concept, lang: ContentLang) -> list[str]:
    groups = (concept.words, concept.clinical, concept.misspelt)
    return list(dict.fromkeys(text for group in groups for text in group.of(lang)))


def _anchored(terms: tuple[Term, ...], lang: ContentLang) -> dict[str, list[Term]]:
    """Terms of several words by the rarest of their words that carries meaning."""
    several = [term for term in terms if len(term.words) > 1]
    several += [back for term in several if (back := reversed_term(term, lang)) is not None]
    uses: dict[str, int] = defaultdict(int)
    for term in several:
        for word in term.words:
            uses[word] += 1
    index: dict[str, list[Term]] = defaultdict(list)
    for term in several:
        index[anchor_of(term, uses)].append(term)
    return dict(index)


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[key(word)].append(word)
    return {root: tuple(members) for root, members in groups.items()}


def _spellings(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words long enough to be corrected to, by their first letter."""
    return _grouped((word for word in words if len(word) >= 6), lambda word: word[0])

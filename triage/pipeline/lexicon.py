"""The words of one language ready for matching: tokenizer, phrases, and an index for words further apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from spacy.language import Language

from triage.content import Content
from triage.content.cues import Cues
from triage.content.schema import ContentLang
from triage.pipeline.compiled import ATTRIBUTES, SHORTEST_CORRECTED, Dictionary, tokenizer, words_of
from triage.pipeline.page import Anchor, Token
from triage.pipeline.phrases import Phrases
from triage.pipeline.stems import SHORTEST_STEM, folded, squeezed, stem
from triage.pipeline.terms import BAR, FUNCTION_WORDS, Term, anchor_of, place_of, reversed_term

Piece = tuple[tuple[Token, int, int], ...]
"""What stands between two spaces: its tokens, each with where it begins and ends in the piece."""
REMEMBERED_WORDS = 16_384
SHORTEST_SQUEEZED = 4
"""A shorter word with a letter too many is another word."""


class Lexicon:
    """Everything looked up while reading one language. Built once; of what patients write it remembers single words."""

    def __init__(self, content: Content, lang: ContentLang) -> None:
        self.lang = lang
        self.cues: Cues = content.cues(lang)
        made = words_of(content, lang)
        terms = tuple(Term(concept, words, lang) for concept, words in made.terms)
        terms += tuple(Term(concept, words, lang, felt=True) for concept, words in made.felt)
        self.hides = {str(concept.id): frozenset(concept.hides) for concept in content.concepts if concept.hides}
        self.harmless = frozenset(str(concept.id) for concept in content.concepts if concept.harmless)
        self.requests = frozenset(str(concept.id) for concept in content.concepts if concept.kind == "request")
        self.words = frozenset(word for term in terms for place in term.words for word in place)
        self.single = {word: term.concept for term in terms if len(term.words) == 1 for word in term.words[0]}
        self.compounds = sorted(self.single)
        self.nlp: Language = tokenizer(lang)
        cue_words = frozenset(word for _, words in made.cues for word in words)
        alone = frozenset(self.cues.ordinary)
        self.ordinary = frozenset(self.nlp.Defaults.stop_words) | FUNCTION_WORDS[lang] | cue_words | alone
        self.plain = self.ordinary.union(self.cues.everyday)
        self._everyday_stems = frozenset(stem(word, lang) for word in self.cues.everyday if len(word) >= SHORTEST_STEM)
        self._bodily = frozenset(word for words in self.cues.body for word in words.split())
        self.phrases = Phrases([row for row in made.terms if not any(BAR in word for word in row[1])], made.cues)
        self.strengths = frozenset(word for words in self.cues.severity.values() for word in words)
        self.places = frozenset(word for term in terms for word in place_of(term)).union(made.sites)
        self._anchors, self.asked_for = _anchored(terms, lang)
        self.stems = _grouped(self.words - alone, lambda word: stem(word, lang))
        self.folds = _grouped(self.words, folded)
        self.squeezed = _grouped((word for word in self.words if len(word) >= SHORTEST_SQUEEZED), squeezed)
        self.forms = {word: frozenset((word, *(() if word in alone else self.siblings(word)))) for word in self.words}
        self.inflected = made.inflected
        self.dictionary = Dictionary(made.dictionary)
        long_words = (word for word in self.words if len(word) >= SHORTEST_CORRECTED)
        self.spellings = _grouped(long_words, lambda word: word[0])
        self._seen: dict[str, Token] = {}
        self._pieces: dict[str, Piece] = {}
        _prepare(self.nlp, self.words | self.plain)

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

    def anchored(self, forms: Iterable[str]) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...], frozenset[str]]:
        """Terms of several words found from a word: of which another word must be there, of which one of several, and
        the words of which any of them needs one."""
        rows = [row for form in sorted(forms) for row in self._anchors.get(form, ())]
        near: list[Anchor] = []
        wide: list[Anchor] = []
        partners = frozenset[str]()
        for no, (also, term, place) in enumerate(rows):
            beside = term.beside(place) if also in term.words[place] else None
            (wide if beside else near).append(Anchor(no, also, term, place))
            partners |= beside or frozenset((also,))
        return tuple(near), tuple(wide), partners

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
            with self.nlp.vocab.memory_zone():
                known.update((text, cut(text, self)) for text in texts if text not in known)
        return known

    def forget(self) -> None:
        """Keep no word that was read."""
        self._seen.clear()
        self._pieces.clear()


def _prepare(nlp: Language, words: Iterable[str]) -> None:
    """Let the tokenizer meet the words it will meet most: what it first meets while reading it must not keep."""
    norm = ATTRIBUTES["NORM"]
    getters: dict[int, object] = getattr(nlp.vocab, "lex_attr_getters")  # noqa: B009 - compiled and untyped
    setattr(nlp.vocab, "lex_attr_getters", {norm: getters[norm]})  # noqa: B010
    for word in words:
        nlp.make_doc(word)


def _anchored(
    terms: tuple[Term, ...], lang: ContentLang
) -> tuple[dict[str, list[tuple[str, Term, int]]], frozenset[str]]:
    """Terms of several words by the words of their rarest place that carries meaning: each with the rarest word that
    must be there too, and which place that is. And all words that carry the meaning of any of them."""
    several = [term for term in terms if len(term.words) > 1]
    several += [back for term in several if (back := reversed_term(term, lang)) is not None]
    uses: dict[str, int] = defaultdict(int)
    for term in several:
        for word in (word for place in term.words for word in place):
            uses[word] += 1
    index: dict[str, list[tuple[str, Term, int]]] = defaultdict(list)
    for term in several:
        anchor = anchor_of(term, uses)
        also = min(term.must - term.words[anchor], key=lambda word: (uses[word], word), default="")
        for word in term.words[anchor]:
            index[word].append((also or word, term, anchor))
    return dict(index), frozenset[str]().union(*(term.telling for term in several))


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[key(word)].append(word)
    return {root: tuple(members) for root, members in groups.items()}

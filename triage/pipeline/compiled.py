"""The words of one language worked out from content and dictionary, once for each version of either.

Made, it is plain data that a process reads in milliseconds; making it takes seconds, most of them for the dictionary.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from core.kept import kept
from triage.content import Content
from triage.content.code import code_digest
from triage.content.schema import LANGS, Concept, ContentLang
from triage.pipeline.anchoring import Anchoring, AnchorRow
from triage.pipeline.cuewords import cue_terms
from triage.pipeline.places import said_otherwise, subordinate
from triage.pipeline.stems import SHORTEST_STEM, folded, squeezed, stem
from triage.pipeline.terms import BAR, FUNCTION_WORDS, Term, place_of

if TYPE_CHECKING:
    from spacy.language import Language

Row = tuple[str, tuple[str, ...]]

SHORTEST_CORRECTED = 6
"""Shorter words have too many neighbours of another meaning, and are never corrected."""
SHORTEST_KNOWN = 4
SHORTEST_FOLDED_CUE = 6
"""A shorter cue typed without its Nordic letters could be another word."""
SHORTEST_SQUEEZED = 4
"""A shorter word with a letter too many is another word."""
HASH_BYTES = 8
BIT: dict[ContentLang, int] = {lang: 1 << place for place, lang in enumerate(LANGS)}


class Words(msgspec.Struct, frozen=True, array_like=True):
    """Terms and cues as rows of compared tokens, and what the dictionary adds to them."""

    terms: tuple[Row, ...]
    felt: tuple[Row, ...]
    """What is felt at a place of the body: found where no term says it."""
    sites: tuple[str, ...]
    """The words for places of the body, and those that terms name."""
    cues: tuple[Row, ...]
    inflected: dict[str, tuple[str, ...]]
    """Forms the dictionary knows, and the words of the terms they are forms of."""
    dictionary: bytes
    """Sorted 64-bit hashes of every word of the dictionary that is long enough to be mistaken."""
    words: tuple[str, ...]
    """Every word of a term."""
    anchors: dict[str, tuple[AnchorRow, ...]]
    """Terms and what is felt, numbered as they stand, by the word they are found from."""
    asked_for: tuple[str, ...]
    """The words that carry the meaning of any term of several."""
    stems: dict[str, tuple[str, ...]]
    """The words that only their ending tells apart."""
    folds: dict[str, tuple[str, ...]]
    """And those that are typed alike without Nordic letters."""
    squeezed: dict[str, tuple[str, ...]]
    """And with every letter once."""
    stop_words: tuple[str, ...]
    special: tuple[str, ...]
    """Texts the tokenizer has a rule of its own for."""


class Dictionary:
    """Whether a word exists in the language. Holds hashes, a few bytes for each of half a million words."""

    def __init__(self, hashes: bytes) -> None:
        self._hashes = array("Q")
        self._hashes.frombytes(hashes)

    def __contains__(self, word: str) -> bool:
        wanted = hashed(word)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted


def words_of(content: Content, lang: ContentLang) -> Words:
    """The words of a language, from what was kept or made anew."""
    data = kept(f"words-{lang}", _made_from(content), lambda: msgspec.msgpack.encode(_made(content, lang)))
    return msgspec.msgpack.decode(data, type=Words)


def votes_of(content: Content) -> dict[str, int]:
    """Every word our lexicons know, with a bit for each language that knows it."""
    data = kept("votes", _made_from(content), lambda: msgspec.msgpack.encode(_votes(content)))
    return msgspec.msgpack.decode(data, type=dict[str, int])


def hashed(word: str) -> int:
    """A word as the dictionary keeps it."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=HASH_BYTES).digest(), "little")


def _made_from(content: Content) -> bytes:
    return hashlib.blake2b(content.version.encode() + code_digest(), digest_size=16).digest()


def _votes(content: Content) -> dict[str, int]:
    masks: dict[str, int] = {}
    for lang in LANGS:
        made = words_of(content, lang)
        said = {word for _, places in (*made.terms, *made.cues) for place in places for word in place.split(BAR)}
        for word in said.union(FUNCTION_WORDS[lang], made.stop_words):
            masks[word] = masks.get(word, 0) | BIT[lang]
    return masks


def _made(content: Content, lang: ContentLang) -> Words:
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    from triage.pipeline.tokenizer import special_texts, stop_words, tokenizer

    nlp = tokenizer(lang)
    lemmas = DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang)
    written = tuple(_terms(content.concepts, nlp, lang))
    body = frozenset(content.cues(lang).body)
    turned = tuple(subordinate(written))
    rows = (*written, *turned, *said_otherwise(written, lang, body=body, lemmas=lemmas))
    felt = tuple(_felt(content, nlp, lang))
    terms = [Term(concept, words, lang) for concept, words in rows]
    terms += [Term(concept, words, lang, felt=True) for concept, words in felt]
    words = frozenset(word for term in terms for place in term.words for word in place)
    hashes = array("Q", sorted({hashed(form.lower()) for form in lemmas if len(form) >= SHORTEST_KNOWN}))
    anchoring = Anchoring(terms, lang)
    sites = (word for site in content.sites for word in site.words.of(lang) if " " not in word)
    return Words(
        terms=rows,
        felt=felt,
        sites=tuple(sorted(frozenset(sites).union(*map(place_of, terms)))),
        cues=tuple(_cues(content, nlp, lang)),
        inflected=_inflected(lemmas.items(), words, lang),
        dictionary=hashes.tobytes(),
        words=tuple(sorted(words)),
        anchors={word: tuple(found) for word, found in anchoring.index.items()},
        asked_for=tuple(sorted(anchoring.asked_for)),
        stems=_grouped(words.difference(content.cues(lang).ordinary), lambda word: stem(word, lang)),
        folds=_grouped(words, folded),
        squeezed=_grouped((word for word in words if len(word) >= SHORTEST_SQUEEZED), squeezed),
        stop_words=tuple(sorted(stop_words(lang))),
        special=tuple(sorted(special_texts(nlp))),
    )


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[key(word)].append(word)
    return {root: tuple(members) for root, members in groups.items()}


def _norms(text: str, nlp: "Language") -> tuple[str, ...]:
    return tuple(token.norm_ for token in nlp.make_doc(text))


def _terms(concepts: Iterable[Concept], nlp: "Language", lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
    for concept in concepts:
        groups = (concept.words, concept.clinical, concept.misspelt)
        texts = dict.fromkeys(text.lower() for group in groups for text in group.of(lang))
        yield from ((str(concept.id), words) for text in texts for words in _ways(text, nlp))


def _felt(content: Content, nlp: "Language", lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sense before and after the sites at which it means the same; its single words stand at one place."""
    words = {site.id: site.words.of(lang) for site in content.sites}
    for sense in content.senses:
        said = sense.words.of(lang)
        alone = BAR.join(word for word in said if " " not in word)
        senses = [*filter(None, [alone]), *(word for word in said if " " in word)]
        for concept, sites in sense.by_concept(tuple(words)).items():
            where = [word for site in sites for word in words[site]]
            places = [BAR.join(word for word in where if " " not in word), *(word for word in where if " " in word)]
            for what, place in product(senses, places):
                orders = (f"{what} {place}",) if sense.leads else (f"{what} {place}", f"{place} {what}")
                for text in orders:
                    yield from ((str(concept), way) for way in _ways(text, nlp))


def _ways(term: str, nlp: "Language") -> Iterator[tuple[str, ...]]:
    """The words of a term by place. What is no single word ("can't") makes a way of its own, and so does what may be
    left out: "took| all pills|tablets" is "took all pills|tablets" and "all pills|tablets"."""
    if BAR not in term:
        yield _norms(term, nlp)
        return
    places: list[list[tuple[str, ...]]] = []
    for written in term.split():
        choices = [_norms(word, nlp) for word in written.split(BAR)]
        one = dict.fromkeys(words[0] for words in choices if len(words) == 1)
        places.append([words for words in dict.fromkeys(choices) if len(words) != 1])
        places[-1] += [(BAR.join(one),)] if one else []
    for way in product(*places):
        yield tuple(word for words in way for word in words)


def _cues(content: Content, nlp: "Language", lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, texts in cue_terms(content.cues(lang)):
        lowered = [text.lower() for text in texts]
        typed = [folded(text) for text in lowered if len(text) >= SHORTEST_FOLDED_CUE]
        yield from ((kind, _norms(text, nlp)) for text in dict.fromkeys((*lowered, *typed)))


def _inflected(
    lemmas: Iterable[tuple[str, str]], words: frozenset[str], lang: ContentLang
) -> dict[str, tuple[str, ...]]:
    """Forms that are no words of a term themselves, by the words they are forms of."""
    stems: dict[str, list[str]] = {}
    for word in sorted(words):
        root = stem(word, lang)
        if len(root) >= SHORTEST_STEM:
            stems.setdefault(root, []).append(word)

    def meant_by(lemma: str) -> tuple[str, ...]:
        near = stems.get(stem(lemma, lang), ())
        return tuple(dict.fromkeys((lemma, *near) if lemma in words else near))

    found: dict[str, tuple[str, ...]] = {}
    meant_of: dict[str, tuple[str, ...]] = {}  # a lemma stands beside each of its ten or twenty forms
    for form, lemma in lemmas:
        meant = meant_of.get(lemma)
        if meant is None:
            meant = meant_of[lemma] = meant_by(lemma.lower())
        if meant and (written := form.lower()) != lemma.lower() and written not in words:
            found.setdefault(written, meant)
    return found

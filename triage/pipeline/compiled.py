"""The words of one language worked out from content and dictionary, once for each version of either.

Made, it is plain data that a process reads in milliseconds; making it takes seconds, most of them for the dictionary.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import product

import msgspec
import spacy
from spacy.language import Language
from spacy.strings import get_string_id

from core.kept import kept
from triage.content import Content
from triage.content.code import code_digest
from triage.content.schema import Concept, ContentLang
from triage.pipeline.cuewords import cue_terms
from triage.pipeline.places import said_otherwise, subordinate
from triage.pipeline.stems import SHORTEST_STEM, folded, stem
from triage.pipeline.terms import BAR

SHORTEST_CORRECTED = 6
"""Shorter words have too many neighbours of another meaning, and are never corrected."""
SHORTEST_KNOWN = 4
SHORTEST_FOLDED_CUE = 6
"""A shorter cue typed without its Nordic letters could be another word."""


ATTRIBUTES: Mapping[str, int] = import_module("spacy.attrs").IDS
"""spaCy's numbers for what it knows of a token."""


class Words(msgspec.Struct, frozen=True, array_like=True):
    """Terms and cues as rows of compared tokens, and what the dictionary adds to them."""

    terms: tuple[tuple[str, tuple[str, ...]], ...]
    felt: tuple[tuple[str, tuple[str, ...]], ...]
    """What is felt at a place of the body: found where no term says it."""
    sites: tuple[str, ...]
    """The words for places of the body."""
    cues: tuple[tuple[str, tuple[str, ...]], ...]
    inflected: dict[str, tuple[str, ...]]
    """Forms the dictionary knows, and the words of the terms they are forms of."""
    dictionary: bytes
    """Sorted 64-bit hashes of every word of the dictionary that is long enough to be mistaken."""


class Dictionary:
    """Whether a word exists in the language. Holds hashes, a few bytes for each of half a million words."""

    def __init__(self, hashes: bytes) -> None:
        self._hashes = array("Q")
        self._hashes.frombytes(hashes)

    def __contains__(self, word: str) -> bool:
        wanted = get_string_id(word)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted


def words_of(content: Content, lang: ContentLang) -> Words:
    """The words of a language, from what was kept or made anew."""
    data = kept(f"words-{lang}", _made_from(content), lambda: msgspec.msgpack.encode(_made(content, lang)))
    return msgspec.msgpack.decode(data, type=Words)


def tokenizer(lang: ContentLang) -> Language:
    """The blank pipeline, whose tokenizer takes no word at a sentence's end for an abbreviation ("sønnen min.")."""
    nlp = spacy.blank(lang)
    rules: dict[str, object] = getattr(nlp.tokenizer, "rules", {})
    kept_rules = {text: parts for text, parts in rules.items() if not (text.endswith(".") and text.count(".") == 1)}
    setattr(nlp.tokenizer, "rules", kept_rules)  # noqa: B010 - the tokenizer is compiled and untyped
    setattr(nlp.tokenizer, "url_match", None)  # noqa: B010 - nobody's symptom is an address, and looking costs
    return nlp


def _made_from(content: Content) -> bytes:
    return hashlib.blake2b(content.version.encode() + code_digest(), digest_size=16).digest()


def _made(content: Content, lang: ContentLang) -> Words:
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    nlp = tokenizer(lang)
    lemmas = DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang)
    written = tuple(_terms(content.concepts, nlp, lang))
    body = frozenset(content.cues(lang).body)
    turned = tuple(subordinate(written))
    terms = (*written, *turned, *said_otherwise(written, lang, body=body, lemmas=lemmas))
    felt = tuple(_felt(content, nlp, lang))
    words = frozenset(word for _, places in (*terms, *felt) for place in places for word in place.split(BAR))
    hashes = array("Q", sorted({get_string_id(form.lower()) for form in lemmas if len(form) >= SHORTEST_KNOWN}))
    return Words(
        terms=terms,
        felt=felt,
        sites=tuple(dict.fromkeys(word for site in content.sites for word in site.words.of(lang) if " " not in word)),
        cues=tuple(_cues(content, nlp, lang)),
        inflected=_inflected(lemmas.items(), words, lang),
        dictionary=hashes.tobytes(),
    )


def _norms(text: str, nlp: Language) -> tuple[str, ...]:
    return tuple(token.norm_ for token in nlp.make_doc(text))


def _terms(concepts: Iterable[Concept], nlp: Language, lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
    for concept in concepts:
        groups = (concept.words, concept.clinical, concept.misspelt)
        texts = dict.fromkeys(text.lower() for group in groups for text in group.of(lang))
        yield from ((str(concept.id), words) for text in texts for words in _ways(text, nlp))


def _felt(content: Content, nlp: Language, lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
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


def _ways(term: str, nlp: Language) -> Iterator[tuple[str, ...]]:
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


def _cues(content: Content, nlp: Language, lang: ContentLang) -> Iterator[tuple[str, tuple[str, ...]]]:
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

"""A concept's term of several words: which of them carry its meaning and from which one it is found."""

from triage.content.schema import ContentLang

_SWEDISH = (
    "i på av för om med min mitt mina din ditt en ett den det de att och är har hade vid som jag"
    " du hon han vi ni mig sig sin sitt sina lite mycket så när man nu här där"
)
_NORWEGIAN = (
    "i på av for om med min mitt mine mi din ditt en ei et den det de å og er har hadde ved som jeg"
    " eg du hun ho han vi meg seg sin sitt sine litt mye så når man nå her der"
)
_ENGLISH = (
    "in on of for with my your his her their the a an and is am are was has have had at as i you he"
    " she we it me so when now here there that this some"
)
FUNCTION_WORDS: dict[ContentLang, frozenset[str]] = {
    "sv": frozenset(_SWEDISH.split()),
    "nb": frozenset(_NORWEGIAN.split()),
    "en": frozenset(_ENGLISH.split()),
}
PLACES = frozenset(("i", "på", "in", "on", "over", "över", "of"))
"""Words that tie a complaint to a place of the body, so that the place may also come first."""


PAINS = frozenset(("ont", "värk", "smärta", "vondt", "verk", "smerte", "pain", "ache"))
IN = frozenset(("i", "in"))
PLACED = 3
"""Words of "ont i magen"."""
ANDS = frozenset(("och", "o", "og", "and", "samt", "&"))
IS = frozenset(("er", "är", "is", "are", "was", "var", "känns", "føles", "feels", "blir", "blitt", "blivit"))
IT = frozenset(("det", "den", "de", "dei", "it", "they"))
_LEADS = "av of på over över under bakom bak behind mot ned ner till til to eller or , / inte ikke"
LEADS = ANDS | frozenset(_LEADS.split())
"""Words by which one place of the body leads to the next."""
NEGATIONS = frozenset(("inte", "ej", "ikke", "ikkje", "not", "n't", "ingen", "inget", "inga", "no"))
"""Within a term these stand right before what they deny."""
_ABLE = "kan kunde kunne can could får fick fikk vill vil will orkar orker orkade klarar klarer inte ikke ikkje not n't"
JOINS = PLACES | frozenset(_ABLE.split())
"""After these an "and" adds to the list: "ont i hals och mage", "kan dricka och svälja"."""


class Term:
    """The words of one term, in order.

    `strong[i]` says whether word i must be there, `loose[i]` whether other words may follow it.
    """

    __slots__ = ("concept", "loose", "must", "strong", "turned", "words")

    def __init__(self, concept: str, words: tuple[str, ...], lang: ContentLang, *, turned: bool = False) -> None:
        self.concept = concept
        self.turned = turned
        self.words = words
        strong = tuple(word not in FUNCTION_WORDS[lang] for word in words)
        self.strong = strong if sum(strong) > 1 else (True,) * len(words)
        self.must = frozenset(word for word, held in zip(words, self.strong, strict=True) if held)
        self.loose = tuple(word not in NEGATIONS for word in words)


def reversed_term(term: Term, lang: ContentLang) -> Term | None:
    """ "Ont i magen" is also said "magen gör ont"."""
    if len(term.words) == 3 and term.words[1] in PLACES and term.strong == (True, False, True):
        return Term(term.concept, (term.words[2], term.words[0]), lang, turned=True)
    return None


def anchor_of(term: Term, uses: dict[str, int]) -> str:
    """The word a term is looked up by: the least used one that must be there."""
    must = [word for word, strong in zip(term.words, term.strong, strict=True) if strong]
    return min(must, key=lambda word: (uses[word], word))


def place_of(term: Term) -> str:
    """The place of the body a term names: the last word of "ont i magen"."""
    pain = len(term.words) == PLACED and term.words[1] in IN and term.words[0] in PAINS
    return term.words[2] if pain else ""

"""A concept's term of several words: which of them carry its meaning and from which one it is found."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

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


BAR = "|"
"""Between words any of which may stand at one place of a term: "took|swallowed all pills|tablets"."""


class Term:
    """The words of one term, in order; at each place one of several may stand.

    `strong[i]` says whether place i must be filled, `loose[i]` whether other words may follow it. `must` are the words
    that have to be there, `some` the places where one of several has to, `telling` all of either. `felt`: it is made of
    a sense and a part of the body, and holds where no other term does.
    """

    __slots__ = ("concept", "felt", "loose", "must", "some", "strong", "telling", "turned", "words")

    def __init__(
        self, concept: str, words: tuple[str, ...], lang: ContentLang, *, turned: bool = False, felt: bool = False
    ) -> None:
        self.concept = concept
        self.turned = turned
        self.felt = felt
        self.words = tuple(frozenset(word.split(BAR)) for word in words)
        strong = tuple(not place <= FUNCTION_WORDS[lang] for place in self.words)
        self.strong = strong if sum(strong) > 1 else (True,) * len(words)
        held = [place for place, needed in zip(self.words, self.strong, strict=True) if needed]
        self.must = frozenset[str]().union(*(place for place in held if len(place) == 1))
        self.some = tuple(place for place in held if len(place) > 1)
        self.telling = self.must.union(*self.some)
        self.loose = tuple(place.isdisjoint(NEGATIONS) for place in self.words)

    def beside(self, anchor: int) -> frozenset[str]:
        """The words of the other place that must be filled by one of several, the one with the fewest."""
        others = [at for at, strong in enumerate(self.strong) if strong and at != anchor and len(self.words[at]) > 1]
        return min((self.words[at] for at in others), key=len, default=frozenset[str]())

    def may_be_among(self, present: AbstractSet[str]) -> bool:
        """Whether every place that must be filled can be."""
        return self.must <= present and (not self.some or all([not place.isdisjoint(present) for place in self.some]))


def reversed_term(term: Term, lang: ContentLang) -> Term | None:
    """ "Ont i magen" is also said "magen gör ont"."""
    if len(term.words) == PLACED and term.words[1] <= PLACES and term.strong == (True, False, True):
        what, _, where = (BAR.join(sorted(place)) for place in term.words)
        return Term(term.concept, (where, what), lang, turned=True)
    return None


def anchor_of(term: Term, uses: Mapping[str, int]) -> int:
    """The place a term is looked up by: the one that must be filled and whose words are used least."""
    must = [at for at, strong in enumerate(term.strong) if strong]
    return min(must, key=lambda at: (sum(uses[word] for word in term.words[at]), sorted(term.words[at])))


def place_of(term: Term) -> frozenset[str]:
    """The places of the body a term names: the last word of "ont i magen"."""
    pain = len(term.words) == PLACED and term.words[1] <= IN and not term.words[0].isdisjoint(PAINS)
    return term.words[2] if pain else frozenset()

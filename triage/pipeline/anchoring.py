"""Terms of several words by the word they are found from, worked out once for a content."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from triage.content.schema import ContentLang
from triage.pipeline.terms import Term, anchor_of, reversed_term

AnchorRow = tuple[str, int, int, bool]
"""Another word that must be there, the term by its number, which of its places this is, and whether it is turned round
("magen gör ont")."""


class Anchoring:
    """By the words of each term's rarest place that carries meaning: the term with the rarest word that must be there
    too, and which place that is. And all words that carry the meaning of any of them."""

    def __init__(self, terms: Sequence[Term], lang: ContentLang) -> None:
        rows = list(_of_several(terms, lang))
        uses: dict[str, int] = defaultdict(int)
        for _, term, _ in rows:
            for word in (word for place in term.words for word in place):
                uses[word] += 1
        self.index: dict[str, list[AnchorRow]] = defaultdict(list)
        for no, term, turned in rows:
            anchor = anchor_of(term, uses)
            also = min(term.must - term.words[anchor], key=lambda word: (uses[word], word), default="")
            for word in sorted(term.words[anchor]):
                self.index[word].append((also or word, no, anchor, turned))
        self.asked_for = frozenset[str]().union(*(term.telling for _, term, _ in rows))


def _of_several(terms: Sequence[Term], lang: ContentLang) -> Iterator[tuple[int, Term, bool]]:
    """Terms of several words by number, then those that may also be turned round."""
    several = [(no, term) for no, term in enumerate(terms) if len(term.words) > 1]
    yield from ((no, term, False) for no, term in several)
    for no, term in several:
        if (back := reversed_term(term, lang)) is not None:
            yield no, back, True

"""One statement while it is read: its tokens, where its sentences end, which concepts and cues were met."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from triage.pipeline.terms import Term

Node = dict[str, Any]
"""Where the walk through phrases stands: what may come next, and what ends here."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word and all that is known of it wherever it stands; made once for each word that is remembered."""

    norm: str
    """The compared form."""
    forms: frozenset[str] = frozenset()
    """The lexicon words it may stand for."""
    intensified: bool = False
    denied: bool = False
    """A suffix denies it: feberfri."""
    sign: bool = False
    """A mark that may part a text, not a word."""
    ends: bool = False
    """A sentence ends here."""
    hours: float | None = None
    """Hours in the unit of time it names."""
    begins: Node | None = None
    """The phrases that begin with it."""
    singles: tuple[str, ...] = ()
    """Concepts that one of its forms means alone."""
    means: frozenset[str] = frozenset()
    """Those of its forms and itself that some term of several words asks for."""
    beside: Mapping[str, tuple["Anchor", ...]] = {}
    """Terms of several words found from it, by another word of which each needs one."""
    tails: dict[str, str] | None = None
    """Words that make a compound with it when they are written apart from it ("hals ont"), and what it means."""
    leads: bool = False
    """Anything but a phrase or such a compound may be found from it."""
    tells: bool = False
    """Any of this is so, or a compound begins with it."""
    plain: bool = False
    """A word of every day, a number or a sign: unread it hides nothing."""


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """A term found from one of its words: the term, and which of its places this is.

    `no` is its place among the anchors of the token.
    """

    no: int
    term: "Term"
    place: int


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A concept met: the tokens it spans and those that are its own words."""

    concept: str
    start: int
    end: int
    own: frozenset[int]
    exact: bool = False
    """Written as the lexicon has it."""
    denied: bool = False
    """A denial stands between its own words: "slog inte i huvudet"."""
    felt: bool = False
    """Made of a sense and a part of the body; a term that says the same in its own words comes first."""
    trails: bool = False
    """And the sense stands after the part: another term may own it ("sore throat, swollen glands")."""


class CueHit(msgspec.Struct, frozen=True, gc=False):
    """A cue met, by the tokens it spans."""

    kind: str
    start: int
    end: int


class Page(msgspec.Struct, gc=False):
    """The statement as far as it has been read. `clauses[i]` is the clause token i stands in.

    `norms`, `starts`, `ends` and `sentences` tell of each token how it is compared, where it stands in the clean text
    and in which sentence; `signs`, `units`, `strong` and `undone` which tokens are signs, units of time, words made
    stronger and words denied by their ending.
    """

    text: str
    tokens: list[Token]
    norms: list[str]
    starts: list[int]
    ends: list[int]
    signs: list[int] = []
    units: list[int] = []
    strong: list[int] = []
    undone: list[int] = []
    sentences: list[int] = []
    hits: list[Hit] = []
    cues: dict[str, list[CueHit]] = {}
    clauses: list[int] = []

    def sentence_of(self, hit: Hit | CueHit) -> int:
        """The sentence a hit stands in."""
        return self.sentences[hit.start]

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that begin between two places of the text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def add(self, cue: CueHit) -> None:
        """Keep a cue."""
        self.cues.setdefault(cue.kind, []).append(cue)

    def cues_of(self, kind: str) -> list[CueHit]:
        """The cues of one kind, in their order."""
        return self.cues.get(kind, [])


def cut_at(events: list[int], length: int) -> list[int]:
    """For each of `length` places how many of the sorted events lie at or before it."""
    if not events:
        return [0] * length
    parts: list[int] = []
    for part, event in enumerate(events):
        parts += [part] * (event - len(parts))
    return parts + [len(events)] * (length - len(parts))

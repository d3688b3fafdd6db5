"""One statement while it is read: its tokens, where its sentences end, which concepts and cues were met."""

import msgspec


class Token(msgspec.Struct):
    """One token: compared form, place in the clean text, sentence, and the lexicon words it may stand for."""

    norm: str
    start: int
    end: int
    sentence: int
    forms: frozenset[str] = frozenset()
    intensified: bool = False
    denied: bool = False
    """A suffix denies it: feberfri."""


class Hit(msgspec.Struct, frozen=True):
    """A concept met: the tokens it spans and those that are its own words."""

    concept: str
    start: int
    end: int
    own: frozenset[int]
    exact: bool = False
    """Written as the lexicon has it."""
    denied: bool = False
    """A denial stands between its own words: "slog inte i huvudet"."""


class CueHit(msgspec.Struct, frozen=True):
    """A cue met, by the tokens it spans."""

    kind: str
    start: int
    end: int


class Page(msgspec.Struct):
    """The statement as far as it has been read. `clauses[i]` is the clause token i stands in."""

    text: str
    tokens: list[Token]
    hits: list[Hit] = []
    cues: list[CueHit] = []
    clauses: list[int] = []
    _kinds: dict[str, list[CueHit]] = {}

    def sentence_of(self, hit: Hit | CueHit) -> int:
        """The sentence a hit stands in."""
        return self.tokens[hit.start].sentence

    def add(self, cue: CueHit) -> None:
        """Keep a cue."""
        self.cues.append(cue)
        self._kinds.setdefault(cue.kind, []).append(cue)

    def cues_of(self, kind: str) -> list[CueHit]:
        """The cues of one kind, in their order."""
        return self._kinds.get(kind, [])

"""Phrases found among tokens by the words they begin with: a tree of words, walked from each token."""

from collections.abc import Iterable, Sequence

import msgspec

from triage.pipeline.page import Node

END = ""
"""No token is empty: under this key lies what ends here."""
Rows = Iterable[tuple[str, tuple[str, ...]]]


class Ending(msgspec.Struct):
    """The concepts and the kinds of cues that a row of words names."""

    concepts: list[str] = []
    cues: list[str] = []


class Phrases:
    """Concepts and cues by rows of words. The cost of looking grows with the text, not with the number of phrases."""

    def __init__(self, concepts: Rows, cues: Rows) -> None:
        self._tree: Node = {}
        for name, words in concepts:
            _add(name, self._ending(words).concepts)
        for name, words in cues:
            _add(name, self._ending(words).cues)

    def begun(self, word: str) -> Node | None:
        """The phrases that begin with a word."""
        return self._tree.get(word)

    def _ending(self, words: tuple[str, ...]) -> Ending:
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        ending: Ending = node.setdefault(END, Ending())
        return ending


def _add(name: str, names: list[str]) -> None:
    if name not in names:
        names.append(name)


def ended(node: Node, norms: Sequence[str], at: int) -> list[tuple[Ending, int]]:
    """Each phrase that began before word `at` and goes on along `norms`: what it names and where it ends."""
    found = []
    following: Node | None = node
    while following is not None:
        if END in following:
            found.append((following[END], at))
        if at == len(norms):
            break
        following = following.get(norms[at])
        at += 1
    return found

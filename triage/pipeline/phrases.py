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
        self._rows: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
        self._tree: dict[str, Node] = {}
        """As far as it was asked for: most words never are."""
        for is_cue, rows in ((False, concepts), (True, cues)):
            for name, words in rows:
                self._rows.setdefault(words[0], []).append((name, words, is_cue))

    def begun(self, word: str) -> Node | None:
        """The phrases that begin with a word."""
        node = self._tree.get(word)
        if node is None and word in self._rows:
            node = self._tree[word] = {}
            for name, words, is_cue in self._rows[word]:
                ending = _ending(node, words[1:])
                _add(name, ending.cues if is_cue else ending.concepts)
        return node


def _ending(node: Node, words: tuple[str, ...]) -> Ending:
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

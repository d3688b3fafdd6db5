"""Phrases found among tokens by the words they begin with: a tree of words, walked from each token."""

from collections.abc import Iterable, Iterator
from typing import Any

END = ""
"""No token is empty: under this key lie the names of the phrases that end here."""


class Phrases:
    """Names by rows of words. The cost of looking grows with the text, not with the number of phrases."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._tree: dict[str, Any] = {}
        for name, words in rows:
            node = self._tree
            for word in words:
                node = node.setdefault(word, {})
            names = node.setdefault(END, [])
            if name not in names:
                names.append(name)

    def found(self, words: list[str]) -> Iterator[tuple[str, int, int]]:
        """Every phrase in `words`: its name, where it starts, where it ends."""
        last = len(words)
        for start, word in enumerate(words):
            node = self._tree.get(word)
            at = start + 1
            while node is not None:
                for name in node.get(END, ()):
                    yield name, start, at
                if at == last:
                    break
                node = node.get(words[at])
                at += 1

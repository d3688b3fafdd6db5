"""The newest of many things by name, within a bound.

Kept in two halves: once the newer is full, the older is let go of whole. Taking the oldest out one by one costs more
than all else there is to it, since a dictionary that loses its first again and again is searched from its beginning.
"""

from collections.abc import Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Newest(Generic[K, V]):
    """What was kept last: `limit` at most, and no fewer than half of them."""

    def __init__(self, limit: int) -> None:
        self._half = max(1, limit // 2)
        self._newer: dict[K, V] = {}
        self._older: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._newer) + sum(key not in self._newer for key in self._older)

    def get(self, key: K) -> V | None:
        """What is kept under the name."""
        found = self._newer.get(key)
        return found if found is not None else self._older.get(key)

    def keep(self, more: Mapping[K, V]) -> None:
        """These are the newest; what was kept under their names gives way to them."""
        if len(self._newer) + len(more) > self._half:
            self._older, self._newer = self._newer, {}
        self._newer.update(more)
        while len(self._newer) > self._half:  # more at once than there is room for
            del self._newer[next(iter(self._newer))]

    def drop(self, key: K) -> None:
        """Keep nothing under the name."""
        self._newer.pop(key, None)
        self._older.pop(key, None)

    def clear(self) -> None:
        """Keep nothing."""
        self._newer.clear()
        self._older.clear()

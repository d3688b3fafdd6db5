"""What this node remembers of streams it has written lately, so that the next group need not ask. Bounded.

It may be behind what another node wrote: a group is written only onto the numbers it was judged on, and whatever would
be refused by memory is asked of the database first.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from core.ids import StreamId
from core.log.append import Append, Appended, Head
from core.log.judge import Judgement, Sender

K = TypeVar("K")
V = TypeVar("V")

HEADS = 4_096
"""About 4 KB each."""
RESULTS = 16_384
"""About 400 bytes each. Most repeats come within seconds of the first."""


class Memory:
    """The newest heads and first results, the oldest forgotten first."""

    def __init__(self, *, heads: int = HEADS, results: int = RESULTS) -> None:
        self._limits = heads, results
        self._heads: dict[StreamId, Head] = {}
        self._results: dict[Sender, Appended] = {}

    def __len__(self) -> int:
        return len(self._heads) + len(self._results)

    def head(self, stream: StreamId) -> Head | None:
        """The stream's head after what this node last wrote to it."""
        return self._heads.get(stream)

    def heads(self, streams: Iterable[StreamId]) -> dict[StreamId, Head]:
        """The heads of those of the streams that are remembered."""
        return {stream: self._heads[stream] for stream in streams if stream in self._heads}

    def results(self, group: Iterable[Append]) -> dict[Sender, Appended]:
        """First results of those of the group that are known to be repeats."""
        senders = ((append.actor.id, append.client_id) for append in group)
        return {sender: self._results[sender] for sender in senders if sender in self._results}

    def keep(self, judgement: Judgement) -> None:
        """The judgement is on disk."""
        _renew(self._heads, judgement.heads, limit=self._limits[0])
        _renew(self._results, judgement.new_once, limit=self._limits[1])

    def forget(self, streams: Iterable[StreamId]) -> None:
        """These have been written elsewhere. First results never change."""
        for stream in streams:
            self._heads.pop(stream, None)

    def clear(self) -> None:
        """Nobody knows what is on disk now."""
        self._heads.clear()
        self._results.clear()


def _renew(kept: dict[K, V], new: Mapping[K, V], *, limit: int) -> None:
    for key, value in new.items():
        kept.pop(key, None)  # a dict keeps the order of insertion: what is renewed goes to the end
        kept[key] = value
    while len(kept) > limit:
        del kept[next(iter(kept))]

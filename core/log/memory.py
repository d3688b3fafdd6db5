"""What this node remembers of streams it has written lately, so that the next group need not ask. Bounded.

It may be behind what another node wrote: a group is written only onto the numbers it was judged on, and whatever would
be refused by memory is asked of the database first.
"""

from collections.abc import Iterable, Mapping

import msgspec

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Appended, Head
from core.log.ending import Ending
from core.log.judge import Judgement, Sender
from core.log.newest import Newest

HEADS = 8_192
"""About 4 KB each."""
RESULTS = 32_768
"""About 400 bytes each. Most repeats come within seconds of the first."""


class Memory:
    """The newest heads and first results, the oldest forgotten first."""

    def __init__(self, *, heads: int = HEADS, results: int = RESULTS) -> None:
        self._heads = Newest[StreamId, Head](heads)
        self.results = Newest[Sender, Appended](results)
        """The first results that are remembered."""

    def __len__(self) -> int:
        return len(self._heads) + len(self.results)

    def head(self, stream: StreamId) -> Head | None:
        """The stream's head after what this node last wrote to it."""
        return self._heads.get(stream)

    def heads(self, streams: Iterable[StreamId]) -> dict[StreamId, Head]:
        """The heads of those of the streams that are remembered."""
        known = self._heads.get
        return {stream: head for stream in streams if (head := known(stream)) is not None}

    def keep(self, judgement: Judgement) -> None:
        """The judgement is on disk."""
        self._heads.keep(judgement.heads)
        self.results.keep(judgement.new_once)

    def forget(self, streams: Iterable[StreamId]) -> None:
        """These have been written elsewhere. First results never change."""
        for stream in streams:
            self._heads.drop(stream)

    def advance(self, told: Head) -> None:
        """A stream is as another node tells; of its keys this one knows its own."""
        ours = self._heads.get(told.stream)
        if ours is None or told.last_no <= ours.last_no:
            return
        # Without its link nobody can go on; and where a stream ends its key is taken away, which no entry tells.
        if not told.link or told.state.get(Ending).begun_ms is not None:
            self._heads.drop(told.stream)
            return
        if told.scope == ours.scope:  # the very same one: gates go by it
            told.scope = ours.scope
        known = {"chain_key": ours.chain_key, "key": ours.key, "wrapped_key": ours.wrapped_key}
        self._heads.keep({told.stream: msgspec.structs.replace(told, **known)})

    def catch_up(self, streams: Iterable[StreamId], found: Mapping[StreamId, Head | FyrError]) -> None:
        """Another node was quicker to write to these: they are as the database has just told, if no newer is known."""
        for stream in streams:
            head, ours = found.get(stream), self._heads.get(stream)
            if not isinstance(head, Head):
                self._heads.drop(stream)
            elif ours is None or ours.last_no < head.last_no:
                self._heads.keep({stream: head})

    def clear(self) -> None:
        """Nobody knows what is on disk now."""
        self._heads.clear()
        self.results.clear()

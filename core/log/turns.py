"""Taking turns: two nodes that write to one stream at the same time would throw each other's groups back for ever.

Whoever has just written to a stream in which another node was heard a moment ago lets that one write next: its own next
append waits until the other is heard again, or for a moment if it is silent. This only saves work: what is right is
decided by the number in SQL, and on a single node nothing here ever waits.
"""

import time
from collections.abc import Callable, Iterable

from core.ids import StreamId

RECENT_S = 0.5
"""So long after it was heard another node is taken to be writing still."""
TURN_GROUPS = 6
"""So many of our own groups' time it is waited for, since its groups take about as long."""
LONGEST_TURN_S = 0.4
LOOK_S = 0.02
"""How soon it is noticed that the other one is silent."""
HEARD = 4_096
"""Streams remembered to be written by others too."""


class Turns:
    """Whose turn it is in streams that several nodes write to."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._heard_s: dict[StreamId, float] = {}
        self._theirs_until_s: dict[StreamId, float] = {}

    def heard(self, stream: StreamId) -> bool:
        """Another node has written to it: now it is our turn. Gives whether that was waited for."""
        waited = self._theirs_until_s.pop(stream, None) is not None
        if len(self._heard_s) >= HEARD:
            self._heard_s.clear()
        self._heard_s[stream] = self._now_s()
        return waited

    def wrote(self, streams: Iterable[StreamId], *, took_s: float) -> None:
        """We have written to them, in so long: where another node was heard just now it is its turn."""
        if not self._heard_s:
            return
        now_s = self._now_s()
        until_s = now_s + min(TURN_GROUPS * took_s, LONGEST_TURN_S)
        for stream in streams:
            heard_s = self._heard_s.get(stream)
            if heard_s is None:
                continue
            if now_s - heard_s < RECENT_S:
                self._theirs_until_s[stream] = until_s
            else:
                del self._heard_s[stream]

    @property
    def waits(self) -> bool:
        """Whether it is another node's turn anywhere."""
        return bool(self._theirs_until_s)

    def ours(self, stream: StreamId) -> bool:
        """Whether we may write to it now."""
        until_s = self._theirs_until_s.get(stream)
        if until_s is None:
            return True
        if self._now_s() < until_s:
            return False
        del self._theirs_until_s[stream]
        return True

"""How long packets wait on their way here, by when their sender says that each was sent (abs-send-time).

A line that only queues loses nothing, and makes everything late, sound among it. What counts is the quickest packet of
the last half second, against the quickest of the last minutes: a burst waits behind itself, a queue that stands lets
nobody pass.
"""

WRAPS = 1 << 24
TICKS = 1 << 18
"""Of the extension in a second: its 24 bits begin anew every 64 s."""
FORGET_S = 60.0
"""The quickest way of longer ago than twice this is forgotten: two clocks drift apart, and ways change."""
SPAN_S = 0.5
ENOUGH = 3
"""Packets, below which their span says nothing."""


class Waits:
    """Of one sender's pictures."""

    __slots__ = ("_before", "_count", "_ended", "_ends_at", "_forgets_at", "_least", "_now", "_origin")

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """They come by another way: what the former took says nothing."""
        self._origin: int | None = None
        """What the first packet took, in ticks and whatever the two clocks differ by: others are told from it."""
        self._least, self._count, self._ends_at = 0, 0, 0.0
        """Of the span that goes on: the quickest packet, how many, and when it ends."""
        self._ended: int | None = None
        """The quickest packet of the span that ended last."""
        self._now: int | None = None
        """The quickest one in this `FORGET_S`, and in the one before."""
        self._before: int | None = None
        self._forgets_at = 0.0

    def take(self, sent: int, now: float) -> None:
        """A packet came that was sent at `sent`, in ticks."""
        took = (int(now * TICKS) - sent) % WRAPS
        if self._origin is None:
            self._origin, self._forgets_at = took, now + FORGET_S
        late = (took - self._origin + WRAPS // 2) % WRAPS - WRAPS // 2
        if now >= self._ends_at:
            self._end(now)
        if self._count == 0 or late < self._least:
            self._least = late
        self._count += 1

    def second(self, now: float) -> float:
        """For how long even the quickest packet waited lately, in seconds; 0 where too few came to say."""
        if now >= self._ends_at:
            self._end(now)
        lately, self._ended = self._ended, None
        if lately is None:
            return 0.0
        if now >= self._forgets_at:
            self._before, self._now, self._forgets_at = self._now, None, now + FORGET_S
        self._now = lately if self._now is None else min(self._now, lately)
        return (lately - (self._now if self._before is None else min(self._now, self._before))) / TICKS

    def _end(self, now: float) -> None:
        """The next span begins. One of too few packets leaves what the one before it said."""
        if self._count >= ENOUGH:
            self._ended = self._least
        self._count, self._ends_at = 0, now + SPAN_S

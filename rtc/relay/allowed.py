"""How much a sender may send, by how their own way up was: a weak uplink carries less, and whole and in time.

Once a second, at the side that sees what comes: a sender that has no such control of its own follows what it is told
(REMB), one that has lowers by the same rules. What gets lost counts as in Google's congestion control
(draft-ietf-rmcat-gcc-02 6). What only waits is our own and simpler than theirs: a standing queue instead of its slope,
since a second is all that we look at.
"""

from typing import NamedTuple

LEAST = 50_000
"""Bits a second below which nobody is asked to go: less is no picture."""
MUCH, LITTLE = 0.1, 0.02
"""Shares of packets lost: above the first less is asked for, below the second more again."""
LONG_S = 0.12
"""From when on waiting in a queue is too much: a conversation bears 150 ms one way in all (ITU-T G.114)."""
FASTER, SLOWER = 1.05, 0.85
EMPTY_WITHIN_S, SLOWEST = 2.0, 0.3
"""What waits is to have passed after so long; of what the line carries this much is left to what comes anew."""


class Second(NamedTuple):
    """How the way up was in one second."""

    loss: float
    came: int
    """Bits of pictures that came by it."""
    waited_s: float
    """How long even the quickest packet waited in a queue."""


class Allowed:
    """Of one sender's picture, in bits a second."""

    __slots__ = ("_carries",)

    def __init__(self) -> None:
        self._carries: float | None = None
        """What their line seems to carry; None for as long as nothing says that it is little."""

    def after(self, wanted: int, second: Second) -> int:
        """What to ask for after this second. `wanted`: what the visit has room for."""
        carries = wanted if self._carries is None else min(self._carries, wanted)
        if second.waited_s > LONG_S:
            carries = min(carries, second.came * min(SLOWER, max(SLOWEST, 1 - second.waited_s / EMPTY_WITHIN_S)))
        if second.loss > MUCH:
            carries *= 1 - second.loss / 2
        elif second.loss < LITTLE and second.waited_s <= LONG_S:
            carries *= FASTER
        self._carries = None if carries >= wanted else max(carries, min(LEAST, wanted))
        return wanted if self._carries is None else int(self._carries)

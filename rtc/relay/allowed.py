"""How much a sender may send, by what gets lost on their own way up: a weak uplink carries less, and whole.

The loss-based half of Google's congestion control (draft-ietf-rmcat-gcc-02 6), once a second, at the side that sees the
loss: a sender that has no such control of its own follows what it is told (REMB), one that has lowers by the same rule.
"""

LEAST = 50_000
"""Bits a second below which nobody is asked to go: less is no picture."""
MUCH, LITTLE = 0.1, 0.02
"""Shares of packets lost: above the first less is asked for, below the second more again."""
FASTER = 1.05


class Allowed:
    """Of one sender's picture, in bits a second."""

    __slots__ = ("_carries",)

    def __init__(self) -> None:
        self._carries: float | None = None
        """What their line seems to carry; None for as long as nothing says that it is little."""

    def after(self, wanted: int, loss: float) -> int:
        """What to ask for after a second in which this share was lost. `wanted`: what the visit has room for."""
        carries = wanted if self._carries is None else min(self._carries, wanted)
        if loss > MUCH:
            carries *= 1 - loss / 2
        elif loss < LITTLE:
            carries *= FASTER
        self._carries = None if carries >= wanted else max(carries, min(LEAST, wanted))
        return wanted if self._carries is None else int(self._carries)

"""What the figures go by of a round: rounds that are alike in all of it are counted together. Pure.

A hundred thousand rounds have some hundred shapes, so that the database counts and the definitions stay in one place.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from care.benefits.round import Move
from carequeue.entries import CloseReason
from triage.entries import Level

HOUR_MS = 3_600_000
BACK_MS = 72 * HOUR_MS
"""Who comes again within so long has come back."""

Reply = Literal["in_time", "late", "overdue", "not_due"]
"""Answered within the promised time, or after it; not answered though it was promised by now, or by its end; not
answered, and not promised by then."""
Back = Literal["", "no", "yes"]
"""Whether the person came again within 72 hours; empty: it has not ended, nobody knows who it was, or the 72 hours
are not over."""


class Shape(NamedTuple):
    """One shape."""

    level: Level
    reply: Reply
    reason: CloseReason | Literal[""]
    """Why it ended; empty while it is open."""
    move: Move
    back: Back

    @property
    def answered(self) -> bool:
        """A person has answered."""
        return self.reply in ("in_time", "late")


class Seat(NamedTuple):
    """How a booked time went that has been."""

    status: Literal["attended", "missed"]


class Counted(NamedTuple):
    """Everything a sheet is worked out from: of one unit, in one span."""

    shapes: Mapping[Shape, int]
    """How many rounds that came then are like this."""
    waits: Mapping[tuple[Level, int], int]
    """How many of them were answered after so many whole seconds, by level."""
    visits: int
    """Video visits that were opened in them."""
    forms: int
    """Forms that patients have sent in them."""
    seats: Mapping[Seat, int]
    """Booked times that began then, and have been."""
    booked: int
    """Booked times that began then, whatever came of them; not those that were cancelled."""


def at_level(counted: Counted, levels: Iterable[Level]) -> Counted:
    """The same of rounds at these levels alone."""
    wanted = frozenset(levels)
    return counted._replace(
        shapes={shape: number for shape, number in counted.shapes.items() if shape.level in wanted},
        waits={key: number for key, number in counted.waits.items() if key[0] in wanted},
    )

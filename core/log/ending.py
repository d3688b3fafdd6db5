"""The end of a stream: from the entry that begins its erasure on, nothing is written to it but by who erases it.

Its key is taken away behind the log's back. Whoever still held the old one would seal words with it that nobody could
read, so the judge refuses them, by the state that is part of every write.
"""

from core.actor import system_actor
from core.errors import FyrError
from core.log.append import Append, Head
from core.log.state import Part

ERASER = system_actor("retention")


class Ending(Part, tag="ending", frozen=True, kw_only=True):
    """Whether a stream is being erased, and what holds that back."""

    begun_ms: int | None = None
    """When its erasure began."""
    erased_ms: int | None = None
    """When it was done."""
    held: bool = False
    """A named person has ordered that it is kept beyond its time."""


def refuse_ended(append: Append, head: Head) -> None:
    """Refuse with `not_found`, as if it were not there, what would be written to a stream that ends."""
    if append.actor.id != ERASER.id and head.state.get(Ending).begun_ms is not None:
        raise FyrError("not_found")

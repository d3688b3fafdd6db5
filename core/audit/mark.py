"""Where something lies among what happened, and from when until when is asked."""

from typing import NamedTuple

from core.ids import StreamId


class Mark(NamedTuple):
    """A place among what happened: when, and which entry."""

    at_ms: int
    stream: StreamId
    no: int


class Period(NamedTuple):
    """From, and until but not at, in milliseconds since 1970."""

    from_ms: int
    until_ms: int

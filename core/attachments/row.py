"""One attachment as SQL holds it: numbers, times and sealed bytes."""

from typing import Literal, NamedTuple

import msgspec

from core.attachments.limits import KeptType, Why
from core.ids import StreamId

State = Literal["uploading", "received", "waiting", "clean", "refused", "withdrawn", "erased"]
"""uploading, received (all bytes are here), waiting (for a virus scanner that is away), then one of the last four."""
UNCHECKED: tuple[State, ...] = ("received", "waiting")


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed: the name, and once it has been checked where it lies and what it is."""

    name: str
    type: KeptType | None = None
    address: str = ""
    thumbnail: str = ""
    digest: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    pages: int = 0


class Row(NamedTuple):
    """A row of the table `attachment`."""

    id: str
    stream: StreamId
    sender_id: str
    size: int
    received: int
    state: State
    why: Why | None
    about: bytes
    due_ms: int | None
    """When something is to be done for it; None when nothing is left to do."""


class Piece(NamedTuple):
    """A row of the table `attachment_piece`: where a part of the bytes lies while it is in quarantine."""

    start: int
    size: int
    name: str

"""What goes between the service and its reader: msgpack behind four bytes of length, by stdin and stdout."""

from typing import TypeVar

import msgspec

from triage.entries import Assessed
from triage.told import Story

LENGTH_BYTES = 4
T = TypeVar("T")


class Begin(msgspec.Struct, frozen=True, array_like=True):
    """The service's first word: by which content to read."""

    files: bytes
    """A pack (`triage.versions.pack`); empty for the set we ship."""
    hurries: bool = True
    """False for one that nobody waits for: it gives way to everything, also while it loads."""


class Ready(msgspec.Struct, frozen=True, array_like=True):
    """The reader's first word: it has loaded this content and waits."""

    content_version: str


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """One story to be read, up to this entry."""

    story: Story
    basis_no: int


class Told(msgspec.Struct, frozen=True, array_like=True):
    """How it was understood; without that the kind of the fault, never its message, which could quote the story."""

    assessed: Assessed | None
    why: str = ""


def frame(value: Begin | Ready | Asked | Told) -> bytes:
    """As it is sent."""
    data = msgspec.msgpack.encode(value)
    return len(data).to_bytes(LENGTH_BYTES, "big") + data


def unframed(data: bytes, kind: type[T]) -> T:
    """What was sent, its length taken off. Raises `ValueError` for anything else."""
    return msgspec.msgpack.decode(data, type=kind)

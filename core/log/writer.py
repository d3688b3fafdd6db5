"""What the log asks of a database: read heads and first results, write a group whole or not at all."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol

from core.ids import StreamId
from core.log.judge import Sender
from core.log.rows import Rows


class OvertakenError(Exception):
    """Nothing was written: another node was first with a `client_id` or a new stream."""


class LostError(Exception):
    """The database did not answer; what was being written may be on disk or not. Named by what it was, never quoted."""


class Written(NamedTuple):
    """What became of a group."""

    numbers: dict[str, int]
    """Each unit's new number."""
    overtaken: frozenset[StreamId]
    """Streams that another node has written to since: nothing of theirs was written."""
    heads: Sequence[Sequence[Any]] = ()
    """Rows of `STREAM`, of those that were overtaken as they are now."""


class Found(NamedTuple):
    """Rows of `STREAM` and of `FIRST_RESULT`, the latter read last: it holds the result of whatever the heads show."""

    heads: Sequence[Sequence[Any]]
    results: Sequence[Sequence[Any]]


class Writer(Protocol):
    """The writing side of one database. `open` before use, `close` after."""

    name: str

    async def open(self) -> None:
        """Connect, and check that nothing acknowledged can be lost. Raises `database_unsafe` or `unreachable`."""
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...

    def drop(self) -> None:
        """Give up what is under way; the next call begins anew."""
        ...

    async def read(self, streams: Sequence[str], senders: Sequence[Sender]) -> Found:
        """What is on disk. Raises `LostError`."""
        ...

    async def write(self, rows: Rows) -> Written:
        """Write with one flush to disk what builds on what is there, each stream whole or not at all.

        Raises `OvertakenError` and `LostError`.
        """
        ...

    def exclusively(self, streams: Sequence[str]) -> AbstractAsyncContextManager[None]:
        """While it is open nobody else writes to these streams; what is written in it is on disk at its end."""
        ...

"""What the log asks of a database: read heads and first results, write a group whole or not at all."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol

from core.log.judge import Sender
from core.log.rows import Rows


class OvertakenError(Exception):
    """Nothing was written: what the group builds on is not, or no longer, what the database holds."""


class LostError(Exception):
    """The database did not answer; what was being written may be on disk or not. Named by what it was, never quoted."""


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

    async def write(self, rows: Rows) -> dict[str, int]:
        """Write all of it with one flush to disk, or nothing; gives each unit's new number.

        Raises `OvertakenError` and `LostError`.
        """
        ...

    def exclusively(self, streams: Sequence[str]) -> AbstractAsyncContextManager[None]:
        """While it is open nobody else writes to these streams; what is written in it is on disk at its end."""
        ...

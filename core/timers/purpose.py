"""What a timer is for. A purpose says of any state when it is due; the rows in SQL are only a reason to look.

Nobody sets or cancels a timer: an entry changes the state, the state says when something is due, and the row follows in
the same transaction, unless one lies there that is due sooner. A row that is wrong, old or read twice does nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from core.log.append import Head
from core.log.rows import StateTable
from core.log.state import Part

TABLE = "timer"
NOBODYS_MS = 30_000
"""Longer than a group is tried to be written (`core.log.committer`) and clocks may differ, together."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One kind of timer, at most one row of it a stream."""

    name: str
    prefix: str
    """The streams that have it: the beginning of their ids."""
    due_ms: Callable[[Head], int | None]
    """When it is due as the state stands, milliseconds since 1970; None: not at all. Pure."""
    act: Callable[[Head], Awaitable[None]]
    """Does what is due, by an append whose `require` asks the state again. May be called twice."""


def timer_id(stream: str, purpose: str) -> str:
    """The key of a row: one a stream and purpose."""
    return f"{stream}/{purpose}"


def timer_table(
    name: str, prefix: str, due_ms: Callable[[Head], int | None], *, parts: tuple[type[Part], ...]
) -> StateTable:
    """How the log keeps a purpose's rows. A change of `parts` also ends the lease of whoever was about to act."""

    def row(head: Head) -> tuple[object, ...]:
        return (timer_id(head.stream, name), head.stream, name, due_ms(head), None)

    columns = ("id", "stream_id", "purpose", "due_ms", "leased_ms")
    return StateTable(prefix=prefix, table=TABLE, key="id", columns=columns, row=row, parts=parts, will_do=_will_do)


def _will_do(lies: tuple[Any, ...], row: tuple[Any, ...], now_ms: int) -> bool:
    """A row that is due too early is a look too many, and is put right then; one that is due too late is a fault.

    What will be due only after a while is nobody's yet: no worker has leased it, or puts it right at this moment.
    """
    lies_ms, due_ms = lies[3], row[3]
    if lies_ms is None:
        return due_ms is None
    return lies_ms > now_ms + NOBODYS_MS and (due_ms is None or due_ms >= lies_ms)

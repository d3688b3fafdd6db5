"""Boards: rows that changed, gathered for a moment and sent once to everyone who has the unit's board open.

A push says after which number it joins up. Numbers that did not reach this node (another node's commit that was lost)
are looked up in SQL, so that what is sent is always everything between two numbers.
"""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from core.background import Background
from core.log.append import Head
from web.push.board import board_row
from web.push.news import News
from web.push.rooms import board_room
from web.wire.queue import BoardChanged, BoardRow

if TYPE_CHECKING:
    from web.node import Node

GATHER_S = 0.1
"""The least time between two pushes to a board."""
IDLE_S = 60.0


@dataclass(slots=True)
class Changes:
    """What is to be told of one unit."""

    told_no: int
    """Everyone who follows has been told up to here."""
    numbers: set[int] = field(default_factory=set)
    heads: dict[str, Head] = field(default_factory=dict)
    """The newest head of each changed stream, by stream."""

    def add(self, number: int, head: Head) -> None:
        """Note a change, unless it was told already."""
        if number > self.told_no:
            self.numbers.add(number)
            known = self.heads.get(head.stream)
            if known is None or known.last_no <= head.last_no:
                self.heads[head.stream] = head

    @property
    def whole(self) -> bool:
        """Whether every number since the last push is here."""
        return len(self.numbers) == max(self.numbers) - self.told_no


class Boards:
    """Gathers and sends."""

    def __init__(self, node: "Node", *, gather_s: float = GATHER_S) -> None:
        self._node = node
        self._units: dict[str, Changes] = {}
        self._gather_s = gather_s
        self._sending = Background("boards", self._send_all, every_s=IDLE_S)

    def start(self) -> None:
        """Begin to send."""
        self._sending.start()

    async def stop(self) -> None:
        """Stop; what was not sent is asked for by number."""
        await self._sending.stop()

    def take(self, news: News) -> None:
        """A commit may have changed rows of boards that are open here."""
        for unit_id, number in news.head.unit_numbers.items():
            if not self._node.follows.board_is_open(unit_id):
                self._units.pop(unit_id, None)
                continue
            changes = self._units.setdefault(unit_id, Changes(number - 1))
            changes.add(number, news.head)
            self._sending.wake()

    async def _send_all(self) -> bool:
        for unit_id, changes in list(self._units.items()):
            if changes.numbers:
                await self._send(unit_id, changes)
        await asyncio.sleep(self._gather_s)
        return any(changes.numbers for changes in self._units.values())

    async def _send(self, unit_id: str, changes: Changes) -> None:
        after, number, heads = changes.told_no, max(changes.numbers), changes.heads
        if not changes.whole:
            number, heads = await self._looked_up(unit_id, after)
        rows, gone = self._rows(unit_id, heads)
        changes.told_no = number
        changes.numbers = {one for one in changes.numbers if one > number}
        changes.heads = changes.heads if changes.numbers else {}
        event = BoardChanged(unit_id=unit_id, after=after, no=number, rows=rows, gone=gone)
        self._node.deliver(board_room(unit_id), "board", msgspec.json.encode(event))

    async def _looked_up(self, unit_id: str, after: int) -> tuple[int, dict[str, Head]]:
        changed = await self._node.log.changed_streams(unit_id, after)
        heads = await self._node.log.heads(list(changed.streams))
        for stream, head in heads.items():
            head.unit_numbers[unit_id] = changed.streams[stream]
        return changed.no, {str(stream): head for stream, head in heads.items()}

    def _rows(self, unit_id: str, heads: dict[str, Head]) -> tuple[tuple[BoardRow, ...], tuple[str, ...]]:
        """The unit's rows, and what has left it."""
        rows = [
            board_row(head, head.unit_numbers[unit_id], self._node.deadlines, protected=self._node.is_protected(head))
            for head in heads.values()
        ]
        own = tuple(row for row in rows if row.unit_id == unit_id)
        return own, tuple(row.contact_id for row in rows if row.unit_id != unit_id)

"""Takes into this node what was decided of units, on any node: looked for in SQL every second, and told by the others.

Who is in the queue stands where the new promises put them at once; what happens by itself in a contact goes by new
times from the contact's next entry, or timer, on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import structlog

from core.background import Background
from core.errors import FyrError
from core.ids import StreamId
from core.sheets.kinds import SheetsState
from core.sheets.sheet import read

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 1.0
UNIT = "unit:"
LOOK_BACK_MS = 30_000
"""Nodes' clocks differ, and a commit may come to light after one that was begun later."""
MOVES_WHO_WAITS = frozenset({"hours", "targets"})
log = structlog.get_logger(__name__)


async def nothing_to_mend() -> None:
    """Where there is no live index."""


class UnitSheets:
    """`start` before anything is promised."""

    def __init__(self, node: "Node", *, every_s: float = EVERY_S) -> None:
        self._node = node
        self._newest: dict[str, tuple[int, int]] = {}
        self._taken: dict[str, dict[str, Any]] = {}
        self._known_ms = 0
        self._changed: set[tuple[str, int]] = set()
        self._owes_places = False
        """Promises have changed, and whoever waits does not stand by them yet."""
        self._one_look = asyncio.Lock()
        self.mend_index: Callable[[], Awaitable[None]] = nothing_to_mend
        """Puts everybody who waits to where they stand now."""
        self._looking = Background("unit sheets", self.look, every_s=every_s)

    async def start(self) -> None:
        """Take in everything there is, then what changes."""
        units = self._node.unit_ids
        self._node.shared_templates.begin_with(await self._node.templates.usable("", units))
        await self.look()
        await self._node.places.restate(self._node.deadlines)
        self._looking.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._looking.stop()

    def wake(self) -> None:
        """Another node has said that something changed."""
        self._looking.wake()

    async def look(self) -> bool:
        """Take in what has changed: in force here when it returns. What could not be done is done by the next look."""
        async with self._one_look:  # two that read one after the other must not take in the older last
            await self._know_staff()
            await self._know_units()
            if self._owes_places:
                await self._node.places.restate(self._node.deadlines)
                await self.mend_index()
                self._owes_places = False
        return False

    async def _know_units(self) -> None:
        newest = await self._node.directory.newest()
        changed = [stream for stream, moved in newest.items() if self._newest.get(stream) != moved]
        if not changed:
            return
        self._node.take_units(await self._node.directory.units())
        heads = await self._node.log.heads([StreamId(stream) for stream in changed if stream.startswith(UNIT)])
        moved = [
            self._take(head.stream.removeprefix(UNIT), head.state.get(SheetsState).values()) for head in heads.values()
        ]
        self._newest, self._owes_places = newest, self._owes_places or any(moved)

    async def _know_staff(self) -> None:
        """Who has which skills and languages, when anybody of the staff was changed."""
        since_ms = self._known_ms - LOOK_BACK_MS if self._known_ms else 0
        now_ms, changed = self._node.now_ms(), await self._node.directory.staff_changed_since(since_ms)
        if changed - self._changed:
            members = await self._node.directory.members()
            self._node.router.rules.know({one.staff_id: one.abilities() for one in members})
        self._known_ms, self._changed = now_ms, changed

    def _take(self, unit_id: str, values: dict[str, Any]) -> bool:
        """Go by these from now on; gives whether anybody who waits may stand elsewhere now."""
        before, self._taken[unit_id] = self._taken.get(unit_id, {}), values
        changed = [sheet for sheet in self._node.sheets.of("unit") if values.get(sheet.name) != before.get(sheet.name)]
        for sheet in changed:
            if sheet.take is not None:
                value = values.get(sheet.name)
                try:
                    sheet.take(unit_id, read(sheet, value) if value is not None else None)
                except (FyrError, ValueError):  # of a later release: what held until now goes on
                    log.exception("sheet_not_read", unit=unit_id, sheet=sheet.name)
        return any(sheet.name in MOVES_WHO_WAITS for sheet in changed)

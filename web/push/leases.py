"""What is held by someone whose line is lost, and when it goes back: told to who has the unit's board open.

Every node looks by itself and tells its own. Only what runs out is told: whoever has a line renews theirs all the time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from carequeue.store import PlaceRow
from web.push.rooms import board_room
from web.push.views import wire_time
from web.wire.queue import Leases as LeasesTold

if TYPE_CHECKING:
    from web.node import Node


class Leases:
    """The leases that run out, by unit."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._ends: dict[str, dict[str, str]] = {}

    def at(self, unit_id: str) -> dict[str, str]:
        """When each contact of the unit goes back whose holder has no line."""
        return self._ends.get(unit_id, {})

    def running_out(self, found: Sequence[tuple[PlaceRow, int]]) -> None:
        """Tell the boards where that is other than at the last look."""
        now: dict[str, dict[str, str]] = {}
        for row, ends_ms in found:
            now.setdefault(row.unit_id, {})[row.contact_id] = wire_time(ends_ms)
        was, self._ends = self._ends, now
        for unit_id in sorted(now.keys() | was.keys()):
            if now.get(unit_id) != was.get(unit_id):
                told = LeasesTold(unit_id=unit_id, ends=self.at(unit_id))
                self._node.deliver(board_room(unit_id), "leases", msgspec.json.encode(told))

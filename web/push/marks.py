"""A protection that was set or lifted is shown at once on open boards: each node tells those it has.

It is no commit of the contact's, so that no board's number moves: who follows is told to ask for the whole board again.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from web.push.rooms import board_room
from web.wire.queue import BoardAnew

if TYPE_CHECKING:
    from web.node import Node

PATIENT = "patient:"


class Marks:
    """Tells the boards on which somebody stands."""

    def __init__(self, node: "Node") -> None:
        self._node = node

    async def changed(self, person_ids: Collection[str]) -> None:
        """Boards that are open here, at the units that have contacts about these persons or opened by them."""
        node, units = self._node, set[str]()
        for person_id in person_ids:
            streams = await node.log.streams_opened_by(f"{PATIENT}{person_id}", person_id)
            units |= {one.scope.unit_id for one in (await node.log.numbers(streams)).values()}
        for unit_id in sorted(filter(node.follows.board_is_open, units)):
            body = BoardAnew(unit_id=unit_id)
            node.deliver(board_room(unit_id), "board_anew", msgspec.json.encode(body))

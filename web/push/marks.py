"""A protection that was set or lifted shows at once on open boards and in open contacts: each node tells those it has.

It is no commit of the contact's, so that no number moves: who follows is told to ask for the whole again.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from core.ids import contact_of
from web.push.rooms import board_room, contact_room
from web.wire.contact import ContactAnew
from web.wire.queue import BoardAnew

if TYPE_CHECKING:
    from web.node import Node

PATIENT = "patient:"


class Marks:
    """Tells who sees somebody, on a board or in a contact."""

    def __init__(self, node: "Node") -> None:
        self._node = node

    async def changed(self, person_ids: Collection[str]) -> None:
        """Contacts about these persons or opened by them that are open here, and the boards they stand on."""
        node, units = self._node, set[str]()
        for person_id in person_ids:
            streams = await node.log.streams_opened_by(f"{PATIENT}{person_id}", person_id)
            units |= {one.scope.unit_id for one in (await node.log.numbers(streams)).values()}
            for contact_id in map(contact_of, streams):
                body = msgspec.json.encode(ContactAnew(contact_id=contact_id))
                node.deliver(contact_room(contact_id, "staff"), "contact_anew", body)
        for unit_id in sorted(filter(node.follows.board_is_open, units)):
            node.deliver(board_room(unit_id), "board_anew", msgspec.json.encode(BoardAnew(unit_id=unit_id)))

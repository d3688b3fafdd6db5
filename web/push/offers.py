"""Tells the units concerned that what is offered to them has changed, on every node. Lost, the offer is passed on."""

from typing import TYPE_CHECKING

from carequeue.handover.rule import live_offer
from core.log.append import Commit
from web.push.rooms import board_room
from web.wire.hand_over import OffersChanged

if TYPE_CHECKING:
    from web.node import Node


class OfferTeller:
    """A listener for the log."""

    def __init__(self, node: "Node") -> None:
        self._node = node

    def committed(self, commit: Commit) -> None:
        """What stood before and what stands now."""
        was = live_offer(commit.before) if commit.before is not None else None
        now = live_offer(commit.after)
        if was == now:
            return
        for unit_id in sorted({one.to_unit for one in (was, now) if one is not None}):
            self._node.fanout.tell(board_room(unit_id), "offers", OffersChanged(unit_id=unit_id))

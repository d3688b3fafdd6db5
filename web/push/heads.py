"""The head numbers of everything a socket follows, every five seconds, read from SQL: what no lost push can make old.

They also end what access has ended: who may no longer see a contact stops following it here, commit or not.
"""

from typing import TYPE_CHECKING

import msgspec

from carequeue.state import Place
from core.access import may_enter
from core.background import Background
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Head
from core.log.kinds import Audience
from web.push.follows import Follower
from web.push.views import wire_time
from web.wire.contact import Heads, WaitChanged

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 5.0


class HeadTeller:
    """Reads once for all sockets of this node, then tells each its own."""

    def __init__(self, node: "Node", *, every_s: float = EVERY_S) -> None:
        self._node = node
        self._telling = Background("heads", self._tell, every_s=every_s)

    def start(self) -> None:
        """Begin to tell."""
        self._telling.start()

    async def stop(self) -> None:
        """Tell no more."""
        await self._telling.stop()

    def now(self) -> None:
        """Something may have been missed: tell at once."""
        self._telling.wake()

    async def _tell(self) -> bool:
        followers = [one for one in self._node.follows.everyone() if one.hears_heads]
        streams = sorted({contact_stream(contact_id) for one in followers for contact_id in one.contacts})
        heads = await self._node.log.heads(streams) if streams else {}
        boards = sorted({unit for one in followers for unit in one.boards})
        units = await self._node.log.unit_numbers(boards) if boards else {}
        at = wire_time(self._node.now_ms())
        for one in followers:
            self._evict(one, heads)
            numbers = {
                str(contact_id): _number(heads[contact_stream(contact_id)], audience)
                for contact_id, audience in one.contacts.items()
                if contact_stream(contact_id) in heads
            }
            told = Heads(at=at, contacts=numbers, boards={unit: units.get(unit, 0) for unit in one.boards})
            self._node.sockets.send("heads", msgspec.json.encode(told), [one.sid])
        await self._tell_waits(followers, list(heads.values()))
        return False

    def _evict(self, follower: Follower, heads: dict[StreamId, Head]) -> None:
        for contact_id in list(follower.contacts):
            head = heads.get(contact_stream(contact_id))
            if head is not None and not may_enter(follower.actor, head.scope):
                self._node.follows.leave_contact(follower.sid, contact_id)

    async def _tell_waits(self, followers: list[Follower], heads: list[Head]) -> None:
        waiting = {contact_of(head.stream): head for head in heads if head.state.get(Place).status == "waiting"}
        watched: dict[ContactId, list[str]] = {}
        for follower in followers:
            for contact_id, audience in follower.contacts.items():
                if audience == "patient" and contact_id in waiting:
                    watched.setdefault(contact_id, []).append(follower.sid)
        self._node.waits.keep_only(watched)
        for contact_id, sids in watched.items():
            before = self._node.waits.known(contact_id)
            wait = await self._node.waits.look(waiting[contact_id])
            if wait is not None and wait != before:
                body = msgspec.json.encode(WaitChanged(contact_id=contact_id, wait=wait))
                self._node.sockets.send("wait", body, sids)


def _number(head: Head, audience: Audience) -> int:
    return head.last_no if audience == "staff" else head.patient_no

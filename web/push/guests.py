"""What guests are told of their visit, and the end of it: looked up in SQL twice a second, and after every commit.

Guests follow no contact and see no entry of one. Whoever is a guest no more is told so and cut off, on whichever node;
who stays too long, or whose patient is protected by now, is withdrawn here by the service itself.
"""

from typing import TYPE_CHECKING

import msgspec

from core.actor import Actor
from core.background import Background
from core.ids import ContactId, contact_stream
from core.log.append import Head
from rtc.guest.guests import PREFIX, guest_in
from rtc.state import Visit
from web.push.follows import Follower
from web.push.views import visit_for_guest
from web.session import end_sessions
from web.wire.guest import VisitChanged

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 0.5
OVER = msgspec.json.encode(VisitChanged(visit=None))


class GuestWatch:
    """Tells every guest with a line to this node how their visit is."""

    def __init__(self, node: "Node", *, every_s: float = EVERY_S) -> None:
        self._node = node
        self._told: dict[str, bytes] = {}
        """What each line was told last."""
        self._looking = Background("guest watch", self._look, every_s=every_s)

    def start(self) -> None:
        """Begin to look."""
        self._looking.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._looking.stop()

    def welcome(self, sid: str, guest: Actor) -> None:
        """A guest's line is up: from now on it hears of the visit, and of nothing else."""
        self._node.follows.follow_visit(sid, ContactId(guest.contact_id))
        self._node.lines.watch(guest.contact_id)
        self._looking.wake()

    def changed(self, contact_id: ContactId) -> None:
        """Something was committed in a contact: whoever is a guest of its visit is told at once."""
        if self._node.follows.of_visit(contact_id):
            self._looking.wake()

    async def _look(self) -> bool:
        guests = self._node.follows.guests()
        self._told = {one.sid: self._told[one.sid] for one in guests if one.sid in self._told}
        streams = sorted({contact_stream(one.visiting) for one in guests if one.visiting is not None})
        heads = await self._node.log.heads(streams) if streams else {}
        for one in guests:
            assert one.visiting is not None
            head = heads.get(contact_stream(one.visiting))
            if head is not None and self._node.guests.admits(one.actor, head):
                self._tell(one, head)
            else:
                await self._evict(one, head)
        return False

    def _tell(self, follower: Follower, head: Head) -> None:
        told = visit_for_guest(head.state.get(Visit), guest_in(head, follower.actor).participant)
        body = msgspec.json.encode(VisitChanged(visit=told))
        if self._told.get(follower.sid) != body:
            self._told[follower.sid] = body
            self._node.sockets.send("visit", body, [follower.sid])

    async def _evict(self, follower: Follower, head: Head | None) -> None:
        """Told and cut off before anything is waited for: another look must not find them here."""
        self._node.follows.leave_visit(follower.sid)
        self._node.sockets.send("visit", OVER, [follower.sid])
        session_id = follower.actor.session_id
        if session_id is not None:
            self._node.sockets.end_session(session_id)
            await end_sessions(self._node, session_id)
        why = self._node.guests.why_not(follower.actor, head) if head is not None else None
        if head is not None and why is not None:
            await self._node.guests.end(head, follower.actor.id.removeprefix(PREFIX), why)

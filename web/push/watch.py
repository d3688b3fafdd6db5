"""Ends what access has ended, on every socket of this node and within a second: doors that closed or ran out, blocks,
birthdays, roles. Read from SQL, since an order through Redis may never come."""

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from core.access.rule import holds, may_enter
from core.access.store import Changed
from core.actor import Actor
from core.background import Background
from core.identity.store import ChangedPerson
from core.ids import contact_stream
from web.push.follows import Follower
from web.session import end_sessions
from web.wire.access import AccessChanged, AccessEnded

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 0.5
LOOK_BACK_MS = 10_000
"""Nodes' clocks differ, and a commit may come to light after one that was begun later."""


class ChangedStaff(NamedTuple):
    """A member of staff of whom something has changed, and when."""

    staff_id: str
    changed_ms: int


AnyChange = Changed | ChangedPerson | ChangedStaff


class AccessWatch:
    """Looks for what has changed, and reads anew the actors it may concern."""

    def __init__(self, node: "Node", *, every_s: float = EVERY_S) -> None:
        self._node = node
        self._seen: set[AnyChange] = set()
        self._looked_ms = 0
        """When everything there was had been seen: while the database is away, the look back grows."""
        self._looking = Background("access watch", self.look, every_s=every_s)

    def start(self) -> None:
        """Begin to look."""
        self._looking.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._looking.stop()

    async def reread(self, sid: str, actor: Actor) -> Actor:
        """The actor as they stand now, on this socket from here on; everything they may see no more is ended.

        Someone who has gone altogether keeps their name and loses every way in.
        """
        now = await self._node.standing.actor(actor.id, session_id=actor.session_id, address=actor.address)
        gone = msgspec.structs.replace(actor, roles=(), represents=(), openings=(), person_id=None)
        stands = now.proved(actor.assurance, actor.proved_ms) if now else gone
        follower = self._node.follows.follower(sid)
        if follower is not None:
            before = follower.actor
            self._node.follows.stands(follower, stands)
            await self._evict(follower)
            if set(before.openings) != set(stands.openings):
                self._tell(follower, "access_changed", AccessChanged())
        return stands

    async def look(self) -> bool:
        """Look now: what was changed on this node is in force here before who changed it is answered."""
        follows, now_ms = self._node.follows, self._node.now_ms()
        followers = follows.everyone()
        changed: set[AnyChange] = await self._changed(self._since_ms(now_ms)) if followers else set()
        news = changed - self._seen
        concerned = [one for one in followers if any(_concerns(one.actor, change) for change in news)] if news else []
        for one in {one.sid: one for one in (*concerned, *follows.ended(now_ms))}.values():
            await self.reread(one.sid, one.actor)
            if one.actor.employed_until_ms <= now_ms and one.actor.session_id is not None:
                await end_sessions(self._node, one.actor.session_id)  # what they held waits again
        self._seen, self._looked_ms = changed, now_ms  # only now: what could not be read anew is looked at again
        return False

    def _since_ms(self, now_ms: int) -> int:
        return min(self._looked_ms or now_ms, now_ms) - LOOK_BACK_MS

    async def _changed(self, since_ms: int) -> set[AnyChange]:
        return {
            *await self._node.doors.changed_since(since_ms),
            *await self._node.register.rows.changed_since(since_ms),
            *(ChangedStaff(*one) for one in await self._node.directory.staff_changed_since(since_ms)),
        }

    async def _evict(self, follower: Follower) -> None:
        now_ms, actor = self._node.now_ms(), follower.actor
        names = [contact_stream(contact_id) for contact_id in follower.contacts]
        numbers = await self._node.log.numbers(names) if names else {}
        for contact_id in list(follower.contacts):
            found = numbers.get(contact_stream(contact_id))
            if found is None or not may_enter(actor, found.scope, right="read", now_ms=now_ms):
                self._node.follows.leave_contact(follower.sid, contact_id)
                self._tell(follower, "access_ended", AccessEnded(contact_id=contact_id))
                self._node.departures.put_out(actor, contact_id)
        for unit_id in [unit for unit in follower.boards if not holds(actor, "board", unit_id=unit)]:
            self._node.follows.leave_board(follower.sid, unit_id)
            self._tell(follower, "access_ended", AccessEnded(unit_id=unit_id))

    def _tell(self, follower: Follower, event: str, body: AccessEnded | AccessChanged) -> None:
        self._node.sockets.send(event, msgspec.json.encode(body), [follower.sid])


def _concerns(actor: Actor, change: AnyChange) -> bool:
    if isinstance(change, ChangedStaff):
        return actor.staff_id == change.staff_id
    if isinstance(change, ChangedPerson):
        leaned_on = {actor.person_id, *(one.person_id for one in actor.represents)}
        return not leaned_on.isdisjoint((change.person_id, change.other_id))
    if actor.kind != "staff":
        return False
    through = any(opening.person_id == change.person_id for opening in actor.openings)
    theirs = change.staff_id == actor.staff_id or any(role.unit_id == change.at_unit_id for role in actor.roles)
    return through or theirs

"""Who is in a visit, or in its lobby, and has no line to any node any more: after a while they have left.

The node of a line that breaks waits for its owner (`web.sockets.departures`), and forgets that when it dies itself. So
every node with a line to a visit says in Redis who has one by it, and looks after those who have none anywhere. What it
cannot know, since Redis is away, it does not judge: the time is counted anew.
"""

import time
from typing import TYPE_CHECKING

from core.background import Background
from core.errors import FyrError
from core.ids import ContactId, contact_of, contact_stream
from core.log.append import Commit, Head
from core.storage.redis import LiveIndex
from rtc.entries import VisitJoined, VisitKnocked, VisitStarted
from rtc.lines.store import LineMarks
from rtc.state import Visit
from rtc.visit import participant_id

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 5.0
GONE_AFTER_S = 30.0
"""Who has been without a line to any node for so long has left; a reload or another network takes seconds."""
GOES_ON = "visit_goes_on"
OVER = frozenset({"visit_over", "not_found"})


class Lines:
    """`start` before use, `stop` after."""

    def __init__(self, node: "Node", live: LiveIndex, *, gone_after_s: float = GONE_AFTER_S) -> None:
        self._node = node
        self.marks = LineMarks(live.client)
        self._gone_after_s = gone_after_s
        self._visits: set[ContactId] = set()
        self._missing: dict[tuple[ContactId, str], float] = {}
        """Since when somebody has had no line anywhere, as far as this node knows."""
        self._looking = Background("visit lines", self.look, every_s=EVERY_S)
        node.fanout.on(GOES_ON, self.watch)

    def start(self) -> None:
        """Begin to look."""
        self._node.log.on_commit(self._committed, of=(VisitStarted, VisitKnocked, VisitJoined))
        self._looking.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._looking.stop()

    def watch(self, contact_id: str) -> None:
        """A visit goes on in the contact: whoever hears of it at this node is looked after."""
        self._visits.add(ContactId(contact_id))

    async def has_another(self, visit_id: str, participant: str) -> bool:
        """Whether the participant has a line to some node, by what was said lately; False where Redis is away."""
        try:
            return await self.marks.has_one(visit_id, participant)
        except FyrError:
            return False

    async def look(self) -> bool:
        """One look at every visit that somebody at this node hears of."""
        self._visits = {one for one in self._visits if self._participants("", one)}
        watched = tuple(self._visits)
        heads = await self._node.log.heads([contact_stream(one) for one in watched]) if watched else {}
        still: dict[tuple[ContactId, str], float] = {}
        for contact_id in watched:
            head = heads.get(contact_stream(contact_id))
            if head is None or not head.state.get(Visit).visit_id:
                self._visits.discard(contact_id)
                continue
            for participant in await self._absent(contact_id, head.state.get(Visit)):
                since = still[contact_id, participant] = self._missing.get((contact_id, participant), time.monotonic())
                if time.monotonic() - since >= self._gone_after_s:
                    await self._leave(head, participant)
                else:  # the node that has their line may not know of the visit: Redis was away when it was told
                    self._node.fanout.order(GOES_ON, contact_id)
        self._missing = still
        return False

    async def _absent(self, contact_id: ContactId, visit: Visit) -> list[str]:
        """Who is in the visit and has no line, here or elsewhere; nobody where Redis is away."""
        present = [one.participant for one in visit.members if one.place != "left"]
        here = self._participants(visit.visit_id, contact_id)
        try:
            return await self.marks.absent(visit.visit_id, present, here=here)
        except FyrError:
            return []

    def _participants(self, visit_id: str, contact_id: ContactId) -> set[str]:
        """Who hears of the contact's visit at this node."""
        follows = self._node.follows
        followers = (*follows.of_contact(contact_id), *follows.of_visit(contact_id))
        return {participant_id(visit_id, one.actor.id) for one in followers}

    def _committed(self, commit: Commit) -> None:
        self._node.fanout.order(GOES_ON, contact_of(commit.stream))

    async def _leave(self, head: Head, participant: str) -> None:
        try:
            await self._node.visits.lost(head, participant)
        except FyrError as refusal:  # another node was first, or the visit has ended
            if refusal.code not in OVER:
                raise

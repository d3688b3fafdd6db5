"""Sends what was committed to the sockets that follow it, in the order of the commits, and the head numbers every 5 s.

A lost push harms nothing: every client holds the last number it has and asks for the rest when `heads` says more.
"""

from collections import deque
from typing import TYPE_CHECKING

from carequeue.state import Place
from core.access import may_enter
from core.background import Background
from core.ids import ContactId, contact_of, contact_stream
from core.log.append import Commit, Head
from core.log.kinds import Audience
from web.push.board import board_row
from web.push.follows import Follower
from web.push.views import entry_views, wire_time
from web.wire.base import Wire
from web.wire.contact import EntryAdded, Heads, Wait, WaitChanged
from web.wire.queue import BoardChanged

if TYPE_CHECKING:
    from web.node import Node

HEADS_EVERY_S = 5.0
IDLE_S = 60.0


class Pusher:
    """One task that sends, one that tells heads and waits."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._commits: deque[Commit] = deque()
        self._told_waits: dict[ContactId, Wait] = {}
        self._sending = Background("pusher", self._send_all, every_s=IDLE_S)
        self._telling = Background("heads", self._tell, every_s=HEADS_EVERY_S)

    def start(self) -> None:
        """Begin to send."""
        self._node.log.on_commit(self._take)
        self._sending.start()
        self._telling.start()

    async def stop(self) -> None:
        """Stop; what was not sent is asked for by number."""
        await self._sending.stop()
        await self._telling.stop()

    def _take(self, commit: Commit) -> None:
        if commit.stream.startswith("contact:"):
            self._commits.append(commit)
            self._sending.wake()

    async def _send_all(self) -> bool:
        while self._commits:
            await self._send(self._commits.popleft())
        return False

    async def _send(self, commit: Commit) -> None:
        contact_id = contact_of(commit.stream)
        followers = self._node.follows.of_contact(contact_id)
        for follower in followers:
            if may_enter(follower.actor, commit.head.scope):
                await self._send_entries(follower, commit)
            else:
                self._node.follows.leave_contact(follower.sid, contact_id)
        for unit_id, number in commit.head.unit_numbers.items():
            await self._send_row(unit_id, number, commit.head)

    async def _send_entries(self, follower: Follower, commit: Commit) -> None:
        contact_id = contact_of(commit.stream)
        audience = follower.contacts.get(contact_id)
        if audience is None:  # left while others were told
            return
        views = entry_views(self._node.kinds, commit.entries, audience=audience, reader=follower.actor)
        if views:
            told = await self._node.summary(commit.head, audience)
            await self.emit(
                "entry", EntryAdded(contact_id=contact_id, entries=tuple(views), summary=told), follower.sid
            )

    async def _send_row(self, unit_id: str, number: int, head: Head) -> None:
        row = board_row(head, number, self._node.deadlines)
        event = BoardChanged(unit_id=unit_id, no=number, rows=(row,) if row.unit_id == unit_id else ())
        for sid in self._node.follows.of_board(unit_id):
            await self.emit("board", event, sid)

    async def _tell(self) -> bool:
        followers = self._node.follows.everyone()
        streams = sorted({contact_stream(contact_id) for one in followers for contact_id in one.contacts})
        heads = await self._node.log.heads(streams)
        units = await self._node.log.unit_numbers(sorted({unit for one in followers for unit in one.boards}))
        at = wire_time(self._node.now_ms())
        for one in followers:
            numbers = {
                str(contact_id): _number(heads[contact_stream(contact_id)], audience)
                for contact_id, audience in one.contacts.items()
            }
            boards = {unit: units.get(unit, 0) for unit in one.boards}
            await self.emit("heads", Heads(at=at, contacts=numbers, boards=boards), one.sid)
        await self._tell_waits(followers, list(heads.values()))
        return False

    async def _tell_waits(self, followers: list[Follower], heads: list[Head]) -> None:
        waiting = {contact_of(head.stream): head for head in heads if head.state.get(Place).status == "waiting"}
        self._told_waits = {name: wait for name, wait in self._told_waits.items() if name in waiting}
        for follower in followers:
            for contact_id, audience in list(follower.contacts.items()):
                if audience == "patient" and contact_id in waiting:
                    await self._tell_wait(follower.sid, contact_id, waiting[contact_id])

    async def _tell_wait(self, sid: str, contact_id: ContactId, head: Head) -> None:
        wait = await self._node.wait(head)
        if wait is not None and self._told_waits.get(contact_id) != wait:
            self._told_waits[contact_id] = wait
            await self.emit("wait", WaitChanged(contact_id=contact_id, wait=wait), sid)

    async def emit(self, event: str, body: Wire, sid: str) -> None:
        """Send one event to one socket."""
        await self._node.sockets.emit(event, body, sid)


def _number(head: Head, audience: Audience) -> int:
    return head.last_no if audience == "staff" else head.patient_no

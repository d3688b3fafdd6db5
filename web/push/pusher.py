"""Sends what was committed to the sockets that follow it, in the order of the commits, and the head numbers every 5 s.

A lost push harms nothing: every client holds the last number it has and asks for the rest when `heads` says more.
"""

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING

import structlog

from carequeue.state import Place
from core.access import may_enter
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
log = structlog.get_logger("push")


class Pusher:
    """One task that sends, one that tells heads and waits."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._commits: asyncio.Queue[Commit] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._told_waits: dict[ContactId, Wait] = {}

    def start(self) -> None:
        """Begin to send."""
        self._node.log.on_commit(self._commits.put_nowait)
        self._tasks = [
            asyncio.create_task(self._send_for_ever(), name="pusher"),
            asyncio.create_task(self._tell_for_ever(), name="heads"),
        ]

    async def stop(self) -> None:
        """Stop; what was not sent is asked for by number."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_for_ever(self) -> None:
        while True:
            commit = await self._commits.get()
            if commit.stream.startswith("contact:"):
                await self._safely(self._send(commit))

    async def _tell_for_ever(self) -> None:
        while True:
            await asyncio.sleep(HEADS_EVERY_S)
            await self._safely(self._tell())

    async def _safely(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:  # the numbers bring what this push did not
            log.exception("push_failed")

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
        audience = follower.contacts[contact_id]
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

    async def _tell(self) -> None:
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

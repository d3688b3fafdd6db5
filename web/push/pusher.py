"""Sends what was committed, here or on another node, to the sockets of this node that follow it.

A lost push harms nothing: every client holds the last number it has and asks for the rest when `heads` says more.
"""

from typing import TYPE_CHECKING

import msgspec
import structlog

from carequeue.handover.state import HandOver
from carequeue.state import Place
from core.ids import StreamId, contact_of
from core.log.append import Commit
from core.log.kinds import Audience
from web.push.boards import Boards
from web.push.heads import HeadTeller
from web.push.news import News, PackedNews, news_of
from web.push.rooms import Room
from web.push.summaries import Summaries
from web.push.views import entry_views

if TYPE_CHECKING:
    from web.node import Node

_encode = msgspec.json.Encoder().encode
log = structlog.get_logger(__name__)


class Pusher:
    """Entries go out in the turn of the loop in which they were committed; boards and heads have tasks of their own."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._boards = Boards(node)
        self._summaries = Summaries(node)
        self.heads = HeadTeller(node)

    def start(self) -> None:
        """Begin to send."""
        self._node.log.on_commit(self._committed)
        self._node.log.on_commit(self._node.offers.committed, of=(Place, HandOver))
        self._boards.start()
        self.heads.start()

    async def stop(self) -> None:
        """Stop; what was not sent is asked for by number."""
        await self._boards.stop()
        await self.heads.stop()

    def overtaken(self, stream: str) -> None:
        """Another node has written to the stream: what this one remembers of it is old."""
        self._node.log.forget(StreamId(stream))

    def caught_up(self, news: News) -> None:
        """The same, but it has told how the stream is now: this one goes on from there."""
        self._node.log.advance(news.head)

    def follows(self, told: PackedNews) -> bool:
        """Whether anybody here follows the contact, or has a board open that it is on."""
        follows, contact_id = self._node.follows, contact_of(StreamId(told.stream))
        here = follows.of_contact(contact_id) or follows.of_visit(contact_id)
        return bool(here) or any(map(follows.board_is_open, told.units))

    def take(self, news: News) -> None:
        """Push it, in the order of the commits. A fault in here must not reach the committer that calls us."""
        try:
            self._send_entries(news)
            self._boards.take(news)
            self._node.guest_watch.changed(contact_of(news.stream))
        except Exception:
            log.exception("push_failed", stream=news.stream)

    def deliver(self, room: Room, event: str, body: bytes) -> None:
        """Tell everyone of this node who is in the room."""
        self._node.deliver(room, event, body)

    def boards(self) -> dict[str, tuple[str, ...]]:
        """Staff who have each unit's board open here."""
        return self._node.follows.staff_by_board()

    def compare(self) -> None:
        """Something may have been missed: tell the head numbers now."""
        self.heads.now()

    def _committed(self, commit: Commit) -> None:
        if commit.stream.startswith("contact:"):
            self.take(news_of(commit))

    def _send_entries(self, news: News) -> None:
        """Made once for each audience, and there once for each who wrote any of it and once for all others."""
        contact_id = contact_of(news.stream)
        followers = self._node.follows.of_contact(contact_id)
        if not followers:
            return
        authors = {entry.header.actor_id for entry in news.entries}
        alike: dict[tuple[Audience, str], list[str]] = {}
        lets_in, scope = self._node.gates.lets_in, news.head.scope
        protected = self._node.is_protected(news.head)
        for follower in followers:
            actor = follower.actor
            if lets_in(actor, scope, right="read"):
                reader = actor.id if actor.id in authors else ""
                alike.setdefault((follower.contacts[contact_id], reader), []).append(follower.sid)
            else:
                self._node.follows.leave_contact(follower.sid, contact_id)
        for (audience, reader), sids in alike.items():
            body = self._added(news, audience, reader, protected=protected)
            if body is not None:
                self._node.sockets.send("entry", body, sids)

    def _added(self, news: News, audience: Audience, reader: str, *, protected: bool) -> bytes | None:
        """An `EntryAdded` in JSON."""
        contact_id, head = contact_of(news.stream), news.head
        views = entry_views(self._node.kinds, news.entries, audience=audience, reader=reader, protected=protected)
        if not views:
            return None
        waits = audience == "patient" and head.state.get(Place).status == "waiting"
        wait = self._node.waits.known(contact_id) if waits else None
        told = self._summaries.of(head, audience, wait)
        return b'{"contact_id":%b,"entries":%b,"summary":%b}' % (_encode(contact_id), _encode(views), told)

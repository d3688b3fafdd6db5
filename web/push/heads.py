"""The head numbers of everything a socket follows, every five seconds, read from SQL: what no lost push can make old.

They also end what access has ended: who may no longer see a contact stops following it here, commit or not.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from carequeue.store import PAGE
from core.access.rule import may_enter
from core.background import Background
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Head
from core.log.store import Numbers
from web.push.follows import Follower
from web.push.views import wire_time
from web.wire.contact import Heads, WaitChanged

if TYPE_CHECKING:
    from web.node import Node

EVERY_S = 5.0
SPREAD_S = 2.5
"""How long the telling of very many takes, so that it strikes no message between."""
PAUSE_S = 0.02
AT_ONCE = 50
"""Sockets told between two pauses, at least."""


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
        numbers = await self._node.log.numbers(streams) if streams else {}
        boards = sorted({unit for one in followers for unit in one.boards})
        units = await self._node.log.unit_numbers(boards) if boards else {}
        at = wire_time(self._node.now_ms())
        share = max(AT_ONCE, int(len(followers) * PAUSE_S / SPREAD_S))
        for number, one in enumerate(followers, start=1):
            self._evict(one, numbers)
            told = Heads(
                at=at, contacts=_newest(one, numbers), boards={unit: units.get(unit, 0) for unit in one.boards}
            )
            self._node.sockets.send("heads", msgspec.json.encode(told), [one.sid])
            if number % share == 0:
                await asyncio.sleep(PAUSE_S)
        await self._tell_waits(followers)
        return False

    def _evict(self, follower: Follower, numbers: Mapping[StreamId, Numbers]) -> None:
        now_ms = self._node.now_ms()
        for contact_id in list(follower.contacts):
            found = numbers.get(contact_stream(contact_id))
            if found is not None and not may_enter(follower.actor, found.scope, right="read", now_ms=now_ms):
                self._node.follows.leave_contact(follower.sid, contact_id)

    async def _tell_waits(self, followers: list[Follower]) -> None:
        watched: dict[ContactId, list[str]] = {}
        for follower in followers:
            for contact_id, audience in follower.contacts.items():
                if audience == "patient":
                    watched.setdefault(contact_id, []).append(follower.sid)
        for contact_id, head in (await self._waiting(list(watched))).items():
            before = self._node.waits.known(contact_id)
            wait = await self._node.waits.look(head)
            if wait is not None and wait != before:
                body = msgspec.json.encode(WaitChanged(contact_id=contact_id, wait=wait))
                self._node.sockets.send("wait", body, watched[contact_id])

    async def _waiting(self, watched: list[ContactId]) -> dict[ContactId, Head]:
        """The heads of those of the contacts that wait."""
        found: list[StreamId] = []
        for start in range(0, len(watched), PAGE):
            places = await self._node.places.get(watched[start : start + PAGE])
            found += [contact_stream(row.contact_id) for row in places.values() if row.status == "waiting"]
        self._node.waits.keep_only(map(contact_of, found))
        return {contact_of(name): head for name, head in (await self._node.log.heads(found)).items()} if found else {}


def _newest(follower: Follower, numbers: Mapping[StreamId, Numbers]) -> dict[str, int]:
    """Of each contact it follows, as its audience counts."""
    newest = {}
    for contact_id, audience in follower.contacts.items():
        found = numbers.get(contact_stream(contact_id))
        if found is not None:
            newest[str(contact_id)] = found.last_no if audience == "staff" else found.patient_no
    return newest

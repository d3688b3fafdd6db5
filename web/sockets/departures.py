"""Those who leave their visit without saying so: people whose line is gone and does not come back in a while, and at
once whoever may see the contact no more."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Head
from rtc.state import Visit
from rtc.visit import participant_id
from web.push.follows import Follower

if TYPE_CHECKING:
    from web.node import Node

BACK_WITHIN_S = 20.0
"""A change of network or a reload takes seconds; after this the others are told that the person left."""
AGAIN_S = 1.0
"""While the database is away it is tried again so often: who has left must not stay in the visit for that."""
OVER = frozenset({"visit_over", "not_found"})
log = structlog.get_logger(__name__)


class Departures:
    """One timer per person and contact; a socket that enters again stops it."""

    def __init__(self, node: "Node", *, back_within_s: float = BACK_WITHIN_S) -> None:
        self._node = node
        self._back_within_s = back_within_s
        self._timers: dict[tuple[str, ContactId], asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        """Those whose time is up, until it is written."""
        self._stopping = asyncio.Event()

    async def gone(self, follower: Follower) -> None:
        """A socket is gone: start a timer for every contact it followed in which its owner is in a visit."""
        for contact_id in {*follower.contacts, *filter(None, [follower.visiting])}:
            key = (follower.actor.id, contact_id)
            if key not in self._timers and not self._elsewhere(follower.actor.id, contact_id):
                self._timers[key] = asyncio.create_task(self._leave_later(follower.actor, contact_id))

    def put_out(self, actor: Actor, contact_id: ContactId) -> None:
        """The person may see the contact no more: they are out of its visit, whatever their line."""
        self.back(actor.id, contact_id)
        self._leave_now(actor, contact_id, put_out=True)

    def back(self, actor_id: str, contact_id: str) -> None:
        """The person entered again, on whichever node."""
        timer = self._timers.pop((actor_id, ContactId(contact_id)), None)
        if timer is not None:
            timer.cancel()

    def expected(self) -> int:
        """How many people are expected back."""
        return len(self._timers)

    async def stop(self) -> None:
        """Stop every timer; a restart asks the browser to enter again anyway. What is being written is waited for."""
        self._stopping.set()
        timers = list(self._timers.values())
        for timer in timers:
            timer.cancel()
        await asyncio.gather(*timers, *self._leaving, return_exceptions=True)

    def _elsewhere(self, actor_id: str, contact_id: ContactId) -> bool:
        follows = self._node.follows
        others = (*follows.of_contact(contact_id), *follows.of_visit(contact_id))
        return any(other.actor.id == actor_id for other in others)

    async def _leave_later(self, actor: Actor, contact_id: ContactId) -> None:
        await asyncio.sleep(self._back_within_s)
        self._timers.pop((actor.id, contact_id), None)
        self._leave_now(actor, contact_id, put_out=False)

    async def _has_another_line(self, actor: Actor, head: Head) -> bool:
        visit_id = head.state.get(Visit).visit_id
        return await self._node.lines.has_another(visit_id, participant_id(visit_id, actor.id))

    def _leave_now(self, actor: Actor, contact_id: ContactId, *, put_out: bool) -> None:
        leaving = asyncio.create_task(self._leave(actor, contact_id, put_out=put_out), name="departure")
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _leave(self, actor: Actor, contact_id: ContactId, *, put_out: bool) -> None:
        while not (self._stopping.is_set() or await self._has_left(actor, contact_id, put_out=put_out)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(AGAIN_S):
                    await self._stopping.wait()

    async def _has_left(self, actor: Actor, contact_id: ContactId, *, put_out: bool) -> bool:
        try:
            head = await self._node.log.head(contact_stream(contact_id))
            if not put_out and await self._has_another_line(actor, head):
                return True
            await self._node.visits.gone(actor, head, put_out=put_out)
        except Exception as failure:
            if not isinstance(failure, FyrError) or failure.code not in OVER:
                log.exception("leave_failed")
                return False
        return True

"""People whose line is gone: they leave their visit after a while, unless they come back first."""

import asyncio
from typing import TYPE_CHECKING

import structlog

from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from rtc.state import Visit
from rtc.visit import participant_id
from web.push.follows import Follower

if TYPE_CHECKING:
    from web.node import Node

BACK_WITHIN_S = 20.0
"""A change of network or a reload takes seconds; after this the others are told that the person left."""
log = structlog.get_logger(__name__)


class Departures:
    """One timer per person and contact; a socket that enters again stops it."""

    def __init__(self, node: "Node", *, back_within_s: float = BACK_WITHIN_S) -> None:
        self._node = node
        self._back_within_s = back_within_s
        self._timers: dict[tuple[str, ContactId], asyncio.Task[None]] = {}

    async def gone(self, follower: Follower) -> None:
        """A socket is gone: start a timer for every contact it followed in which its owner is in a visit."""
        for contact_id in {*follower.contacts, *filter(None, [follower.visiting])}:
            key = (follower.actor.id, contact_id)
            if key not in self._timers and not self._elsewhere(follower.actor.id, contact_id):
                self._timers[key] = asyncio.create_task(self._leave_later(follower.actor, contact_id))

    def back(self, actor_id: str, contact_id: str) -> None:
        """The person entered again, on whichever node."""
        timer = self._timers.pop((actor_id, ContactId(contact_id)), None)
        if timer is not None:
            timer.cancel()

    def expected(self) -> int:
        """How many people are expected back."""
        return len(self._timers)

    async def stop(self) -> None:
        """Stop every timer; a restart asks the browser to enter again anyway."""
        timers = list(self._timers.values())
        for timer in timers:
            timer.cancel()
        await asyncio.gather(*timers, return_exceptions=True)

    def _elsewhere(self, actor_id: str, contact_id: ContactId) -> bool:
        follows = self._node.follows
        others = (*follows.of_contact(contact_id), *follows.of_visit(contact_id))
        return any(other.actor.id == actor_id for other in others)

    async def _leave_later(self, actor: Actor, contact_id: ContactId) -> None:
        await asyncio.sleep(self._back_within_s)
        self._timers.pop((actor.id, contact_id), None)
        try:
            await self._leave(actor, contact_id)
        except FyrError as refusal:
            log.warning("leave_refused", code=refusal.code)

    async def _leave(self, actor: Actor, contact_id: ContactId) -> None:
        head = await self._node.log.head(contact_stream(contact_id))
        visit = head.state.get(Visit)
        member = visit.member(participant_id(visit.visit_id, actor.id))
        if member is None or member.place == "left":
            return
        gates = self._node.gates
        access = await gates.access_contact(actor, contact_id, right="visit", action="visit:leave", reads=False)
        await self._node.visits.leave(access, visit.visit_id)

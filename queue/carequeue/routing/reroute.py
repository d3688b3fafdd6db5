"""Once a contact is understood as below urgent it is routed once more: a full day, and who knows the patient.

A letter stays where it was written to, until it is urgent, or not understood: then it goes where a chat would go.

Once a wait, by an append that asks the state again. Arrival and level are parts of the state it does not touch.
"""

from collections.abc import Awaitable, Callable

from carequeue.entries import Queued
from carequeue.order import level_in_queue
from carequeue.routing.entries import NeedsSet
from carequeue.routing.keeper import KEEPER
from carequeue.routing.route import Seeker
from carequeue.routing.router import Router
from carequeue.state import Place
from core.clock import Clock
from core.ids import StreamId
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.log import Log
from triage.state import Triage
from triage.urgency import RANK

SeekerOf = Callable[[Head], Awaitable[Seeker]]
"""Who seeks care in a contact, as far as it decides where they go."""
MayMove = Callable[[Head], Awaitable[Callable[[str], bool]]]
"""The units a contact may be moved to: of the same legal care giver, unless the patient keeps it from others."""


class Rerouter:
    """Called when a contact has been assessed; may be called twice."""

    def __init__(self, log: Log, router: Router, *, seeker_of: SeekerOf, may_move: MayMove, clock: Clock) -> None:
        self._log = log
        self._router = router
        self._seeker_of = seeker_of
        self._may_move = may_move
        self._clock = clock

    async def __call__(self, stream: StreamId) -> None:
        """Route it, if it waits, is below urgent, and has not been routed again in this wait; also an urgent letter."""
        head = self._log.remembered(stream) or await self._log.head(stream)
        if _cannot_wait(head):
            await self._at_once(head)
        if not _is_due(head):
            return
        seeker, may_go = await self._seeker_of(head), await self._may_move(head)
        place = head.state.get(Place)
        route = await self._router.again(
            place.unit_id, seeker, arrived_ms=place.arrived_ms, now_ms=self._clock.ms(), may_go=may_go
        )
        needs = tuple(sorted(route.needs))
        body: Body = NeedsSet(needs=needs, steps=route.steps, again=True)
        if route.unit_id != place.unit_id:
            body = Queued(unit_id=route.unit_id, steps=route.steps, needs=needs, service=place.service, again=True)
        elif set(needs) == set(place.needs) and not any(step.policy == "intake_cap" for step in route.steps):
            return
        same = still(lambda now: _is_due(now) and now.state.get(Place).unit_id == place.unit_id)
        await self._log.step(Append(stream, (body,), KEEPER, f"{stream}/{place.arrived_ms}/again", require=same))

    async def _at_once(self, head: Head) -> None:
        """To where somebody is, while the unit it was written to is closed."""
        place, seeker = head.state.get(Place), await self._seeker_of(head)
        may_go, now_ms = await self._may_move(head), self._clock.ms()
        route = await self._router.at_once(place.unit_id, seeker, now_ms=now_ms, may_go=may_go)
        if route.unit_id == place.unit_id:
            return
        needs = tuple(sorted(route.needs))
        body = Queued(unit_id=route.unit_id, steps=route.steps, needs=needs, service=place.service, again=True)
        same = still(lambda now: _cannot_wait(now) and now.state.get(Place).unit_id == place.unit_id)
        client_id = f"{head.stream}/{place.arrived_ms}/at_once"
        await self._log.step(Append(head.stream, (body,), KEEPER, client_id, require=same))


def _cannot_wait(head: Head) -> bool:
    """A letter that counts as urgent, and has not been taken elsewhere in this wait."""
    place, level = head.state.get(Place), level_in_queue(head.state.get(Triage))
    urgent = RANK[level] <= RANK["urgent"]
    return place.letter and urgent and place.status == "waiting" and not place.routed_again


def _is_due(head: Head) -> bool:
    """A need that has fallen away is not asked for again."""
    place, triage = head.state.get(Place), head.state.get(Triage)
    if place.letter:  # it was written to this unit
        return False
    below = triage.assessed and RANK[level_in_queue(triage)] > RANK["urgent"]
    return place.status == "waiting" and bool(place.unit_id) and below and not place.routed_again and not place.widened

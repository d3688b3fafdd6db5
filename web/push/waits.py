"""Where waiting contacts stand: looked up when somebody asks and every five seconds, remembered in between."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from carequeue.deadlines import MINUTE_MS
from carequeue.order import waits_as_letter
from carequeue.promise.promise import Promise
from carequeue.promise.promiser import Promiser, Told
from carequeue.promise.store import PromiseRows
from carequeue.state import Place
from carequeue.waited.store import WaitedRows
from core.ids import ContactId, contact_of
from core.log.append import Head
from core.zones import ZONES
from triage.state import Triage
from web.push.views import wire_time
from web.wire.contact import Wait

if TYPE_CHECKING:
    from web.node import Node


class Waits:
    """The last told place and interval of each contact that somebody here watches."""

    def __init__(self, node: "Node", promises: PromiseRows, waited: WaitedRows) -> None:
        self._node = node
        self._promiser = Promiser(
            promises,
            node.places,
            waited,
            deadlines=node.deadlines,
            clock=node.clock,
            zone=ZONES[node.settings.country],
            nurses_on=node.duties.taking,
        )
        self._known: dict[ContactId, Wait] = {}

    def known(self, contact_id: ContactId) -> Wait | None:
        """As it was last looked up; asks nothing."""
        return self._known.get(contact_id)

    async def look(self, head: Head) -> Wait | None:
        """As it is now; None once somebody has the contact, and for a letter, which is answered by a day and no place.

        Nobody is promised anything where nobody is on duty.
        """
        contact_id = contact_of(head.stream)
        place = head.state.get(Place)
        if place.status != "waiting" or waits_as_letter(place, head.state.get(Triage)):
            self._known.pop(contact_id, None)
            return None
        unit_id = place.unit_id
        if self._node.duties.is_manned(unit_id):
            wait = told_wait(await self._promiser.tell(head), now_ms=self._node.now_ms())
        else:
            number = await self._promiser.place(head)
            wait = Wait(place=number, nobody=True, opens_at=self._node.opens_at(unit_id))
        steering = self._node.steerings.at(unit_id)
        wait = msgspec.structs.replace(
            wait, surge=steering.surge is not None, outage=steering.outage.texts if steering.outage else {}
        )
        self._known[contact_id] = wait
        return wait

    def keep_only(self, contacts: Iterable[ContactId]) -> None:
        """Forget everyone else."""
        kept = set(contacts)
        self._known = {contact_id: wait for contact_id, wait in self._known.items() if contact_id in kept}


def told_wait(told: Told, *, now_ms: int) -> Wait:
    """What a promise comes to now, in minutes from now. Pure."""
    interval = _left(told.promise, now_ms) if told.promise is not None else None
    if interval is None or told.promise is None or told.promise.until_ms is None:
        return Wait(place=told.place, broken=told.broken, slower=told.slower)
    low_min, high_min = interval
    return Wait(
        place=told.place,
        low_min=low_min,
        high_min=high_min,
        until=wire_time(told.promise.until_ms),
        broken=told.broken,
        slower=told.slower,
    )


def _left(promise: Promise, now_ms: int) -> tuple[int, int] | None:
    """To the nearest minute from below and to the whole one above: some seconds after it was told it is the same."""
    if promise.from_ms is None or promise.until_ms is None:
        return None
    low_min = max(0, (promise.from_ms - now_ms + MINUTE_MS // 2) // MINUTE_MS)
    return low_min, max(1, low_min, -((now_ms - promise.until_ms) // MINUTE_MS))

"""An actor as they stand now: who the directory says they are, with the doors that are open to them."""

import msgspec

from core.access.rule import holds
from core.access.store import Doors
from core.actor import Actor
from core.clock import Clock
from core.directory.store import Directory


class Standing:
    """Reads actors; every call reads what is committed now."""

    def __init__(self, directory: Directory, doors: Doors, clock: Clock) -> None:
        self._directory = directory
        self._doors = doors
        self._clock = clock

    async def actor(self, actor_id: str, *, session_id: str | None = None, address: str = "") -> Actor | None:
        """The actor with everything that lets them in, at this address; None when there is nobody of that id."""
        actor = await self._directory.actor(actor_id, session_id=session_id)
        if actor is not None and address:
            actor = msgspec.structs.replace(actor, address=address)
        if actor is None or actor.staff_id is None:
            return actor
        of_care = sorted({role.unit_id for role in actor.roles if holds(actor, "open", unit_id=role.unit_id)})
        if not of_care:
            return actor
        doors = await self._doors.open_to(actor.staff_id, of_care, now_ms=self._clock.ms())
        return msgspec.structs.replace(actor, openings=doors) if doors else actor

"""An actor as they stand now: who the directory says they are, whom they act for, and the doors open to them."""

import msgspec

from core.access.rule import holds
from core.access.store import Doors
from core.actor import Actor, Opening
from core.clock import Clock
from core.directory.store import Directory
from core.identity.register import Register


class Standing:
    """Reads actors; every call reads what is committed now."""

    def __init__(self, directory: Directory, doors: Doors, register: Register, *, clock: Clock) -> None:
        self._directory = directory
        self._doors = doors
        self._register = register
        self._clock = clock

    async def actor(self, actor_id: str, *, session_id: str | None = None, address: str = "") -> Actor | None:
        """The actor with all that lets them in, at this address; None when there is nobody of that id who may act."""
        actor = await self._directory.actor(actor_id, session_id=session_id)
        if actor is None:
            return None
        if address:
            actor = msgspec.structs.replace(actor, address=address)
        return await self._of_patient(actor) if actor.person_id is not None else await self._of_staff(actor)

    async def _of_patient(self, actor: Actor) -> Actor | None:
        """Whoever was merged into another acts as that one; a child too young to act alone is nobody here."""
        person_id = await self._register.rows.survivor(actor.person_id or "")
        if person_id != actor.person_id:
            merged = await self._directory.actor(f"patient:{person_id}", session_id=actor.session_id)
            if merged is None:
                return None
            actor = msgspec.structs.replace(merged, address=actor.address)
        person = await self._directory.person(person_id)
        if person is None or not self._register.may_act_alone(person.born_on):
            return None
        represents = await self._register.represented_by(person_id)
        return msgspec.structs.replace(actor, represents=represents) if represents else actor

    async def _of_staff(self, actor: Actor) -> Actor:
        kept_from = await self._kept_from(actor.staff_id or "")
        if kept_from:
            actor = msgspec.structs.replace(actor, kept_from=kept_from)
        of_care = sorted({role.unit_id for role in actor.roles if holds(actor, "open", unit_id=role.unit_id)})
        if not of_care or actor.staff_id is None:
            return actor
        doors = await self._doors.open_to(actor.staff_id, of_care, now_ms=self._clock.ms())
        opened = tuple([await self._with_merged(door) for door in doors])
        return msgspec.structs.replace(actor, openings=opened) if opened else actor

    async def _kept_from(self, staff_id: str) -> frozenset[str]:
        """Whoever keeps them out, by every name they were known by."""
        persons = await self._doors.kept_from(staff_id)
        return frozenset([one for person_id in persons for one in await self._register.rows.same(person_id)])

    async def _with_merged(self, door: Opening) -> Opening:
        """The door also to whoever turned out to be the person, but not past a block they had made."""
        _, *before = await self._register.rows.same(door.person_id)
        passable = [one for one in before if door.basis == "emergency" or not await self._is_shut(door, one)]
        return msgspec.structs.replace(door, also=tuple(passable)) if passable else door

    async def _is_shut(self, door: Opening, person_id: str) -> bool:
        held = await self._doors.blocks_of(person_id)
        return any(one.provider_id == door.provider_id and one.unit_id in ("", door.unit_id) for one in held)

"""Opening, closing and blocking: what staff and patients do about walls. Each is an append; the rule reads the rows.

A door is opened for one person, on a basis, with a reason, for a time. One that life depends on passes every block, is
told the patient and the units it concerns, and stands first when looks are reviewed.
"""

from collections.abc import Awaitable, Callable, Sequence

from core.access.entries import (
    Blocked,
    BlockLifted,
    DoorClosed,
    DoorOpened,
    LookedIn,
    OpenedOn,
    ShareAgreed,
    ShareEnded,
)
from core.access.gates import ContactAccess
from core.access.kinds import Block, Door
from core.access.rule import holds
from core.access.store import Doors
from core.actor import Actor, system_actor
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Head
from core.log.entry import Scope
from core.log.log import Log

HOUR_MS = 60 * 60 * 1000
LASTS_MS: dict[OpenedOn, int] = {"care": 12 * HOUR_MS, "consent": 12 * HOUR_MS, "emergency": HOUR_MS}
"""A long shift; an emergency is over sooner, and opening again asks for the reason again."""
SHARED_AT_MOST_MS = 366 * 24 * HOUR_MS
REASON_LIMIT = 500
KEEPER = system_actor("doorkeeper")


Same = Callable[[str], Awaitable[list[str]]]
"""Everyone who is this person: who they are today first, then whoever turned out to be them."""


async def only_themselves(person_id: str) -> list[str]:
    """Where nobody is ever merged."""
    return [person_id]


class Doorkeeper:
    """The commands."""

    def __init__(self, log: Log, doors: Doors, clock: Clock, *, same: Same = only_themselves) -> None:
        self._log = log
        self._doors = doors
        self._clock = clock
        self._same = same

    async def open(
        self, actor: Actor, person_id: str, *, at_unit_id: str, basis: OpenedOn, reason: str, client_id: str
    ) -> list[StreamId]:
        """Open the doors to what others know of a person; gives the contacts that lie behind them, newest first.

        `care` opens the other units of one's own legal care giver, `consent` those of others; neither passes a block.
        `emergency` opens everything, for an hour. Raises `not_found` (nobody, nothing there, or blocked: the three look
        the same), `empty`, `too_long`.
        """
        _check_reason(reason)
        own = next((role for role in actor.roles if role.unit_id == at_unit_id), None)
        if own is None or not holds(actor, "open", unit_id=at_unit_id):
            raise FyrError("not_found")
        person_id, *before = await self._same(person_id)
        behind = await self._behind(actor, (person_id, *before), own.provider_id, basis=basis)
        if not behind:
            raise FyrError("not_found")
        places = {("", "")} if basis == "emergency" else {(one.unit_id, one.provider_id) for one in behind.values()}
        for unit_id, provider_id in sorted(places):
            opened = DoorOpened(
                staff_id=actor.staff_id or "",
                person_id=person_id,
                at_unit_id=at_unit_id,
                basis=basis,
                reason=reason.strip(),
                unit_id=unit_id,
                provider_id=provider_id,
                until_ms=self._clock.ms() + LASTS_MS[basis],
            )
            await self._make(opened, actor, person_id=person_id, client_id=f"{client_id}/{unit_id}")
        return list(behind)

    async def _behind(
        self, actor: Actor, same: Sequence[str], provider_id: str, *, basis: OpenedOn
    ) -> dict[StreamId, Scope]:
        """The person's contacts outside the actor's units that this basis may open, also from before a merge."""
        streams = [name for one in same for name in await self._log.streams_about(one)]
        scopes = {name: one.scope for name, one in (await self._log.numbers(streams)).items()}
        kept_out = not actor.kept_from.isdisjoint(same)
        if kept_out and basis != "emergency":
            return {}
        own_units = set[str]() if kept_out else {role.unit_id for role in actor.roles}
        beyond = {name: scopes[name] for name in streams if name in scopes and scopes[name].unit_id not in own_units}
        if basis == "emergency":
            return beyond
        shut = [(one.provider_id, one.unit_id) for person in same for one in await self._doors.blocks_of(person)]
        inside = basis == "care"
        return {
            name: scope
            for name, scope in beyond.items()
            if (scope.provider_id == provider_id) == inside
            and (scope.provider_id, scope.unit_id) not in shut
            and (inside or (scope.provider_id, "") not in shut)
        }

    async def close(self, actor: Actor, door_id: str, *, client_id: str) -> None:
        """End a door before its time: who opened it, the patient it concerns, or who decides for them.

        Raises `not_found`.
        """

        def require(head: Head) -> None:
            part = head.state.get(Door)
            if part.basis == "shared" or (actor.staff_id or "") not in ("", part.staff_id):
                raise FyrError("not_found")
            if actor.kind == "patient" and not actor.may_block_for(part.person_id, now_ms=self._clock.ms()):
                raise FyrError("not_found")

        why = DoorClosed(why="done" if actor.kind == "staff" else "refused")
        await self._log.append(Append(_door(door_id), (why,), actor, client_id, require=require))

    async def share(
        self, access: ContactAccess, with_unit_id: str, *, until_ms: int, reason: str, client_id: str
    ) -> str:
        """Answer for the contact's person together with another unit; gives the agreement's id.

        Raises `not_found` when the contact names nobody, `bad_request`, `empty`, `too_long`.
        """
        _check_reason(reason)
        scope, now_ms = access.head.scope, self._clock.ms()
        if not scope.person_id or with_unit_id == scope.unit_id:
            raise FyrError("not_found")
        if not now_ms < until_ms <= now_ms + SHARED_AT_MOST_MS:
            raise FyrError("bad_request", where="$.until", what="within a year")
        agreed = ShareAgreed(
            person_id=scope.person_id,
            unit_id=scope.unit_id,
            provider_id=scope.provider_id,
            with_unit_id=with_unit_id,
            until_ms=until_ms,
            reason=reason.strip(),
        )
        return await self._make(agreed, access.actor, person_id=scope.person_id, client_id=client_id)

    async def end_share(self, actor: Actor, door_id: str, *, client_id: str) -> None:
        """End an agreement: who answers for the unit whose contacts it opens. Raises `not_found`."""

        def require(head: Head) -> None:
            part = head.state.get(Door)
            if part.basis != "shared" or not holds(actor, "share", unit_id=part.unit_id):
                raise FyrError("not_found")

        await self._log.append(Append(_door(door_id), (ShareEnded(),), actor, client_id, require=require))

    async def block(self, actor: Actor, blocked: Blocked, *, client_id: str) -> None:
        """Keep what a unit (empty: a legal care giver) knows of a person to itself, or all of it from a member of
        staff. One in force is enough."""
        stream = _block(blocked)
        head = (await self._log.heads([stream])).get(stream)
        if head is None or not head.state.get(Block).in_force:
            scope = Scope(person_id=blocked.person_id)
            await self._log.append(Append(stream, (blocked,), actor, client_id, create=scope))

    async def unblock(self, actor: Actor, blocked: Blocked, *, client_id: str) -> None:
        """Lift such a block. Raises `not_found`."""

        def require(head: Head) -> None:
            if not head.state.get(Block).in_force:
                raise FyrError("not_found")

        await self._log.append(Append(_block(blocked), (BlockLifted(),), actor, client_id, require=require))

    async def tell(self, stream: StreamId, _: int) -> None:
        """A door was opened: say so in every contact behind it, once, to the patient and to who cares there."""
        head = await self._log.head(stream)
        part = head.state.get(Door)
        if part.basis != "emergency":
            return
        for person_id in await self._same(part.person_id):
            for contact in await self._log.streams_about(person_id):
                told = LookedIn(at_unit_id=part.at_unit_id)
                await self._log.append(Append(contact, (told,), KEEPER, f"{stream}/{contact}"))

    async def _make(self, body: DoorOpened | ShareAgreed, actor: Actor, *, person_id: str, client_id: str) -> str:
        """A door of its own; a repeat of the command is answered with the first."""
        stream = _door(new_id())
        done = await self._log.append(Append(stream, (body,), actor, client_id, create=Scope(person_id=person_id)))
        return done.stream.removeprefix("door:")


def _door(door_id: str) -> StreamId:
    return StreamId(f"door:{door_id}")


def _block(blocked: Blocked) -> StreamId:
    what = f"staff:{blocked.staff_id}" if blocked.staff_id else f"{blocked.provider_id}:{blocked.unit_id}"
    return StreamId(f"block:{blocked.person_id}:{what}")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise FyrError("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise FyrError("too_long", field="reason", limit=REASON_LIMIT)

"""The commands of a visit: start, come, let in, leave, end. Each is one append in the contact's log."""

import hashlib
from typing import Final

from core.access.gates import ContactAccess
from core.actor import Actor, system_actor
from core.clock import Clock
from core.errors import ErrorCode, FyrError
from core.ids import VisitId, contact_stream, new_id
from core.log.append import Append, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from rtc.entries import (
    VisitAdmitted,
    VisitEnded,
    VisitJoined,
    VisitKnocked,
    VisitLeft,
    VisitRole,
    VisitStarted,
)
from rtc.missed import missed_by_end
from rtc.state import Member, Visit

RETURN_MS = 10 * 60 * 1000
"""Who was let in and has lost the line, or left, comes straight in again for so long."""
MOVED: Final = "not_connected"
"""Raised inside the transaction: somebody was let in or sent back between the look and the step."""
LINES = system_actor("lines")
"""Who notes that somebody has left whose node has died with their line."""


def participant_id(visit_id: str, actor_id: str) -> str:
    """Someone's id within one visit: the same each time they come, and nothing can be read from it."""
    return hashlib.sha256(f"{visit_id}/{actor_id}".encode()).hexdigest()[:16]


def visit_role(actor: Actor, visit: Visit) -> VisitRole:
    """What someone is in a visit; a guest is what they were invited as. Raises `not_found` for a guest of another."""
    if actor.kind != "guest":
        return "clinician" if actor.kind == "staff" else "patient"
    own = participant_id(visit.visit_id, actor.id)
    for guest in visit.guests:
        if guest.participant == own:
            return guest.role
    raise FyrError("not_found")


class Visits:
    """Visits of contacts. Nobody but staff enters unadmitted."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    async def start(
        self, access: ContactAccess, *, guard: Require, client_id: str, beside: tuple[Body, ...] = ()
    ) -> VisitId:
        """Open a visit and be in it, with what is told `beside` it; when one goes on already, come to that one.

        Raises what `guard` raises, and `visit_over` when the one that this very command opened has ended since.
        """
        going_on = access.head.state.get(Visit).visit_id
        if going_on:
            await self.enter(access, going_on)
            return VisitId(going_on)
        visit_id = VisitId(new_id())
        joined = _joined(Visit(visit_id=visit_id), access.actor)
        condition = every(guard, _none_going_on)
        bodies = (*beside, VisitStarted(visit_id=visit_id), joined)
        await self._append(access, *bodies, require=condition, client_id=client_id)
        return await self._current(access)

    async def enter(self, access: ContactAccess, visit_id: str) -> Member:
        """Come to a visit: staff and who was let in before, not long ago, are in; others wait in the lobby.

        Who was put aside comes back to that. Raises `visit_over`, `removed`.
        """
        participant, stream = participant_id(visit_id, access.actor.id), contact_stream(access.contact_id)
        try:
            await self._come(access, access.head, visit_id)
        except FyrError as refusal:
            if refusal.code != MOVED:
                raise
            await self._come(access, await self._log.head(stream), visit_id)
        member = (await self._log.head(stream)).state.get(Visit).member(participant)
        if member is None:
            raise FyrError("visit_over")
        return member

    async def _come(self, access: ContactAccess, head: Head, visit_id: str) -> None:
        """By what is known in `head`. Raises `MOVED` when it has changed meanwhile where they belong."""
        visit, staff = head.state.get(Visit), access.actor.kind == "staff"
        if visit.visit_id != visit_id:
            raise FyrError("visit_over")
        participant = participant_id(visit_id, access.actor.id)
        known = visit.member(participant)
        straight_in = self._comes_straight_in(known, staff=staff)
        if known is not None and known.place in (("in", "aside") if straight_in else ("lobby",)):
            return

        def belongs(head: Head) -> None:
            if self._comes_straight_in(head.state.get(Visit).member(participant), staff=staff) != straight_in:
                raise FyrError(MOVED)

        body = _joined(visit, access.actor) if straight_in else _knocked(visit, access.actor)
        await self._append(access, body, require=every(going_on(visit_id), belongs))

    def _comes_straight_in(self, known: Member | None, *, staff: bool) -> bool:
        """Raises `removed` for who was put out of this visit."""
        if known is not None and known.removed:
            raise FyrError("removed")
        if staff or known is None:
            return staff
        late = known.place == "left" and self._clock.ms() - known.since_ms > RETURN_MS
        return known.admitted and not late

    async def admit(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Let someone in from the lobby. Raises `visit_over`, `not_found` when they are not there, or not any more."""

        def waits(head: Head) -> None:
            member = head.state.get(Visit).member(participant)
            if member is None or member.place not in ("lobby", "in"):
                raise FyrError("not_found")

        body = VisitAdmitted(visit_id=visit_id, participant=participant)
        await self._append(access, body, require=every(going_on(visit_id), waits))

    async def leave(self, access: ContactAccess, visit_id: str) -> None:
        """Leave; the visit goes on. Leaving a visit that is over, or twice, does nothing."""
        participant = participant_id(visit_id, access.actor.id)
        visit = access.head.state.get(Visit)
        member = visit.member(participant)
        if visit.visit_id == visit_id and member is not None and member.place != "left":
            await self._append(access, VisitLeft(visit_id=visit_id, participant=participant))

    async def gone(self, actor: Actor, head: Head, *, put_out: bool) -> None:
        """The same of somebody whose line is gone, or who may see the contact no more: no gate is asked for it.

        `put_out`: the latter. Raises `visit_over`, `not_found` when they have left meanwhile.
        """
        visit = head.state.get(Visit)
        participant = participant_id(visit.visit_id, actor.id)
        member = visit.member(participant)
        if member is not None and member.place != "left":
            body = VisitLeft(visit_id=visit.visit_id, participant=participant, put_out=put_out)
            condition = every(going_on(visit.visit_id), _not_left(participant))
            await self._log.append(Append(head.stream, (body,), actor, new_id(), require=condition))

    async def lost(self, head: Head, participant: str) -> None:
        """The same of somebody who has no line to any node, whoever they are. Raises as `gone` does."""
        visit = head.state.get(Visit)
        member = visit.member(participant)
        if member is None:
            raise FyrError("not_found")
        body = VisitLeft(visit_id=visit.visit_id, participant=participant, name=member.name)
        condition = every(going_on(visit.visit_id), _not_left(participant))
        await self._log.append(Append(head.stream, (body,), LINES, new_id(), require=condition))

    async def end(self, access: ContactAccess, visit_id: str) -> None:
        """End it for all; who was waited for and never came is noted first. Raises `visit_over` when it has ended."""
        visit, now_ms = access.head.state.get(Visit), self._clock.ms()
        duration_s = max(0, now_ms - visit.started_ms) // 1000
        ended = VisitEnded(visit_id=visit_id, duration_s=duration_s)
        await self._append(access, *missed_by_end(visit, now_ms), ended, require=going_on(visit_id))

    async def _current(self, access: ContactAccess) -> VisitId:
        head = await self._log.head(contact_stream(access.contact_id))
        visit_id = head.state.get(Visit).visit_id
        if not visit_id:
            raise FyrError("visit_over")
        return VisitId(visit_id)

    async def _append(
        self, access: ContactAccess, *bodies: Body, require: Require | None = None, client_id: str | None = None
    ) -> None:
        condition = every(access.allowed, require)
        stream = contact_stream(access.contact_id)
        await self._log.append(Append(stream, bodies, access.actor, client_id or new_id(), require=condition))


def going_on(visit_id: str, *, otherwise: ErrorCode = "visit_over") -> Require:
    """That this very visit goes on in the contact."""

    def require(head: Head) -> None:
        if head.state.get(Visit).visit_id != visit_id:
            raise FyrError(otherwise)

    return require


def is_in(participant: str) -> Require:
    """That somebody is in the visit. Raises `not_connected`."""

    def require(head: Head) -> None:
        member = head.state.get(Visit).member(participant)
        if member is None or member.place != "in":
            raise FyrError("not_connected")

    return require


def _not_left(participant: str) -> Require:
    def require(head: Head) -> None:
        member = head.state.get(Visit).member(participant)
        if member is None or member.place == "left":
            raise FyrError("not_found")

    return require


def _joined(visit: Visit, actor: Actor) -> VisitJoined:
    participant, role = participant_id(visit.visit_id, actor.id), visit_role(actor, visit)
    return VisitJoined(visit_id=visit.visit_id, participant=participant, name=actor.name, role=role)


def _knocked(visit: Visit, actor: Actor) -> VisitKnocked:
    participant, role = participant_id(visit.visit_id, actor.id), visit_role(actor, visit)
    return VisitKnocked(visit_id=visit.visit_id, participant=participant, name=actor.name, role=role)


def _none_going_on(head: Head) -> None:
    if head.state.get(Visit).visit_id:
        raise FyrError("wrong_state", state="visit")

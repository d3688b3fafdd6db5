"""The commands at the door of a visit and in it. Each is one append in the contact's log, which asks once more.

Staff who are in the visit themselves send back, put aside, bring back and remove; nobody does that to a clinician. From
the commit on nothing of the visit reaches who is not in it: the relay lets go of them, and so do the others' pages.
"""

from collections.abc import Sequence

from core.access.gates import ContactAccess
from core.clock import Clock
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from rtc.room.entries import (
    Company,
    CompanyTold,
    Identity,
    VisitBroughtBack,
    VisitExpected,
    VisitIdentified,
    VisitRemoved,
    VisitSentBack,
    VisitSetAside,
)
from rtc.room.tested import ConnectionResult, ConnectionTested, graded
from rtc.state import Member, Place, Visit
from rtc.visit import going_on, is_in, participant_id

MINUTE_MS = 60_000
LONGEST_WAIT_MIN = 180
COMPANY_MOST = 5
HERE: frozenset[Place] = frozenset({"lobby", "in", "aside"})


class Rooms:
    """What staff do with who comes to a visit, and what those say of themselves."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    async def identify(self, access: ContactAccess, visit_id: str, participant: str, *, how: Identity) -> None:
        """Say how one knows who somebody is. Raises `visit_over`, `not_found`."""
        member = _member(access, visit_id, participant, where=HERE)
        body = VisitIdentified(visit_id=visit_id, participant=participant, name=member.name, how=how)
        await self._append(access, body, every(going_on(visit_id), _stands(participant, HERE)))

    async def send_back(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Have somebody wait in the lobby again. Raises `visit_over`, `not_connected`, `not_found`, `wrong_state`."""
        where: frozenset[Place] = frozenset({"in", "aside"})
        member = _member(access, visit_id, participant, where=where)
        body = VisitSentBack(visit_id=visit_id, participant=participant, name=member.name)
        await self._move(access, body, participant, where=where)

    async def set_aside(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Talk on without somebody, who waits meanwhile. Raises as `send_back`."""
        where: frozenset[Place] = frozenset({"in"})
        member = _member(access, visit_id, participant, where=where)
        body = VisitSetAside(visit_id=visit_id, participant=participant, name=member.name)
        await self._move(access, body, participant, where=where)

    async def bring_back(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Talk with them again; who has lost the line meanwhile comes back to the visit. Raises as `send_back`."""
        member = _known(access, visit_id, participant)
        if not member.aside:
            raise FyrError("not_found")
        body = VisitBroughtBack(visit_id=visit_id, participant=participant, name=member.name)
        await self._move(access, body, participant, where=frozenset({"aside", "left"}))

    async def remove(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Put somebody out of this visit for good. Raises as `send_back`."""
        member = _member(access, visit_id, participant, where=HERE)
        body = VisitRemoved(visit_id=visit_id, participant=participant, name=member.name)
        await self._move(access, body, participant, where=HERE)

    async def expect(self, access: ContactAccess, visit_id: str, minutes: int) -> None:
        """Tell who waits that they are let in in so many minutes. Raises `visit_over`, `bad_request`."""
        if not 1 <= minutes <= LONGEST_WAIT_MIN:
            raise FyrError("bad_request", where="$.minutes", what=f"1 to {LONGEST_WAIT_MIN}")
        body = VisitExpected(visit_id=visit_id, at_ms=self._clock.ms() + minutes * MINUTE_MS)
        await self._append(access, body, going_on(visit_id))

    async def tell_company(self, access: ContactAccess, visit_id: str, company: Sequence[Company]) -> None:
        """Say who is in the room with oneself. Raises `visit_over`, `not_found`, `bad_request`."""
        said = tuple(dict.fromkeys(company))
        if not said or len(said) > COMPANY_MOST or ("nobody" in said and len(said) > 1):
            raise FyrError("bad_request", where="$.company", what="somebody, or nobody")
        own = participant_id(visit_id, access.actor.id)
        member = _member(access, visit_id, own, where=HERE)
        body = CompanyTold(visit_id=visit_id, participant=own, name=member.name, company=said)
        await self._append(access, body, every(going_on(visit_id), _stands(own, HERE)))

    async def tell_test(self, access: ContactAccess, result: ConnectionResult, *, client_id: str) -> None:
        """Tell the unit how one's test went. Raises `bad_request`."""
        body = ConnectionTested(name=access.actor.name, grade=graded(result), result=result)
        command = Append(access.head.stream, (body,), access.actor, client_id, require=access.allowed)
        await self._log.append(command)

    async def _move(self, access: ContactAccess, body: Body, participant: str, *, where: frozenset[Place]) -> None:
        visit_id = access.head.state.get(Visit).visit_id
        own = participant_id(visit_id, access.actor.id)
        condition = every(going_on(visit_id), is_in(own), _stands(participant, where), _no_clinician(participant))
        await self._append(access, body, condition)

    async def _append(self, access: ContactAccess, body: Body, require: Require) -> None:
        condition = every(access.allowed, require)
        await self._log.append(Append(access.head.stream, (body,), access.actor, new_id(), require=condition))


def _known(access: ContactAccess, visit_id: str, participant: str) -> Member:
    visit = access.head.state.get(Visit)
    if visit.visit_id != visit_id:
        raise FyrError("visit_over")
    member = visit.member(participant)
    if member is None:
        raise FyrError("not_found")
    return member


def _member(access: ContactAccess, visit_id: str, participant: str, *, where: frozenset[Place]) -> Member:
    member = _known(access, visit_id, participant)
    if member.place not in where:
        raise FyrError("not_found")
    return member


def _stands(participant: str, where: frozenset[Place]) -> Require:
    def require(head: Head) -> None:
        member = head.state.get(Visit).member(participant)
        if member is None or member.place not in where:
            raise FyrError("not_found")

    return require


def _no_clinician(participant: str) -> Require:
    def require(head: Head) -> None:
        member = head.state.get(Visit).member(participant)
        if member is not None and member.role == "clinician":
            raise FyrError("wrong_state", state="clinician")

    return require

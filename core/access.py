"""The gates. Data about people is reached through these functions only; missing and forbidden give the same answer."""

from typing import NoReturn

import msgspec

from core.actor import Actor
from core.audit.trail import AuditTrail, Outcome
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream
from core.log.append import Head, Require
from core.log.entry import Scope
from core.log.kinds import Audience
from core.log.log import Log

NO_SCOPE = Scope()


class ContactAccess(msgspec.Struct, frozen=True):
    """An open gate to one contact, for one actor. `allowed` repeats the question inside a write's transaction."""

    contact_id: ContactId
    actor: Actor
    audience: Audience
    head: Head
    allowed: Require


class UnitAccess(msgspec.Struct, frozen=True):
    """An open gate to one unit's board."""

    unit_id: str
    provider_id: str
    actor: Actor


def audience_of(actor: Actor) -> Audience:
    """Whose view of an entry this actor gets."""
    return "staff" if actor.kind in ("staff", "system") else "patient"


def may_enter(actor: Actor, scope: Scope) -> bool:
    """Staff with a role at the contact's unit, of the same legal care giver; the patient; who opened it for them."""
    if actor.kind == "staff":
        role = actor.role_at(scope.unit_id)
        return role is not None and role.provider_id == scope.provider_id
    if actor.kind == "patient":
        return scope.opener_id == actor.id or (actor.person_id is not None and scope.person_id == actor.person_id)
    return actor.kind == "system"


class Gates:
    """The gates with what they need: the log to look the scope up, the trail to tell who looked."""

    def __init__(self, log: Log, trail: AuditTrail) -> None:
        self._log = log
        self._trail = trail

    async def access_contact(
        self, actor: Actor, contact_id: str, *, action: str, reads: bool, rechecked: bool = False
    ) -> ContactAccess:
        """Let the actor to one contact.

        A read is recorded before it is answered; a write is recorded by the entry it makes. `rechecked` promises that
        nothing happens but a write that requires `allowed`: then what this node remembers will do to go on, since the
        database is asked in the write's own transaction. Raises `not_found`.
        """
        stream = contact_stream(ContactId(contact_id))
        head = self._log.remembered(stream) if rechecked and not reads else None
        if head is None or not may_enter(actor, head.scope):
            head = await self._head(actor, stream, action=action, reads=reads)
        return ContactAccess(ContactId(contact_id), actor, audience_of(actor), head, still_allowed(actor))

    async def _head(self, actor: Actor, stream: StreamId, *, action: str, reads: bool) -> Head:
        head = (await self._log.heads([stream])).get(stream)
        if head is None or not may_enter(actor, head.scope):
            scope = head.scope if head else NO_SCOPE
            await self._trail.record(actor, action=action, about=stream, scope=scope, outcome="refused")
            raise FyrError("not_found")
        if reads:
            await self._trail.record(actor, action=action, about=stream, scope=head.scope, outcome="allowed")
        return head

    async def access_unit(self, actor: Actor, unit_id: str, *, action: str) -> UnitAccess:
        """Let staff to a unit where they have a role; recorded. Raises `not_found`."""
        role = actor.role_at(unit_id)
        scope = Scope(unit_id=unit_id, provider_id=role.provider_id if role else "")
        outcome: Outcome = "allowed" if role is not None else "refused"
        await self._trail.record(actor, action=action, about=f"unit:{unit_id}", scope=scope, outcome=outcome)
        if role is None:
            raise FyrError("not_found")
        return UnitAccess(unit_id, role.provider_id, actor)

    async def access_own(self, actor: Actor, *, action: str) -> Actor:
        """Let someone to what is their own; recorded."""
        scope = Scope(person_id=actor.person_id or "")
        await self._trail.record(actor, action=action, about=actor.id, scope=scope, outcome="allowed")
        return actor

    async def refuse(self, actor: Actor, *, action: str) -> NoReturn:
        """Record that the actor asked for what their kind never may, and raise `not_found`."""
        await self._trail.record(actor, action=action, about=actor.id, scope=NO_SCOPE, outcome="refused")
        raise FyrError("not_found")


def still_allowed(actor: Actor) -> Require:
    """The gate's question asked again inside the transaction: access may have ended since it was opened."""

    def require(head: Head) -> None:
        if not head.fresh and not may_enter(actor, head.scope):
            raise FyrError("not_found")

    return require

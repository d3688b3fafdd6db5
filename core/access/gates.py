"""The gates. Data about people is reached through these functions only; missing and forbidden give the same answer."""

from collections.abc import Callable
from typing import NamedTuple, NoReturn

import msgspec

from core.access.rights import OF_GUESTS, Right
from core.access.rule import Ground, enters_until_ms, ground_of, holds, may_enter
from core.actor import FOR_EVER_MS, Actor
from core.audit.trail import AuditTrail
from core.clock import Clock
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream
from core.log.append import Head, Require
from core.log.entry import Scope
from core.log.kinds import Audience
from core.log.log import IS_ID, Log

NO_SCOPE = Scope()
LET_IN = 10_000
"""How many are remembered to have been let in."""
Admits = Callable[[Actor, Head], bool]
"""Whether what goes on in a contact is what a guest was invited to; core knows no visit."""


def no_guests(_: Actor, __: Head) -> bool:
    """Where nobody is ever invited."""
    return False


class ContactAccess(msgspec.Struct, frozen=True):
    """An open gate to one contact, for one actor. `allowed` repeats the question inside a write's transaction."""

    contact_id: ContactId
    actor: Actor
    audience: Audience
    head: Head
    allowed: Require


class LetIn(NamedTuple):
    """Somebody who was let in, and until when."""

    actor: Actor
    scope: Scope
    until_ms: int
    """`FOR_EVER_MS` when no clock ends it."""


class UnitAccess(msgspec.Struct, frozen=True):
    """An open gate to one unit's board."""

    unit_id: str
    provider_id: str
    actor: Actor


def audience_of(actor: Actor) -> Audience:
    """Whose view of an entry this actor gets."""
    return "staff" if actor.kind in ("staff", "system") else "patient"


class Gates:
    """The gates with what they need: the log to look the scope up, the trail to tell who looked."""

    def __init__(self, log: Log, trail: AuditTrail, clock: Clock, *, admits: Admits = no_guests) -> None:
        self._log = log
        self._trail = trail
        self._clock = clock
        self._admits = admits
        self._let_in: dict[tuple[int, Right], LetIn] = {}
        self._still: dict[tuple[int, Right], tuple[Actor, Require]] = {}

    async def access_contact(
        self, actor: Actor, contact_id: str, *, right: Right, action: str, reads: bool, rechecked: bool = False
    ) -> ContactAccess:
        """Let the actor to one contact, for what the right covers.

        A read is recorded before it is answered; a write is recorded by the entry it makes. `rechecked` promises that
        nothing happens but a write that requires `allowed`: then what this node remembers will do to go on, since the
        database is asked in the write's own transaction. Raises `not_found`.
        """
        known = self.remembered_contact(actor, contact_id, right=right) if rechecked and not reads else None
        if known is not None:
            return known
        stream = contact_stream(ContactId(contact_id))
        head = await self._head(actor, stream, right=right, action=action, reads=reads)
        return ContactAccess(ContactId(contact_id), actor, audience_of(actor), head, self.still(actor, right))

    def remembered_contact(self, actor: Actor, contact_id: str, *, right: Right) -> ContactAccess | None:
        """The same for a write that requires `allowed`, of a contact that this node remembers.

        None where SQL is to be asked, as before every no.
        """
        named = ContactId(contact_id)
        head = self._log.remembered(contact_stream(named))
        if head is None or not self.lets_in(actor, head.scope, right=right):
            return None
        return ContactAccess(named, actor, audience_of(actor), head, self.still(actor, right))

    def lets_in(self, actor: Actor, scope: Scope, *, right: Right) -> bool:
        """Whether anything lets the actor do this now. A yes is kept until something it depends on changes: who they
        are and whom it concerns are values, so it holds for these very objects until the first of them ends."""
        known = self._let_in.get((id(actor), right))
        if known is not None and known.actor is actor and known.scope is scope:
            until_ms = known.until_ms
            if until_ms == FOR_EVER_MS or self._clock.ms() < until_ms:
                return True
        until_ms = enters_until_ms(actor, scope, right=right, now_ms=self._clock.ms())
        if until_ms:
            if len(self._let_in) >= LET_IN:
                self._let_in.clear()
            self._let_in[id(actor), right] = LetIn(actor, scope, until_ms)
        return until_ms > 0

    def still(self, actor: Actor, right: Right) -> Require:
        """The gate's question, to be asked again inside a write's transaction."""
        if actor.kind == "guest":
            return self._still_guest(actor, right)
        known = self._still.get((id(actor), right))
        if known is not None and known[0] is actor:
            return known[1]

        def require(head: Head) -> None:
            if not head.fresh and not self.lets_in(actor, head.scope, right=right):
                raise FyrError("not_found")

        if len(self._still) >= LET_IN:
            self._still.clear()
        self._still[id(actor), right] = actor, require
        return require

    def _still_guest(self, actor: Actor, right: Right) -> Require:
        """Of a guest nothing is remembered: what goes on in the contact is asked each time."""

        def require(head: Head) -> None:
            if self._ground(actor, head, right) is None:
                raise FyrError("not_found")

        return require

    async def _head(self, actor: Actor, stream: StreamId, *, right: Right, action: str, reads: bool) -> Head:
        head = await self._log.find_head(stream)
        ground = self._ground(actor, head, right) if head else None
        if head is None or ground is None:
            scope = head.scope if head else NO_SCOPE
            await self._trail.record(actor, action=action, about=stream, scope=scope, outcome="refused")
            raise FyrError("not_found")
        if reads:
            await self._trail.record(
                actor, action=action, about=stream, scope=head.scope, outcome="allowed", basis=ground
            )
        return head

    def _ground(self, actor: Actor, head: Head, right: Right) -> Ground | None:
        if actor.kind == "guest":
            return "guest" if right in OF_GUESTS and self._admits(actor, head) else None
        return ground_of(actor, head.scope, right=right, now_ms=self._clock.ms())

    async def access_unit(
        self, actor: Actor, unit_id: str, *, right: Right, action: str, previews: bool = False
    ) -> UnitAccess:
        """Let staff to a unit where a role of theirs gives the right; recorded. Raises `not_found`.

        With `previews` the look is recorded by `previewed`, once it is known how many contacts were shown.
        """
        role = actor.role_at(unit_id) if holds(actor, right, unit_id=unit_id) else None
        if role is None:
            scope = Scope(unit_id=unit_id) if IS_ID(unit_id) else NO_SCOPE  # it is kept in clear, whoever wrote it
            await self._trail.record(actor, action=action, about=f"unit:{unit_id}", scope=scope, outcome="refused")
            raise FyrError("not_found")
        access = UnitAccess(unit_id, role.provider_id, actor)
        if not previews:
            await self.previewed(access, action=action)
        return access

    async def previewed(self, access: UnitAccess, *, action: str, contacts: int | None = None) -> None:
        """Record a look at a unit, and how many contacts it showed. Nothing is handed out before this returns."""
        scope = Scope(unit_id=access.unit_id, provider_id=access.provider_id)
        about = f"unit:{access.unit_id}"
        await self._trail.record(
            access.actor, action=action, about=about, scope=scope, outcome="allowed", basis="unit", found=contacts
        )

    async def access_own(self, actor: Actor, *, action: str) -> Actor:
        """Let someone to what is their own; recorded."""
        scope = Scope(person_id=actor.person_id or "")
        await self._trail.record(actor, action=action, about=actor.id, scope=scope, outcome="allowed", basis="own")
        return actor

    async def refuse(self, actor: Actor, *, action: str, head: Head | None = None) -> NoReturn:
        """Record that the actor asked for what their kind never may, and raise `not_found`.

        `head`: of the contact they tried to come to, where the answer does not say so.
        """
        about, scope = (head.stream, head.scope) if head else (actor.id, NO_SCOPE)
        await self._trail.record(actor, action=action, about=about, scope=scope, outcome="refused")
        raise FyrError("not_found")


def still_allowed(actor: Actor, right: Right, clock: Clock) -> Require:
    """The gate's question asked again inside the transaction: access may have ended since it was opened."""

    def require(head: Head) -> None:
        if not head.fresh and not may_enter(actor, head.scope, right=right, now_ms=clock.ms()):
            raise FyrError("not_found")

    return require

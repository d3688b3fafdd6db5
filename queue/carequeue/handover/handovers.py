"""The commands of a hand-over. Each is one append that asks inside its transaction whether it may still be done."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from carequeue.claim import Claim, under_claim
from carequeue.handover.entries import (
    CaseAsked,
    CaseRefused,
    HandedOver,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
)
from carequeue.handover.rule import (
    has_asked,
    is_offered_to,
    live_offer,
    live_requests,
    may_ask,
    nothing_offered,
    stands,
)
from carequeue.handover.store import OfferRow, Offers
from carequeue.state import Place
from carequeue.store import Places
from core.access.gates import ContactAccess
from core.access.rights import RIGHTS, RoleName
from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Append, Appended, Head, Require, every, no_content_after
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log

REASON_LIMIT = 1_000
SBAR_LIMIT = 4_000
SBAR = ("situation", "background", "assessment", "recommendation")


IsShut = Callable[[Scope], Awaitable[bool]]


class Offered(NamedTuple):
    """An offer that stands, with the contact as it is and what was written."""

    head: Head
    body: HandOverOffered


class HandOvers:
    """Offering, accepting, asking. Who offers holds the contact until somebody has accepted."""

    def __init__(self, log: Log, offers: Offers, places: Places, *, is_shut: IsShut) -> None:
        """`is_shut`: whether what the unit of this scope knows is kept from all other units."""
        self._log = log
        self._is_shut = is_shut
        self._offers = offers
        self._places = places

    async def offer(
        self, access: ContactAccess, offered: HandOverOffered, *, client_id: str, seen_no: int | None
    ) -> Appended:
        """Offer it. Raises `stale_claim`, `closed`, `behind`, `empty`, `too_long`, `wrong_state` where one stands or
        the patient keeps what the unit knows from others.
        """
        for field in SBAR:
            _check(field, getattr(offered, field), SBAR_LIMIT)
        behind = no_content_after(seen_no) if seen_no is not None else None
        holds = under_claim(offered.claim_no, access.actor)
        await self._require_open(access.head, offered.to_unit)
        return await self._append(access, offered, client_id=client_id, require=every(holds, nothing_offered, behind))

    async def withdraw(self, access: ContactAccess, claim_no: int, *, client_id: str) -> Appended:
        """Keep it after all. Raises `stale_claim`, `closed`, `wrong_state` where nothing is offered."""
        offer = live_offer(access.head.state)
        body = HandOverWithdrawn(offer_id=offer.offer_id if offer else "")
        holds = under_claim(claim_no, access.actor)
        return await self._append(access, body, client_id=client_id, require=every(holds, _is_offered(body.offer_id)))

    async def accept(self, actor: Actor, unit_id: str, offer_id: str, *, client_id: str) -> Claim:
        """Take over what is offered to the actor at this unit, of which the gate has been asked.

        A repeat gives the first result. Raises `not_found`, `wrong_state` where somebody was first.
        """
        head = await self._offered(actor, unit_id, offer_id)
        if head is None:
            return await self._earlier(actor, client_id)
        await self._require_open(head, unit_id)
        place, offer = head.state.get(Place), live_offer(head.state)
        body = HandedOver(
            offer_id=offer_id,
            staff_id=actor.staff_id or "",
            name=actor.name,
            role=_role_of(actor, unit_id),
            unit_id=unit_id,
            unit_name=offer.unit_name if offer else "",
            moved=place.unit_id != unit_id,
            claim_no=place.claim_no + 1,
        )
        require = every(stands(offer_id, actor, unit_id), _after(place.claim_no))
        done = await self._log.append(Append(head.stream, (body,), actor, client_id, require=require))
        return await self._claim_at(done.stream, done.first_no)

    async def decline(self, actor: Actor, unit_id: str, offer_id: str, *, reason: str, client_id: str) -> Appended:
        """Say no to what is offered to the actor. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
        _check("reason", reason, REASON_LIMIT)
        head = await self._offered(actor, unit_id, offer_id)
        if head is None:
            raise FyrError("not_found")
        body = HandOverDeclined(offer_id=offer_id, reason=reason)
        return await self._log.append(
            Append(head.stream, (body,), actor, client_id, require=stands(offer_id, actor, unit_id))
        )

    async def ask(self, access: ContactAccess, reason: str, *, client_id: str) -> Appended:
        """Ask who holds the contact for it. Raises `wrong_state`, `closed`, `empty`, `too_long`."""
        _check("reason", reason, REASON_LIMIT)
        actor, place = access.actor, access.head.state.get(Place)
        body = CaseAsked(
            staff_id=actor.staff_id or "",
            name=actor.name,
            role=_role_of(actor, place.unit_id),
            reason=reason,
            claim_no=place.claim_no,
        )
        require = every(may_ask(actor), _after(place.claim_no))
        return await self._append(access, body, client_id=client_id, require=require)

    async def give(self, access: ContactAccess, to_staff: str, claim_no: int, *, client_id: str) -> Appended:
        """Give it to a colleague who has asked. Raises `stale_claim`, `closed`, `wrong_state`."""
        asked = next((one for one in live_requests(access.head.state) if one.staff_id == to_staff), None)
        body = HandedOver(
            offer_id="",
            staff_id=to_staff,
            name=asked.name if asked else "",
            role=asked.role if asked else "",
            unit_id=access.head.state.get(Place).unit_id,
            unit_name="",
            moved=False,
            claim_no=claim_no + 1,
        )
        holds = under_claim(claim_no, access.actor)
        return await self._append(access, body, client_id=client_id, require=every(holds, has_asked(to_staff)))

    async def refuse(self, access: ContactAccess, refused: CaseRefused, claim_no: int, *, client_id: str) -> Appended:
        """Keep it, and say why. Raises `stale_claim`, `closed`, `wrong_state`, `empty`, `too_long`."""
        _check("reason", refused.reason, REASON_LIMIT)
        require = every(under_claim(claim_no, access.actor), has_asked(refused.staff_id))
        return await self._append(access, refused, client_id=client_id, require=require)

    async def open_to(self, actor: Actor, unit_id: str) -> list[Offered]:
        """What is offered to the actor at this unit, the oldest offer first."""
        heads = await self._heads(await self._offers.to_units([unit_id]))
        asked = {
            (head.stream, offer.no): head
            for head in heads.values()
            if (offer := live_offer(head.state)) is not None and is_offered_to(offer, actor, unit_id)
        }
        entries = await self._log.entries_at(list(asked))
        found = sorted(entries.items(), key=lambda one: (one[1].header.at_ms, one[0]))
        return [Offered(asked[at], entry.body) for at, entry in found if isinstance(entry.body, HandOverOffered)]

    async def _require_open(self, head: Head, to_unit: str) -> None:
        """A block is the patient's: what one unit knows goes to no other (SFS 2008:355, 4 kap. 4 §)."""
        if to_unit != head.scope.unit_id and await self._is_shut(head.scope):
            raise FyrError("wrong_state", state="blocked")

    async def _offered(self, actor: Actor, unit_id: str, offer_id: str) -> Head | None:
        rows = [row for row in await self._offers.to_units([unit_id]) if row.offer_id == offer_id]
        for head in (await self._heads(rows)).values():
            offer = live_offer(head.state)
            if offer is not None and offer.offer_id == offer_id and is_offered_to(offer, actor, unit_id):
                return head
        return None

    async def _heads(self, rows: list[OfferRow]) -> dict[StreamId, Head]:
        return await self._log.heads([contact_stream(row.contact_id) for row in rows])

    async def _append(self, access: ContactAccess, body: Body, *, client_id: str, require: Require) -> Appended:
        stream = contact_stream(access.contact_id)
        return await self._log.append(
            Append(stream, (body,), access.actor, client_id, require=every(access.allowed, require))
        )

    async def _earlier(self, actor: Actor, client_id: str) -> Claim:
        """What the same command gave before; else there is no such offer."""
        found = await self._places.first_entry(actor.id, client_id)
        if found is None:
            raise FyrError("not_found")
        return await self._claim_at(*found)

    async def _claim_at(self, stream: StreamId, no: int) -> Claim:
        body = (await self._log.entries(stream, after=no - 1))[0].body
        if not isinstance(body, HandedOver):
            raise FyrError("bad_request", where="client_id", what="already used for another command")
        return Claim(ContactId(contact_of(stream)), body.claim_no)


def may_take(role: str) -> bool:
    """Whether somebody of this role may hold contacts."""
    return role in RIGHTS and "claim" in RIGHTS[role]


def _role_of(actor: Actor, unit_id: str) -> RoleName:
    """The role by which the actor may hold contacts there. Raises `not_found`."""
    for role in actor.roles:
        if role.unit_id == unit_id and may_take(role.role):
            return role.role
    raise FyrError("not_found")


def _check(field: str, text: str, limit: int) -> None:
    if not text.strip():
        raise FyrError("empty", field=field)
    if len(text) > limit:
        raise FyrError("too_long", field=field, limit=limit)


def _after(claim_no: int) -> Require:
    """Refuse once it is held under another claim than the one that was read."""

    def require(head: Head) -> None:
        if head.state.get(Place).claim_no != claim_no:
            raise FyrError("stale_claim", claim_no=head.state.get(Place).claim_no)

    return require


def _is_offered(offer_id: str) -> Require:
    def require(head: Head) -> None:
        offer = live_offer(head.state)
        if offer is None or offer.offer_id != offer_id:
            raise FyrError("wrong_state", state="not offered")

    return require

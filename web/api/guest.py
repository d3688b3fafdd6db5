"""HTTP routes of guests: opening a link with its code, who one is, leaving for good."""

from core.access.gates import ContactAccess
from core.actor import Actor
from core.ids import contact_of
from core.lockout.rule import ADDRESSES
from core.lockout.store import Subject
from core.log.append import Head
from core.session.proof import Proof
from rtc.guest.guests import guest_in
from rtc.state import Visit
from web.gates import guest_gate, public_gate
from web.limits import visitor
from web.push.views import visit_for_guest, wire_time
from web.registry import Call, at
from web.session import begin_session, end_sessions
from web.wire.contact import Empty
from web.wire.guest import AsGuest, OpenGuestLink


@at("POST /api/guest", gate=public_gate)
async def open_link(call: Call, body: OpenGuestLink, _: Actor) -> tuple[AsGuest, str]:
    """Open a link; gives the token for the guest's cookie beside the answer.

    Used, run out, withdrawn, of a visit that is over, made up, a wrong code: all are answered `not_found`, recorded.
    """
    node, address = call.node, call.actor.address
    at_address = Subject("guest_address", visitor(address), ADDRESSES)
    tried = await node.guests.open(body.token, body.code, body.name, address=address, at=at_address)
    if tried.actor is None or tried.head is None:
        await node.gates.refuse(call.actor, action=call.name, head=tried.head)
    token = await begin_session(
        call, tried.actor.id, Proof(provider="guest", device=call.device), ends_ms=tried.until_ms
    )
    return _as_guest(tried.actor, await node.log.head(tried.head.stream)), token


@at("GET /api/guest", gate=guest_gate)
async def as_guest(_: Call, __: None, access: ContactAccess) -> AsGuest:
    """Whose guest one is."""
    return _as_guest(access.actor, access.head)


@at("DELETE /api/guest", gate=guest_gate)
async def leave(call: Call, _: None, access: ContactAccess) -> Empty:
    """Leave the visit, and be let in no more by what this browser holds."""
    await call.node.visits.leave(access, access.actor.visit_id or "")
    if access.actor.session_id is not None:
        await end_sessions(call.node, access.actor.session_id)
    return Empty()


def _as_guest(actor: Actor, head: Head) -> AsGuest:
    visit, guest = head.state.get(Visit), guest_in(head, actor)
    return AsGuest(
        contact_id=contact_of(head.stream),
        visit_id=visit.visit_id,
        participant=guest.participant,
        name=guest.came_as,
        role=guest.role,
        lang=guest.lang,
        until=wire_time(guest.until_ms),
        visit=visit_for_guest(visit, guest.participant),
    )

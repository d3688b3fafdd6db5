"""Socket calls of a video visit: lobby and signalling."""

from carequeue.claim import under_claim
from core.access.gates import ContactAccess
from rtc.quality.report import note_quality, within
from rtc.signal import require_both_in
from rtc.turn import turn_servers
from rtc.visit import participant_id
from web.gates import contact_gate
from web.push.rooms import participant_room
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.contact import Empty
from web.wire.visit import (
    AdmitParticipant,
    EndVisit,
    EnterLobby,
    IceServer,
    InVisit,
    LeaveVisit,
    NoteQuality,
    SendSignal,
    Signal,
    StartVisit,
)


@on("visit:start", gate=contact_gate(reads=False))
async def start_visit(call: Call, body: StartVisit, access: ContactAccess) -> InVisit:
    """Open a visit under one's claim and be in it."""
    held = under_claim(body.claim_no, access.actor)
    visit_id = await call.node.visits.start(access, guard=held, client_id=check_client_id(body.client_id))
    return _in_visit(call, visit_id, place="in")


@on("visit:enter", gate=contact_gate(reads=False))
async def enter_visit(call: Call, body: EnterLobby, access: ContactAccess) -> InVisit:
    """Come to the visit: to the lobby, or straight in when let in before."""
    member = await call.node.visits.enter(access, body.visit_id)
    call.node.fanout.order("back", call.actor.id, access.contact_id)
    return _in_visit(call, body.visit_id, place="in" if member.place == "in" else "lobby")


def _in_visit(call: Call, visit_id: str, *, place: str) -> InVisit:
    settings = call.node.settings
    own = participant_id(visit_id, call.actor.id)
    servers = turn_servers(settings.turn_urls, settings.turn_secret, participant=own, clock=call.node.clock)
    ice = tuple(IceServer(urls=one.urls, username=one.username, credential=one.credential) for one in servers)
    return InVisit(visit_id=visit_id, participant=own, place="in" if place == "in" else "lobby", ice_servers=ice)


@on("visit:admit", gate=contact_gate(reads=False))
async def admit(call: Call, body: AdmitParticipant, access: ContactAccess) -> Empty:
    """Let someone in from the lobby."""
    await call.node.visits.admit(access, body.visit_id, body.participant)
    return Empty()


@on("visit:leave", gate=contact_gate(reads=False))
async def leave(call: Call, body: LeaveVisit, access: ContactAccess) -> Empty:
    """Hang up; the visit goes on for the others."""
    await call.node.visits.leave(access, body.visit_id)
    return Empty()


@on("visit:end", gate=contact_gate(reads=False))
async def end(call: Call, body: EndVisit, access: ContactAccess) -> Empty:
    """End the visit for all."""
    await call.node.visits.end(access, body.visit_id)
    return Empty()


@on("visit:quality", gate=contact_gate(reads=False))
async def tell_quality(call: Call, body: NoteQuality, access: ContactAccess) -> Empty:
    """Note how another's picture reaches one; both are told by the state of the visit."""
    told = within(body.measured)
    await note_quality(call.node.log, access, body.visit_id, of=body.of, enough=body.enough, measured=told)
    return Empty()


@on("visit:signal", gate=contact_gate(reads=False))
async def signal(call: Call, body: SendSignal, access: ContactAccess) -> Empty:
    """Pass a description or a candidate on to one other participant. Nothing of it is kept."""
    sender = require_both_in(access, body.visit_id, body.to)
    told = Signal(visit_id=body.visit_id, sender=sender, description=body.description, candidate=body.candidate)
    call.node.fanout.tell(participant_room(access.contact_id, body.visit_id, body.to), "signal", told)
    return Empty()

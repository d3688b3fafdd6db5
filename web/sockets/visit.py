"""Socket calls of a video visit: lobby and signalling."""

import msgspec

from care.messages.letters import turning
from carequeue.claim import under_claim
from core.access.gates import ContactAccess
from rtc.hidden import hidden_candidate, hidden_description
from rtc.quality.report import note_quality, within
from rtc.signal import check_signal, require_both_in
from rtc.state import Place
from rtc.turn import turn_servers
from rtc.visit import participant_id
from web.booked_visit import note_arrival
from web.captioning import may_caption
from web.gates import contact_gate
from web.offered import require_video
from web.push.rooms import participant_room
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.contact import Empty
from web.wire.visit import (
    AdmitParticipant,
    Candidate,
    Description,
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
    """Open a visit under one's claim and be in it; of a letter it makes a visit. Raises `function_off`."""
    await require_video(call.node, access)
    visit_id = await call.node.visits.start(
        access,
        guard=under_claim(body.claim_no, access.actor),
        client_id=check_client_id(body.client_id),
        beside=turning(access, "video", claim_no=body.claim_no),
    )
    return _in_visit(call, access, visit_id, place="in")


@on("visit:enter", gate=contact_gate(reads=False))
async def enter_visit(call: Call, body: EnterLobby, access: ContactAccess) -> InVisit:
    """Come to the visit: to the lobby, or straight in when let in before."""
    await note_arrival(call.node, access)
    member = await call.node.visits.enter(access, body.visit_id)
    call.node.fanout.order("back", call.actor.id, access.contact_id)
    return _in_visit(call, access, body.visit_id, place=member.place)


def _in_visit(call: Call, access: ContactAccess, visit_id: str, *, place: Place) -> InVisit:
    own = participant_id(visit_id, call.actor.id)
    return InVisit(
        visit_id=visit_id,
        participant=own,
        place="lobby" if place == "left" else place,
        ice_servers=ice_servers(call, own),
        relay_only=call.node.visit_rules.of(access.head.scope.unit_id).relay_only,
        captions=may_caption(call.node, access.head),
    )


def ice_servers(call: Call, participant: str) -> tuple[IceServer, ...]:
    """The TURN servers, with a name of this participant's own that holds for an hour."""
    settings = call.node.settings
    servers = turn_servers(settings.turn_urls, settings.turn_secret, participant=participant, clock=call.node.clock)
    return tuple(IceServer(urls=one.urls, username=one.username, credential=one.credential) for one in servers)


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
    description, candidate = body.description, body.candidate
    check_signal(description.sdp if description else None, candidate.candidate if candidate else None)
    if call.node.visit_rules.of(access.head.scope.unit_id).relay_only:
        description, candidate = _hidden(description, candidate)
        if description is None and candidate is None:
            return Empty()
    told = Signal(visit_id=body.visit_id, sender=sender, description=description, candidate=candidate)
    call.node.fanout.tell(participant_room(access.contact_id, body.visit_id, body.to), "signal", told)
    return Empty()


def _hidden(
    description: Description | None, candidate: Candidate | None
) -> tuple[Description | None, Candidate | None]:
    """Both without anybody's address; None for a candidate that is one."""
    if description is not None:
        description = msgspec.structs.replace(description, sdp=hidden_description(description.sdp))
    told = hidden_candidate(candidate.candidate) if candidate is not None else None
    if candidate is None or told is None:
        return description, None
    return description, msgspec.structs.replace(candidate, candidate=told)

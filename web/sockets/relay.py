"""Socket calls to the relay of a visit with three or more, and between pages of one person.

Whoever is in the visit may; nobody else gets an answer.
"""

from core.access.gates import ContactAccess
from core.errors import FyrError
from rtc.relay.answer import read_answer, refuse
from rtc.relay.leg import Who
from rtc.relay.relay import Place
from rtc.signal import require_both_in, require_in
from rtc.state import Member, Visit
from web.gates import contact_gate
from web.push.rooms import participant_room
from web.registry import Call, on
from web.wire.contact import Empty
from web.wire.visit import (
    AnswerRelay,
    HereInVisit,
    JoinRelay,
    Muted,
    MuteParticipant,
    PageHere,
    RestartRelay,
    SayStates,
    StatesSaid,
)

SESSION_LONGEST = 64


@on("relay:join", gate=contact_gate(reads=False))
async def join_relay(call: Call, body: JoinRelay, access: ContactAccess) -> Empty:
    """Come to the relay; its offer follows."""
    member = require_in(access, body.visit_id)
    if not access.head.state.get(Visit).relayed:
        raise FyrError("wrong_state", state="peer_to_peer")
    await call.node.relays.ask(_place(body), _who(member, body.session), "join")
    return Empty()


@on("relay:answer", gate=contact_gate(reads=False))
async def answer_relay(call: Call, body: AnswerRelay, access: ContactAccess) -> Empty:
    """Answer an offer of the relay; read here, so that a broken one is refused to whoever sent it."""
    member = require_in(access, body.visit_id)
    if body.description.type != "answer":
        refuse("no answer")
    read_answer(body.description.sdp)
    who = _who(member, body.session)
    await call.node.relays.ask(_place(body), who, "answer", str(body.offer_no), body.description.sdp)
    return Empty()


@on("relay:restart", gate=contact_gate(reads=False))
async def restart_relay(call: Call, body: RestartRelay, access: ContactAccess) -> Empty:
    """Another network: the relay offers anew, with the keys that are there."""
    member = require_in(access, body.visit_id)
    await call.node.relays.ask(_place(body), _who(member, body.session), "restart")
    return Empty()


@on("relay:say", gate=contact_gate(reads=False))
async def say_states(call: Call, body: SayStates, access: ContactAccess) -> Empty:
    """Tell the others in the visit what one's devices do: a muted track looks like silence, not like a decision."""
    member = require_in(access, body.visit_id)
    said = StatesSaid(
        visit_id=body.visit_id,
        sender=member.participant,
        microphone=body.microphone,
        camera=body.camera,
        sharing=body.sharing,
    )
    for other in access.head.state.get(Visit).members:
        if other.place == "in" and other.participant != member.participant:
            room = participant_room(access.contact_id, body.visit_id, other.participant)
            call.node.fanout.tell(room, "states", said)
    return Empty()


@on("visit:here", gate=contact_gate(reads=False))
async def here_in_visit(call: Call, body: HereInVisit, access: ContactAccess) -> Empty:
    """Of several pages of one person one is in the visit, the one they came to last: two would push each other out."""
    member = require_in(access, body.visit_id)
    _check_length("page_id", body.page_id)
    now_ms = call.node.now_ms()
    told = PageHere(visit_id=body.visit_id, page_id=body.page_id, said_ms=now_ms, resumes=body.resumes)
    call.node.fanout.tell(participant_room(access.contact_id, body.visit_id, member.participant), "page_here", told)
    return Empty()


@on("visit:mute", gate=contact_gate(reads=False))
async def mute(call: Call, body: MuteParticipant, access: ContactAccess) -> Empty:
    """Turn somebody's microphone off, as a clinician may: for anybody else nobody is there."""
    require_both_in(access, body.visit_id, body.participant)
    if require_in(access, body.visit_id).role != "clinician":
        raise FyrError("not_connected")
    room = participant_room(access.contact_id, body.visit_id, body.participant)
    call.node.fanout.tell(room, "muted", Muted(visit_id=body.visit_id))
    return Empty()


def _place(body: JoinRelay | AnswerRelay | RestartRelay) -> Place:
    return Place(body.contact_id, body.visit_id)


def _who(member: Member, session: str) -> Who:
    _check_length("session", session)
    return Who(member.participant, member.role, session)


def _check_length(field: str, word: str) -> None:
    if not 0 < len(word) <= SESSION_LONGEST:
        raise FyrError("too_long", field=field, limit=SESSION_LONGEST)

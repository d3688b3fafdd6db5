"""Who may signal to whom: both must be in the same visit, let in."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from rtc.relay.answer import LONGEST
from rtc.state import Member, Visit
from rtc.visit import participant_id

CANDIDATE_LONGEST = 1024


def require_in(access: ContactAccess, visit_id: str) -> Member:
    """The sender in the visit. Raises `visit_over`, or `not_connected` unless they are in it."""
    visit = access.head.state.get(Visit)
    if visit.visit_id != visit_id:
        raise FyrError("visit_over")
    member = visit.member(participant_id(visit_id, access.actor.id))
    if member is None or member.place != "in":
        raise FyrError("not_connected")
    return member


def require_both_in(access: ContactAccess, visit_id: str, to: str) -> str:
    """The sender's participant id. Raises `visit_over`, or `not_connected` unless both are in the visit."""
    visit = access.head.state.get(Visit)
    if visit.visit_id != visit_id:
        raise FyrError("visit_over")
    sender = participant_id(visit_id, access.actor.id)
    for participant in (sender, to):
        member = visit.member(participant)
        if member is None or member.place != "in":
            raise FyrError("not_connected")
    return sender


def check_signal(sdp: str | None, candidate: str | None) -> None:
    """What a page sends to another, looked at before it is passed on. Raises `bad_request`, quoting nothing."""
    if sdp is not None and (len(sdp) > LONGEST or not sdp.startswith("v=0")):
        raise FyrError("bad_request", where="$.description.sdp", what="no description")
    if candidate and (len(candidate) > CANDIDATE_LONGEST or "\n" in candidate or "candidate:" not in candidate):
        raise FyrError("bad_request", where="$.candidate.candidate", what="no candidate")

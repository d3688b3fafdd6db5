"""The kinds of entry rtc owns: who waits, who is in, who left."""

from typing import Any

import msgspec

from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Say, to_all
from rtc.entries import VisitAdmitted, VisitEnded, VisitJoined, VisitKnocked, VisitLeft, VisitStarted
from rtc.state import Member, Visit
from rtc.transcript import say_admitted, say_ended, say_joined, say_knocked, say_left, say_started


def fold_started(part: Visit, body: VisitStarted, header: Header) -> Visit:
    """A new visit, with nobody in it yet."""
    return Visit(visit_id=body.visit_id, started_ms=header.at_ms, met_ms=part.met_ms)


def fold_knocked(part: Visit, body: VisitKnocked, _: Header) -> Visit:
    """Someone waits in the lobby."""
    member = Member(participant=body.participant, name=body.name, role=body.role, place="lobby")
    return msgspec.structs.replace(part, members=part.with_member(member))


def fold_admitted(part: Visit, body: VisitAdmitted, _: Header) -> Visit:
    """From the lobby into the visit."""
    member = part.member(body.participant)
    if member is None:
        return part
    admitted = msgspec.structs.replace(member, place="in", admitted=True)
    return msgspec.structs.replace(part, members=part.with_member(admitted))


def fold_joined(part: Visit, body: VisitJoined, _: Header) -> Visit:
    """Straight in: a clinician, or someone admitted before."""
    member = Member(participant=body.participant, name=body.name, role=body.role, place="in", admitted=True)
    return msgspec.structs.replace(part, members=part.with_member(member))


def fold_left(part: Visit, body: VisitLeft, _: Header) -> Visit:
    """Gone, but still known: may come back."""
    member = part.member(body.participant)
    if member is None:
        return part
    return msgspec.structs.replace(part, members=part.with_member(msgspec.structs.replace(member, place="left")))


def fold_ended(part: Visit, _: VisitEnded, header: Header) -> Visit:
    """No visit goes on."""
    met = any(member.admitted and member.role != "clinician" for member in part.members)
    return Visit(met_ms=header.at_ms if met else part.met_ms)


def _kind(body: type[Any], fold: Any, *, reads: Say, names: tuple[str, ...] = ()) -> Kind[Any, Any]:
    return Kind(body=body, part=Visit, fold=fold, views=SHOWN_TO_ALL, reads=to_all(reads), names=names)


KINDS: tuple[Kind[Any, Any], ...] = (
    _kind(VisitStarted, fold_started, reads=say_started),
    _kind(VisitKnocked, fold_knocked, reads=say_knocked, names=("name",)),
    _kind(VisitAdmitted, fold_admitted, reads=say_admitted),
    _kind(VisitJoined, fold_joined, reads=say_joined, names=("name",)),
    _kind(VisitLeft, fold_left, reads=say_left),
    _kind(VisitEnded, fold_ended, reads=say_ended),
)

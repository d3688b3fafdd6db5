"""The kinds of entry rtc owns: who waits, who is in, who left."""

from typing import Any

import msgspec

from core.log.entry import Header
from core.log.kinds import Kind
from core.transcript.line import to_all
from rtc.captions.kinds import CAPTIONS_KINDS
from rtc.entries import (
    GuestCame,
    GuestInvited,
    GuestWithdrawn,
    VisitAdmitted,
    VisitEnded,
    VisitJoined,
    VisitKnocked,
    VisitLeft,
    VisitStarted,
)
from rtc.photo.kinds import PHOTO_KINDS
from rtc.quality.entries import VisitQuality
from rtc.room.kinds import ROOM_KINDS
from rtc.state import Guest, Member, Visit
from rtc.transcript import (
    say_admitted,
    say_came,
    say_ended,
    say_invited,
    say_joined,
    say_knocked,
    say_left,
    say_quality,
    say_started,
    say_withdrawn,
)
from rtc.visit_kind import visit_kind


def fold_started(part: Visit, body: VisitStarted, header: Header) -> Visit:
    """A new visit, with nobody in it yet."""
    return Visit(visit_id=body.visit_id, started_ms=header.at_ms, met_ms=part.met_ms, tested=part.tested)


def fold_knocked(part: Visit, body: VisitKnocked, header: Header) -> Visit:
    """Someone waits in the lobby. What is known of them stays known: who they are, who is with them."""
    known = part.member(body.participant)
    member = Member(
        participant=body.participant,
        name=body.name,
        role=body.role,
        place="lobby",
        since_ms=header.at_ms,
        identity=known.identity if known else None,
        company=known.company if known else (),
        captions=known.captions if known else None,
    )
    return msgspec.structs.replace(part, members=part.with_member(member))


def fold_admitted(part: Visit, body: VisitAdmitted, header: Header) -> Visit:
    """From the lobby into the visit."""
    member = part.member(body.participant)
    if member is None:
        return part
    admitted = msgspec.structs.replace(member, place="in", since_ms=header.at_ms, admitted=True, put_out=False)
    return part.with_in(admitted)


def fold_joined(part: Visit, body: VisitJoined, header: Header) -> Visit:
    """Straight in: a clinician, or someone admitted before. Who was aside comes back to that."""
    known = part.member(body.participant) or Member(
        participant=body.participant, name=body.name, role=body.role, place="in"
    )
    joined = msgspec.structs.replace(
        known, name=body.name, role=body.role, place="in", since_ms=header.at_ms, admitted=True, put_out=False
    )
    return part.with_in(joined)


def fold_left(part: Visit, body: VisitLeft, header: Header) -> Visit:
    """Gone, but still known: may come back, unless they were put out."""
    member = part.member(body.participant)
    if member is None:
        return part
    admitted = member.admitted and not body.put_out
    gone = msgspec.structs.replace(
        member, place="left", since_ms=header.at_ms, admitted=admitted, put_out=body.put_out or member.put_out
    )
    return part.with_out(gone)


def fold_quality(part: Visit, body: VisitQuality, _: Header) -> Visit:
    """Somebody's picture is not enough for somebody, or is again."""
    others = tuple(pair for pair in part.poor if pair != (body.seen_by, body.of))
    return msgspec.structs.replace(part, poor=others if body.enough else (*others, (body.seen_by, body.of)))


def fold_ended(part: Visit, _: VisitEnded, header: Header) -> Visit:
    """No visit goes on, and whoever was invited to it is invited no more."""
    met = any(member.admitted and member.role == "patient" for member in part.members)
    return Visit(met_ms=header.at_ms if met else part.met_ms, tested=part.tested)


def fold_invited(part: Visit, body: GuestInvited, _: Header) -> Visit:
    """One more who may come."""
    guest = Guest(
        guest_id=body.guest_id,
        participant=body.participant,
        name=body.name,
        role=body.role,
        lang=body.lang,
        until_ms=body.until_ms,
        link=body.link,
        code=body.code,
    )
    return msgspec.structs.replace(part, guests=part.with_guest(guest))


def fold_came(part: Visit, body: GuestCame, _: Header) -> Visit:
    """The secrets are used up."""
    guest = part.guest(body.guest_id)
    if guest is None:
        return part
    came = msgspec.structs.replace(guest, came_as=body.name, until_ms=body.until_ms, link="", code="")
    return msgspec.structs.replace(part, guests=part.with_guest(came))


def fold_withdrawn(part: Visit, body: GuestWithdrawn, _: Header) -> Visit:
    """Neither invited nor in it any more."""
    guest = part.guest(body.guest_id)
    if guest is None:
        return part
    guests = tuple(other for other in part.guests if other.guest_id != body.guest_id)
    member = part.member(guest.participant)
    if member is None:
        return msgspec.structs.replace(part, guests=guests)
    gone = msgspec.structs.replace(member, place="left", admitted=False, put_out=True)
    return msgspec.structs.replace(part.with_out(gone), guests=guests)


def without_secrets(body: GuestInvited) -> GuestInvited:
    """That someone was invited. What opens the link is for comparing only."""
    return msgspec.structs.replace(body, link="", code="")


KINDS: tuple[Kind[Any, Any], ...] = (
    visit_kind(VisitStarted, fold_started, say_started, names=()),
    visit_kind(VisitKnocked, fold_knocked, say_knocked),
    visit_kind(VisitAdmitted, fold_admitted, say_admitted, names=()),
    visit_kind(VisitJoined, fold_joined, say_joined),
    visit_kind(VisitLeft, fold_left, say_left),
    visit_kind(VisitEnded, fold_ended, say_ended, names=()),
    visit_kind(VisitQuality, fold_quality, say_quality),
    Kind(
        body=GuestInvited,
        part=Visit,
        fold=fold_invited,
        views={"staff": without_secrets, "patient": without_secrets},
        reads=to_all(say_invited),
        names=("name",),
    ),
    visit_kind(GuestCame, fold_came, say_came),
    visit_kind(GuestWithdrawn, fold_withdrawn, say_withdrawn),
    *ROOM_KINDS,
    *PHOTO_KINDS,
    *CAPTIONS_KINDS,
)

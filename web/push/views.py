"""Heads and entries of the log as their readers see them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from carequeue.state import Place
from chat.state import Conversation
from core.clock import from_ms
from core.identity.entries import Protection
from core.log.append import Head
from core.log.entry import Entry, Header
from core.log.kinds import Audience, Kinds
from core.notices.state import NoticeWish
from rtc.state import Guest, Member, Visit
from rtc.visit import participant_id
from triage.state import Triage
from web.wire.contact import Clinician, ContactSummary, EntryView, Erased, Wait
from web.wire.letter import LetterNow
from web.wire.visit import InvitedGuest, VisitMember, VisitSummary


@lru_cache(maxsize=10_000)
def wire_time(at_ms: int) -> str:
    """Milliseconds as an RFC 3339 text in UTC."""
    return from_ms(at_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def entry_views(
    kinds: Kinds, entries: Iterable[Entry], *, audience: Audience, reader: str, protected: bool
) -> list[EntryView]:
    """The entries this reader (an actor's id) may see, numbered as their audience counts."""
    return [
        view
        for entry in entries
        if (view := entry_view(kinds, entry, audience=audience, reader=reader, protected=protected)) is not None
    ]


def entry_view(kinds: Kinds, entry: Entry, *, audience: Audience, reader: str, protected: bool) -> EntryView | None:
    """One entry as this reader may see it, also that it has been erased; None when it is not for them."""
    header = entry.header
    if entry.body is not None:
        body = kinds.view(entry.body, audience, protected=protected)
    else:
        body = _erased(kinds, header, audience)
    number = header.no if audience == "staff" else header.patient_no
    if body is None or number is None:
        return None
    mine = header.actor_id == reader
    return EntryView(
        no=number,
        at=wire_time(header.at_ms),
        author=header.author,
        mine=mine,
        client_id=header.client_id if mine else "",
        body=body,  # type: ignore[arg-type]
    )


def _erased(kinds: Kinds, header: Header, audience: Audience) -> Erased | None:
    return Erased() if audience in kinds.named(header.kind).views else None


def summary(
    head: Head,
    *,
    audience: Audience,
    unit: str,
    wait: Wait | None = None,
    reopen_until_ms: int | None = None,
    protection: Protection | None = None,
    beside: str | None = None,
    video: bool = True,
    letter: LetterNow | None = None,
) -> ContactSummary:
    """The state of a contact for an audience. The patient is told no claim number and no staff id."""
    place, triage, chat = head.state.get(Place), head.state.get(Triage), head.state.get(Conversation)
    staff, visit = audience == "staff", head.state.get(Visit)
    return ContactSummary(
        contact_id=head.stream.removeprefix("contact:"),
        person_id="" if staff else head.scope.person_id,
        head=head.last_no if staff else head.patient_no,
        unit=unit,
        status=place.status,
        urgency=triage.urgency,
        assessed=triage.assessed,
        could_be=triage.could_be if staff else triage.urgency,
        lang=chat.lang,
        turn=chat.turn,
        arrived_at=wire_time(place.arrived_ms),
        clinician=Clinician(name=place.holder_name, role=place.holder_role) if place.holder_id else None,
        holder_id=place.holder_id if staff else None,
        beside=beside if staff else None,
        claim_no=place.claim_no if staff else 0,
        wait=wait,
        visit=visit_summary(visit, unit, with_guests=staff) if visit.visit_id else None,
        letter=letter,
        closed=place.closed,
        reopen_until=None if staff or reopen_until_ms is None else wire_time(reopen_until_ms),
        notice=None if staff else head.state.get(NoticeWish).channel,
        protection=protection if staff else None,
        changed=triage.changes if staff else (),
        open_questions=tuple(question.no for question in chat.open_questions) if staff else (),
        video=video or not staff,
    )


def visit_summary(visit: Visit, unit: str, *, with_guests: bool) -> VisitSummary | None:
    """The visit going on, if one is. `with_guests`: also who is invited, which is staff's to know."""
    if not visit.visit_id:
        return None
    members = tuple(
        VisitMember(
            participant=member.participant,
            name=member.name,
            role=member.role,
            unit=unit if member.role == "clinician" else "",
            place=member.place,
            put_out=member.put_out,
            photo_asked=member.photo_asked,
            captions=member.captions,
            poor=_is_poor(visit, member),
            lang=visit.lang_of(member.participant),
            **_for_staff(visit, member, shown=with_guests),
        )
        for member in visit.members
    )
    guests = tuple(map(_invited, visit.guests)) if with_guests else ()
    return VisitSummary(
        visit_id=visit.visit_id,
        members=members,
        guests=guests,
        relayed=visit.relayed,
        captions=visit.captions,
        expected=_expected(visit),
    )


def _expected(visit: Visit) -> str:
    return wire_time(visit.expected_ms) if visit.expected_ms else ""


def _for_staff(visit: Visit, member: Member, *, shown: bool) -> dict[str, Any]:
    if not shown:
        return {}
    told = [one for one in visit.tested if participant_id(visit.visit_id, one.who) == member.participant]
    return {
        "since": wire_time(member.since_ms),
        "identity": member.identity,
        "company": member.company,
        "tested": told[-1].grade if told else None,
        "test": told[-1].result if told else None,
    }


def _is_poor(visit: Visit, member: Member) -> bool:
    return any(of == member.participant for _, of in visit.poor)


def _invited(guest: Guest) -> InvitedGuest:
    return InvitedGuest(
        guest_id=guest.guest_id,
        participant=guest.participant,
        name=guest.name,
        role=guest.role,
        lang=guest.lang,
        until=wire_time(guest.until_ms),
        came=guest.came,
    )


def visit_for_guest(visit: Visit, participant: str) -> VisitSummary:
    """What a guest is told of the visit: who is in it, of whoever is not staff the first name.

    Until they are let in they are told of the clinicians alone: whoever holds link and code may be somebody else.
    """
    own = visit.member(participant)
    let_in = own is not None and own.admitted
    members = tuple(
        VisitMember(
            participant=member.participant,
            name=member.name if member.role == "clinician" else member.name.partition(" ")[0],
            role=member.role,
            place=member.place,
            put_out=member.put_out,
            captions=member.captions,
            poor=_is_poor(visit, member),
            lang=visit.lang_of(member.participant),
        )
        for member in visit.members
        if let_in or member.role == "clinician" or member.participant == participant
    )
    return VisitSummary(
        visit_id=visit.visit_id,
        members=members,
        relayed=visit.relayed,
        captions=visit.captions,
        expected=_expected(visit),
    )

"""How what is done at the door of a visit, and in it, folds."""

from typing import Any

from msgspec.structs import replace

from core.log.entry import Header
from core.log.kinds import Kind
from rtc.room.entries import (
    CompanyTold,
    VisitBroughtBack,
    VisitExpected,
    VisitIdentified,
    VisitMissed,
    VisitRemoved,
    VisitSentBack,
    VisitSetAside,
)
from rtc.room.tested import ConnectionTested, Tested
from rtc.room.transcript import (
    say_aside,
    say_brought_back,
    say_company,
    say_expected,
    say_identified,
    say_missed,
    say_removed,
    say_sent_back,
    say_tested,
)
from rtc.state import MOST, PATIENT, Visit
from rtc.visit_kind import visit_kind


def _out(part: Visit, participant: str, **changes: Any) -> Visit:
    member = part.member(participant)
    return part if member is None else part.with_out(replace(member, **changes))


def fold_identified(part: Visit, body: VisitIdentified, _: Header) -> Visit:
    """Staff have made sure, or say that they could not."""
    return part.changed(body.participant, identity=body.how)


def fold_sent_back(part: Visit, body: VisitSentBack, header: Header) -> Visit:
    """In the lobby as whoever has not been let in."""
    return _out(
        part, body.participant, place="lobby", since_ms=header.at_ms, admitted=False, aside=False, put_out=False
    )


def fold_aside(part: Visit, body: VisitSetAside, header: Header) -> Visit:
    """Neither heard nor seen, and hears and sees nothing."""
    return _out(part, body.participant, place="aside", since_ms=header.at_ms, aside=True)


def fold_brought_back(part: Visit, body: VisitBroughtBack, header: Header) -> Visit:
    """In the visit again; who has lost the line meanwhile comes back to it."""
    member = part.member(body.participant)
    if member is None:
        return part
    here = replace(member, aside=False)
    if member.place != "aside":
        return replace(part, members=part.with_member(here))
    return part.with_in(replace(here, place="in", since_ms=header.at_ms))


def fold_removed(part: Visit, body: VisitRemoved, header: Header) -> Visit:
    """Out, and not let in again."""
    gone = {"place": "left", "admitted": False, "aside": False, "put_out": True, "removed": True}
    return _out(part, body.participant, since_ms=header.at_ms, **gone)


def fold_expected(part: Visit, body: VisitExpected, _: Header) -> Visit:
    """When who waits is to be let in."""
    return replace(part, expected_ms=body.at_ms)


def fold_company(part: Visit, body: CompanyTold, _: Header) -> Visit:
    """Who is in the room with them."""
    return part.changed(body.participant, company=body.company)


def fold_missed(part: Visit, body: VisitMissed, _: Header) -> Visit:
    """It is noted once."""
    return replace(part, missed=(*part.missed, body.participant or PATIENT))


def fold_tested(part: Visit, body: ConnectionTested, header: Header) -> Visit:
    """In place of their former one; the oldest goes when there are too many."""
    mine = Tested(who=header.actor_id, at_ms=header.at_ms, grade=body.grade, result=body.result)
    others = [one for one in part.tested if one.who != mine.who]
    return replace(part, tested=(*others, mine)[-MOST:])


ROOM_KINDS: tuple[Kind[Any, Any], ...] = (
    visit_kind(VisitIdentified, fold_identified, say_identified),
    visit_kind(VisitSentBack, fold_sent_back, say_sent_back),
    visit_kind(VisitSetAside, fold_aside, say_aside),
    visit_kind(VisitBroughtBack, fold_brought_back, say_brought_back),
    visit_kind(VisitRemoved, fold_removed, say_removed),
    visit_kind(VisitExpected, fold_expected, say_expected, names=()),
    visit_kind(CompanyTold, fold_company, say_company),
    visit_kind(VisitMissed, fold_missed, say_missed),
    visit_kind(ConnectionTested, fold_tested, say_tested),
)

"""The kinds of entry of a follow-up, and how they fold. They have no views: pages are told by calls, through the gate.

The alarm is the one kind that lies in a contact; there it sets and raises the urgency, and never lowers it.
"""

from typing import Any

from msgspec.structs import replace

from care.followup.entries import (
    AlarmRaised,
    FollowUpAlarm,
    FollowUpEnded,
    FollowUpIncluded,
    FollowUpPaused,
    FollowUpResumed,
    PlanProposed,
    PlanSigned,
    ReadingsSeen,
    ReadingsTaken,
)
from care.followup.state import Record, with_told
from care.followup.transcript import say_alarm, words_in
from core.log.entry import Header
from core.log.kinds import Kind, shown_whole
from core.transcript.line import to_all
from triage.kinds import fold_measured
from triage.state import Triage
from triage.thresholds.reading import DAY_MS, Pause

INDEX = "index"
FORGET_MS = 8 * DAY_MS
"""After it what was told and holds no more is told anew, should it ever hold again."""


def _included(part: Record, body: FollowUpIncluded, header: Header) -> Record:
    """Anew, also where it had ended once: nothing of before is judged."""
    return Record(
        person_id=body.person_id,
        unit_id=body.unit_id,
        provider_id=body.provider_id,
        lang=body.lang,
        programme=body.programme,
        status="included",
        included_no=header.no,
        alarms=part.alarms,
        proposed_version=part.proposed_version,
        plan_version=part.plan_version,
        last_ms=header.at_ms,
        seen_no=header.no,
    )


def _proposed(part: Record, body: PlanProposed, header: Header) -> Record:
    return replace(part, proposed_version=body.planned.version, proposed_no=header.no, last_ms=header.at_ms)


def _signed(part: Record, body: PlanSigned, header: Header) -> Record:
    return replace(
        part,
        status="followed",
        plan=body.planned.plan(header.at_ms),
        plan_version=body.planned.version,
        plan_no=header.no,
        last_ms=header.at_ms,
    )


def _taken(part: Record, body: ReadingsTaken, header: Header) -> Record:
    return replace(
        part,
        kept=with_told(part.kept, body.readings, body.answers, now_ms=header.at_ms),
        readings=part.readings + len(body.readings),
        read_no=header.no,
        last_ms=header.at_ms,
    )


def _paused(part: Record, body: FollowUpPaused, header: Header) -> Record:
    pause = Pause(why=body.why, from_ms=body.from_ms, until_ms=body.until_ms)
    return replace(part, kept=replace(part.kept, pauses=(*part.kept.pauses, pause)), last_ms=header.at_ms)


def _resumed(part: Record, _: FollowUpResumed, header: Header) -> Record:
    """What of a pause has been stays: nothing was missed meanwhile."""
    pauses = tuple(
        replace(one, until_ms=min(header.at_ms, one.until_ms or header.at_ms))
        for one in part.kept.pauses
        if one.from_ms < header.at_ms
    )
    return replace(part, kept=replace(part.kept, pauses=pauses), last_ms=header.at_ms)


def _seen(part: Record, body: ReadingsSeen, header: Header) -> Record:
    if body.up_to_no < part.seen_no:
        return part
    return replace(part, seen_no=body.up_to_no, seen_ms=header.at_ms, seen_role=body.role, seen_as_usual=body.as_usual)


def _raised(part: Record, body: AlarmRaised, header: Header) -> Record:
    still = {key: at_ms for key, at_ms in part.told.items() if key in body.standing or header.at_ms - at_ms < FORGET_MS}
    return replace(
        part,
        told={**still, **dict.fromkeys(body.keys, header.at_ms)},
        contact_id=body.contact_id,
        alarms=part.alarms + 1,
    )


def _ended(part: Record, _: FollowUpEnded, header: Header) -> Record:
    return replace(part, status="ended", last_ms=header.at_ms)


def _alarm(part: Triage, body: FollowUpAlarm, header: Header) -> Triage:
    first = body.grounds[0]
    return fold_measured(part, level=body.urgency, reason=words_in(first.reason, body.lang), no=header.no)


def alarm_for_patient(body: FollowUpAlarm) -> FollowUpAlarm:
    """What was seen. Which of the values is in doubt, and why, is for who judges it."""
    grounds = tuple(replace(one, seen=tuple(replace(seen, doubts=()) for seen in one.seen)) for one in body.grounds)
    return replace(body, grounds=grounds, keys=())


def _kind(body: type[Any], fold: Any) -> Kind[Any, Any]:
    return Kind(body=body, part=Record, fold=fold)


KINDS: tuple[Kind[Any, Any], ...] = (
    _kind(FollowUpIncluded, _included),
    _kind(PlanProposed, _proposed),
    _kind(PlanSigned, _signed),
    _kind(ReadingsTaken, _taken),
    _kind(FollowUpPaused, _paused),
    _kind(FollowUpResumed, _resumed),
    _kind(ReadingsSeen, _seen),
    _kind(AlarmRaised, _raised),
    _kind(FollowUpEnded, _ended),
    Kind(
        body=FollowUpAlarm,
        part=Triage,
        fold=_alarm,
        views={"staff": shown_whole, "patient": alarm_for_patient},
        content=True,
        topics=(INDEX,),
        reads=to_all(say_alarm),
    ),
)

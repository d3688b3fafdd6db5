"""The kinds of entry triage owns, and how they change the level in force. Automation only ever raises it."""

from typing import Any

import msgspec

from core.log.entry import Header
from core.log.kinds import Kind, shown_whole
from triage.changes import kept, read_in, with_change
from triage.entries import Assessed, Chip, Level, SilenceRaised, Understood, UrgencySet
from triage.state import Change, Triage
from triage.transcript import say_assessed, say_silence_raised, say_understood, say_urgency_set

RANK: dict[Level, int] = {
    "immediate": 1,
    "very_urgent": 2,
    "urgent": 3,
    "within_24h": 4,
    "routine": 5,
    "self_care": 6,
}


def more_urgent(one: Level, other: Level) -> Level:
    """The higher of two levels."""
    return one if RANK[one] <= RANK[other] else other


def fold_assessed(part: Triage, body: Assessed, header: Header) -> Triage:
    """The first assessment that understood sets the level; from then on automation only raises."""
    settled = part.assessed or part.set_by_person
    level = more_urgent(part.urgency, body.urgency) if settled or not body.assessed else body.urgency
    decides = body.reasons[0] if body.reasons and body.reasons[0].urgency == level else None
    keeps = decides is None or (part.rule != "" and level == part.urgency and settled)
    if_silent = more_urgent(level, body.if_silent or level)
    waits = if_silent != level and not part.raised_silent and not part.set_by_person
    return msgspec.structs.replace(
        part,
        asks_since_ms=(part.asks_since_ms or header.at_ms) if waits else 0,
        if_silent=if_silent,
        urgency=level,
        assessed=part.assessed or body.assessed,
        could_be=more_urgent(level, body.could_be),
        reason=part.reason if keeps else decides.text if decides else "",
        rule=part.rule if keeps else decides.rule if decides else "",
        words=part.words if keeps else decides.words if decides else (),
        denied=body.denied,
        was_urgent=_was_urgent(part, _says_urgent(body, level)),
        basis_no=max(part.basis_no, body.basis_no),
        read=read_in(body),
        changes=with_change(part, body, level=level, no=header.no),
    )


def fold_silence_raised(part: Triage, body: SilenceRaised, header: Header) -> Triage:
    """Silence raises, once; it never lowers."""
    level = more_urgent(part.urgency, body.urgency)
    change = Change(no=header.no, before=part.urgency, after=level, silent=True)
    return msgspec.structs.replace(
        part,
        urgency=level,
        could_be=more_urgent(level, part.could_be),
        asks_since_ms=0,
        raised_silent=True,
        changes=kept((*part.changes, change)),
        was_urgent=_was_urgent(part, is_urgent(level)),
    )


def fold_urgency_set(part: Triage, body: UrgencySet, _: Header) -> Triage:
    """A named person's level stands as it is; it is the only way down."""
    return msgspec.structs.replace(
        part,
        urgency=body.urgency,
        assessed=True,
        set_by_person=True,
        asks_since_ms=0,
        could_be=more_urgent(body.urgency, part.could_be),
        reason=body.reason,
        rule="",
        words=(),
        changes=(),
        was_urgent=_was_urgent(part, is_urgent(body.urgency)),
    )


def fold_measured(part: Triage, *, level: Level, reason: str, no: int) -> Triage:
    """A value measured at home is beyond the patient's own limit, or did not come. It sets the level of a contact that
    begins with it, and from then on only raises."""
    fresh = not part.assessed and not part.set_by_person and part.basis_no == 0
    after = level if fresh else more_urgent(part.urgency, level)
    rises = fresh or after != part.urgency
    change = () if fresh else (Change(no=no, before=part.urgency, after=after, reason=reason),)
    return msgspec.structs.replace(
        part,
        urgency=after,
        assessed=True,
        could_be=after if fresh else more_urgent(after, part.could_be),
        reason=reason if rises else part.reason,
        rule="" if rises else part.rule,
        words=() if rises else part.words,
        was_urgent=_was_urgent(part, is_urgent(after)),
        changes=kept((*part.changes, *change)),
    )


def is_urgent(level: Level) -> bool:
    """Urgent or above."""
    return RANK[level] <= RANK["urgent"]


def _says_urgent(body: Assessed, level: Level) -> bool:
    """Understood as urgent, or a rule said so. That what was not understood counts as urgent says nothing yet."""
    fired = any(is_urgent(reason.urgency) for reason in body.reasons)
    return fired or RANK[level] < RANK["urgent"] or (body.assessed and is_urgent(level))


def _was_urgent(part: Triage, now: bool) -> bool:
    """Only the first reading of a fresh contact may say no; afterwards nothing takes a yes back."""
    read_before = part.assessed or part.set_by_person or part.basis_no > 0
    return now or (part.was_urgent and read_before)


def as_understood(body: Assessed) -> Understood:
    """The patient's view: what was understood and what is asked, each concept once, without rules."""
    chips = {
        finding.concept: Chip(concept=finding.concept, label=finding.label, state=finding.state)
        for finding in body.findings
        if finding.state in ("has", "has_not", "unsure")
    }
    return Understood(
        urgency=body.urgency,
        assessed=body.assessed,
        chips=tuple(chips.values()),
        ask=tuple(msgspec.structs.replace(question, could_be=None) for question in body.ask),
        safety_net=body.safety_net,
        plain=body.plain,
    )


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=Assessed,
        part=Triage,
        fold=fold_assessed,
        views={"staff": shown_whole, "patient": as_understood},
        topics=("index",),
        reads={"staff": say_assessed, "patient": say_understood},
    ),
    Kind(
        body=SilenceRaised,
        part=Triage,
        fold=fold_silence_raised,
        views={"staff": shown_whole},
        topics=("index",),
        reads={"staff": say_silence_raised},
    ),
    Kind(
        body=UrgencySet,
        part=Triage,
        fold=fold_urgency_set,
        views={"staff": shown_whole},
        content=True,
        topics=("index",),
        reads={"staff": say_urgency_set},
    ),
)

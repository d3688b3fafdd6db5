"""What a re-reading changed of a contact that waits: from one assessment of the log to the next. Pure."""

from collections.abc import Iterable

from triage.entries import Assessed, Level
from triage.state import Change, Triage

MOST = 4
"""Changes kept; what is older has been seen, or is one with what came after."""
MOST_LABELS = 6


def read_in(body: Assessed) -> dict[str, str]:
    """Each concept that the patient has, or has not, with which of the two; what they have counts more."""
    states = {one.concept: one.state for one in body.findings if one.state == "has_not"}
    return {**states, **{one.concept: one.state for one in body.findings if one.state == "has"}}


def with_change(part: Triage, body: Assessed, *, level: Level, no: int) -> tuple[Change, ...]:
    """The changes after this assessment, which put the level to `level`; the first reading changes nothing."""
    if part.basis_no == 0:
        return part.changes
    because = (
        next((reason for reason in body.reasons if reason.urgency == level), None) if level != part.urgency else None
    )
    change = Change(
        no=no,
        before=part.urgency,
        after=level,
        rule=because.rule if because else "",
        reason=because.text if because else "",
        words=because.words if because else (),
        has=_new(part, body, "has"),
        has_not=_new(part, body, "has_not"),
    )
    told = change.before != change.after or change.has or change.has_not
    return kept((*part.changes, change)) if told else part.changes


def kept(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """As many as are kept."""
    return changes[-MOST:]


def _new(part: Triage, body: Assessed, state: str) -> tuple[str, ...]:
    now, before = read_in(body), part.read
    labels = (one.label for one in body.findings if now.get(one.concept) == state != before.get(one.concept))
    return _first(labels)


def _first(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))[:MOST_LABELS]

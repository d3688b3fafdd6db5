"""What an assessment says: the level, why, what it could be, and what was read where."""

from typing import Literal

import msgspec

from triage.urgency import Urgency

Certainty = Literal["A", "B", "C"]
Onset = Literal["sudden", "gradual"]
Span = tuple[int, int, int]
"""Statement index, start, end: code points of that statement's text as it was given."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One concept read in one statement."""

    statement: int
    concept: str
    start: int
    end: int
    text: str
    negated: bool = False
    uncertain: bool = False
    hypothetical: bool = False
    subject: Literal["self", "child", "other", "family", "unclear"] = "self"
    temporality: Literal["current", "history", "resolved"] = "current"
    severity: int | None = None
    """0 to 10."""
    duration_h: float | None = None
    onset: Onset | None = None
    course: Literal["worse", "better", "unchanged"] | None = None


class FiredRule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One rule that holds, and the findings (their indices) it rests on."""

    id: str
    urgency: Urgency
    certainty: Certainty
    disposition: str
    evidence: tuple[int, ...] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The whole result. `unassessed` means: a human reads it within the urgent target."""

    lang: str
    urgency: Urgency
    status: Literal["assessed", "unassessed"]
    could_be: Urgency
    if_silent: Urgency
    """The level when nobody answers what is asked: raised by one, at most to very urgent, or the same."""
    rules: tuple[FiredRule, ...] = ()
    """Most urgent first."""
    findings: tuple[Finding, ...] = ()
    unread: tuple[Span, ...] = ()
    ask: tuple[str, ...] = ()
    """Ids of the questions that would settle it, the most telling first; at most 8, none when immediate."""
    changes: dict[str, Urgency] = {}
    """What would change it: the level a bad answer to each question asked could lead to."""
    safe_path: str | None = None
    warnings: tuple[str, ...] = ()
    """Codes such as `other_language`, `too_long`, `impossible_vital:spo2`."""
    content_version: str

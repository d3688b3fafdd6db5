"""What an assessment says: the level, the rules behind it, the words behind the rules, and what is still unknown."""

from typing import Literal

import msgspec

from triage.ids import ConceptId, PathId, QuestionId, RuleId
from triage.urgency import Urgency

Subject = Literal["self", "child", "other", "family"]
Temporality = Literal["current", "history", "resolved"]
Onset = Literal["sudden", "gradual"]
Course = Literal["worse", "better", "unchanged"]
Certainty = Literal["A", "B", "C"]
WarningCode = Literal[
    "other_language",  # offer an interpreter; data: the language as ISO 639-1
    "text_cut",  # only the first part of a very long text was read
    "long_word",  # a run of signs too long to be a word was passed over
    "control_characters",  # signs that cannot be seen were passed over
    "vital_impossible",  # a measurement that cannot be was left out; data: which
    "unknown_answer",  # an answer to a question we do not have, or of the wrong kind
    "age_impossible",  # an age that cannot be was left out
]


class Warned(msgspec.Struct, frozen=True):
    """Something a human should know about the input. `data` is an id or a code, never a patient's words."""

    code: WarningCode
    data: str = ""


class Span(msgspec.Struct, frozen=True):
    """A stretch of one statement, in code points of its text as given."""

    statement: int
    start: int
    end: int


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A concept read in a statement, and what was said about it. `severity` is 0-10, `duration_h` in hours."""

    statement: int
    concept: ConceptId
    start: int
    end: int
    text: str
    negated: bool = False
    uncertain: bool = False
    hypothetical: bool = False
    subject: Subject = "self"
    temporality: Temporality = "current"
    severity: int | None = None
    duration_h: float | None = None
    onset: Onset | None = None
    course: Course | None = None


class FiredRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that holds. `reason` is in each staff language; `evidence` are places in `findings`."""

    id: RuleId
    urgency: Urgency
    reason: dict[str, str]
    certainty: Certainty
    confirmed: bool
    """Whether a clinician has reviewed the rule; otherwise staff see an "unconfirmed" badge."""
    evidence: tuple[int, ...] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer. `unassessed` is always sorted as urgent or higher: a human reads it."""

    lang: str
    urgency: Urgency
    status: Literal["assessed", "unassessed"]
    rules: tuple[FiredRule, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Span, ...] = ()
    could_be: Urgency
    ask: tuple[QuestionId, ...] = ()
    safe_path: PathId | None = None
    disposition: str | None = None
    warnings: tuple[Warned, ...] = ()
    content_version: str

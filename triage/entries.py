"""What triage writes in a contact's log, and what of it the patient sees."""

from typing import Literal

import msgspec

from core.log.body import Body

Level = Literal["immediate", "very_urgent", "urgent", "within_24h", "routine", "self_care"]
State = Literal["has", "has_not", "unsure", "past", "other_person"]
"""What a finding says about the patient."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One fired rule: what it says and the patient's own words it rests on."""

    rule: str
    urgency: Level
    text: str
    words: tuple[str, ...] = ()
    at: tuple[tuple[int, int, int], ...] = ()
    """Where those words stand: entry number, start, end."""
    source: tuple[str, ...] = ()
    """Names of the content's sources it rests on."""
    confirmed: bool = False
    """True when a clinician has confirmed the rule; otherwise staff see an "unconfirmed" badge."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A concept read in one entry's text; `start` and `end` are code points of that text."""

    entry: int
    start: int
    end: int
    concept: str
    label: str
    state: State
    severity: int | None = None
    duration_h: float | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question that would settle the urgency, in the patient's language."""

    id: str
    wording: str
    answer: Literal["bool", "number", "text"] = "bool"
    could_be: Level | None = None
    """The level a bad answer could lead to, where that is above the level now."""


class Assessed(Body, tag="assessed", frozen=True, kw_only=True):
    """One assessment of everything said so far. Staff see it whole."""

    urgency: Level
    assessed: bool
    """False: the text was not understood well enough; a human reads it within the urgent target."""
    could_be: Level
    if_silent: Level | None = None
    """The level when nobody answers what is asked; None in entries of a release that did not say it."""
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[tuple[int, int, int], ...] = ()
    """Clauses nobody understood: entry number, start, end."""
    ask: tuple[Question, ...] = ()
    denied: tuple[str, ...] = ()
    """Labels of red-flag concepts the patient struck: shown as "the patient says: no …"."""
    safety_net: str = ""
    plain: tuple[str, ...] = ()
    """Three plain lines for the patient: what was understood, how soon, why or what would change it."""
    path: Reason | None = None
    """The safe path a level below urgent rests on: what was understood, and what was answered with no."""
    lang: str
    basis_no: int
    """The last entry this assessment has read."""
    content_version: str


class Chip(msgspec.Struct, frozen=True, kw_only=True):
    """One thing understood, as the patient sees it."""

    concept: str
    label: str
    state: Literal["has", "has_not", "unsure"]


class Understood(Body, tag="understood", frozen=True, kw_only=True):
    """The patient's view of an assessment: how they were understood and what is asked. No rule, no diagnosis."""

    urgency: Level
    assessed: bool
    chips: tuple[Chip, ...] = ()
    ask: tuple[Question, ...] = ()
    safety_net: str = ""
    plain: tuple[str, ...] = ()


class SilenceRaised(Body, tag="silence_raised", frozen=True, kw_only=True):
    """A question that was shown was left unanswered past the unit's time: one level up, once."""

    urgency: Level
    after_min: int


class UrgencySet(Body, tag="urgency_set", frozen=True, kw_only=True):
    """A named person sets the level, with a reason: the only way it is ever lowered."""

    urgency: Level
    reason: str
    claim_no: int
    instead_of: Level | None = None
    """The level in force when they decided; None in entries of a release that did not say it."""

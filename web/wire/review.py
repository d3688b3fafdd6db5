"""Learning from nurses: marking what was read wrongly, and what reviewers make of it."""

from typing import Literal

from core.log.body import Author
from triage.case import Subject
from triage.entries import Level, Reason, State
from triage.review.entries import Why
from triage.review.kinds import Status
from web.wire.base import Wire
from web.wire.session import Language


class ListConcepts(Wire, frozen=True, kw_only=True):
    """`concept:list`: what the clinical content knows, by name."""

    lang: Language


class ConceptName(Wire, frozen=True, kw_only=True):
    """One concept and what it is called."""

    concept: str
    label: str


class ConceptList(Wire, frozen=True, kw_only=True):
    """Answer to `concept:list`, by name."""

    concepts: tuple[ConceptName, ...]


class MarkReading(Wire, frozen=True, kw_only=True):
    """`reading:mark`: words of the patient were read wrongly. It changes no level; reviewers of the unit see it."""

    contact_id: str
    client_id: str
    entry: int
    """Number of the patient's entry."""
    start: int
    end: int
    """Code points of its text."""
    meant: str = ""
    """The concept that should have been read there; empty: none."""
    meant_as: State = "has"
    comment: str = ""


class ListReviews(Wire, frozen=True, kw_only=True):
    """`review:list`: what there is to review at a unit, or with `done` what was; the newest first. No one's words."""

    unit_id: str
    lang: Language
    done: bool = False


class ReadAs(Wire, frozen=True, kw_only=True):
    """One concept by name, and what is said of it about the patient."""

    concept: str
    label: str
    state: State


class ReviewListed(Wire, frozen=True, kw_only=True):
    """One thing to review."""

    contact_id: str
    no: int
    """Number of the entry in which staff said it."""
    at: str
    by: Author
    what: Literal["level", "words"]
    """Another level was set, or words were marked."""
    before: Level
    """The level in force then."""
    after: Level | None = None
    """The level that was set."""
    read_as: tuple[ReadAs, ...] = ()
    meant: ReadAs | None = None
    """None, where words were marked: nothing should have been read."""
    rules: tuple[str, ...] = ()
    """Rules that had fired, and the safe path."""
    content_version: str = ""
    status: Status
    reviewer: str = ""
    reviewed_at: str = ""


class ReviewList(Wire, frozen=True, kw_only=True):
    """Answer to `review:list`."""

    items: tuple[ReviewListed, ...]


class ShowReview(Wire, frozen=True, kw_only=True):
    """`review:show`: one thing to review with the patient's words; recorded as a look at the contact."""

    contact_id: str
    no: int
    lang: Language


class PatientText(Wire, frozen=True, kw_only=True):
    """What the patient wrote in one entry, and which words of it were marked."""

    no: int
    text: str
    start: int = 0
    end: int = 0


class ExpectedReading(Wire, frozen=True, kw_only=True):
    """What must be read in a sentence: words that stand in it, as which concept, in which state."""

    words: str
    concept: str
    state: State


class Rewritten(Wire, frozen=True, kw_only=True):
    """A reviewer's sentence, with what it must give."""

    text: str
    lang: Language
    subject: Subject
    age_y: float | None = None
    sex: Literal["f", "m"] | None = None
    with_answers: bool = False
    """With the patient's answers of yes, no and numbers to the intake's questions."""
    urgency: Level | None = None
    reads: tuple[ExpectedReading, ...] | None = None
    """Everything that must be read in it; None where only the level is meant."""


class ShownReview(Wire, frozen=True, kw_only=True):
    """Answer to `review:show`."""

    listed: ReviewListed
    comment: str
    texts: tuple[PatientText, ...]
    reasons: tuple[Reason, ...]
    """The rules that had fired, with the patient's words."""
    answers: int
    """How many questions of the intake had been answered with yes, no or a number."""
    lang: str
    subject: Subject
    age_y: float | None
    sex: Literal["f", "m"] | None
    rewritten: Rewritten | None = None
    why: Why | None = None
    """Why it was set aside."""


class RewriteReading(Wire, frozen=True, kw_only=True):
    """`review:rewrite`: say it in a sentence of one's own, which becomes a test. Refused with `too_alike` where it
    repeats the patient's."""

    contact_id: str
    client_id: str
    no: int
    rewritten: Rewritten


class SetReadingAside(Wire, frozen=True, kw_only=True):
    """`review:set_aside`: there is nothing to learn in it."""

    contact_id: str
    client_id: str
    no: int
    why: Why

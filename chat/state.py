"""What chat keeps of a contact: whom it is about, whose turn it is, the advice given. No patient's words."""

from typing import Literal

import msgspec

from carequeue.entries import CloseReason
from chat.entries import Sex, Subject
from core.log.state import Part
from triage.entries import Level


class OpenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a colleague that nobody has answered."""

    no: int
    to_staff: str | None
    to_role: str


class Net(msgspec.Struct, frozen=True, kw_only=True):
    """The newest safety net a person gave the patient."""

    no: int
    patient_no: int
    at_ms: int
    text: str
    urgency: Level
    """The level in force when it was given."""
    closes: CloseReason | None
    """Set: confirming it ends the contact, for this reason, while the claim lives and nothing was said since."""
    claim_no: int
    confirmed_ms: int = 0
    """When the patient said that they had understood; 0 until then."""


class Conversation(Part, tag="chat", frozen=True, kw_only=True):
    """The conversation so far, as far as lists and gates need it."""

    subject: Subject = "self"
    age_y: int | None = None
    age_m: int | None = None
    sex: Sex | None = None
    lang: str = "sv"
    opened_ms: int = 0
    turn: Literal["patient", "staff"] = "staff"
    """Who owes the next answer."""
    turn_since_ms: int = 0
    alive_ms: int = 0
    """When the patient last did anything: wrote, answered, read."""
    last_said: dict[Literal["patient", "staff"], int] = {}
    """Number of the newest message of each side."""
    told_no: int = 0
    """Number of the newest answer or correction: what was told in another way than in words."""
    read_by: dict[str, int] = {}
    """How far each reader (actor id) has read."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """Questions between colleagues that wait for an answer."""
    booking_id: str = ""
    """What it was booked by, where it was opened for a booked visit."""
    net: Net | None = None
    """What the patient was told to watch for, where a person gave it to be confirmed."""

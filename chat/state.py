"""What chat keeps of a contact: whom it is about and whose turn it is. No one's words."""

from typing import Literal

import msgspec

from chat.entries import Sex, Subject
from core.log.state import Part


class OpenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a colleague that nobody has answered."""

    no: int
    to_staff: str | None
    to_role: str


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
    read_by: dict[str, int] = {}
    """How far each reader (actor id) has read."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """Questions between colleagues that wait for an answer."""

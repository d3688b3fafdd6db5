"""What chat keeps of a contact: whom it is about and whose turn it is. No one's words."""

from typing import Literal

from chat.entries import Sex, Subject
from core.log.state import Part


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

"""What is kept of a contact's silence and of its calls."""

import msgspec

from chat.waiting.entries import ListedWhy, Outcome, StepName
from core.log.state import Part


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One telephone call to the patient."""

    at_ms: int
    outcome: Outcome
    by: str


class Silence(Part, tag="silence", frozen=True, kw_only=True):
    """The steps taken in one wait or silence, and the calls. A new silence begins with none taken."""

    since_ms: int = 0
    taken: dict[StepName, int] = {}
    """How often each step was taken."""
    last_ms: int = 0
    """When the newest was."""
    listed_ms: int = 0
    """Since when it is on the call-back list; 0 when it is not."""
    why: ListedWhy = "silent"
    calls: int = 0
    """How many are to be made."""
    every_min: int = 0
    attempts: tuple[Attempt, ...] = ()
    """Calls since it came on the list, in order."""
    reached_ms: int = 0
    """When a call last reached the patient: a sign of life."""

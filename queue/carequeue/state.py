"""What the queue keeps of a contact: where it waits, who holds it and under which number."""

from typing import Literal

from carequeue.entries import Closed
from core.log.state import Part

Status = Literal["waiting", "held", "closed"]


class Place(Part, tag="place", frozen=True, kw_only=True):
    """A contact's place. Held means: by exactly one person, under `claim_no`."""

    unit_id: str = ""
    """Empty until the contact has been queued."""
    status: Status = "waiting"
    needs: tuple[str, ...] = ()
    """What the one who takes it must be able to do."""
    needed: bool = False
    """It needed something at some time: then it has a timer by which that falls away."""
    widened: bool = False
    """A need has fallen away in this wait, and is not asked for again."""
    routed_again: bool = False
    """It has been routed once more in this wait, now that it is understood."""
    service: str = ""
    """What care is sought for, as the patient chose."""
    lang: str = ""
    """The language the patient is to be answered in."""
    last_holder_id: str = ""
    """Who held it last, staff id: who knows the patient when they come again."""
    letter: bool = False
    """It was written as a letter, and has not been turned into a chat or a visit."""
    arrived_ms: int = 0
    """When it was first queued, or opened again; moving, handing back and a new level do not change it."""
    waiting_ms: int = 0
    """Since when it waits this time."""
    answered_ms: int | None = None
    """When someone first took it since then."""
    held_ms: int | None = None
    closed_ms: int | None = None
    holder_id: str | None = None
    holder_name: str = ""
    holder_role: str = ""
    claim_no: int = 0
    """The newest claim's number; it only grows, and a command under an older one is refused."""
    closed: Closed | None = None

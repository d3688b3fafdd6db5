"""Doors, blocks and agreements as entries: each has a stream of its own, and nothing about it is overwritten."""

from typing import Literal

from core.log.body import Body

OpenedOn = Literal["care", "consent", "emergency"]
"""What a member of staff may open a door on; `shared` follows from an agreement between units."""


class DoorOpened(Body, tag="door_opened", frozen=True, kw_only=True):
    """A member of staff went beyond their unit for one person. The reason is theirs, in their words."""

    staff_id: str
    person_id: str
    at_unit_id: str
    """Where they act from."""
    basis: OpenedOn
    reason: str
    unit_id: str = ""
    provider_id: str = ""
    """What it opens; both empty: everything, which only an emergency does."""
    until_ms: int


class DoorClosed(Body, tag="door_closed", frozen=True, kw_only=True):
    """Nothing more is to be seen through it: who opened it is done, the patient or the unit's lead has ended it."""

    why: Literal["done", "blocked", "refused"]


class LookedIn(Body, tag="looked_in", frozen=True, kw_only=True):
    """In a contact: staff from elsewhere opened it in an emergency. The patient and who cares for them are told."""

    at_unit_id: str
    """Where they act from."""


class Blocked(Body, tag="blocked", frozen=True, kw_only=True):
    """A person keeps what one unit, or one legal care giver, knows to itself (SFS 2008:355, 4 kap. 4 §; 2022:913), or
    keeps a named member of staff out (pasientjournalloven § 17)."""

    person_id: str
    provider_id: str
    unit_id: str = ""
    """Empty: every unit of the provider, towards other providers only."""
    staff_id: str = ""
    """Instead: everything that is known of the person, from this member of staff, also at their own unit."""


class BlockLifted(Body, tag="block_lifted", frozen=True, kw_only=True):
    """The person has changed their mind."""


class ShareAgreed(Body, tag="share_agreed", frozen=True, kw_only=True):
    """Two units answer for a person together: what one holds about them is open to the care staff of the other."""

    person_id: str
    unit_id: str
    provider_id: str
    """Whose contacts are opened."""
    with_unit_id: str
    """To whose staff."""
    until_ms: int
    reason: str


class ShareEnded(Body, tag="share_ended", frozen=True, kw_only=True):
    """They answer for the person together no more."""

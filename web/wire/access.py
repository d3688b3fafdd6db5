"""The walls between units and legal care givers, and the doors in them."""

from typing import Literal

from core.access.entries import OpenedOn
from core.access.rights import Basis
from web.wire.base import Wire


class OpenDoor(Wire, frozen=True, kw_only=True):
    """`access:open`: see what others know of a person, on a basis and with a reason; recorded and told.

    The person is named by `person_id`, by an identity number in full, or by a contact with them that one may read.
    Nobody, and nothing that this basis opens, look the same.
    """

    client_id: str
    person_id: str = ""
    number: str = ""
    """In any usual way of writing it; the audit keeps its digest."""
    contact_id: str = ""
    unit_id: str
    """Where one acts from."""
    basis: OpenedOn
    reason: str


class BehindDoor(Wire, frozen=True, kw_only=True):
    """A contact that lies behind a door."""

    contact_id: str
    unit: str
    opened_at: str
    status: Literal["waiting", "held", "closed"]
    basis: Basis
    until: str
    """When one sees it no more."""
    door_ids: tuple[str, ...]
    """Doors of one's own that let one to it: once all are ended, one sees it no more. None where units have agreed."""


class BehindDoors(Wire, frozen=True, kw_only=True):
    """What lies behind the doors that are open to one, newest first."""

    contacts: tuple[BehindDoor, ...]


class ListDoors(Wire, frozen=True, kw_only=True):
    """`access:list`: what lies behind the doors that are open to one now."""


class CloseDoor(Wire, frozen=True, kw_only=True):
    """`access:close`: end a door before its time. Staff end their own, patients one that concerns them."""

    client_id: str
    door_id: str


class ShareContact(Wire, frozen=True, kw_only=True):
    """`access:share`: answer for the contact's person together with another unit."""

    client_id: str
    contact_id: str
    with_unit_id: str
    until: str
    """RFC 3339, within a year."""
    reason: str


class Shared(Wire, frozen=True, kw_only=True):
    """The agreement was made."""

    door_id: str


class ListShares(Wire, frozen=True, kw_only=True):
    """`access:shares`: with whom the contact's unit answers for its person together, and with whom it could."""

    contact_id: str


class SharedWith(Wire, frozen=True, kw_only=True):
    """An agreement that opens what the contact's unit knows of its person."""

    door_id: str
    unit: str
    until: str


class OtherUnit(Wire, frozen=True, kw_only=True):
    """A unit one could agree with."""

    unit_id: str
    unit: str
    provider: str


class Shares(Wire, frozen=True, kw_only=True):
    """Answer to `access:shares`; the agreements that end last first, the units by name."""

    agreements: tuple[SharedWith, ...]
    units: tuple[OtherUnit, ...]


class EndShare(Wire, frozen=True, kw_only=True):
    """`access:unshare`: end such an agreement."""

    client_id: str
    door_id: str


class BlockUnit(Wire, frozen=True, kw_only=True):
    """`access:block`: keep what a unit, or a whole legal care giver, knows of a person to itself, or no longer.

    One of `unit_id`, `provider_id` and `staff_id`. `provider_id` holds towards other legal care givers only, `staff_id`
    keeps one member of staff from everything, where the country's law lets a person do so.
    """

    client_id: str
    unit_id: str = ""
    provider_id: str = ""
    staff_id: str = ""
    blocked: bool
    for_person: str = ""
    """Somebody the patient represents and may block for; empty: oneself."""


class ListAccess(Wire, frozen=True, kw_only=True):
    """`access:mine`: who may see what is known of the patient, or of somebody they represent."""

    for_person: str = ""


class UnitKnows(Wire, frozen=True, kw_only=True):
    """A unit that has contacts with the patient."""

    unit_id: str
    unit: str
    provider: str
    blocked: bool


class ProviderKnows(Wire, frozen=True, kw_only=True):
    """A legal care giver of such units."""

    provider_id: str
    provider: str
    blocked: bool
    """Kept from every other legal care giver."""


class StaffKnows(Wire, frozen=True, kw_only=True):
    """A member of staff who has written to the patient, or is kept out, by name."""

    staff_id: str
    staff: str
    blocked: bool
    """Sees nothing of the person, unless life is in danger."""


class DoorToMine(Wire, frozen=True, kw_only=True):
    """Someone outside those units may see something until then."""

    door_id: str
    from_unit: str
    opens_unit: str
    """What it opens; empty: everything."""
    basis: Basis
    until: str


class OwnAccess(Wire, frozen=True, kw_only=True):
    """Who may see what is known of the patient."""

    units: tuple[UnitKnows, ...]
    providers: tuple[ProviderKnows, ...]
    staff: tuple[StaffKnows, ...]
    """Those one may keep out; none where the law knows no such block."""
    doors: tuple[DoorToMine, ...]
    may_block: bool
    """False for whoever stands for somebody and may only look, by the age rules in force."""


class AccessEnded(Wire, frozen=True, kw_only=True):
    """Event `access_ended`: this socket follows it no more, since access to it has ended."""

    contact_id: str = ""
    unit_id: str = ""


class AccessChanged(Wire, frozen=True, kw_only=True):
    """Event `access_changed`: other doors are open to one than before; `access:list` says which."""

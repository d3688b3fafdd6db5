"""Finding a person by identity number."""

from typing import Literal

from chat.entries import Sex
from core.identity.entries import Protection
from web.wire.base import Wire


class FindPerson(Wire, frozen=True, kw_only=True):
    """`person:find`: whose number this is. The number is in a body and nowhere else; the audit keeps its digest."""

    number: str
    """In any usual way of writing it."""


class FoundContact(Wire, frozen=True, kw_only=True):
    """A contact of the person that one may open."""

    contact_id: str
    unit: str
    opened_at: str
    status: Literal["waiting", "held", "closed"]


class FoundPerson(Wire, frozen=True, kw_only=True):
    """The least that tells whether it is the right person."""

    person_id: str
    name: str
    age_y: int
    unit: str
    """Where they are registered, when that is with one's own legal care giver; never of somebody protected."""
    protection: Protection | None
    contacts: tuple[FoundContact, ...]
    """Those one may open, newest first."""


class FoundPersons(Wire, frozen=True, kw_only=True):
    """Nobody, when nobody has the number, and as well when one's legal care giver has nothing to do with them."""

    persons: tuple[FoundPerson, ...]


class RepresentedPerson(Wire, frozen=True, kw_only=True):
    """Somebody a patient may act for now."""

    person_id: str
    name: str
    age_y: int
    age_m: int
    """The whole age in months."""
    sex: Sex | None

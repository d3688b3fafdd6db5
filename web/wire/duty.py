"""Who is on duty at a unit, and what a patient is told of it before they write."""

from carequeue.duty.entries import Standing
from web.wire.base import Wire


class SetDuty(Wire, frozen=True, kw_only=True):
    """`duty:set`: go on duty at a unit, pause (finish what is open, take nothing new), or go off duty."""

    unit_id: str
    client_id: str
    standing: Standing


class ListDuty(Wire, frozen=True, kw_only=True):
    """`duty:list`: who is on duty at a unit."""

    unit_id: str


class DutyOf(Wire, frozen=True, kw_only=True):
    """One member of staff who is on duty or pauses."""

    staff_id: str
    name: str
    standing: Standing
    since: str
    reached: bool
    """Whether they have a line now, or had one within two minutes."""


class UnitDuty(Wire, frozen=True, kw_only=True):
    """Answer to `duty:set` and `duty:list`, by name; who is off duty is not in it."""

    unit_id: str
    manned: bool
    """Whether anybody takes who comes."""
    staff: tuple[DutyOf, ...]
    surge_until: str | None = None
    """Until when surge mode is on."""


class AskUnitNow(Wire, frozen=True, kw_only=True):
    """`duty:ask`: how it stands at the unit where one's contact would go, before one writes."""

    unit_id: str = ""
    """A unit one has chosen; empty: where one is registered."""
    for_person: str = ""
    """Somebody one represents, whose unit it is then."""
    service: str = ""
    """What care is sought for."""


class ServiceChoice(Wire, frozen=True, kw_only=True):
    """Something care can be sought for."""

    id: str
    name: dict[str, str]
    """By language."""


class UnitNow(Wire, frozen=True, kw_only=True):
    """Answer to `duty:ask`."""

    unit: str
    manned: bool
    """Whether anybody is on duty."""
    takes: bool
    """Whether one may write there now."""
    opens_at: str | None
    """When it opens next, while it is closed."""
    phone: str
    """The unit's own number, if it has one."""
    instead_of: str = ""
    """The unit that is closed, whose patients this one takes meanwhile."""
    full: bool = False
    """Whether it has as many as it takes today: who can wait may wait longer, who cannot is taken all the same."""
    told: dict[str, str] = {}
    """The unit's own words while it is closed or full, by language: where to turn. Empty: the page's."""
    services: tuple[ServiceChoice, ...] = ()
    """What one may choose among."""
    surge: bool = False
    """Whether very many seek care there now, so that it takes longer."""
    outage: dict[str, str] = {}
    """What everybody who comes is told, by language; empty when nothing is out of order."""


class DutyChanged(Wire, frozen=True, kw_only=True):
    """Event `duty`: somebody has gone on or off duty at a unit; `duty:list` has it."""

    unit_id: str

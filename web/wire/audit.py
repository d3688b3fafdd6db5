"""Who has read and changed what: for auditors of a legal care giver, and for whom it concerns."""

from typing import Literal

import msgspec

from core.audit.entries import Tie
from core.audit.judging import Stratum, Verdict
from web.wire.base import Wire


class SearchAuditEvents(Wire, frozen=True, kw_only=True):
    """AuditEvents about one person, the newest first."""

    patient: str
    """The person, by our own id: never a number."""
    date: str = ""
    """`ge` and `lt` with a moment (RFC 3339) or a day each, as FHIR writes them; given twice, both hold."""
    count: int = msgspec.field(name="_count", default=50)
    """1 to 200 on a page."""
    page: str = ""
    """Where a page begins: from the link `next` of the one before."""


class ListLooks(Wire, frozen=True, kw_only=True):
    """`looks:list`: who has read or changed what concerns the patient, or somebody they stand for; newest first."""

    for_person: str = ""
    """Somebody the patient represents; empty: oneself."""
    page: str = ""
    """Where a page begins: `next` of the one before."""


Purpose = Literal["care", "own", "emergency", "search", "administration"]


class Look(Wire, frozen=True, kw_only=True):
    """One time somebody did. Staff are told by role and unit, protected staff by role alone."""

    at: str
    does: Literal["look", "change"]
    who: Literal["self", "representative", "staff"]
    role: str = ""
    unit: str = ""
    provider: str = ""
    purpose: Purpose
    contact_id: str = ""
    """The contact it concerned; empty when it was none."""


class Looks(Wire, frozen=True, kw_only=True):
    """A page of them."""

    looks: tuple[Look, ...]
    next: str = ""
    """Where the next page begins; empty when this was the last."""


class AskAuditScope(Wire, frozen=True, kw_only=True):
    """`audit:scope`: of which units and by whom an auditor sees looks."""


class AuditedUnit(Wire, frozen=True, kw_only=True):
    """A unit of a legal care giver whose audit one reads."""

    unit_id: str
    unit: str
    provider_id: str


class AuditedStaff(Wire, frozen=True, kw_only=True):
    """Somebody who works there."""

    staff_id: str
    name: str
    """Empty for whoever's name is not shown."""
    role: str
    unit_id: str


class AuditScope(Wire, frozen=True, kw_only=True):
    """By name."""

    units: tuple[AuditedUnit, ...]
    staff: tuple[AuditedStaff, ...]


class SearchLooks(Wire, frozen=True, kw_only=True):
    """`audit:search`: looks that an auditor answers for, the newest first. What is empty asks nothing."""

    number: str = ""
    """An identity number, in any usual way of writing it: looks that concerned this person."""
    staff: str = ""
    """Who looked, by their id."""
    at_unit: str = ""
    since: str = ""
    until: str = ""
    """A moment each (RFC 3339); `until` itself is not in it."""
    basis: str = ""
    stratum: Stratum | Literal[""] = ""
    page: str = ""
    """Where a page begins: `next` of the one before."""


class AuditedLook(Wire, frozen=True, kw_only=True):
    """One look. Whom it concerned is told by `audit:show`."""

    look_id: str
    at: str
    action: str
    staff_id: str
    """Empty for a patient's own look."""
    name: str
    """Who looked; empty for whoever's name is not shown."""
    role: str
    unit: str
    """Where the look was; empty when it was at none."""
    provider: str
    outcome: Literal["allowed", "refused"]
    basis: str
    stratum: Stratum
    ties: tuple[Tie, ...]
    purpose: str
    of_person: bool
    """Whether it concerned somebody."""


class FoundLooks(Wire, frozen=True, kw_only=True):
    """A page of them."""

    looks: tuple[AuditedLook, ...]
    next: str = ""
    """Where the next page begins; empty when this was the last."""


class ShowLook(Wire, frozen=True, kw_only=True):
    """`audit:show`: everything that the audit has of one look. Recorded as a look at whom it concerned."""

    look_id: str


class ThroughDoor(Wire, frozen=True, kw_only=True):
    """The door that a look went through."""

    basis: str
    opened_at: str
    until: str
    from_unit: str
    reason: str
    """In the words of who opened it; empty once they were erased."""


class ShownLook(Wire, frozen=True, kw_only=True):
    """One look, whole."""

    look: AuditedLook
    about: Literal["contact", "unit", "search", "audit", "own", "other"]
    about_id: str
    """The contact or the unit; empty for what has no id to tell."""
    person: str
    """Whom it concerned; empty for nobody and for somebody protected."""
    protected: bool
    works_at: str
    """The unit where they who looked hold the role."""
    address: str
    session: str
    node: str
    found: int | None
    searched: str
    doors: tuple[ThroughDoor, ...]


class DrawCheck(Wire, frozen=True, kw_only=True):
    """`check:draw`: draw looks by lot, so many of each stratum, as a list of work."""

    client_id: str
    provider_id: str = ""
    """Empty: one's own, where there is one."""
    at_unit: str = ""
    since: str
    until: str
    per_stratum: int
    """1 to 50."""


class ListChecks(Wire, frozen=True, kw_only=True):
    """`check:list`: every spot check of one's own legal care givers, the newest first."""


class CheckSummary(Wire, frozen=True, kw_only=True):
    """One of them."""

    check_id: str
    drawn_at: str
    since: str
    until: str
    unit: str
    """Empty: every unit."""
    provider: str
    items: int
    judged: int
    not_in_order: int


class CheckList(Wire, frozen=True, kw_only=True):
    """The newest first."""

    checks: tuple[CheckSummary, ...]


class ShowCheck(Wire, frozen=True, kw_only=True):
    """`check:show`: a spot check, with each look that was drawn and what was judged of it."""

    check_id: str


class JudgedLook(Wire, frozen=True, kw_only=True):
    """What an auditor judged."""

    verdict: Verdict
    reason: str
    at: str
    by: str
    """Their id."""


class CheckItem(Wire, frozen=True, kw_only=True):
    """A look that was drawn."""

    item: int
    stratum: Stratum
    look: AuditedLook | None
    """None once its time was over and it was erased."""
    judged: JudgedLook | None


class CheckedShare(Wire, frozen=True, kw_only=True):
    """How much of a stratum or a unit was checked."""

    name: str
    looks: int
    drawn: int
    judged: int


class ShownCheck(Wire, frozen=True, kw_only=True):
    """A spot check, whole."""

    check: CheckSummary
    seed: str
    per_stratum: int
    items: tuple[CheckItem, ...]
    strata: tuple[CheckedShare, ...]
    units: tuple[CheckedShare, ...]


class RedrawCheck(Wire, frozen=True, kw_only=True):
    """`check:redraw`: draw once more with the seed that was recorded, and say whether the same comes out."""

    check_id: str


class Redrawn(Wire, frozen=True, kw_only=True):
    """Looks of the check that come out again, and how many there are; fewer only when looks were erased meanwhile."""

    same: int
    items: int


class JudgeLook(Wire, frozen=True, kw_only=True):
    """`check:judge`: what one makes of a look that was drawn; it goes into the audit, and a later one counts."""

    client_id: str
    check_id: str
    item: int
    verdict: Verdict
    reason: str = ""
    """Needed unless all is in order; at most 500 letters."""

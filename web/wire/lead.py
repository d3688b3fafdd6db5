"""What who leads a unit sees and may turn on: how it stands, what is to come, surge mode, texts, staffing, fairness."""

from carequeue.duty.entries import Standing
from carequeue.fairness.sheet import Dimension
from triage.entries import Level
from web.wire.base import Wire


class ShowLead(Wire, frozen=True, kw_only=True):
    """`lead:show`: how the unit stands now and what is to come. No contact is in it."""

    unit_id: str


class LevelNow(Wire, frozen=True, kw_only=True):
    """The open contacts of one level."""

    level: Level
    waiting: int
    held: int
    over: int
    """Of those who wait, how many have waited longer than was promised."""
    oldest_at: str | None
    """When the one who has waited longest came."""
    target_min: int


class NurseNow(Wire, frozen=True, kw_only=True):
    """One member of staff who is on duty, pauses, or holds contacts of the unit."""

    staff_id: str
    name: str
    standing: Standing
    reached: bool
    held: int
    load: float
    """What they hold, weighed, at all units together: full is `at_once`."""
    immediate: bool
    """Whether one of those is immediate."""


class SurgeNow(Wire, frozen=True, kw_only=True):
    """Surge mode, while it is on."""

    since: str
    until: str
    name: str
    reason: str


class OutageNow(Wire, frozen=True, kw_only=True):
    """The text everybody who comes is shown, while it is."""

    since: str
    until: str
    name: str
    texts: dict[str, str]
    """By language."""


class ComingHour(Wire, frozen=True, kw_only=True):
    """How many came in an hour, or are to come."""

    at: str
    came: int | None
    """Of hours that have begun."""
    expected: float | None
    """Null where too few weeks are known."""
    low: int | None
    high: int | None
    """Nine of ten hours lie between."""


class PromisesKept(Wire, frozen=True, kw_only=True):
    """How what patients were promised of their wait came true in the last four weeks, at one level."""

    level: Level
    told: int
    right: int
    early: int
    late: int


class LeadView(Wire, frozen=True, kw_only=True):
    """Answer to `lead:show`."""

    unit_id: str
    unit: str
    at: str
    manned: bool
    levels: tuple[LevelNow, ...]
    """From the most urgent to the least, all six."""
    nurses: tuple[NurseNow, ...]
    at_once: int
    """How many contacts one nurse is given at once now."""
    surge: SurgeNow | None
    surge_extra: int
    """How many more surge mode gives at once."""
    surge_longest_min: int
    outage: OutageNow | None
    outage_longest_min: int
    hours: tuple[ComingHour, ...]
    """From six hours ago to a day ahead."""
    promises: tuple[PromisesKept, ...]


class SetSurge(Wire, frozen=True, kw_only=True):
    """`surge:set`: surge mode on for so many minutes, or off. It ends by itself."""

    unit_id: str
    client_id: str
    minutes: int
    """0 turns it off."""
    reason: str = ""


class SetOutage(Wire, frozen=True, kw_only=True):
    """`outage:set`: what everybody who comes to the unit is told for so many minutes, or nothing any more."""

    unit_id: str
    client_id: str
    minutes: int
    """0 takes it away."""
    texts: dict[str, str] = {}
    """By language, two at least."""


class Steered(Wire, frozen=True, kw_only=True):
    """Answer to `surge:set` and `outage:set`: what holds now."""

    unit_id: str
    surge: SurgeNow | None
    outage: OutageNow | None


class AskStaffing(Wire, frozen=True, kw_only=True):
    """`staffing:ask`: how many nurses these hours of the week need, tried out on the unit's own past arrivals.

    Events `staffing` say how far it is, and the answer.
    """

    unit_id: str
    weekday: int
    """Monday is 0."""
    from_hour: int
    to_hour: int
    """Up to 24; at most twelve hours after `from_hour`."""


class StaffingAsked(Wire, frozen=True, kw_only=True):
    """Answer to `staffing:ask`: what it rests on. With no week nothing is tried and no event comes."""

    weeks: int
    contacts: int


class StaffedLevel(Wire, frozen=True, kw_only=True):
    """One level with so many nurses."""

    level: Level
    contacts: int
    in_time: float
    """The share answered within the promised time."""
    p50_min: float
    p95_min: float


class StaffedRow(Wire, frozen=True, kw_only=True):
    """How it would have been with so many nurses."""

    nurses: int
    in_time: float
    levels: tuple[StaffedLevel, ...]


class StaffingTold(Wire, frozen=True, kw_only=True):
    """Event `staffing`: how far the trying out is, and at its end the answer."""

    unit_id: str
    done: int
    of: int
    over: bool = False
    """True at the end; without rows it came to nothing."""
    rows: tuple[StaffedRow, ...] = ()
    enough: int | None = None
    """The smallest number with which nine of ten at every level are answered within the promised time."""


class ShowFairness(Wire, frozen=True, kw_only=True):
    """`fairness:show`: a unit's month, by level, age group, language and hour."""

    unit_id: str
    month: str = ""
    """Such as 2026-11; empty: the month at hand."""


class AskFairness(Wire, frozen=True, kw_only=True):
    """The same month as a file."""

    unit_id: str
    month: str = ""
    """Such as 2026-11; empty: the month at hand."""


class FairnessCell(Wire, frozen=True, kw_only=True):
    """One group. All figures are null for a group of fewer than five, or that would give such a one away."""

    by: Dimension
    group: str
    contacts: int | None
    median_min: float | None
    p95_min: float | None
    in_time: float | None
    expected: float | None
    """The share in time it would have if each contact were answered as its level is at the whole unit."""


class FairnessSheet(Wire, frozen=True, kw_only=True):
    """Answer to `fairness:show`."""

    unit_id: str
    month: str
    contacts: int | None
    cells: tuple[FairnessCell, ...]

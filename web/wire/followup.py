"""Follow-up at home: what a patient types and sees, and what the centre that follows them does."""

from typing import Literal

from care.followup.entries import Checked, EndedWhy, Owner, PausedWhy, TrendPoint, Words
from care.followup.programme import Party
from triage.entries import Level
from triage.thresholds.measures import Measure
from triage.thresholds.plan import Zone
from triage.thresholds.units import Unit
from web.wire.base import Wire
from web.wire.contact import Empty
from web.wire.row import SocketCall


class AskOwnFollowUps(Wire, frozen=True, kw_only=True):
    """`followup:mine`: where one is followed at home, and what is to be measured."""

    for_person: str = ""
    """Somebody one represents."""


class TypedReading(Wire, frozen=True, kw_only=True):
    """A value as it was typed, in the unit it was typed in."""

    measure: Measure
    value: str
    unit: Unit
    at: str


class GivenAnswer(Wire, frozen=True, kw_only=True):
    """A question, answered."""

    question: str
    yes: bool
    at: str


class TellReadings(Wire, frozen=True, kw_only=True):
    """`followup:tell`: what was measured and answered, when it was; also long after. Refused for what cannot be."""

    client_id: str
    record_id: str
    readings: tuple[TypedReading, ...] = ()
    said: tuple[GivenAnswer, ...] = ()
    for_person: str = ""


class MeasureTask(Wire, frozen=True, kw_only=True):
    """Something that is measured."""

    measure: Measure
    units: tuple[Unit, ...]
    """The first is the usual one."""
    how: Words
    due: bool
    """It is time."""
    again: bool
    """Measure once more, now."""
    trend: tuple[TrendPoint, ...] = ()


class AskedQuestion(Wire, frozen=True, kw_only=True):
    """Something that is asked beside the values."""

    question: str
    wording: Words


class OwnFollowUp(Wire, frozen=True, kw_only=True):
    """One's own follow-up at one unit."""

    record_id: str
    unit_id: str
    unit: str
    programme: Words
    goals: str
    zone: Zone | None
    """The colour of the newest values by themselves; None where nothing is judged, or too little has come lately."""
    planned: bool
    """Whether a plan is in force."""
    notice: Words = {}
    """What goes with the zone: what one notices, does, and whom one contacts."""
    advice: Words = {}
    contact: Words = {}
    tasks: tuple[MeasureTask, ...]
    questions: tuple[AskedQuestion, ...]
    paused: bool
    seen_at: str | None
    """When somebody last looked."""
    seen_role: str
    seen_as_usual: bool
    unwatched: Words
    """Said where nobody watches now; empty while somebody does."""
    opens_at: str | None


class OwnFollowUps(Wire, frozen=True, kw_only=True):
    """Answer to `followup:mine` and `followup:tell`."""

    follow_ups: tuple[OwnFollowUp, ...]


class ListFollowUps(Wire, frozen=True, kw_only=True):
    """`followup:list`: who is followed by the unit, the most urgent first."""

    unit_id: str


class FollowUpRow(Wire, frozen=True, kw_only=True):
    """One patient."""

    record_id: str
    person_id: str
    name: str
    programme: Words
    zone: Zone | None
    """None: no plan is in force, or nothing has come."""
    planned: bool
    urgency: Level | None
    missing: tuple[Measure, ...]
    unread: bool
    read_no: int
    paused: bool
    contact_id: str
    """The contact that was told last of what is beyond a limit or missing; empty: nothing has been told."""
    review_on: str
    waits_for_signature: bool


class FollowUpList(Wire, frozen=True, kw_only=True):
    """Answer to `followup:list` and `followup:seen`."""

    rows: tuple[FollowUpRow, ...]


class AskProgrammes(Wire, frozen=True, kw_only=True):
    """`followup:programmes`: what one may be included in."""

    unit_id: str


class CriterionShown(Wire, frozen=True, kw_only=True):
    """What must hold, or must not."""

    criterion: str
    wording: Words
    must_hold: bool


class LimitShown(Wire, frozen=True, kw_only=True):
    """A limit, with each bound it has."""

    limit: str
    zone: Zone
    reason: Words
    bounds: tuple[str, ...]
    """Such as `<88`: which way is worse is the programme's, the number may be the patient's."""


class ProgrammeShown(Wire, frozen=True, kw_only=True):
    """A programme as a plan begins with it."""

    programme: str
    name: Words
    target_group: Words
    confirmed: bool
    """Whether a clinician has confirmed it; otherwise it is marked as unconfirmed."""
    criteria: tuple[CriterionShown, ...]
    parties: tuple[Party, ...]
    """Who needs somebody by name."""
    limits: tuple[LimitShown, ...]
    baselines: tuple[Measure, ...]


class ProgrammeList(Wire, frozen=True, kw_only=True):
    """Answer to `followup:programmes`."""

    programmes: tuple[ProgrammeShown, ...]


class IncludePatient(Wire, frozen=True, kw_only=True):
    """`followup:include`: begin to follow a patient of one's own legal care giver."""

    client_id: str
    unit_id: str
    person_id: str
    programme: str
    referred_by: Party
    criteria: tuple[Checked, ...]
    consent: Literal["written", "spoken"]
    consent_on: str
    goals: str
    owners: tuple[Owner, ...]
    told_in: Literal["sv", "nb", "en"]


class ShowFollowUp(Wire, frozen=True, kw_only=True):
    """`followup:show`: one patient with the values of ninety days; the look is recorded."""

    unit_id: str
    record_id: str


class Curve(Wire, frozen=True, kw_only=True):
    """The values of one measure, the oldest first, and the limits a value alone may pass."""

    measure: Measure
    unit: Unit
    points: tuple[TrendPoint, ...]
    limits: tuple[LimitShown, ...]


class PlanShown(Wire, frozen=True, kw_only=True):
    """A version of a plan."""

    version: int
    limits: tuple[LimitShown, ...]
    baseline: dict[str, str]
    review_on: str
    signed: bool
    signed_by: str
    """Empty where nobody has signed it, and where who has is protected."""


class FollowUpView(Wire, frozen=True, kw_only=True):
    """Answer to calls on one follow-up."""

    row: FollowUpRow
    programme: str
    goals: str
    owners: tuple[Owner, ...]
    plan: PlanShown | None
    proposed: PlanShown | None
    """A newer one that waits to be signed."""
    curves: tuple[Curve, ...]
    alarms: tuple[int, ...]
    """When a contact was told, ms since 1970."""


class PlanFollowUp(Wire, frozen=True, kw_only=True):
    """`followup:plan`: propose a plan; a clinician signs it."""

    client_id: str
    unit_id: str
    record_id: str
    numbers: dict[str, tuple[str, ...]] = {}
    """By limit, a number for each of its bounds; what is not named is the programme's."""
    baseline: dict[str, str] = {}
    review_on: str


class SignPlan(Wire, frozen=True, kw_only=True):
    """`followup:sign`: this very version is in force. A clinician's of the unit alone."""

    client_id: str
    unit_id: str
    record_id: str
    version: int


class SeenUpTo(Wire, frozen=True, kw_only=True):
    """One patient's values up to an entry."""

    record_id: str
    up_to: int


class SeeFollowUps(Wire, frozen=True, kw_only=True):
    """`followup:seen`: somebody has looked at these; each patient is told. What has got newer is left unread."""

    client_id: str
    unit_id: str
    seen: tuple[SeenUpTo, ...]


class PauseFollowUp(Wire, frozen=True, kw_only=True):
    """`followup:pause`: expect nothing until then; empty: until it is resumed. With `resume` every pause is over."""

    client_id: str
    unit_id: str
    record_id: str
    because: PausedWhy
    until: str = ""
    resume: bool = False


class EndFollowUp(Wire, frozen=True, kw_only=True):
    """`followup:end`: it is over."""

    client_id: str
    unit_id: str
    record_id: str
    ended: EndedWhy
    outcome: str = ""


CALLS = (
    SocketCall("followup:mine", AskOwnFollowUps, OwnFollowUps, "patient"),
    SocketCall("followup:tell", TellReadings, OwnFollowUps, "patient"),
    SocketCall("followup:list", ListFollowUps, FollowUpList, "staff", "write"),
    SocketCall("followup:programmes", AskProgrammes, ProgrammeList, "staff", "write"),
    SocketCall("followup:include", IncludePatient, FollowUpView, "staff", "write"),
    SocketCall("followup:show", ShowFollowUp, FollowUpView, "staff", "write"),
    SocketCall("followup:plan", PlanFollowUp, FollowUpView, "staff", "write"),
    SocketCall("followup:sign", SignPlan, FollowUpView, "staff", "write"),
    SocketCall("followup:seen", SeeFollowUps, FollowUpList, "staff", "write"),
    SocketCall("followup:pause", PauseFollowUp, FollowUpView, "staff", "write"),
    SocketCall("followup:end", EndFollowUp, Empty, "staff", "write"),
)
"""What anybody asks about follow-up at home."""

"""What is written of one patient's follow-up at one unit, in a stream of its own, and the alarm it writes in a contact.

Words are the patient's goals and the names of who answers for what; everything else is values, codes and times.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from care.followup.programme import Party
from core.log.body import Body
from triage.entries import Level
from triage.thresholds.measures import Measure
from triage.thresholds.plan import Expected, Limit, Plan, Zone
from triage.thresholds.reading import Answer, Doubt, Reading
from triage.thresholds.units import Unit

EndedWhy = Literal["goal_reached", "patient_wish", "not_able", "moved_on", "died", "other"]
PausedWhy = Literal["holiday", "in_hospital", "other"]
Words = dict[str, str]
"""By language."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of the programme, as it was judged."""

    criterion: str
    holds: bool


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """That the patient has said yes, how and when."""

    how: Literal["written", "spoken"]
    given_on: date


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for one party's steps."""

    party: Party
    name: str


class FollowUpIncluded(Body, tag="follow_up_included", frozen=True, kw_only=True):
    """The patient is followed at home by a unit, from the referral on."""

    person_id: str
    unit_id: str
    provider_id: str
    programme: str
    programme_version: int
    referred_by: Party
    criteria: tuple[Checked, ...]
    consent: Consent
    goals: str
    """In the patient's words."""
    owners: tuple[Owner, ...]
    lang: str


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the patient's own plan."""

    version: int
    name: Words
    """What the programme is called: a plan says by itself everything that an alarm of it says."""
    asked: dict[str, Words]
    """Its questions as they are worded, by id."""
    limits: tuple[Limit, ...]
    reasons: dict[str, Words]
    """What each limit says when it is passed, by its id."""
    expected: tuple[Expected, ...]
    baseline: dict[Measure, Decimal]
    symptoms: tuple[str, ...]
    on_oxygen: bool = False
    spo2_88_92: bool = False
    review_on: date

    def plan(self, from_ms: int) -> Plan:
        """By which values are judged from then on."""
        return Plan(
            from_ms=from_ms,
            limits=self.limits,
            expected=self.expected,
            baseline=self.baseline,
            symptoms=frozenset(self.symptoms),
            on_oxygen=self.on_oxygen,
            spo2_88_92=self.spo2_88_92,
        )


class PlanProposed(Body, tag="follow_up_plan_proposed", frozen=True, kw_only=True):
    """A plan that waits for a doctor; nothing is judged by it."""

    planned: Planned


class PlanSigned(Body, tag="follow_up_plan_signed", frozen=True, kw_only=True):
    """A clinician has signed exactly this: it is in force."""

    planned: Planned
    name: str
    """Who has signed, as they were called then; empty where staff are protected."""


class ReadingsTaken(Body, tag="follow_up_readings", frozen=True, kw_only=True):
    """What came in one go: typed by the patient, or sent by a device."""

    readings: tuple[Reading, ...]
    answers: tuple[Answer, ...] = ()
    way: Literal["typed", "device"]


class FollowUpPaused(Body, tag="follow_up_paused", frozen=True, kw_only=True):
    """Nothing is expected for a while. What comes all the same is judged."""

    why: PausedWhy
    from_ms: int
    until_ms: int | None = None
    """None: until it is resumed."""


class FollowUpResumed(Body, tag="follow_up_resumed", frozen=True, kw_only=True):
    """Every pause that is on, or to come, is over."""


class ReadingsSeen(Body, tag="follow_up_seen", frozen=True, kw_only=True):
    """Somebody has looked at everything up to an entry."""

    up_to_no: int
    role: str
    as_usual: bool
    """Nothing of it was beyond a limit of the plan."""


class AlarmRaised(Body, tag="follow_up_alarm_raised", frozen=True, kw_only=True):
    """A contact has been told what is beyond a limit, or missing."""

    contact_id: str
    zone: Zone
    urgency: Level
    keys: tuple[str, ...]
    """What was told, by `care.followup.due`."""
    standing: tuple[str, ...]
    """What had been told before and still holds."""


class FollowUpEnded(Body, tag="follow_up_ended", frozen=True, kw_only=True):
    """It is over; nothing more is taken in."""

    why: EndedWhy
    outcome: str = ""


class TrendPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a trend."""

    at_ms: int
    value: float


class AlarmValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value beyond a limit, with what it was held against, as it is shown: rounded, in the base unit."""

    measure: Measure
    unit: Unit
    value: float
    at_ms: int
    bound: str
    """As the limit has it, such as `<88` or `>=2`."""
    against: Literal["value", "own", "change"]
    """The value itself; its distance from the patient's own; its change."""
    within_h: int | None = None
    reference: float | None = None
    doubts: tuple[Doubt, ...] = ()
    confirmed: bool = False
    trend: tuple[TrendPoint, ...] = ()
    """The newest values of this measure, the oldest first."""


class AlarmGround(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an alarm rests on."""

    why: Literal["limit", "was_red", "missing"]
    zone: Zone
    urgency: Level
    reason: Words
    seen: tuple[AlarmValue, ...] = ()
    answers: tuple[Words, ...] = ()
    """Questions that were answered with yes, as they are worded."""
    news2: int | None = None
    """The score it rests on, at least so much."""
    measure: Measure | None = None
    """What is missing."""
    missed: int = 0
    since_ms: int = 0


class FollowUpAlarm(Body, tag="follow_up_alarm", frozen=True, kw_only=True):
    """In a contact: what was measured at home and is beyond a limit, or did not come; the most urgent first."""

    record_id: str
    programme: Words
    lang: str
    """The patient's."""
    zone: Zone
    urgency: Level
    grounds: tuple[AlarmGround, ...]
    keys: tuple[str, ...] = ()
    """Empty for the patient, to whom they say nothing."""

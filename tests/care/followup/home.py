"""A follow-up with every real part, on one database, and a clock that is moved by hand."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

import care.followup.kinds
import carequeue.registered
import chat.followup.kinds
import chat.kinds
import triage.kinds
from care.followup.entries import Checked, Consent, FollowUpAlarm, Owner, Words
from care.followup.keeper import FollowUpKeeper, timers
from care.followup.planning import Wanted
from care.followup.programme import load_programmes
from care.followup.records import FollowUps, Inclusion
from care.followup.state import Record
from care.followup.store import FollowUpRows, follow_up_table, record_stream
from carequeue.entries import Claimed, Closed
from carequeue.state import Place
from chat.followup.kinds import FollowUpOpened
from core.actor import Actor, Role
from core.clock import ManualClock
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from core.timers.store import TimerRows
from core.timers.wake.store import DueTimes
from core.timers.worker import TimerWorker
from core.zones import ZONES
from tests.care.diary import NoCopy
from triage.state import Triage
from triage.thresholds.measures import Measure, base_unit
from triage.thresholds.reading import Answer, Reading

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
KINDS = Kinds(
    (
        *care.followup.kinds.KINDS,
        *chat.followup.kinds.KINDS,
        *chat.kinds.KINDS,
        *triage.kinds.KINDS,
        *carequeue.registered.KINDS,
    )
)
PROGRAMMES = load_programmes()
COPD = PROGRAMMES["copd"]
ADA = Actor(id="patient:ada", kind="patient", person_id="ada")


def staff(name: str, role: Any) -> Actor:
    held = (Role(unit_id="centre", provider_id="municipality", role=role),)
    return Actor(id=f"staff:{name}", kind="staff", name=name.capitalize(), staff_id=name, roles=held)


NURSE, DOCTOR = staff("nina", "nurse"), staff("dag", "clinician")


def inclusion(**changes: Any) -> Inclusion:
    wanted = Inclusion(
        person_id="ada",
        unit_id="centre",
        provider_id="municipality",
        programme="copd",
        referred_by="hospital",
        criteria=(
            *(Checked(criterion=row.id, holds=True) for row in COPD.inclusion),
            *(Checked(criterion=row.id, holds=False) for row in COPD.exclusion),
        ),
        consent=Consent(how="spoken", given_on=START.date()),
        goals="Jeg vil gå tur med hunden.",
        owners=tuple(Owner(party=party, name=party) for party in ("centre", "home_care", "gp", "hospital")),
        lang="nb",
    )
    return wanted._replace(**changes)


def wanted(**changes: Any) -> Wanted:
    """The programme's own numbers, with the patient's usual saturation."""
    plan = Wanted(numbers={}, baseline={"spo2": Decimal(93)}, every_h={}, review_on=START.date() + timedelta(days=90))
    return plan._replace(**changes)


class Home:
    """The parts of one node, and one patient."""

    def __init__(self, database: Database) -> None:
        self.clock = ManualClock(START)
        tables = (follow_up_table(), timers())
        masters = MasterKeys.parse(MasterKeys.generate())
        self.log = Log(database, KINDS, masters=masters, clock=self.clock, state_tables=tables)
        self.rows = FollowUpRows(database)
        self.follow_ups = FollowUps(self.log, self.rows, PROGRAMMES, clock=self.clock, zone=ZONES["no"])
        self.keeper = FollowUpKeeper(self.log, self.clock, opening=self._opening)
        rows, copy = TimerRows(database), cast("DueTimes", NoCopy())
        self._timers = TimerWorker(self.log, rows, copy, purposes=(self.keeper.purpose,), clock=self.clock)
        self.record_id = ""

    async def _opening(self, part: Record, programme: Words) -> FollowUpOpened:
        return FollowUpOpened(programme=programme, lang=part.lang)

    async def begin(self, plan: Wanted | None = None) -> None:
        """Included, planned, signed."""
        self.record_id = await self.follow_ups.include(NURSE, inclusion(), same=["ada"], client_id=new_id())
        version = await self.follow_ups.propose(NURSE, self.record_id, plan or wanted(), client_id=new_id())
        await self.follow_ups.sign(DOCTOR, self.record_id, version, client_id=new_id())
        await self.settle()

    async def type(self, *yes: str, **values: str | float) -> None:
        """The patient types values, and says yes to these questions."""
        readings = [self.reading(cast("Measure", name), value) for name, value in values.items()]
        answers = [Answer(question=name, yes=True, at_ms=self.clock.ms()) for name in yes]
        await self.follow_ups.tell(ADA, self.record_id, readings, answers=answers, client_id=new_id())
        await self.settle()

    def reading(
        self, measure: Measure, value: str | float, *, ago: timedelta = timedelta(), device: str = ""
    ) -> Reading:
        at_ms = self.clock.ms() - round(ago.total_seconds() * 1000)
        return Reading(measure=measure, value=Decimal(str(value)), unit=base_unit(measure), at_ms=at_ms, device=device)

    async def settle(self) -> None:
        """What is due by now is done."""
        while await self._timers.fire():
            pass

    async def wait(self, **duration: float) -> None:
        """Time passes."""
        self.clock.advance(**duration)
        await self.settle()

    async def record(self) -> Record:
        return (await self.log.head(record_stream(self.record_id))).state.get(Record)

    async def contacts(self) -> list[tuple[str, str, list[FollowUpAlarm]]]:
        """Every contact, the oldest first: its level, how it stands, what it was told."""
        found: list[tuple[str, str, list[FollowUpAlarm]]] = []
        for stream in reversed(await self.log.streams_about("ada")):
            head = await self.log.head(stream)
            bodies = [entry.body for entry in await self.log.entries(stream)]
            told = [body for body in bodies if isinstance(body, FollowUpAlarm)]
            found.append((head.state.get(Triage).urgency, head.state.get(Place).status, told))
        return found

    async def close(self) -> None:
        """A nurse takes the newest contact and ends it."""
        stream = contact_stream(ContactId((await self.record()).contact_id))
        claimed = Claimed(staff_id="nina", name="Nina", role="nurse", claim_no=1)
        closed = Closed(reason="self_care_advice", safety_net="", claim_no=1)
        await self.log.append(Append(stream, (claimed, closed), NURSE, new_id()))


@contextlib.asynccontextmanager
async def home(database: Database) -> AsyncIterator[Home]:
    """One node."""
    made = Home(database)
    await made.log.start()
    try:
        yield made
    finally:
        await made.log.stop()


TODAY: date = START.date()

"""A log that contacts are written to by hand, minute by minute, and the rows that are counted from it."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace

from care.benefits.keeper import BenefitKeeper
from care.benefits.store import BenefitRows
from care.forms.entries import FormSubmitted
from carequeue.deadlines import load_deadlines
from carequeue.entries import Claimed, Closed, CloseReason, Queued, Reopened
from carequeue.store import place_table
from chat.entries import Message, Opened
from chat.waiting.entries import CallTried
from core.actor import Actor, Role, system_actor
from core.clock import ManualClock
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from rtc.entries import VisitStarted
from triage.entries import Assessed, Level, UrgencySet
from web.app import KINDS
from web.benefits import SAID

START = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
SARA = Actor(
    id="staff:sara",
    kind="staff",
    name="Sara",
    staff_id="sara",
    roles=(Role(unit_id="hamnen", provider_id="region", role="nurse"),),
)
ENGINE = system_actor("assessor")


class Step(NamedTuple):
    """What happens in a contact, so many minutes after the step before."""

    after_min: int
    what: str
    level: Level = "urgent"
    reason: CloseReason = "self_care_advice"


def patient(name: str) -> Actor:
    return Actor(id=f"patient:{name}", kind="patient", name=name)


class Clinic:
    """The parts."""

    def __init__(self, database: Database) -> None:
        self.clock = ManualClock(START)
        self.deadlines = load_deadlines()
        masters = MasterKeys.parse(MasterKeys.generate())
        tables = (place_table(self.deadlines),)
        self.log = Log(database, KINDS, masters=masters, clock=self.clock, state_tables=tables)
        self.rows = BenefitRows(database)
        self.keeper = BenefitKeeper(self.log, self.rows, self.deadlines, said=SAID)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Clinic"]:
        await self.log.start()
        yield self
        await self.log.stop()

    async def live(self, unit_id: str, steps: list[Step], *, person_id: str) -> ContactId:
        """A contact from its first words on; the clock goes with it."""
        contact_id = ContactId(new_id())
        scope = Scope(person_id=person_id, opener_id=f"patient:{person_id}", unit_id=unit_id, provider_id="region")
        opened = (Opened(subject="self", lang="sv"), Queued(unit_id=unit_id))
        await self._write(contact_id, patient(person_id), *opened, create=scope)
        for step in steps:
            self.clock.advance(minutes=step.after_min)
            actor, body = _said(step, unit_id, person_id)
            await self._write(contact_id, actor, body)
        return contact_id

    async def _write(self, contact_id: ContactId, actor: Actor, *bodies: Body, create: Scope | None = None) -> None:
        await self.log.append(Append(contact_stream(contact_id), bodies, actor, new_id(), create=create))


def _said(step: Step, unit_id: str, person_id: str) -> tuple[Actor, Body]:
    """Who does it, and the entry."""
    assessed = Assessed(
        urgency=step.level, assessed=True, could_be=step.level, lang="sv", basis_no=1, content_version=""
    )
    bodies: dict[str, tuple[Actor, Body]] = {
        "assessed": (ENGINE, assessed),
        "not_understood": (ENGINE, replace(assessed, assessed=False)),
        "told": (patient(person_id), Message(text="…")),
        "replied": (SARA, Message(text="…")),
        "reached": (SARA, CallTried(outcome="reached")),
        "not_reached": (SARA, CallTried(outcome="no_answer")),
        "visit": (SARA, VisitStarted(visit_id="v")),
        "form": (
            patient(person_id),
            FormSubmitted(assignment_id="a", title={"sv": "…"}, version="1", lang="sv", answers={}, lines=()),
        ),
        "claimed": (SARA, Claimed(staff_id="sara", name="Sara", role="nurse", claim_no=1)),
        "set": (SARA, UrgencySet(urgency=step.level, reason="…", claim_no=1)),
        "moved": (SARA, Queued(unit_id=f"{unit_id}-other")),
        "closed": (SARA, Closed(reason=step.reason, safety_net="", claim_no=1)),
        "reopened": (patient(person_id), Reopened()),
    }
    return bodies[step.what]

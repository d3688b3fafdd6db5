"""Contacts that wait and fall silent: the log in SQL, timers in SQL and Valkey, and a clock that is moved by hand."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

from redis.asyncio import Redis

import carequeue.handover.kinds
import carequeue.kinds
import chat.kinds
import chat.safety_net.kinds
import chat.waiting.kinds
import core.notices.kinds
import triage.kinds
from carequeue.capacity import load_capacity
from carequeue.claim import Claims
from carequeue.deadlines import load_deadlines
from carequeue.entries import Queued
from carequeue.live.store import Index
from carequeue.report import set_urgency
from carequeue.state import Place
from carequeue.store import Places, place_table
from chat.entries import ColleagueAsked, Message, Opened
from chat.post import Chat
from chat.waiting.calls import Calls
from chat.waiting.keeper import PURPOSE, WaitingKeeper
from chat.waiting.steps import PARTS, Meeting, Meets, Steps
from chat.waiting.times import load_waiting_times
from core.access.gates import ContactAccess, audience_of
from core.access.rule import may_enter
from core.actor import Actor, Role, system_actor
from core.clock import ManualClock, from_ms
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.body import Body
from core.log.entry import Entry, Header
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.log.state import State
from core.storage.sql import Database
from core.timers.purpose import Purpose, timer_table
from core.timers.store import TimerRows
from core.timers.wake.store import DueTimes
from core.timers.worker import TimerWorker
from triage.entries import Assessed, Level, Reason

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
UNIT = "hamnen"
KINDS = Kinds(
    (
        *triage.kinds.KINDS,
        *carequeue.kinds.KINDS,
        *carequeue.handover.kinds.KINDS,
        *chat.kinds.KINDS,
        *chat.safety_net.kinds.KINDS,
        *chat.waiting.kinds.KINDS,
        *core.notices.kinds.KINDS,
    )
)
NURSE = Actor(
    id="staff:sara",
    kind="staff",
    name="Sara",
    staff_id="sara",
    roles=(Role(unit_id=UNIT, provider_id="region", role="nurse"),),
)
PATIENT = Actor(id="patient:p", kind="patient", name="Pia", person_id="p")
ASSESSOR = system_actor("assessor")


class WaitingRoom:
    """One node's parts, and what people would do."""

    def __init__(
        self,
        database: Database,
        redis: Redis,
        *,
        masters: MasterKeys,
        clock: ManualClock,
        meets: Meets = lambda _: Meeting(),
    ) -> None:
        self.clock = clock
        self.steps = Steps(load_waiting_times("se"), meets)
        tables = (place_table(load_deadlines()), timer_table(PURPOSE, "contact:", self.steps.due_ms, parts=PARTS))
        self.log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
        self.keeper = WaitingKeeper(self.log, self.steps, emergency="112", advice="1177")
        self.rows = TimerRows(database)
        purpose = Purpose(PURPOSE, "contact:", self.steps.due_ms, self.keeper.act)
        self.worker = TimerWorker(self.log, self.rows, DueTimes(redis), purposes=[purpose], clock=clock)
        self.claims = Claims(self.log, Index(redis), Places(database), capacity=load_capacity(), clock=clock)
        self.chat = Chat(self.log)
        self.calls = Calls(self.log, self.steps, clock)
        self.node = partial(WaitingRoom, database, redis, masters=masters, clock=clock, meets=meets)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["WaitingRoom"]:
        """While the log takes appends."""
        await self.log.start()
        yield self
        await self.log.stop()

    async def access(self, actor: Actor, contact_id: ContactId) -> ContactAccess:
        head = await self.log.head(contact_stream(contact_id))
        assert may_enter(actor, head.scope, right="write", now_ms=0)
        return ContactAccess(contact_id, actor, audience_of(actor), head, lambda _: None)

    async def arrive(self, level: Level | None = None, *, letter: bool = False) -> ContactId:
        """A contact with a first message; unassessed unless a level is given."""
        contact_id, _ = await self.chat.open(
            PATIENT,
            Opened(subject="self", lang="sv"),
            text="Jag har ont",
            client_id=new_id(),
            queued=Queued(unit_id=UNIT, letter=letter),
            provider_id="region",
        )
        if level is not None:
            await self.assess(contact_id, level)
        return contact_id

    async def write(self, contact_id: ContactId, body: Body, actor: Actor) -> None:
        await self.log.append(Append(contact_stream(contact_id), (body,), actor, new_id()))

    async def assess(
        self,
        contact_id: ContactId,
        level: Level,
        *,
        understood: bool = True,
        fired: bool = False,
        if_silent: Level | None = None,
    ) -> None:
        reasons = (Reason(rule="RF1", urgency=level, text="x"),) if fired else ()
        no = (await self.log.head(contact_stream(contact_id))).last_no
        body = Assessed(
            urgency=level,
            assessed=understood,
            could_be=level,
            if_silent=if_silent,
            reasons=reasons,
            lang="sv",
            basis_no=no,
            content_version="test",
        )
        await self.write(contact_id, body, ASSESSOR)

    async def claim(self, contact_id: ContactId) -> int:
        return (await self.claims.claim_this(NURSE, contact_id, client_id=new_id())).claim_no

    async def say(self, contact_id: ContactId, actor: Actor, text: str = "Hej") -> None:
        access = await self.access(actor, contact_id)
        await self.chat.post(access, Message(text=text), client_id=new_id(), seen_no=None, guard=None)

    async def set_level(self, contact_id: ContactId, level: Level) -> None:
        access = await self.access(NURSE, contact_id)
        await set_urgency(
            self.log,
            access,
            guard=lambda _: None,
            level=level,
            reason="Talat med patienten",
            claim_no=(await self.place(contact_id)).claim_no,
            client_id=new_id(),
        )

    async def ask_colleague(self, contact_id: ContactId) -> None:
        await self.write(contact_id, ColleagueAsked(text="Ser du?", to_role="doctor"), NURSE)

    async def answered(self, level: Level | None = "routine") -> ContactId:
        """A contact a nurse holds and has answered."""
        contact_id = await self.arrive(level)
        await self.claim(contact_id)
        await self.say(contact_id, NURSE)
        return contact_id

    async def pass_time(self, minutes: float) -> None:
        """Time goes by while the service runs: from one due time to the next."""
        end = self.clock.now() + timedelta(minutes=minutes)
        while True:
            due_ms = await self.rows.first_due()
            due = from_ms(due_ms) if due_ms is not None else end
            if due >= end:
                break
            self.clock.advance(seconds=max(0.0, (due - self.clock.now()).total_seconds()))
            await self.settle()
        self.clock.advance(seconds=(end - self.clock.now()).total_seconds())
        await self.settle()

    async def settle(self) -> None:
        """Everything that is due now is done."""
        while await self.worker.fire():
            pass

    async def place(self, contact_id: ContactId) -> Place:
        return (await self.state(contact_id)).get(Place)

    async def state(self, contact_id: ContactId) -> State:
        return (await self.log.head(contact_stream(contact_id))).state

    async def by_itself(self, contact_id: ContactId) -> list[Entry]:
        """What was written by the keeper, in order."""
        entries = await self.log.entries(contact_stream(contact_id))
        return [entry for entry in entries if entry.header.actor_id == "system:waiting"]

    async def steps_taken(self, contact_id: ContactId) -> list[str]:
        """The steps by name, in order."""
        return [step_name(entry.header, entry.body) for entry in await self.by_itself(contact_id)]


def step_name(header: Header, body: object) -> str:
    """A step's own name, else its kind."""
    return str(getattr(body, "step", header.kind))

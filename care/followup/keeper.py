"""What a follow-up does by itself: what is beyond a limit, or missing, becomes a contact in the queue.

The contact is told first and the record after it, each by a name that a repeat has too: whatever dies in between, the
alarm is told, and told once.
"""

from collections.abc import Awaitable, Callable

from care.followup.alarm import alarm_of
from care.followup.due import Pending, due_ms, pending, standing
from care.followup.entries import AlarmRaised, FollowUpAlarm, Planned, PlanSigned, Words
from care.followup.state import Record
from care.followup.store import FOLLOW_UP
from carequeue.entries import Queued
from carequeue.state import Place
from core.actor import system_actor
from core.clock import Clock
from core.errors import FyrError
from core.ids import ContactId, contact_of, contact_stream, new_id
from core.log.append import Append, Appended, Head, still
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.log.rows import StateTable
from core.timers.purpose import Purpose, timer_table

KEEPER = system_actor("follow_up")
PURPOSE = "follow_up"
"""The name of its timers."""
OVER = ("closed", "not_found", "wrong_state")
"""How a contact refuses that is no longer open, or whose words were erased."""
Opening = Callable[[Record, Words], Awaitable[Body]]
"""The first entry of a contact of this patient, with what the programme is called: of whoever knows conversations."""


def timers() -> StateTable:
    """How the log keeps the timers."""
    return timer_table(PURPOSE, FOLLOW_UP, due_ms, parts=(Record,))


class FollowUpKeeper:
    """Acts on the timers of purpose `follow_up`."""

    def __init__(self, log: Log, clock: Clock, *, opening: Opening) -> None:
        self._log = log
        self._clock = clock
        self._opening = opening

    @property
    def purpose(self) -> Purpose:
        """What the worker of timers is told."""
        return Purpose(PURPOSE, FOLLOW_UP, due_ms, self.act)

    async def act(self, head: Head) -> None:
        """Tell what is due, then note that it was told."""
        part = head.state.get(Record)
        due = [one for one in pending(part) if one.due_ms <= self._clock.ms()]
        if not due:
            return
        contact_id, told = await self._tell(head, part, due)
        raised = AlarmRaised(
            contact_id=contact_id, zone=told.zone, urgency=told.urgency, keys=told.keys, standing=standing(part)
        )
        same = still(lambda now: now.state.get(Record).alarms == part.alarms)
        await self._log.step(Append(head.stream, (raised,), KEEPER, f"{_name(head, part)}/raised", require=same))

    async def _tell(self, head: Head, part: Record, due: list[Pending]) -> tuple[ContactId, FollowUpAlarm]:
        """In the open contact, else in a new one; gives what it was told, which a repeat may find older than `due`."""
        planned = await self._planned(head, part)
        record_id = head.stream.removeprefix(FOLLOW_UP)
        alarm = alarm_of(record_id, part, due, planned=planned)
        done = await self._add(head, part, alarm) or await self._open(head, part, alarm)
        return contact_of(done.stream), await self._told(done, alarm)

    async def _add(self, head: Head, part: Record, alarm: FollowUpAlarm) -> Appended | None:
        """None where no contact of it is open."""
        if not part.contact_id:
            return None
        stream = contact_stream(ContactId(part.contact_id))
        append = Append(stream, (alarm,), KEEPER, f"{_name(head, part)}/added", require=_still_open)
        try:
            return await self._log.append(append)
        except FyrError as refusal:
            if refusal.code not in OVER:
                raise
            return None

    async def _open(self, head: Head, part: Record, alarm: FollowUpAlarm) -> Appended:
        opened = await self._opening(part, alarm.programme)
        queued = Queued(unit_id=part.unit_id, lang=part.lang)
        scope = Scope(person_id=part.person_id, opener_id=KEEPER.id, unit_id=part.unit_id, provider_id=part.provider_id)
        stream, once = contact_stream(ContactId(new_id())), f"{_name(head, part)}/opened"
        return await self._log.append(Append(stream, (opened, queued, alarm), KEEPER, once, create=scope))

    async def _told(self, done: Appended, alarm: FollowUpAlarm) -> FollowUpAlarm:
        if not done.repeated:
            return alarm
        place = (done.stream, done.last_no)
        entry = (await self._log.entries_at([place])).get(place)
        return entry.body if entry is not None and isinstance(entry.body, FollowUpAlarm) else alarm

    async def _planned(self, head: Head, part: Record) -> Planned:
        place = (head.stream, part.plan_no)
        signed = (await self._log.entries_at([place]))[place].body
        assert isinstance(signed, PlanSigned)
        return signed.planned


def _name(head: Head, part: Record) -> str:
    """Of this alarm: the same for each try."""
    return f"{head.stream}/{part.alarms}"


def _still_open(head: Head) -> None:
    if head.state.get(Place).status == "closed":
        raise FyrError("closed")

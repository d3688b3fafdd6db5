"""Publishing, changing and ending schedules: never two of one clinician at once."""

from collections.abc import Sequence

from care.booking.entries import ScheduleEnded, ScheduleSet
from care.booking.schedule import Fault, Schedule, clash_of, faults_of
from care.booking.state import ScheduleState
from care.booking.store import SCHEDULE, BookingRows
from care.booking.turns import Turns
from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Head, Require
from core.log.entry import Scope
from core.log.log import Log


class Schedules:
    """The commands, and what is in force. Who may is asked before."""

    def __init__(self, log: Log, rows: BookingRows, turns: Turns) -> None:
        self._log = log
        self._rows = rows
        self._turns = turns

    async def set(self, actor: Actor, schedule: Schedule, *, schedule_id: str = "", client_id: str) -> str:
        """Publish a schedule, or put this in place of one; gives its id. What is booked stays booked as it was.

        Raises `schedule_invalid` with its faults, `not_found` for a schedule of another unit or clinician, or an ended
        one.
        """
        faults = list(faults_of(schedule))
        if faults:
            raise _invalid(faults)
        stream = StreamId(f"{SCHEDULE}{schedule_id or new_id()}")
        async with self._turns.of(clinician_id=schedule.clinician_id):
            await self._require_no_clash(schedule, stream)
            append = Append(
                stream,
                (ScheduleSet(schedule=schedule),),
                actor,
                client_id,
                require=_same_subject(schedule) if schedule_id else None,
                create=None if schedule_id else Scope(),
            )
            done = await self._log.append(append)
        return done.stream.removeprefix(SCHEDULE)

    async def end(self, actor: Actor, schedule_id: str, *, client_id: str) -> None:
        """It offers nothing more. Raises `not_found`."""
        append = Append(StreamId(f"{SCHEDULE}{schedule_id}"), (ScheduleEnded(),), actor, client_id)
        await self._log.append(append)

    async def of(self, schedule_id: str) -> Schedule:
        """One that is in force. Raises `not_found`."""
        head = await self._log.head(StreamId(f"{SCHEDULE}{schedule_id}"))
        part = head.state.get(ScheduleState)
        if part.schedule is None or part.ended:
            raise FyrError("not_found")
        return part.schedule

    async def of_unit(self, unit_id: str) -> dict[str, Schedule]:
        """The unit's that are in force, by their ids."""
        return await self._read(await self._rows.schedules_of(unit_id))

    async def _require_no_clash(self, schedule: Schedule, own: StreamId) -> None:
        others = await self._read([one for one in await self._rows.schedules_with(schedule.clinician_id) if one != own])
        days = [day for other in others.values() if (day := clash_of(schedule, other)) is not None]
        if days:
            raise _invalid([Fault(code="schedules_overlap", where=min(days).isoformat())])

    async def _read(self, streams: Sequence[StreamId]) -> dict[str, Schedule]:
        heads = await self._log.heads(streams)
        parts = {name.removeprefix(SCHEDULE): heads[name].state.get(ScheduleState) for name in streams if name in heads}
        return {name: part.schedule for name, part in parts.items() if part.schedule is not None and not part.ended}


def _invalid(faults: Sequence[Fault]) -> FyrError:
    return FyrError("schedule_invalid", faults=[{"code": fault.code, "where": fault.where} for fault in faults])


def _same_subject(schedule: Schedule) -> Require:
    """A schedule stays its unit's and its clinician's: another's is another schedule."""

    def require(head: Head) -> None:
        part = head.state.get(ScheduleState)
        was = part.schedule
        if was is None or part.ended or (was.unit_id, was.clinician_id) != (schedule.unit_id, schedule.clinician_id):
            raise FyrError("not_found")

    return require

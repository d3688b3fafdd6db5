"""Going on and off duty, and whether anybody is on duty at a unit: kept in memory, read anew every second.

On duty is who has said so and has a line to any node, or had one within two minutes. Who pauses, or finishes what is
open, takes nothing new and does not count for those who come.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from carequeue.duty.entries import DutySet, Standing
from carequeue.duty.state import Duty, OnDuty
from carequeue.lease.store import StaffSeen
from core.actor import Actor, system_actor
from core.background import Background
from core.clock import Clock
from core.ids import StreamId
from core.log.append import Append, Appended, Head, still
from core.log.entry import Scope
from core.log.log import Log

LOOK_EVERY_S = 1.0
REACHED_MS = 120_000
"""As long as a lease: a reload or a walk through the house's dead corner takes nobody off duty."""
FORGOTTEN_MS = 15 * 60_000
"""Who has had no line for so long has gone home without saying so."""
PREFIX = "duty:"
KEEPER = system_actor("duty")
NO_PLACE = Scope()
"""What lies in these streams is on no board."""


class AtUnit(NamedTuple):
    """One member of staff as they stand at a unit."""

    staff_id: str
    duty: OnDuty
    reached: bool


def duty_stream(unit_id: str) -> StreamId:
    """The log stream of a unit's duty."""
    return StreamId(PREFIX + unit_id)


class Duties:
    """The commands, and what every node knows of who is on duty. `start` before use."""

    def __init__(self, log: Log, seen: StaffSeen, clock: Clock, *, unit_ids: Callable[[], Iterable[str]]) -> None:
        """`unit_ids`: every unit there is."""
        self._log = log
        self._seen = seen
        self._clock = clock
        self._unit_ids = unit_ids
        self._known: dict[str, tuple[AtUnit, ...]] = {}
        self.when_changed: Callable[[str], None] = lambda _: None
        """Told of each unit where somebody stands otherwise than at the last look."""
        self._looking = Background("duties", self.look, every_s=LOOK_EVERY_S)

    async def start(self) -> None:
        """Read everybody, then what changes."""
        await self.look()
        self._looking.start()

    async def stop(self) -> None:
        """Read no more."""
        await self._looking.stop()

    async def set(self, actor: Actor, unit_id: str, standing: Standing, *, client_id: str) -> Appended:
        """Go on duty at a unit, pause, finish, or go off duty; the gate has been asked. In force here at once."""
        assert actor.staff_id is not None
        body = DutySet(staff_id=actor.staff_id, name=actor.name, standing=standing)
        done = await self._log.append(Append(duty_stream(unit_id), (body,), actor, client_id, create=NO_PLACE))
        await self.look()
        return done

    def at(self, unit_id: str) -> tuple[AtUnit, ...]:
        """Who is on duty or pauses at the unit, by name."""
        return self._known.get(unit_id, ())

    def standing(self, unit_id: str, staff_id: str) -> Standing:
        """How one member of staff stands there."""
        return next((one.duty.standing for one in self.at(unit_id) if one.staff_id == staff_id), "off")

    def staff(self) -> frozenset[str]:
        """Who is on duty or pauses at any unit."""
        return frozenset(one.staff_id for here in self._known.values() for one in here)

    def is_manned(self, unit_id: str) -> bool:
        """Whether anybody there takes who comes."""
        return self.taking(unit_id) > 0

    def taking(self, unit_id: str) -> int:
        """How many there take who comes."""
        return sum(one.reached and one.duty.standing == "on" for one in self.at(unit_id))

    async def look(self) -> bool:
        """Read how everybody stands now."""
        heads = await self._log.heads([duty_stream(unit_id) for unit_id in self._unit_ids()])
        duties = {name.removeprefix(PREFIX): head.state.get(Duty).staff for name, head in heads.items()}
        last = await self._seen.last(sorted({one for staff in duties.values() for one in staff}))
        since_ms = self._clock.ms() - REACHED_MS
        now = {
            unit_id: tuple(
                AtUnit(staff_id, duty, max(last.get(staff_id, 0), duty.since_ms) > since_ms)
                for staff_id, duty in sorted(staff.items(), key=lambda one: (one[1].name, one[0]))
            )
            for unit_id, staff in duties.items()
        }
        was, self._known = self._known, now
        for unit_id in now.keys() | was.keys():
            if was.get(unit_id) != now.get(unit_id):
                self.when_changed(unit_id)
        return False

    async def end_forgotten(self) -> int:
        """Take off duty who has had no line for a quarter of an hour; gives how many were."""
        heads = await self._log.heads([duty_stream(unit_id) for unit_id in self._unit_ids()])
        last = await self._seen.last(sorted({one for head in heads.values() for one in head.state.get(Duty).staff}))
        since_ms, ended = self._clock.ms() - FORGOTTEN_MS, 0
        for head in heads.values():
            for staff_id, duty in head.state.get(Duty).staff.items():
                if max(last.get(staff_id, 0), duty.since_ms) <= since_ms:
                    ended += await self._end(head, staff_id, duty)
        return ended

    @property
    def somebody_finishes(self) -> bool:
        """Whether anybody goes off duty once what they hold is done."""
        return any(one.duty.standing == "finishing" for here in self._known.values() for one in here)

    async def end_finished(self, holders: Collection[str]) -> int:
        """Take off duty who has finished what was open; gives how many were. `holders`: who holds anything."""
        heads = await self._log.heads([duty_stream(unit_id) for unit_id in self._unit_ids()])
        done = [
            (head, staff_id, duty)
            for head in heads.values()
            for staff_id, duty in head.state.get(Duty).staff.items()
            if duty.standing == "finishing" and staff_id not in holders
        ]
        return sum([await self._end(head, staff_id, duty) for head, staff_id, duty in done])

    async def _end(self, head: Head, staff_id: str, duty: OnDuty) -> bool:
        body = DutySet(staff_id=staff_id, name=duty.name, standing="off")
        same = still(lambda now: now.state.get(Duty).staff.get(staff_id) == duty)
        client_id = f"{staff_id}/{duty.since_ms}/off"
        return await self._log.step(Append(head.stream, (body,), KEEPER, client_id, require=same))

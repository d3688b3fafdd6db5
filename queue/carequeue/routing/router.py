"""Routes what comes and, once understood, what waits: gathers the values, asks the policies. Writes nothing."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from carequeue.deadlines import Deadlines
from carequeue.entries import Queued
from carequeue.routing.own import RoutingService, as_chosen
from carequeue.routing.policies import at_last, where, where_again, where_urgent, who
from carequeue.routing.route import RegionNow, Route, Seeker, Team, UnitNow
from carequeue.routing.rules import CAPPED, RoutingRules
from carequeue.store import Places
from core.directory.store import Unit
from core.errors import FyrError

HasRoom = Callable[[str, str], Awaitable[bool]]
"""Whether this member of staff is given one more contact of this unit."""
MayGo = Callable[[str], bool]
Lacking = Callable[[int, frozenset[str]], frozenset[str]]
"""The units that offer no chat to seek care by, at a moment, to who has agreed on it with these."""


class Staffing(Protocol):
    """Who is at a unit, by staff id."""

    def on_duty(self, unit_id: str) -> Sequence[str]:
        """Who takes what comes there now."""
        ...

    async def work_at(self, unit_id: str) -> Sequence[str]:
        """Who may take contacts there."""
        ...


class Routed(NamedTuple):
    """Where it goes, as it is written in the log, and who answers for it."""

    queued: Queued
    provider_id: str


class Router:
    """Routes among the units of a region."""

    def __init__(
        self,
        units: Sequence[Unit],
        rules: RoutingRules,
        *,
        deadlines: Deadlines,
        places: Places,
        staffing: Staffing,
        has_room: HasRoom,
        lacking: Lacking = lambda *_: frozenset(),
    ) -> None:
        """Raises `directory_empty` when no unit takes chats, for nobody could ever be answered; `content_invalid`."""
        self.take_units(units)
        rules.require_whole(units, deadlines)
        self.rules = rules
        self._deadlines = deadlines
        self._places = places
        self._staffing = staffing
        self._has_room = has_room
        self._lacking = lacking
        self.own: RoutingService | None = None
        """A routing service of one's own, asked after our policies."""

    def take_units(self, units: Sequence[Unit]) -> None:
        """These are the units from now on. Raises `directory_empty`."""
        if not any(unit.takes_chat for unit in units):
            raise FyrError("directory_empty")
        self._units = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}

    async def route(self, seeker: Seeker, *, now_ms: int) -> Routed:
        """Where somebody who writes goes. It is asked of every unit how it stands at this moment."""
        region = self._region(now_ms, today={}, agreed=seeker.agreed)
        route = await self._settled(where(seeker, region), seeker, region=region)
        unit = self._units[route.unit_id]
        return Routed(_queued(route, seeker), unit.provider_id)

    async def again(self, unit_id: str, seeker: Seeker, *, arrived_ms: int, now_ms: int, may_go: MayGo) -> Route:
        """The way of somebody who came to a unit then and waits, now that it is known how urgent they are.

        The unit is full for them by those who came before them: they are themselves counted among the day's.
        """
        today = await self._today(unit_id, now_ms, before_ms=arrived_ms)
        region = self._region(now_ms, today=today, may_go=may_go, agreed=seeker.agreed)
        return await self._settled(where_again(unit_id, seeker, region), seeker, region=region)

    async def at_once(self, unit_id: str, seeker: Seeker, *, now_ms: int, may_go: MayGo) -> Route:
        """The way of somebody whose letter waits at a unit, now that it cannot wait: where somebody is, as a chat."""
        region = self._region(now_ms, today={}, may_go=may_go)
        return await self._settled(where_urgent(unit_id, seeker, region), seeker, region=region)

    async def is_full(self, unit_id: str, *, now_ms: int) -> bool:
        """Whether the unit has as many below urgent as it takes in a day."""
        today = await self._today(unit_id, now_ms)
        return self._region(now_ms, today=today).now(unit_id).is_full

    async def _settled(self, route: Route, seeker: Seeker, *, region: RegionNow) -> Route:
        route = who(route, seeker, await self._team(route.unit_id, seeker))
        if self.own is not None:
            route = await as_chosen(self.own, route, seeker, region=region)
        return at_last(route, seeker)

    def _region(
        self,
        now_ms: int,
        *,
        today: dict[str, int],
        may_go: MayGo = lambda _: True,
        agreed: frozenset[str] = frozenset(),
    ) -> RegionNow:
        def now(unit_id: str) -> UnitNow:
            return UnitNow(
                unit=self._units[unit_id],
                rules=self.rules.of(unit_id),
                manned=bool(self._staffing.on_duty(unit_id)),
                is_open=bool(self._staffing.on_duty(unit_id)) or self._deadlines.opens_ms(unit_id, now_ms) == now_ms,
                today=today.get(unit_id, 0),
            )

        return RegionNow(self._offering(now_ms, agreed), now, self.rules.services, may_go)

    def _offering(self, now_ms: int, agreed: frozenset[str]) -> dict[str, Unit]:
        """The units, with which of them take chats now, of who has agreed on it with these."""
        lacking = self._lacking(now_ms, agreed)
        if not lacking:
            return self._units
        return {one: replace(unit, takes_chat=False) if one in lacking else unit for one, unit in self._units.items()}

    async def _today(self, unit_id: str, now_ms: int, *, before_ms: int | None = None) -> dict[str, int]:
        """How many below urgent came today to the unit and those it overflows into, where that counts.

        `before_ms`: of the unit itself only who came before that.
        """
        asked = [name for name in (unit_id, *self.rules.of(unit_id).overflow) if self.rules.of(name).daily_cap]
        counted = {}
        for name in asked:
            since_ms = self._deadlines.day_start_ms(name, now_ms) - 1
            until_ms = before_ms if name == unit_id else None
            counted[name] = await self._places.arrived_since(name, since_ms, before_ms=until_ms, levels=CAPPED)
        return counted

    async def _team(self, unit_id: str, seeker: Seeker) -> Team:
        on_duty = self._staffing.on_duty(unit_id)
        there = on_duty or await self._staffing.work_at(unit_id)
        able = {staff_id: self.rules.abilities(staff_id) for staff_id in there}
        known = [staff_id for staff_id in seeker.known_to if staff_id in on_duty]
        free = frozenset([staff_id for staff_id in known if await self._has_room(staff_id, unit_id)])
        return Team(self.rules.of(unit_id), able, free)


def _queued(route: Route, seeker: Seeker) -> Queued:
    return Queued(
        unit_id=route.unit_id,
        steps=route.steps,
        needs=tuple(sorted(route.needs)),
        service=seeker.service or "",
        lang=seeker.lang,
    )

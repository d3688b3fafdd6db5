"""A routing service of one's own, plugged in by an entry point of the group `fyr.routing` and named in a setting.

It is asked after our policies and before what nobody may change. What it answers is checked: an answer that cannot be,
a failure or a second without an answer leaves our way as it was, and a step says so. It is given no word of a patient.
"""

import asyncio
from dataclasses import replace
from importlib.metadata import entry_points
from typing import Any, NamedTuple, Protocol, runtime_checkable

import structlog

from carequeue.routing.route import RegionNow, Route, Seeker
from carequeue.routing.rules import NEED
from core.errors import FyrError
from triage.urgency import RANK

GROUP = "fyr.routing"
ANSWERS_WITHIN_S = 1.0
log = structlog.get_logger(__name__)


class Choice(NamedTuple):
    """What a routing service wants; our own way is what it was given."""

    unit_id: str
    needs: frozenset[str]


@runtime_checkable
class RoutingService(Protocol):
    """What an entry point's object, called with nothing, must give."""

    async def check(self) -> None:
        """Raise whatever stops the start."""
        ...

    async def choose(self, seeker: Seeker, ours: Choice) -> Choice:
        """Where this seeker goes and what is needed there; `ours` leaves it as it is. Within a second."""
        ...


async def find_service(name: str) -> RoutingService | None:
    """The service of that name, checked; None for no name. Raises `settings_invalid`."""
    if not name:
        return None
    found = list(entry_points(group=GROUP, name=name))
    if len(found) != 1:
        raise _invalid(f"names {len(found)} entry points {name} of the group {GROUP}")
    try:
        service: Any = found[0].load()()
        if isinstance(service, RoutingService):
            await service.check()
            return service
    except Exception as failure:  # noqa: BLE001  # whatever somebody else's code raises stops the start
        raise _invalid(f"{name} does not start ({type(failure).__name__})") from None
    raise _invalid(f"{name} has no `check` or no `choose`")


async def as_chosen(service: RoutingService, route: Route, seeker: Seeker, *, region: RegionNow) -> Route:
    """The way as the service wants it, where that can be."""
    ours = Choice(route.unit_id, route.needs)
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            choice = await service.choose(seeker, ours)
    except Exception as failure:  # noqa: BLE001  # nobody waits for somebody else's code
        log.warning("routing_service_failed", error=type(failure).__name__)
        return route.saying("own", "failed")
    return route if choice == ours else _taken(choice, route, seeker, region=region)


def _taken(choice: Choice, route: Route, seeker: Seeker, *, region: RegionNow) -> Route:
    if not _may_be(choice, seeker, ours=route.unit_id, region=region):
        return route.saying("own", "refused")
    return replace(route.to(region.units[choice.unit_id], "own", "met"), needs=choice.needs)


def _may_be(choice: Any, seeker: Seeker, *, ours: str, region: RegionNow) -> bool:
    """A unit that takes chats and may have the contact, needs that we know; for who cannot wait, one that is there."""
    unit_id, needs = tuple[Any, ...](choice) if isinstance(choice, Choice) else (None, None)
    if not (isinstance(unit_id, str) and isinstance(needs, frozenset)):
        return False
    unit = region.units.get(unit_id)
    if unit is None or not unit.takes_chat or not region.may_go(unit.id):
        return False
    if not all(isinstance(need, str) and NEED.fullmatch(need) for need in needs):
        return False
    return seeker.can_wait or _is_there(unit.id, ours, seeker, region=region)


def _is_there(unit_id: str, ours: str, seeker: Seeker, *, region: RegionNow) -> bool:
    """Whether somebody is there, as far as it is known.

    Whoever may be very urgent goes nowhere that is closed, and from a unit where somebody is on duty to no other than
    such a one. Who was not understood yet counts as urgent: nobody knows what they wait with.
    """
    here, there = region.now(ours), region.now(unit_id)
    manned = there.manned or not here.manned or RANK[seeker.level] > RANK["very_urgent"]
    return there.is_open and manned


def _invalid(what: str) -> FyrError:
    return FyrError("settings_invalid", problems=[f"FYR_ROUTING_SERVICE {what}"])

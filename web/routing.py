"""What routing asks of the rest: who is at a unit, who seeks care in a contact, where it may be moved."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from carequeue.capacity import Turn
from carequeue.duty.duties import Duties
from carequeue.handover.handovers import may_take
from carequeue.order import level_in_queue
from carequeue.routing.own import find_service
from carequeue.routing.reroute import Rerouter
from carequeue.routing.route import Seeker
from carequeue.routing.router import Router
from carequeue.routing.rules import RoutingRules
from carequeue.state import Place
from chat.state import Conversation
from core.directory.store import Directory, Unit
from core.log.append import Head
from core.log.state import State
from core.retention.rules import DAY_MS
from core.rollout.seeking import SEEK
from triage.state import Triage
from web.offered import agreed_units

if TYPE_CHECKING:
    from web.node import Node


def turn_of(state: State) -> Turn:
    """Who owes the answer in a contact."""
    return state.get(Conversation).turn


class UnitStaff:
    """Who is at a unit, as routing asks."""

    def __init__(self, duties: Duties, directory: Directory) -> None:
        self._duties = duties
        self._directory = directory

    def on_duty(self, unit_id: str) -> Sequence[str]:
        """Who takes what comes there now."""
        return [one.staff_id for one in self._duties.at(unit_id) if one.reached and one.duty.standing == "on"]

    async def work_at(self, unit_id: str) -> Sequence[str]:
        """Who may take contacts there."""
        return [one.staff_id for one in await self._directory.staff_at(unit_id) if may_take(one.role)]


class Seekers:
    """Who seeks care in a contact that waits, and who knows them."""

    def __init__(self, node: "Node") -> None:
        self._node = node

    async def of(self, head: Head) -> Seeker:
        """As the contact's own state tells it."""
        chat, place = head.state.get(Conversation), head.state.get(Place)
        return Seeker(
            level=level_in_queue(head.state.get(Triage)),
            lang=place.lang,
            age_y=chat.age_y,
            service=place.service or None,
            known_to=await self._known_to(head, place),
            agreed=await agreed_units(self._node, SEEK, head.scope.person_id),
        )

    async def _known_to(self, head: Head, place: Place) -> tuple[str, ...]:
        """Staff ids of who held an earlier contact of theirs at the same unit, the newest first.

        Nobody whom the patient keeps out: for them nobody is waited for.
        """
        rules = self._node.router.rules.of(place.unit_id)
        if not head.scope.person_id or not rules.continuity_min:
            return ()
        since_ms = self._node.now_ms() - rules.continuity_days * DAY_MS
        streams = await self._node.log.streams_about(head.scope.person_id)
        heads = await self._node.log.heads([name for name in streams if name != head.stream])
        earlier = [one.state.get(Place) for one in heads.values()]
        here = [one for one in earlier if one.unit_id == place.unit_id and one.last_holder_id]
        newest = sorted(here, key=lambda one: one.arrived_ms, reverse=True)
        known = dict.fromkeys(one.last_holder_id for one in newest if one.arrived_ms >= since_ms)
        shut = await self._kept_out(head.scope.person_id) if known else frozenset[str]()
        return tuple(staff_id for staff_id in known if staff_id not in shut)

    async def _kept_out(self, person_id: str) -> frozenset[str]:
        same = await self._node.register.rows.same(person_id)
        return frozenset([staff_id for one in same for staff_id in await self._node.doors.kept_out_by(one)])

    async def may_go(self, head: Head) -> Callable[[str], bool]:
        """The units a contact may be moved to: of its care giver, unless what its unit knows is kept from others."""
        own, shut = head.scope.unit_id, await self._node.is_shut(head.scope)
        provider = head.scope.provider_id
        return lambda unit_id: unit_id == own or (not shut and self._node.unit_provider(unit_id) == provider)


def make_router(node: "Node", units: Sequence[Unit], rules: RoutingRules) -> Router:
    """Which unit a contact goes to, and who may take it. Raises `directory_empty`, `content_invalid`."""
    node.claims.standing, node.claims.turn_of = node.duties.standing, turn_of
    return Router(
        units,
        rules,
        deadlines=node.deadlines,
        places=node.places,
        staffing=UnitStaff(node.duties, node.directory),
        has_room=node.claims.has_room,
        lacking=lambda now_ms, agreed: node.functions.lacking(node.unit_ids, SEEK, at_ms=now_ms, agreed=agreed),
    )


async def may_move(node: "Node", head: Head, to_unit: str) -> str | None:
    """The name of a unit of the same legal care giver, unless what the contact's unit knows is kept from others."""
    same = node.unit_provider(to_unit) == head.scope.provider_id
    return node.unit_name(to_unit) if same and not await node.is_shut(head.scope) else None


def rerouter(node: "Node") -> Rerouter:
    """Routes once more what has been understood."""
    seekers = Seekers(node)
    return Rerouter(node.log, node.router, seeker_of=seekers.of, may_move=seekers.may_go, clock=node.clock)


@asynccontextmanager
async def with_routing_service(node: "Node") -> AsyncIterator[None]:
    """Ask the routing service that is set, while the node runs. Raises `settings_invalid`."""
    node.router.own = await find_service(node.settings.routing_service)
    yield
    node.router.own = None

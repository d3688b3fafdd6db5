"""What units offer, asked where patients and staff come in: one typed refusal, in the unit's own words.

Where a function is on for who was invited, it is asked each time what this patient has agreed on with the unit.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from carequeue.routing.route import Seeker
from core.access.gates import ContactAccess
from core.rollout.functions import FUNCTIONS, Function
from core.rollout.seeking import SEEK, require_seek_care
from web.agreed import services_now
from web.wire.session import UnitFunctions

if TYPE_CHECKING:
    from web.node import Node


async def seeking(node: "Node", seeker: Seeker, person_id: str) -> Seeker:
    """The same, with the units that let this patient seek care because they have agreed on it."""
    return seeker._replace(agreed=await agreed_units(node, SEEK, person_id))


def require_chat(node: "Node", seeker: Seeker) -> None:
    """Refuse a chat where the unit one turns to, or is registered at, offers none. Raises `function_off`."""
    wish = seeker.chosen or (None if seeker.service else seeker.registered)
    require_seek_care(node.functions, wish, node.unit_ids, agreed=seeker.agreed, at_ms=node.now_ms())


async def require_video(node: "Node", access: ContactAccess) -> None:
    """Refuse a visit that is to begin at a unit that offers none; one that goes on goes on. Raises `function_off`."""
    await require_offered(node, access.head.scope.unit_id, "video_visit", person_id=access.head.scope.person_id)


async def require_forms(node: "Node", access: ContactAccess) -> None:
    """Refuse a form that is to be sent at a unit that offers none; one that was sent is answered."""
    await require_offered(node, access.head.scope.unit_id, "forms", person_id=access.head.scope.person_id)


async def require_offered(node: "Node", unit_id: str, function: Function, *, person_id: str) -> None:
    """Refuse what the unit does not offer this patient. Raises `function_off`."""
    agreed = function in await agreed_at(node, unit_id, person_id)
    node.functions.require_function(unit_id, function, at_ms=node.now_ms(), agreed=agreed)


async def agreed_at(node: "Node", unit_id: str, person_id: str) -> frozenset[Function]:
    """What a patient has agreed on with a unit, where that decides anything now."""
    if not person_id or not node.functions.invites([unit_id], at_ms=node.now_ms()):
        return frozenset()
    same = await node.register.rows.same(person_id)
    return (await node.agreements.accepted_by(same)).get(unit_id, frozenset())


async def agreed_units(node: "Node", function: Function, person_id: str) -> frozenset[str]:
    """The units with which a patient has agreed on a function, where that decides anything now."""
    if not person_id or not node.functions.invites(node.unit_ids, at_ms=node.now_ms(), to=(function,)):
        return frozenset()
    accepted = await node.agreements.accepted_by(await node.register.rows.same(person_id))
    return frozenset(unit_id for unit_id, functions in accepted.items() if function in functions)


async def offered_to(node: "Node", unit_id: str, person_id: str) -> tuple[Function, ...]:
    """What a unit offers a patient now."""
    agreed = await agreed_at(node, unit_id, person_id)
    return node.functions.offered(unit_id, at_ms=node.now_ms(), agreed=agreed)


async def functions_of(
    node: "Node", unit_id: str, offered: tuple[Function, ...], *, persons: Sequence[str]
) -> UnitFunctions:
    """What patients are shown of a unit: what it offers them, and what it says of the rest."""
    texts = {one: node.functions.closed_text(unit_id, one) for one in FUNCTIONS if one not in offered}
    return UnitFunctions(
        unit_id=unit_id,
        unit=node.unit_name(unit_id),
        persons=tuple(persons),
        functions=offered,
        closed={one: {str(lang): said for lang, said in text.items()} for one, text in texts.items() if text},
        services=await services_now(node, persons),
        booked=bool(await node.booking.rows.of_person(persons, since_ms=node.now_ms())),
        followed=any(row.status != "ended" for row in await node.follow_ups.rows.of_persons(persons)),
    )

"""What units offer, asked where patients and staff come in: one typed refusal, in the unit's own words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from carequeue.routing.route import Seeker
from core.access.gates import ContactAccess
from core.rollout.functions import FUNCTIONS, Function
from web.wire.session import UnitFunctions

if TYPE_CHECKING:
    from web.node import Node


def require_seek_care(node: "Node", seeker: Seeker) -> None:
    """Refuse a chat where the unit one turns to, or is registered at, offers none. Raises `function_off`.

    Who names a service goes to a unit of it that offers one, and who is registered nowhere to any; where no unit does,
    nobody comes through. A unit that never takes chats is for routing to pass by.
    """
    wish, now_ms = seeker.chosen or (None if seeker.service else seeker.registered), node.now_ms()
    offering = [one for one in node.unit_ids if node.functions.is_offered(one, "seek_care_chat", at_ms=now_ms)]
    if wish in node.unit_names() or not offering:
        node.functions.require_function(wish or "", "seek_care_chat", at_ms=now_ms)


def require_video(node: "Node", access: ContactAccess) -> None:
    """Refuse a visit that is to begin at a unit that offers none; one that goes on goes on. Raises `function_off`."""
    node.functions.require_function(access.head.scope.unit_id, "video_visit", at_ms=node.now_ms())


def require_forms(node: "Node", access: ContactAccess) -> None:
    """Refuse a form that is to be sent at a unit that offers none; one that was sent is answered."""
    node.functions.require_function(access.head.scope.unit_id, "forms", at_ms=node.now_ms())


async def functions_of(node: "Node", unit_id: str, persons: Sequence[str]) -> UnitFunctions:
    """What a patient is shown of a unit: what it offers, and what it says of the rest."""
    offered = offered_at(node, unit_id)
    texts = {one: node.functions.closed_text(unit_id, one) for one in FUNCTIONS if one not in offered}
    return UnitFunctions(
        unit_id=unit_id,
        unit=node.unit_name(unit_id),
        persons=tuple(persons),
        functions=offered,
        closed={one: {str(lang): said for lang, said in text.items()} for one, text in texts.items() if text},
        booked=bool(await node.booking.rows.of_person(persons, since_ms=node.now_ms())),
    )


def offered_at(node: "Node", unit_id: str) -> tuple[Function, ...]:
    """What a unit offers a patient now."""
    return tuple(one for one in FUNCTIONS if node.functions.is_offered(unit_id, one, at_ms=node.now_ms()))

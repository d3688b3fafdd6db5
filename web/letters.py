"""Where a letter goes, and how it stands: what queue, conversation and the unit's promises say of it together."""

from typing import TYPE_CHECKING

from care.messages.entries import Letter
from care.messages.letters import answer_by_ms
from carequeue.deadlines import Deadlines
from carequeue.entries import Queued
from carequeue.routing.route import Seeker
from carequeue.routing.router import Routed
from carequeue.state import Place
from chat.state import Conversation
from core.errors import FyrError
from core.log.append import Head
from web.offered import require_offered
from web.push.views import wire_time
from web.wire.letter import LetterNow

if TYPE_CHECKING:
    from web.node import Node


async def letter_to(node: "Node", seeker: Seeker, *, person_id: str) -> Routed:
    """The unit a letter is written to: the one that was chosen, else where the person is registered. Nowhere else.

    Raises `not_found` for no such unit, `function_off` where it takes none from this patient.
    """
    unit_id = seeker.chosen or seeker.registered or ""
    provider_id = node.unit_provider(unit_id)
    if provider_id is None:
        raise FyrError("not_found")
    await require_offered(node, unit_id, "messages", person_id=person_id)
    return Routed(Queued(unit_id=unit_id, lang=seeker.lang, letter=True), provider_id)


def letter_now(head: Head, deadlines: Deadlines) -> LetterNow | None:
    """How a letter stands; None for what began otherwise."""
    title = head.state.get(Letter).title
    if not title:
        return None
    owed = head.state.get(Conversation).turn == "staff"
    by_ms = answer_by_ms(head, deadlines) if owed else None
    return LetterNow(
        title=title,
        turned=not head.state.get(Place).letter,
        answer_by=wire_time(by_ms) if by_ms is not None else None,
    )

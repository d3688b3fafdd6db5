"""Summaries as they are pushed: in JSON, made anew only when something they tell of has changed.

With nearly every message that is the number of the newest entry alone.
"""

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from carequeue.handover.state import HandOver
from carequeue.state import Place
from chat.state import Conversation
from core.ids import StreamId
from core.log.append import Head
from core.log.kinds import Audience
from core.notices.state import NoticeWish
from rtc.state import Visit
from triage.state import Triage
from web.letters import letter_now
from web.wire.contact import Wait

if TYPE_CHECKING:
    from web.node import Node

SUMMARIES = 4_096
"""About 2 KB each."""
NUMBER = b',"head":'
"""Outside of a JSON string no quote is escaped: the first of these is the field itself."""


class Made(NamedTuple):
    """A summary but for its number."""

    of: tuple[object, ...]
    """Everything it was made of."""
    before: bytes
    after: bytes


class Summaries:
    """Those that were pushed last."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._made: dict[tuple[StreamId, Audience, str], Made] = {}

    def of(self, head: Head, audience: Audience, wait: Wait | None) -> bytes:
        """The summary of this head for an audience, with the wait as it was last looked up."""
        get, scope = head.state.get, head.scope
        chat, hand_over = get(Conversation), get(HandOver)
        protection = self._node.protections.of(scope)
        of = (
            *(get(Place), get(Triage), get(Visit), get(NoticeWish), hand_over, scope, chat.open_questions, chat.lang),
            *(wait, protection, letter_now(head, self._node.deadlines)),
        )
        key = (head.stream, audience, chat.turn)
        made = self._made.get(key)
        if made is None or made.of != of:
            made = self._split(head, audience, wait, of=of)
            if hand_over.offer is None or not hand_over.offer.warm:  # else who stands beside is the clock's to say
                self._keep(key, made)
        return b"%b%d%b" % (made.before, head.last_no if audience == "staff" else head.patient_no, made.after)

    def _split(self, head: Head, audience: Audience, wait: Wait | None, *, of: tuple[object, ...]) -> Made:
        told = msgspec.json.encode(self._node.known_summary(head, audience, wait))
        before, number, rest = told.partition(NUMBER)
        _, comma, after = rest.partition(b",")
        return Made(of, before + number, comma + after)

    def _keep(self, key: tuple[StreamId, Audience, str], made: Made) -> None:
        if len(self._made) >= SUMMARIES:
            self._made.clear()
        self._made[key] = made

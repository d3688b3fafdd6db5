"""What follows a step towards a patient: a notice by the channel they chose. The outbox calls it, at least once.

A notice that was sent by a node which died before it could say so is sent again: twice told is better than not told.
"""

from collections.abc import Awaitable, Callable

import structlog

from carequeue.entries import LetterTurned
from carequeue.state import Place
from chat.state import Conversation
from chat.waiting.entries import Reminded, Reminder
from core.actor import system_actor
from core.clock import Clock
from core.ids import StreamId, contact_of
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.notices.channel import GoneError
from core.notices.entries import NoticeChosen, NoticeName
from core.notices.notices import Notices
from core.notices.state import NoticeWish

TELLER = system_actor("notices")
NOTICE_OF: dict[Reminder, NoticeName] = {
    "still_waiting": "still_waiting",
    "told": "message",
    "reminded": "reminder",
    "safety_net": "closing",
}
MaySee = Callable[[str, Scope], Awaitable[bool]]
"""Whether the actor of this id may see a contact of this scope now: a guardian's time may be over."""

log = structlog.get_logger(__name__)


class Teller:
    """Carries out the outbox topic "notice"."""

    def __init__(self, entries: Log, notices: Notices, clock: Clock, *, may_see: MaySee) -> None:
        self._log = entries
        self._notices = notices
        self._clock = clock
        self._may_see = may_see

    async def __call__(self, stream: StreamId, no: int) -> None:
        """Tell of entry `no`. Raises `unreachable`, so that it is tried again later."""
        head = await self._log.head(stream)
        entry = (await self._log.entries(stream, no - 1))[0]
        name, wish = _notice_of(entry.body), head.state.get(NoticeWish)
        if name is None or _overtaken(head, entry.header.at_ms):
            return
        if wish.by and not await self._may_see(wish.by, head.scope):
            await self._forget(stream, no, wish)
            return
        lang, age_ms = head.state.get(Conversation).lang, self._clock.ms() - entry.header.at_ms
        try:
            await self._notices.send_while_new(name, contact_of(stream), wish=wish, lang=lang, age_ms=age_ms)
        except GoneError:
            await self._forget(stream, no, wish)

    async def _forget(self, stream: StreamId, no: int, wish: NoticeWish) -> None:
        """Nobody is told there any more: the page says so and asks anew, unless the patient has chosen meanwhile."""
        log.info("notice_address_gone", channel=wish.channel, contact=contact_of(stream))
        body = NoticeChosen(channel="none")
        same = still(lambda now: now.state.get(NoticeWish) == wish)
        await self._log.step(Append(stream, (body,), TELLER, f"{stream}/{no}", require=same))


def _notice_of(body: Body | None) -> NoticeName | None:
    if isinstance(body, LetterTurned):
        return "conversation"
    return NOTICE_OF[body.step] if isinstance(body, Reminded) else None


def _overtaken(head: Head, at_ms: int) -> bool:
    """The contact has ended, or the patient has been here since."""
    return head.state.get(Place).status == "closed" or head.state.get(Conversation).alive_ms > at_ms

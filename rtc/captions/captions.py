"""The commands: asking for captions, and answering. Each is one append, which asks the state once more."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from rtc.captions.entries import CaptionsAnswered, CaptionsAsked
from rtc.signal import require_in
from rtc.state import Member, Visit
from rtc.visit import is_in


def is_heard(visit: Visit, member: Member) -> bool:
    """Whether what they say may be made into text now.

    Never what an interpreter says: they speak two languages in turn, and a recogniser takes one for the other.
    """
    return visit.captions and member.captions is True and member.place == "in" and member.role != "interpreter"


class Captions:
    """Who asks has said yes for themselves; everybody else is asked, and may take it back at any time."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def ask(self, access: ContactAccess, visit_id: str) -> None:
        """Ask everybody in the visit. Asked for already it is one's own yes. Raises `visit_over`, `not_connected`."""
        member, visit = require_in(access, visit_id), access.head.state.get(Visit)
        if visit.captions:
            await self.answer(access, visit_id, yes=True)
            return
        body = CaptionsAsked(visit_id=visit_id, participant=member.participant, name=member.name)
        await self._append(access, body, is_in(member.participant))

    async def answer(self, access: ContactAccess, visit_id: str, *, yes: bool) -> None:
        """Say it of oneself. The same again writes nothing. Raises `visit_over`, `not_connected`, `not_found`."""
        member = require_in(access, visit_id)
        if not access.head.state.get(Visit).captions:
            raise FyrError("not_found")
        if member.captions is yes:
            return
        body = CaptionsAnswered(visit_id=visit_id, participant=member.participant, name=member.name, yes=yes)
        await self._append(access, body, every(is_in(member.participant), _asked_in(visit_id)))

    async def _append(self, access: ContactAccess, body: Body, require: Require) -> None:
        condition = every(access.allowed, require)
        await self._log.append(Append(access.head.stream, (body,), access.actor, new_id(), require=condition))


def _asked_in(visit_id: str) -> Require:
    def require(head: Head) -> None:
        visit = head.state.get(Visit)
        if visit.visit_id != visit_id or not visit.captions:
            raise FyrError("visit_over")

    return require

"""What people do: staff call and end a call's errand, the patient opens a closed contact again."""

from carequeue.deadlines import MINUTE_MS
from carequeue.entries import CloseReason, Reopened
from carequeue.state import Place
from chat.entries import Message
from chat.post import check_text, still_open
from chat.waiting.entries import CallEnded, CallTried, Outcome
from chat.waiting.steps import Steps, on_call_list
from core.access.gates import ContactAccess
from core.clock import Clock
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append, Appended, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from core.log.state import State

REASON_LIMIT = 1_000
NOT_AGAIN: frozenset[CloseReason] = frozenset({"wrong_unit", "duplicate", "inappropriate_conduct"})
"""Closed for a reason that a new message does not change: a new contact is the right way."""


class Calls:
    """The commands. No claim is needed to call: whoever has the time does, and is named."""

    def __init__(self, log: Log, steps: Steps, clock: Clock) -> None:
        self._log = log
        self._steps = steps
        self._clock = clock

    async def tried(self, access: ContactAccess, outcome: Outcome, note: str, *, client_id: str) -> Appended:
        """Note a call. Raises `too_long`, `closed`."""
        if len(note) > REASON_LIMIT:
            raise FyrError("too_long", field="note", limit=REASON_LIMIT)
        return await self._append(access, CallTried(outcome=outcome, note=note), client_id=client_id)

    async def ended(self, access: ContactAccess, reason: str, *, client_id: str) -> Appended:
        """Take it off the call-back list. Raises `empty` without a reason, `too_long`, `closed`, `wrong_state`."""
        check_text(reason, field="reason", limit=REASON_LIMIT)
        return await self._append(access, CallEnded(reason=reason), client_id=client_id, require=_listed)

    async def reopen(self, access: ContactAccess, text: str, *, lang: str, client_id: str) -> Appended:
        """The patient opens the contact again, saying why. Raises `empty`, `too_long`, `wrong_state` when it is open
        or its time is over."""
        check_text(text)
        bodies = (Reopened(), Message(text=text, lang=lang))
        condition = every(access.allowed, self._may_reopen)
        stream = contact_stream(access.contact_id)
        return await self._log.append(Append(stream, bodies, access.actor, client_id, require=condition))

    def reopen_until_ms(self, state: State) -> int | None:
        """Until when the patient may open the contact again; None when it is open, or may not be."""
        place = state.get(Place)
        if place.closed is None or place.closed_ms is None or place.closed.reason in NOT_AGAIN:
            return None
        return place.closed_ms + round(self._steps.times_of(state).reopen_within_min * MINUTE_MS)

    def _may_reopen(self, head: Head) -> None:
        until_ms = self.reopen_until_ms(head.state)
        if until_ms is None or self._clock.ms() > until_ms:
            raise FyrError("wrong_state", state=head.state.get(Place).status)

    async def _append(
        self, access: ContactAccess, body: Body, *, client_id: str, require: Require | None = None
    ) -> Appended:
        condition = every(access.allowed, still_open, require)
        stream = contact_stream(access.contact_id)
        return await self._log.append(Append(stream, (body,), access.actor, client_id, require=condition))


def _listed(head: Head) -> None:
    if not on_call_list(head.state):
        raise FyrError("wrong_state", state="not on the list")

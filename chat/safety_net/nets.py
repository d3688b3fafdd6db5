"""Giving a safety net, and confirming it: one append each. Confirming may end the contact in the same append."""

from carequeue.claim import SAFETY_NET_LIMIT, under_claim
from carequeue.entries import Closed, CloseReason
from carequeue.order import level_in_queue
from chat.guidance.guidance import Guidance
from chat.post import check_text, still_open
from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from chat.safety_net.rule import closing_net, unconfirmed
from chat.waiting.steps import Meets
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append, Appended, Head, Require, every, no_content_after
from core.log.body import Body
from core.log.log import Log
from core.log.state import State
from triage.state import Triage

ATTEMPTS = 3
"""How often a confirming is judged anew when something is written at the same moment."""


class SafetyNets:
    """The commands."""

    def __init__(self, log: Log, meets: Meets, guidance: Guidance) -> None:
        """`meets`: who meets in a visit is not closed by a press of a button; nor is what only a person may end."""
        self._log = log
        self._meets = meets
        self._guidance = guidance

    async def give(
        self,
        access: ContactAccess,
        text: str,
        *,
        lang: str | None,
        closes: CloseReason | None,
        claim_no: int,
        client_id: str,
        seen_no: int | None,
    ) -> Appended:
        """Tell the patient what to watch for.

        Raises `empty`, `too_long`, `behind`, `stale_claim`, `closed`; `wrong_state` for an ending that only a person
        brings about.
        """
        check_text(text, limit=SAFETY_NET_LIMIT)
        if closes is not None and not self._guidance.closing[closes].by_confirming:
            raise FyrError("wrong_state", state="a person ends it")
        level = level_in_queue(access.head.state.get(Triage))
        body = SafetyNetGiven(text=text, lang=lang, closes=closes, claim_no=claim_no, urgency=level)
        behind = no_content_after(seen_no) if seen_no is not None else None
        condition = every(access.allowed, still_open, under_claim(claim_no, access.actor), behind)
        stream = contact_stream(access.contact_id)
        return await self._log.append(Append(stream, (body,), access.actor, client_id, require=condition))

    async def confirm(self, access: ContactAccess, given_no: int, *, client_id: str) -> Appended:
        """The patient has understood the one with this number, as they count.

        Raises `wrong_state` when it is not the newest, or confirmed already.
        """
        stream = contact_stream(access.contact_id)
        for attempt in range(ATTEMPTS):
            bodies = self._confirming((await self._log.head(stream)).state, given_no)
            condition = every(access.allowed, self._unmoved(bodies, given_no))
            try:
                return await self._log.append(Append(stream, bodies, access.actor, client_id, require=condition))
            except FyrError as refusal:
                if refusal.code != "too_fast" or attempt + 1 == ATTEMPTS:
                    raise
        raise AssertionError("the last attempt answers or raises")

    def _unmoved(self, judged: tuple[Body, ...], given_no: int) -> Require:
        """Refuse what was judged on another state. Asked in the write, so that what is sent again has its answer."""

        def require(now: Head) -> None:
            net = unconfirmed(now.state)
            if net is None or net.patient_no != given_no:
                raise FyrError("wrong_state", state="confirmed or replaced")
            if self._confirming(now.state, given_no) != judged:
                raise FyrError("too_fast", retry_after_s=1)

        return require

    def _confirming(self, state: State, given_no: int) -> tuple[Body, ...]:
        """What a confirming of this net is on a state: itself, and the end where that was asked for."""
        net = unconfirmed(state)
        confirmed = SafetyNetConfirmed(given_no=net.no if net else 0, given_patient_no=given_no)
        meeting = self._meets(state)
        closing = None if meeting.going_on else closing_net(state, met_ms=meeting.last_ms)
        if closing is None or closing.closes is None or not self._guidance.closing[closing.closes].by_confirming:
            return (confirmed,)
        ends = Closed(reason=closing.closes, safety_net=closing.text, claim_no=closing.claim_no, understood="confirmed")
        return (confirmed, ends)

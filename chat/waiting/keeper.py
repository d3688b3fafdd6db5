"""Takes the steps that are due: one append each, that asks the state once more. Any node may; one does."""

import structlog

from carequeue.deadlines import MINUTE_MS
from carequeue.entries import Closed
from carequeue.state import Place
from chat.safety_net.rule import unconfirmed
from chat.state import Conversation
from chat.waiting.entries import CallListed, ListedWhy, Reminded
from chat.waiting.state import Silence
from chat.waiting.steps import Step, Steps, on_call_list
from core.actor import system_actor
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.log import Log
from core.notices.entries import NoticeChosen
from core.transcript.line import LANGS, Lang
from core.transcript.spans import span_words
from triage.entries import SilenceRaised
from triage.state import Triage

KEEPER = system_actor("waiting")
PURPOSE = "waiting"
"""The name of its timers."""
log = structlog.get_logger(__name__)


class WaitingKeeper:
    """Acts on the timers of purpose `waiting`."""

    def __init__(self, entries: Log, steps: Steps, *, emergency: str, advice: str) -> None:
        """`emergency`, `advice`: the country's numbers."""
        self._log = entries
        self._steps = steps
        self._emergency = emergency
        self._advice = advice

    async def act(self, head: Head) -> None:
        """Take the step that is due, unless the contact has moved on meanwhile."""
        step = self._steps.next(head.state)
        if step is None:
            return
        bodies = self._bodies(head, step)
        nth = head.state.get(Silence).last_ms
        client_id = f"{head.stream}/{step.since_ms}/{step.name}/{nth}"
        due = still(lambda now: self._steps.next(now.state) == step)
        await self._log.step(Append(head.stream, bodies, KEEPER, client_id, require=due))

    def _bodies(self, head: Head, step: Step) -> tuple[Body, ...]:
        after_min = (step.due_ms - step.since_ms) // MINUTE_MS
        if step.name != "question":
            return (self._body(head, step, after_min),)
        asked_min = (step.due_ms - head.state.get(Triage).asks_since_ms) // MINUTE_MS
        raised = SilenceRaised(urgency=head.state.get(Triage).if_silent, after_min=asked_min)
        listed = on_call_list(head.state)
        return (raised,) if listed else (raised, self._listed(head, step, after_min=asked_min, why="question"))

    def _body(self, head: Head, step: Step, after_min: int) -> Body:
        if step.name == "listed":
            turn = head.state.get(Conversation).turn
            silent: ListedWhy = "unconfirmed" if unconfirmed(head.state) else "silent"
            why: ListedWhy = silent if turn == "patient" else "unanswered"
            return self._listed(head, step, after_min=after_min, why=why)
        if step.name == "closed":
            return self._closed(head)
        if step.name == "wish_ended":
            return NoticeChosen(channel="none")
        assert step.name != "question"
        text = self._safety_net(head) if step.name == "safety_net" else ""
        return Reminded(step=step.name, since_ms=step.since_ms, after_min=after_min, text=text)

    def _listed(self, head: Head, step: Step, *, after_min: int, why: ListedWhy) -> CallListed:
        times = self._steps.times_of(head.state)
        return CallListed(
            why=why,
            since_ms=step.since_ms,
            after_min=after_min,
            calls=times.attempts,
            every_min=int(times.attempts_within_min // times.attempts),
        )

    def _closed(self, head: Head) -> Closed:
        return Closed(
            reason="no_contact_after_attempts" if on_call_list(head.state) else "abandoned",
            safety_net=self._safety_net(head),
            claim_no=head.state.get(Place).claim_no,
        )

    def _safety_net(self, head: Head) -> str:
        times, lang = self._steps.times_of(head.state), head.state.get(Conversation).lang
        told_in: Lang = next((one for one in LANGS if one == lang), "en")
        time = span_words(int(times.reopen_within_min), told_in)
        return self._steps.times.safety_net(lang, emergency=self._emergency, advice=self._advice, time=time)

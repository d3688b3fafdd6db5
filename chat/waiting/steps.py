"""What is due by itself for a patient who waits or is silent, as the state stands: pure, and asked again in the write.

The law: nothing closes by itself that is unassessed, was ever urgent or above, or has had no human answer; nor what
waits in the queue, has an open question between colleagues, is in a visit, or in which what to do if it gets worse was
given and not confirmed. Such a contact stays on the call-back
list until a named person ends it.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from carequeue.deadlines import MINUTE_MS
from carequeue.order import level_in_queue, waits_as_letter
from carequeue.state import Place
from chat.safety_net.rule import unconfirmed
from chat.state import Conversation
from chat.waiting.entries import StepName
from chat.waiting.state import Silence
from chat.waiting.times import Times, WaitingTimes
from core.log.append import Head
from core.log.state import Part, State
from core.notices.state import NoticeWish
from triage.kinds import is_urgent
from triage.state import Triage

PARTS: tuple[type[Part], ...] = (Place, Triage, Conversation, Silence, NoticeWish)
"""What of the state the steps are decided from, besides meetings."""


CHAINS = 1_024
"""Plans that are remembered: a unit and level has a handful, and a message asks for one."""
WISH_KEPT_MS = 7 * 24 * 60 * MINUTE_MS
"""As long as a contact may be opened again, where the rules of retention say nothing else."""


class Meeting(NamedTuple):
    """How people meet in some other way than in writing, such as a visit."""

    going_on: bool = False
    last_ms: int = 0
    """When the patient was last met so: a sign of life."""


Meets = Callable[[State], Meeting]


class Step(NamedTuple):
    """One thing that is due by itself."""

    name: StepName | Literal["wish_ended", "question"]
    due_ms: int
    since_ms: int
    """The beginning of the wait or silence it belongs to."""


class Planned(NamedTuple):
    """A step of a chain: the `nth` of its name, so many minutes after the beginning."""

    name: StepName
    nth: int
    after_min: float


class Steps:
    """The rules with the unit's times."""

    def __init__(self, times: WaitingTimes, meets: Meets, *, wish_kept_ms: int = WISH_KEPT_MS) -> None:
        """`wish_kept_ms`: how long after the end an address for notices is kept."""
        self.times = times
        self._wish_kept_ms = wish_kept_ms
        self.meets = meets

    def due_ms(self, head: Head) -> int | None:
        """When the next step of this contact is due: what its timer says."""
        step = self.next(head.state)
        return step.due_ms if step else None

    def times_of(self, state: State) -> Times:
        """The times of the contact's unit for its level."""
        return self.times.of(state.get(Place).unit_id, level_in_queue(state.get(Triage)))

    def next(self, state: State) -> Step | None:
        """The next step and when it is due; None when nothing is to happen by itself."""
        place = state.get(Place)
        if place.status == "closed":
            return self._wish_end(state)
        if not place.unit_id or self.meets(state).going_on:
            return None
        question, step = self._question(state), self._towards(state)
        if question is None or step is None:
            return question or step
        return min(question, step, key=lambda one: one.due_ms)

    def _question(self, state: State) -> Step | None:
        """What was shown and left unanswered, while nobody has taken the contact: a person is to ask."""
        place, chat, triage = state.get(Place), state.get(Conversation), state.get(Triage)
        if not triage.asks_since_ms or place.status != "waiting" or "staff" in chat.last_said:
            return None
        due_ms = triage.asks_since_ms + round(self.times_of(state).question_after_min * MINUTE_MS)
        return Step("question", due_ms, max(place.arrived_ms, chat.turn_since_ms))

    def _towards(self, state: State) -> Step | None:
        """The next step towards one who waits or is silent."""
        place, chat = state.get(Place), state.get(Conversation)
        if chat.turn == "patient":
            return self._first(state, self._silent_chain(state), since_ms=self._silent_since(state))
        if waits_as_letter(place, state.get(Triage)):  # they know by when, and `carequeue.late` tells of who is late
            return None
        if place.status == "waiting" or "staff" not in chat.last_said:
            since_ms = max(place.arrived_ms, chat.turn_since_ms)
            return self._first(state, _waiting_chain(self.times_of(state)), since_ms=since_ms)
        return None

    def _wish_end(self, state: State) -> Step | None:
        """An address, or a browser's subscription, is kept no longer than there may be something to tell."""
        closed_ms, wish = state.get(Place).closed_ms, state.get(NoticeWish)
        if closed_ms is None or wish.channel in (None, "none"):
            return None
        return Step("wish_ended", closed_ms + self._wish_kept_ms, closed_ms)

    def _first(self, state: State, chain: Iterable[Planned], *, since_ms: int) -> Step | None:
        """The first step not taken. It keeps its distance to the one before, also when the service was away for days:
        nobody is reminded, listed and closed within one moment."""
        silence = state.get(Silence)
        taken = silence.taken if silence.since_ms == since_ms else {}
        before_min = 0.0
        for planned in chain:
            if planned.nth <= taken.get(planned.name, 0) or (planned.name == "listed" and on_call_list(state)):
                before_min = planned.after_min
                continue
            begun_ms = silence.last_ms if taken else since_ms
            wait_min = planned.after_min - (before_min if taken else 0)
            return Step(planned.name, begun_ms + round(wait_min * MINUTE_MS), since_ms)
        return None

    def _silent_chain(self, state: State) -> tuple[Planned, ...]:
        times, closes = self.times_of(state), may_close(state, self.meets)
        tells, letter = not _has_read(state.get(Conversation)), waits_as_letter(state.get(Place), state.get(Triage))
        return _silent_chain(
            times,
            tells=tells,
            reminds=tells or not letter,  # a letter's answer that was read may need none
            call_min=_call_min(times, state, closes=closes),
            closes=closes and self._nobody_left_to_call(state),
        )

    def _silent_since(self, state: State) -> int:
        """The patient's last sign of life, at the earliest the answer they have not answered."""
        chat, silence, wish = state.get(Conversation), state.get(Silence), state.get(NoticeWish)
        signs = (chat.alive_ms, silence.reached_ms, wish.chosen_ms, self.meets(state).last_ms)
        return max(chat.turn_since_ms, *signs)

    def _nobody_left_to_call(self, state: State) -> bool:
        """It is not on the list, or every call was made: automation takes nobody off it whom no one has tried."""
        silence = state.get(Silence)
        return not on_call_list(state) or len(silence.attempts) >= silence.calls


def on_call_list(state: State) -> bool:
    """Whether a named person is to call. What was ever urgent stays until a named person ends it; anything else also
    leaves by a sign of life of the silent patient, or by the answer that was owed. Who was only to confirm what they
    were advised leaves by confirming it."""
    silence, triage, chat = state.get(Silence), state.get(Triage), state.get(Conversation)
    if not silence.listed_ms or state.get(Place).status == "closed":
        return False
    if silence.why == "unconfirmed":
        return unconfirmed(state) is not None
    if triage.was_urgent or not triage.assessed:
        return True
    return chat.turn == "staff" if silence.why == "unanswered" else chat.alive_ms <= silence.listed_ms


def next_call_ms(silence: Silence) -> int:
    """When the next call is to be made: the first at once, the others spread over the level's time."""
    if not silence.attempts:
        return silence.listed_ms
    return silence.attempts[-1].at_ms + silence.every_min * MINUTE_MS


def may_close(state: State, meets: Meets) -> bool:
    """Whether the contact may end without a person deciding so. In doubt: no."""
    triage, chat, place = state.get(Triage), state.get(Conversation), state.get(Place)
    if unconfirmed(state) is not None:
        return False
    understood = triage.assessed and not triage.was_urgent and not is_urgent(level_in_queue(triage))
    answered = "staff" in chat.last_said and chat.turn == "patient"
    return understood and answered and place.status == "held" and not chat.open_questions and not meets(state).going_on


def _call_min(times: Times, state: State, *, closes: bool) -> float | None:
    """When one who is silent comes on the call-back list; None: their contact closes by itself."""
    if unconfirmed(state) is not None:
        return times.confirm_after_min
    if times.call_after_min is None and not closes:
        return times.safety_net_after_min
    return times.call_after_min


def _has_read(chat: Conversation) -> bool:
    """The patient, or who opened the contact for them, has had the newest answer on the screen."""
    return any(no >= chat.last_said.get("staff", 0) for actor, no in chat.read_by.items() if actor[:6] != "staff:")


@functools.lru_cache(maxsize=CHAINS)
def _waiting_chain(times: Times) -> tuple[Planned, ...]:
    listed = Planned("listed", 1, times.unanswered_call_after_min)
    chain = [*_each("still_waiting", times.still_waiting_after_min), listed]
    return tuple(sorted(chain, key=lambda one: one.after_min))


@functools.lru_cache(maxsize=CHAINS)
def _silent_chain(
    times: Times, *, tells: bool, reminds: bool, call_min: float | None, closes: bool
) -> tuple[Planned, ...]:
    told = (times.told_after_min,) if tells else ()
    reminded = times.reminded_after_min if reminds else ()
    listed = (call_min,) if call_min is not None else ()
    first = (*_each("told", told), *_each("reminded", reminded), *_each("listed", listed))
    last = (Planned("safety_net", 1, times.safety_net_after_min), Planned("closed", 1, times.close_after_min))
    return (*sorted(first, key=lambda one: one.after_min), *(last if closes else ()))


def _each(name: StepName, after_min: tuple[float, ...]) -> Iterator[Planned]:
    return (Planned(name, nth, minutes) for nth, minutes in enumerate(after_min, start=1))

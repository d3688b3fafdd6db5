"""The kinds of entry about waiting and silence. A fold never refuses: what does not apply changes nothing."""

from typing import Any

from msgspec.structs import replace

from chat.waiting.entries import CallEnded, CallListed, CallTried, Reminded, StepName
from chat.waiting.state import Attempt, Silence
from chat.waiting.transcript import say_call_ended, say_call_listed, say_call_tried, say_reminded
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, SHOWN_TO_STAFF, Kind, shown_whole
from core.notices.kinds import NOTICE
from core.transcript.line import to_all


def fold_reminded(part: Silence, body: Reminded, header: Header) -> Silence:
    """The step is taken; a step of another silence begins the count anew."""
    return _taken(part, body.step, body.since_ms, header=header)


def fold_listed(part: Silence, body: CallListed, header: Header) -> Silence:
    """It is on the list from now on, with no calls made yet."""
    part = _taken(part, "listed", body.since_ms, header=header)
    return replace(part, listed_ms=header.at_ms, why=body.why, calls=body.calls, every_min=body.every_min, attempts=())


def fold_tried(part: Silence, body: CallTried, header: Header) -> Silence:
    """One more attempt. Reached is a sign of life, and ends the list's errand: a named person has spoken with them."""
    attempt = Attempt(at_ms=header.at_ms, outcome=body.outcome, by=header.author.name)
    if body.outcome == "reached":
        return replace(part, attempts=(*part.attempts, attempt), reached_ms=header.at_ms, listed_ms=0)
    return replace(part, attempts=(*part.attempts, attempt))


def fold_ended(part: Silence, _: CallEnded, __: Header) -> Silence:
    """A named person took it off."""
    return replace(part, listed_ms=0)


def _taken(part: Silence, step: StepName, since_ms: int, *, header: Header) -> Silence:
    taken = part.taken if part.since_ms == since_ms else {}
    counted = {**taken, step: taken.get(step, 0) + 1}
    return replace(part, since_ms=since_ms, taken=counted, last_ms=header.at_ms)


def tried_for_patient(body: CallTried) -> CallTried:
    """That we called; what was noted is between colleagues."""
    return CallTried(outcome=body.outcome)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=Reminded,
        part=Silence,
        fold=fold_reminded,
        views=SHOWN_TO_ALL,
        topics=(NOTICE,),
        reads=to_all(say_reminded),
    ),
    Kind(
        body=CallListed,
        part=Silence,
        fold=fold_listed,
        views=SHOWN_TO_STAFF,
        reads={"staff": say_call_listed},
    ),
    Kind(
        body=CallTried,
        part=Silence,
        fold=fold_tried,
        views={"staff": shown_whole, "patient": tried_for_patient},
        reads=to_all(say_call_tried),
    ),
    Kind(body=CallEnded, part=Silence, fold=fold_ended, views=SHOWN_TO_STAFF, reads={"staff": say_call_ended}),
)

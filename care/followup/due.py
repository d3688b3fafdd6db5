"""What is to be told of a follow-up, and from when: one pure function of the state. Its timer follows from it.

Each thing is told once, by a key made of what it rests on: a newer value beyond the same limit is another thing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from care.followup.state import Record
from core.log.append import Head
from triage.thresholds.judge import Fired, Verdict, judged
from triage.thresholds.known import NEWS2_MEASURES, Known
from triage.thresholds.missing import missed_at_ms
from triage.thresholds.plan import Expected
from triage.thresholds.reading import DAY_MS


class Missed(NamedTuple):
    """So many expected measurements that have not come since then."""

    expected: Expected
    missed: int
    since_ms: int


class Pending(NamedTuple):
    """One thing to be told, and from when on."""

    due_ms: int
    key: str
    what: Fired | Missed


def known_of(part: Record) -> Known | None:
    """What is known, as it was when anything last happened; None without a plan in force."""
    if part.status != "followed" or part.plan is None:
        return None
    return Known(part.plan, part.kept, part.last_ms)


def verdict_of(part: Record, *, now_ms: int) -> Verdict | None:
    """Where the patient is at this moment."""
    if part.status != "followed" or part.plan is None:
        return None
    return judged(Known(part.plan, part.kept, now_ms))


def pending(part: Record) -> list[Pending]:
    """What has not been told yet, by when it is due; a value before what is missing."""
    known = known_of(part)
    if known is None:
        return []
    fired = (Pending(one.alarm_at_ms, _key(one, known), one) for one in judged(known).fired)
    return [*(one for one in fired if not _is_told(one, part)), *_missing(known, part)]


def standing(part: Record) -> tuple[str, ...]:
    """Of what has been told, what holds still."""
    known = known_of(part)
    if known is None:
        return ()
    fired = {_key(one, known) for one in judged(known).fired}
    since = tuple(f"{_missing_since(known, one)[0]}/" for one in known.plan.expected)
    return tuple(key for key in part.told if key in fired or key.startswith(since))


def due_ms(head: Head) -> int | None:
    """When something is to be told: what the timer says."""
    return min((one.due_ms for one in pending(head.state.get(Record))), default=None)


def _key(one: Fired, known: Known) -> str:
    if one.why == "was_red":
        return f"{one.limit}/was_red"
    times = [value.at_ms for value in one.evidence] or _scored(one, known)
    answers = [f"{name}@{known.answers[name].at_ms}" for name in one.answers]
    return "/".join([one.limit, str(max(times, default=0)), *answers])


def _scored(one: Fired, known: Known) -> list[int]:
    """When the values of a score were measured."""
    last = [known.newest(name) for name in NEWS2_MEASURES] if one.news2 is not None else []
    return [sitting.at_ms for sitting in last if sitting is not None]


def _is_told(one: Pending, part: Record) -> bool:
    """That a value was red and is no more need not be told of what was told as red within the day."""
    if one.key in part.told:
        return not one.key.endswith("/was_red") or part.last_ms - part.told[one.key] < DAY_MS
    if not isinstance(one.what, Fired) or one.what.why != "was_red":
        return False
    limit = f"{one.what.limit}/"
    return any(key.startswith(limit) and part.last_ms - at_ms < DAY_MS for key, at_ms in part.told.items())


def _missing(known: Known, part: Record) -> Iterator[Pending]:
    for expected in known.plan.expected:
        name, since_ms = _missing_since(known, expected)
        times = 1
        while f"{name}/{times}" in part.told:
            times += 1
        count = expected.missed * times
        at_ms = missed_at_ms(known, expected, count=count)
        if at_ms is not None:
            yield Pending(at_ms, f"{name}/{times}", Missed(expected, count, since_ms))


def _missing_since(known: Known, expected: Expected) -> tuple[str, int]:
    last = known.newest(expected.measure)
    since_ms = max(known.plan.from_ms, last.at_ms if last else 0)
    return f"missing/{expected.measure}/{since_ms}", since_ms

"""What a weak line gives up: pictures that nobody pinned first, never sound, never the interpreter.

A pure decision, once a second for each receiver and for each sender. A picture has a rate by how many are in the visit;
where the line cannot carry even what is pinned, its senders are asked for one step less, and never for two.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

RATES = (1_500_000, 700_000, 300_000, 150_000)
"""Bits a second of one picture: of two, of three or four, of five to eight people; the last is a step below those."""
SOUND = 48_000
"""Bits a second of one voice, headers among them."""
SHARE = 0.9
"""How much of what a line seems to carry is used."""
CLEARLY = 0.8
"""A line that seems to carry less of what is sent than this is clearly weak: one doubt of a receiver (a burst, a busy
device) takes an estimate down to 0.85 of what comes (draft-ietf-rmcat-gcc 5.5), and no further."""
WEAK_AFTER = 4
"""Seconds in a row in which a line carries less than is sent; one in which it clearly does counts for two."""
GROW_S, GROW_MOST_S = 5, 80
"""A picture more is tried after so long; each time in vain doubles it."""


class Sender(NamedTuple):
    """Somebody whose picture others get."""

    participant: str
    pinned: bool
    """An interpreter: the picture may be their words."""
    sends: int = 0
    """Bits a second of their picture that went to the receiver lately."""


class Line(NamedTuple):
    """How one receiver's line was in this second."""

    sent: int
    """Bits a second that we sent there."""
    carries: int | None
    """Bits a second that it seems to carry, by the receiver's own estimate; None when they told none."""
    judged: int | None = None
    """Bits a second of what the estimate is about; None where it is about all that was sent."""
    loss: float = 0.0
    """Share of packets lost, 0 to 1."""


class Given(NamedTuple):
    """What is held back from one receiver, and what is remembered of their line. Nothing of it: everything is given."""

    held: frozenset[str] = frozenset()
    """Whose pictures they do not get."""
    lowered: frozenset[str] = frozenset()
    """Whose pictures they need one step smaller."""
    weak_s: int = 0
    calm_s: int = 0
    grow_s: int = GROW_S


def step_of(people: int) -> int:
    """Which of `RATES` a picture has when so many are in the visit."""
    return 0 if people <= 2 else 1 if people <= 4 else 2


def give(before: Given, line: Line, senders: Sequence[Sender], *, people: int) -> Given:
    """What a receiver is given for the next second. `senders` in order: who comes last is given up first."""
    here = frozenset(one.participant for one in senders)
    pinned = frozenset(one.participant for one in senders if one.pinned)
    now = before._replace(held=(before.held & here) - pinned, lowered=before.lowered & here)
    weak_s = _weak_s(line)
    if not weak_s:
        return _grown(now._replace(weak_s=0, calm_s=now.calm_s + 1), senders)
    if now.weak_s + weak_s < WEAK_AFTER:
        return now._replace(weak_s=now.weak_s + weak_s, calm_s=0)
    budget = int(_carried(line) * SHARE) - SOUND * (people - 1)
    return _cut(now._replace(weak_s=0, calm_s=0), senders, budget=budget)


def rates(senders: Sequence[Sender], given: Mapping[str, Given], *, people: int) -> dict[str, int]:
    """What each sender is asked for, in bits a second: the visit's rate, or one step less where somebody needs that."""
    step = step_of(people)
    lowered = frozenset[str]().union(*(one.lowered for one in given.values()))
    return {one.participant: RATES[step + 1] if one.participant in lowered else RATES[step] for one in senders}


def _weak_s(line: Line) -> int:
    """For how many seconds of weakness this one counts: none, one, or two.

    An estimate is a sign of weakness only where it is less than what is sent: it never says much more than that.
    """
    judged = line.sent if line.judged is None else line.judged
    carries = judged if line.carries is None else line.carries
    if line.loss > 0.1 or carries < judged * CLEARLY:
        return 2
    return 1 if carries < judged * SHARE else 0


def _carried(line: Line) -> int:
    """All in all: what the estimate is not about is taken to arrive."""
    by_loss = int(line.sent * (1 - line.loss))
    if line.carries is None:
        return by_loss
    beside = 0 if line.judged is None else max(0, line.sent - line.judged)
    return min(line.carries + beside, by_loss)


def _cut(now: Given, senders: Sequence[Sender], *, budget: int) -> Given:
    """Unpinned pictures go, the last first, until the line has room for what is left; one at least.

    Where none is left to go and the room is still too small, the pinned get smaller.
    """
    shown = [one for one in senders if one.participant not in now.held]
    loose = [one for one in shown if not one.pinned]
    gone: set[str] = set()
    wanted = sum(one.sends for one in shown)
    while loose and (not gone or wanted > budget):
        last = loose.pop()
        gone.add(last.participant)
        wanted -= last.sends
    left = frozenset(one.participant for one in shown) - gone
    lowered = left if wanted > budget or not gone else now.lowered & left
    return now._replace(held=now.held | gone, lowered=lowered, grow_s=min(now.grow_s * 2, GROW_MOST_S))


def _grown(now: Given, senders: Sequence[Sender]) -> Given:
    """One step back: first what is pinned at its full size, then a picture more."""
    if now.calm_s < now.grow_s:
        return now
    if now.lowered:
        return now._replace(lowered=frozenset(), calm_s=0)
    back = next((one.participant for one in senders if one.participant in now.held), None)
    if back is not None:
        return now._replace(held=now.held - {back}, calm_s=0)
    return now._replace(grow_s=GROW_S, calm_s=0)

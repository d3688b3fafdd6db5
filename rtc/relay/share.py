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
WEAK_AFTER = 2
"""Seconds in a row in which a line carries less than is sent."""
GROW_S, GROW_MOST_S = 5, 80
"""A picture more is tried after so long; each time in vain doubles it."""


class Sender(NamedTuple):
    """Somebody whose picture others get."""

    participant: str
    pinned: bool
    """An interpreter: the picture may be their words."""


class Line(NamedTuple):
    """How one receiver's line was in this second."""

    sent: int
    """Bits a second that we sent there."""
    carries: int | None
    """Bits a second that it seems to carry, by the receiver's own estimate; None when they told none."""
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
    if not _is_weak(line):
        return _grown(now._replace(weak_s=0, calm_s=now.calm_s + 1), senders)
    if now.weak_s + 1 < WEAK_AFTER:
        return now._replace(weak_s=now.weak_s + 1, calm_s=0)
    budget = int(_carried(line) * SHARE) - SOUND * (people - 1)
    return _cut(now._replace(weak_s=0, calm_s=0), senders, room=budget // RATES[step_of(people)])


def rates(senders: Sequence[Sender], given: Mapping[str, Given], *, people: int) -> dict[str, int]:
    """What each sender is asked for, in bits a second: the visit's rate, or one step less where somebody needs that."""
    step = step_of(people)
    lowered = frozenset[str]().union(*(one.lowered for one in given.values()))
    return {one.participant: RATES[step + 1] if one.participant in lowered else RATES[step] for one in senders}


def _is_weak(line: Line) -> bool:
    """An estimate is a sign of weakness only where it is less than what is sent: it never says much more than that."""
    return line.loss > 0.1 or (line.carries is not None and line.carries < line.sent * SHARE)


def _carried(line: Line) -> int:
    by_loss = int(line.sent * (1 - line.loss))
    return by_loss if line.carries is None else min(line.carries, by_loss)


def _cut(now: Given, senders: Sequence[Sender], *, room: int) -> Given:
    """Unpinned pictures go, the last first, until what is left has room; one at least. Then the pinned get smaller."""
    shown = [one for one in senders if one.participant not in now.held]
    loose = [one.participant for one in shown if not one.pinned]
    too_many = max(1, len(shown) - max(0, room))
    gone = frozenset(loose[max(0, len(loose) - too_many) :])
    left = frozenset(one.participant for one in shown) - gone
    lowered = left if len(gone) < too_many else now.lowered & left
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

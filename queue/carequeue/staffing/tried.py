"""Trying out: the stretch of each past week, served with one nurse, two, and so on, by the product's own order."""

import asyncio
import math
from collections.abc import Callable, Iterable, Sequence

from carequeue.capacity import Capacity, capacity_of
from carequeue.deadlines import LEVELS, MINUTE_MS
from carequeue.order import order_key
from carequeue.simulation.arrivals import Arrival
from carequeue.simulation.desk import MemoryDesk
from carequeue.simulation.loop import Served, Simulation
from carequeue.simulation.staffing import Nurse
from carequeue.staffing.question import ENOUGH, Answer, AtLevel, Past, Progress, Question, Stretch, WithNurses
from core.ids import ContactId

UNIT = "unit"
Seen = tuple[Past, float]
"""An arrival and its wait, in minutes."""


def tried(question: Question, tell: Callable[[Progress], None]) -> Answer:
    """The answer; told how far it is after each number of nurses."""
    rows, capacity = list[WithNurses](), capacity_of(question.limit, question.weights)
    for nurses in range(1, question.most + 1):
        seen = [one for stretch in question.stretches for one in served(stretch, nurses, capacity)]
        rows.append(_row(nurses, seen))
        tell(Progress(nurses, question.most))
    enough = next((row.nurses for row in rows if _is_enough(row)), None)
    return Answer(tuple(rows), enough)


def served(stretch: Stretch, nurses: int, capacity: Capacity) -> list[Seen]:
    """Everybody who came in the hours asked about, with how long they waited."""
    past = {ContactId(f"{number:06}"): one for number, one in enumerate(stretch.arrivals)}
    arrivals = [Arrival(one.arrived_ms, name, UNIT, one.level, one.open_ms) for name, one in past.items()]
    staff = tuple(Nurse(f"n{number}", (UNIT,)) for number in range(nurses))

    def rank(one: Arrival) -> tuple[int | str, ...]:
        return order_key(one.level, one.arrived_ms, one.contact_id, due_ms=past[one.contact_id].due_ms)

    simulation = Simulation(MemoryDesk(rank, capacity), capacity, on_duty=lambda _: staff)
    taken = asyncio.run(simulation.run(sorted(arrivals), ()))
    return [(past[one.arrival.contact_id], one.waited_ms / MINUTE_MS) for one in taken if _is_in(one, stretch)]


def _is_in(one: Served, stretch: Stretch) -> bool:
    return stretch.from_ms <= one.arrival.arrived_ms < stretch.until_ms


def _row(nurses: int, seen: Sequence[Seen]) -> WithNurses:
    levels = [(level, [one for one in seen if one[0].level == level]) for level in LEVELS]
    found = tuple(
        AtLevel(level, len(here), _in_time(here), *_quantiles(minutes for _, minutes in here))
        for level, here in levels
        if here
    )
    return WithNurses(nurses, _in_time(seen), found)


def _in_time(seen: Sequence[Seen]) -> float:
    in_time = sum(past.arrived_ms + minutes * MINUTE_MS <= past.target_ms for past, minutes in seen)
    return in_time / len(seen) if seen else 1.0


def _is_enough(row: WithNurses) -> bool:
    return all(one.in_time >= ENOUGH for one in row.levels)


def _quantiles(minutes: Iterable[float]) -> tuple[float, float]:
    ranked = sorted(minutes)
    return ranked[math.ceil(0.5 * len(ranked)) - 1], ranked[math.ceil(0.95 * len(ranked)) - 1]

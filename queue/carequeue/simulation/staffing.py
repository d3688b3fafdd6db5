"""Who is on duty when: by shift and weekday. Whoever goes home finishes what they hold and takes nothing new."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from carequeue.simulation.arrivals import START, ZONE

SHIFTS = ((0, 1, 1), (7, 4, 2), (9, 5, 3), (16, 3, 2), (21, 2, 1))
"""From this hour on so many nurses, on working days and at weekends; the first so many of the list below."""


class Nurse(NamedTuple):
    """A nurse and the units they take from: all of them at every unit, as a region's chat desk is manned."""

    staff_id: str
    unit_ids: tuple[str, ...] = ("hamnen", "lyktan")


NURSES = tuple(Nurse(f"n{number}") for number in range(6))


def on_duty(at_ms: int) -> tuple[Nurse, ...]:
    """The nurses of that moment."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZONE)
    working, weekend = next(shift[1:] for shift in reversed(SHIFTS) if shift[0] <= local.hour)
    return NURSES[: weekend if local.weekday() >= 5 else working]


def changes(*, days: int, first_day: int = 0) -> Iterator[int]:
    """When shifts begin, milliseconds since 1970."""
    for hour in range(days * 24):
        at = START + timedelta(days=first_day, hours=hour)
        if at.astimezone(ZONE).hour in {shift[0] for shift in SHIFTS}:
            yield int(at.timestamp() * 1000)

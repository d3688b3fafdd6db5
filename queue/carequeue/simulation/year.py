"""The year by our order, beside first come first served and strict priority on the very same arrivals."""

from typing import NamedTuple

from carequeue.capacity import load_capacity
from carequeue.deadlines import load_deadlines
from carequeue.simulation.arrivals import arrivals
from carequeue.simulation.coming import forecast_right
from carequeue.simulation.desk import MemoryDesk, Rank, first_come, ours, strict
from carequeue.simulation.findings import Waits, alarms_late, overtaken, starved, waits
from carequeue.simulation.loop import Simulation
from carequeue.simulation.promising import Kept, Promising, kept
from carequeue.simulation.routed import routed
from carequeue.simulation.staffing import changes, on_duty
from triage.entries import Level


class Year(NamedTuple):
    """What became of everybody who came."""

    came: int
    served: int
    overtaken: int
    starved: int
    alarms_late: int
    waits: dict[str, dict[Level, Waits]]
    """By order and level."""
    promises: dict[Level, Kept]
    """How promises under our order came true."""
    forecast_right: float
    """The share of hours in which as many came as the day before said was likely."""


async def simulate(seed: int, *, days: int) -> Year:
    """So many days from the first of January; then nobody new comes, and everybody is served."""
    deadlines, capacity = load_deadlines(), load_capacity()
    rank, everybody = ours(deadlines), routed(arrivals(seed, days=days), deadlines)
    orders: dict[str, Rank] = {"Fyr": rank, "first come": first_come, "strict": strict}
    promising = Promising(deadlines, rank, on_duty)
    served = {
        name: await Simulation(MemoryDesk(by, capacity), capacity, watch=promising if by is rank else None).run(
            everybody, changes(days=days + 7)
        )
        for name, by in orders.items()
    }
    return Year(
        came=len(everybody),
        served=len(served["Fyr"]),
        overtaken=overtaken(everybody, served["Fyr"], rank),
        starved=starved(served["Fyr"], deadlines),
        alarms_late=alarms_late(served["Fyr"]),
        waits={name: waits(each) for name, each in served.items()},
        promises=kept(promising.done),
        forecast_right=forecast_right(everybody, days=days),
    )

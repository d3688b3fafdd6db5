"""What everybody in the storm shares: the address, the seed, the journal, the made-up region, and when it is over."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import date

from core.directory.store import Region, Registered, Unit
from tests.torture.journal import Journal


@dataclass(slots=True, kw_only=True)
class World:
    """One run."""

    url: str
    seed: int
    pause_s: float
    """How long a person thinks between two things, in the mean."""
    journal: Journal = field(default_factory=Journal)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when people begin nothing new; what they have begun they finish."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when they leave."""

    def rng(self, name: str) -> random.Random:
        """Choices of one person, the same in every run of this seed."""
        return random.Random(f"{self.seed}/{name}")


def region(*, patients: int, nurses: int) -> Region:
    """Units of ten patients each and the nurses spread over them, two at least."""
    units = [f"u{number:02}" for number in range(min(max(1, patients // 20), nurses // 2))]
    return Region(
        providers=(Region.Provider(id="storm", name="Storm"),),
        units=tuple(Unit(id=unit, provider_id="storm", name=f"Unit {unit}", takes_chat=True) for unit in units),
        persons=tuple(
            Registered(
                id=f"p{number:03}",
                name=f"Patient {number:03}",
                born_on=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
                sex="fm"[number % 2],
                unit_id=units[number % len(units)],
            )
            for number in range(patients)
        ),
        staff=tuple(
            Region.StaffMember(
                id=f"n{number:02}", name=f"Nurse {number:02}", roles={units[number % len(units)]: "nurse"}
            )
            for number in range(nurses)
        ),
    )

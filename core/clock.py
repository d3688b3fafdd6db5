"""Time as an argument. Nothing below `web` asks the operating system what time it is except through a `Clock`."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the present moment comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def ms(self) -> int:
        """The same in milliseconds since 1970-01-01T00:00Z, rounded down."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment by the operating system."""
        return datetime.now(UTC)

    def ms(self) -> int:
        """The same, at a sixth of the price."""
        return time.time_ns() // 1_000_000


class ManualClock:
    """A clock that stands still until it is told to move: for tests and simulations."""

    def __init__(self, start_at: datetime) -> None:
        self._now = start_at

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._now

    def ms(self) -> int:
        """The same in milliseconds."""
        return to_ms(self._now)

    def advance(self, **duration: float) -> None:
        """Move forward by `timedelta(**duration)`."""
        self._now += timedelta(**duration)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z, rounded down."""
    return int(moment.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    """The aware UTC moment `value` milliseconds after 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)

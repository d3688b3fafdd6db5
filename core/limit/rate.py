"""The measure of a sender, as a pure function of time: so many at once, then so many a minute.

The generic cell rate algorithm (ITU-T I.371): all that is kept of a sender is the moment at which they have used up
nothing, which moves forward by one interval with each call.
"""

from dataclasses import dataclass, field

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls a minute; half of a minute's may come at once."""

    per_minute: int
    interval_ms: float = field(init=False)
    """What one call costs."""
    burst_ms: float = field(init=False)
    """What may be owed at most."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "interval_ms", MINUTE_MS / self.per_minute)
        object.__setattr__(self, "burst_ms", max(self.interval_ms, MINUTE_MS / 2))

    def after(self, free_ms: float, now_ms: float) -> float:
        """From when a sender owes nothing after one more call, if they owed nothing from `free_ms` on."""
        return max(free_ms, now_ms) + self.interval_ms

    def wait_ms(self, free_ms: float, now_ms: float) -> float:
        """How long until the next call is let through; 0 = now."""
        return max(0.0, self.after(free_ms, now_ms) - now_ms - self.burst_ms)

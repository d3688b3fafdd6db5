"""What a simulation tells to whoever watches it."""

from typing import Protocol

from carequeue.simulation.arrivals import Arrival


class Watch(Protocol):
    """Told of everything in the order it happens."""

    def passes(self, at_ms: int) -> None:
        """Time goes on to this moment; nothing has happened since the last."""
        ...

    def came(self, arrival: Arrival) -> None:
        """They have come, and nobody has asked yet."""
        ...

    def waits(self, arrival: Arrival) -> None:
        """They have come, everybody has asked, and they wait."""
        ...

    def taken(self, arrival: Arrival, at_ms: int) -> None:
        """Somebody has them."""
        ...


class Unwatched:
    """Nobody watches."""

    def passes(self, at_ms: int) -> None:
        """See `Watch`."""

    def came(self, arrival: Arrival) -> None:
        """See `Watch`."""

    def waits(self, arrival: Arrival) -> None:
        """See `Watch`."""

    def taken(self, arrival: Arrival, at_ms: int) -> None:
        """See `Watch`."""

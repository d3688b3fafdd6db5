"""How a unit is steered: of the stream `steering:<unit>`. What is over by the clock is over, written down or not."""

import msgspec

from core.log.state import Part


class Surge(msgspec.Struct, frozen=True, kw_only=True):
    """Surge mode as it was turned on."""

    since_ms: int
    until_ms: int
    name: str
    reason: str


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """A text for everybody who comes."""

    since_ms: int
    until_ms: int
    name: str
    texts: dict[str, str]


class Steering(Part, tag="steering", frozen=True, kw_only=True):
    """What was turned on last; None when it was turned off, or nothing ever was."""

    surge: Surge | None = None
    outage: Outage | None = None

    def at(self, now_ms: int) -> "Steering":
        """What of it holds at a moment."""
        return Steering(
            surge=self.surge if self.surge is not None and now_ms < self.surge.until_ms else None,
            outage=self.outage if self.outage is not None and now_ms < self.outage.until_ms else None,
        )

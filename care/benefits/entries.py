"""What is written of how things were before, in a stream of the unit's own."""

import msgspec

from care.benefits.kpis import Name
from core.log.body import Body


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as it was."""

    figure: Name
    value: float | None
    """A share of one, or minutes; None takes it away."""
    among: int | None = None
    """Among how many it was measured; None: nobody knows."""


class BaselineSet(Body, tag="baseline_set", frozen=True, kw_only=True):
    """Figures from before, each in place of what was held of it, with where they come from."""

    figures: tuple[Held, ...]
    source: str
    from_month: str
    """The first month they were measured in, such as 2025-01."""
    until_month: str
    """The last."""
    name: str
    """Of whoever set it."""

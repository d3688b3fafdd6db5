"""What is written of it, in a stream of the unit's own."""

from core.log.body import Body


class SurgeSet(Body, tag="surge_set", frozen=True, kw_only=True):
    """Very many seek care: nurses are given more at once, and whoever comes is told. Ends by itself."""

    name: str
    """Of whoever set it; empty when it ended by itself."""
    until_ms: int
    """0: it is over."""
    reason: str = ""


class OutageSet(Body, tag="outage_set", frozen=True, kw_only=True):
    """Something does not work: what everybody who comes to the unit is told, in several languages. Ends by itself."""

    name: str
    until_ms: int
    """0: it is over."""
    texts: dict[str, str] = {}
    """By language."""

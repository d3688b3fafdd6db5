"""What is noted of a visit's quality in its contact's log."""

import msgspec

from core.log.body import Body
from rtc.entries import VisitRole


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody's sound and picture came in the worst of the last seconds, by `getStats` of who received them."""

    round_trip_ms: int
    loss_pct: int
    jitter_ms: int
    kbit_s: int
    """Of the picture."""
    frames_s: int


class VisitQuality(Body, tag="visit_quality", frozen=True, kw_only=True):
    """For ten seconds somebody's picture was not enough to judge anything by it; or it is enough again."""

    visit_id: str
    seen_by: str
    of: str
    """Participants: who received it, and whose it was."""
    name: str
    role: VisitRole
    """Of whose it was."""
    enough: bool
    measured: Measured

"""The command by which a participant notes how another's picture reaches them: once when it changes, never again."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import contact_stream, new_id
from core.log.append import Append, Head, every
from core.log.log import Log
from rtc.quality.entries import Measured, VisitQuality
from rtc.signal import require_both_in
from rtc.state import Visit
from rtc.visit import going_on

MOST = 100_000
"""Of any number that a page tells."""


async def note_quality(
    log: Log, access: ContactAccess, visit_id: str, *, of: str, enough: bool, measured: Measured
) -> None:
    """Note it; what is noted already changes nothing. Raises `visit_over`, `not_connected` unless both are in."""
    seen_by = require_both_in(access, visit_id, of)
    visit = access.head.state.get(Visit)
    member = visit.member(of)
    assert member is not None
    if ((seen_by, of) in visit.poor) == (not enough):
        return

    def changes(head: Head) -> None:
        if ((seen_by, of) in head.state.get(Visit).poor) == (not enough):
            raise FyrError("wrong_state", state="noted")

    body = VisitQuality(
        visit_id=visit_id, seen_by=seen_by, of=of, name=member.name, role=member.role, enough=enough, measured=measured
    )
    condition = every(access.allowed, going_on(visit_id), changes)
    await log.append(Append(contact_stream(access.contact_id), (body,), access.actor, new_id(), require=condition))


def within(measured: Measured) -> Measured:
    """The numbers, none of them absurd. Raises `bad_request`."""
    told = (measured.round_trip_ms, measured.loss_pct, measured.jitter_ms, measured.kbit_s, measured.frames_s)
    if not all(0 <= one <= MOST for one in told):
        raise FyrError("bad_request", where="$.measured", what="numbers from 0 to 100,000")
    return measured

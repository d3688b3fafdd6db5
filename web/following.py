"""The tables that follow from states, as `fyr verify-log` holds them against the states."""

from care.agreement.store import agreement_table
from care.booking.store import booking_tables
from care.followup.store import follow_up_table
from carequeue.deadlines import load_deadlines
from carequeue.store import place_table
from core.access.store import block_table, door_table
from core.audit.store import check_table
from core.record.projections import Followed
from core.settings import Country
from triage.versions.store import content_table


def followed_tables(country: Country) -> tuple[Followed, ...]:
    """A place may be due by deadlines that have changed since; and it keeps the number it was last changed at."""
    return (
        Followed(place_table(load_deadlines(country)), but=frozenset({"no", "due_ms"})),
        Followed(door_table()),
        Followed(block_table()),
        Followed(content_table()),
        Followed(check_table()),
        *map(Followed, booking_tables()),
        Followed(agreement_table()),
        Followed(follow_up_table()),
    )

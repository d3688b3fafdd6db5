"""`fyr fairness UNIT MONTH`: the month's sheet as CSV, beside the running service. No name is in it."""

from carequeue.fairness.sheet import month_span, sheet_csv, sheet_of
from carequeue.waited.store import WaitedRows
from core.directory.store import Directory
from core.errors import FyrError
from core.settings import Settings
from core.zones import ZONES
from web.opened_record import opened_record


async def fairness(settings: Settings, unit_id: str, month: str) -> str:
    """The sheet. Raises `bad_request`, `not_found` for a unit there is not, `unreachable`, `settings_invalid`."""
    zone = ZONES[settings.country]
    since_ms, until_ms = month_span(month, zone)
    async with opened_record(settings, writes=False) as (_, database, _):
        if await Directory(database).unit(unit_id) is None:
            raise FyrError("not_found")
        waits = await WaitedRows(database).arrived(unit_id, since_ms, until_ms)
    return sheet_csv(sheet_of(waits, unit_id=unit_id, month=month, zone=zone))

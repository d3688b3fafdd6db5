"""`fyr audit export`: every look of a period as FHIR AuditEvents, one a line (NDJSON), oldest first."""

from datetime import datetime
from typing import TextIO

import msgspec

from core.audit.command import export
from core.audit.mark import Period
from core.audit.trace import Trace
from core.clock import SystemClock, to_ms
from core.directory.store import Directory
from core.errors import FyrError
from core.record.command import existing_database
from core.settings import Settings
from web.fhir.audit_event import Names, audit_event


async def export_audit(settings: Settings, since: str | None, until: str | None, *, out: TextIO) -> int:
    """Write them; gives their number. Raises `bad_request` for a moment that is none, `unreachable`."""
    period = Period(_moment(since, "--since") or 0, _moment(until, "--until") or SystemClock().ms() + 1)
    names = await _names(settings)

    def write(trace: Trace) -> None:
        out.write(msgspec.json.encode(audit_event(trace, names)).decode() + "\n")

    return await export(settings, period, write)


async def _names(settings: Settings) -> Names:
    async with existing_database(settings) as database:
        directory = Directory(database)
        units = {unit.id: unit.name for unit in await directory.units()}
        providers = await directory.provider_names()
    base = f"{settings.public_url}/fhir" if settings.public_url else ""
    return Names(
        unit=lambda unit_id: units.get(unit_id, unit_id),
        provider=lambda provider_id: providers.get(provider_id, provider_id),
        base=base,
    )


def _moment(text: str | None, where: str) -> int | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where=where, what="a moment such as 2026-11-26T08:00:00+01:00") from None
    return to_ms(moment if moment.tzinfo else moment.astimezone())

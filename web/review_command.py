"""`fyr review export`: sentences of reviewers, as cases that `fyr evaluate` reads. No patient's words are in it."""

from collections.abc import Callable

import msgspec

from core.settings import Settings
from triage.review.reviews import rewritten_rows
from web.opened_record import opened_record


async def export(settings: Settings, say: Callable[[str], None]) -> None:
    """One line for each sentence; the service may run. Raises `unreachable`, `settings_invalid`."""
    async with opened_record(settings, writes=False) as (log, _, _):
        async for row in rewritten_rows(log):
            say(msgspec.json.encode(row).decode())

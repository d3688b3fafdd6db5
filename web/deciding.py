"""Makes the commands on sheets, with all that follows from them: for a node, and for `fyr directory`."""

from collections.abc import Callable
from datetime import date
from functools import partial

from core.directory.store import Directory
from core.log.log import Log
from core.session.store import Sessions
from core.sheets.administration import Administration
from core.sheets.effects import StaffEffects, end_own_sessions
from core.sheets.sheet import Sheets
from core.storage.sql import Database


def make_administration(
    log: Log,
    database: Database,
    directory: Directory,
    *,
    sheets: Sheets,
    sessions: Sessions,
    today: Callable[[], date],
    demo: bool,
) -> Administration:
    """Whoever is less than they were is signed out by it."""
    made = Administration(log, directory, database, sheets=sheets, today=today, anybody_signs_in=demo)
    sign_out = partial(end_own_sessions, sessions)
    made.effects.update(StaffEffects(log, directory, sign_out=sign_out, today=today).by_sheet())
    return made

"""`fyr directory import FILE` and `export`: the region's care givers, units, staff and persons, in and out."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from chat.store import Templates
from core.clock import SystemClock
from core.directory.filling.store import load_person_rows
from core.directory.logins.store import Logins
from core.directory.store import Directory
from core.identity.loading import load_persons
from core.key_file import master_keys
from core.keyring.field import Fields
from core.log.log import Log
from core.log.seal import MasterKeys
from core.on_call.port import make_on_call
from core.outbound import Outbound
from core.session.limits import SessionLimits
from core.session.store import Sessions
from core.settings import Settings
from core.sheets.administration import Administration
from core.storage.sql import Database
from core.zones import ZONES
from web.app import kept_tables, open_record
from web.deciding import make_administration
from web.directory_export import exported
from web.directory_import import Difference, Importer
from web.opened_record import operator, sole_use
from web.persons import open_register
from web.region_file import read_region_file
from web.terms import load_terms, make_sheets


class Opened(NamedTuple):
    """What the commands work on."""

    administration: Administration
    directory: Directory
    log: Log
    database: Database
    masters: MasterKeys


async def import_directory(
    settings: Settings, path: Path, *, dry_run: bool, complete: bool, say: Callable[[str], None]
) -> None:
    """Take it in, or only say what would change, each judged by what there is now. Done again it changes nothing.

    Raises `settings_invalid` for a file that is not in order, `data_dir_taken` while a service runs on a record in a
    file, `database_demo`, `database_real`, `unreachable`.
    """
    file = read_region_file(path)
    async with _opened(settings) as opened:
        logins = Logins(opened.database, opened.masters)
        importer = Importer(opened.administration, opened.directory, logins, file=file)
        found = await importer.differences(complete=complete)
        if dry_run:
            for one in found:
                say(one.line())
        else:
            found = await importer.carry_out(found, operator(), say)
            await load_person_rows(opened.database, file.region.persons)
            register = open_register(settings, opened.log, opened.database, masters=opened.masters, clock=SystemClock())
            await load_persons(register, file.region.persons, today=opened.administration.today())
    say(_counts(path.name, found, dry_run=dry_run))


async def export_directory(settings: Settings, say: Callable[[str], None]) -> None:
    """Everything that is in force. Raises `data_dir_taken`, `unreachable`."""
    async with _opened(settings) as opened:
        say(await exported(opened.administration, opened.directory))


def _counts(name: str, found: list[Difference], *, dry_run: bool) -> str:
    new = {one.wanted.key for one in found if one.is_new and one.wanted.sheet == one.wanted.key.subject}
    changed = {one.wanted.key for one in found if not one.waits} - new
    waits = [one for one in found if one.waits]
    verb = "would take in" if dry_run else "took in"
    return f"{verb} {name}: added {len(new)}, changed {len(changed)}, waiting for a second person {len(waits)}"


@contextlib.asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Opened]:
    clock, masters, terms, outbound = SystemClock(), master_keys(settings), load_terms(settings), Outbound()
    async with contextlib.AsyncExitStack() as stack:
        if settings.embedded:
            stack.enter_context(sole_use(settings))
        stack.push_async_callback(outbound.close)
        tables = kept_tables(settings, terms)
        database, log = await open_record(settings, stack, clock=clock, masters=masters, tables=tables)
        directory = Directory(database, Fields(masters))
        sessions = Sessions(database, clock, limits=SessionLimits.of(settings))

        def today() -> date:
            return clock.now().astimezone(ZONES[settings.country]).date()

        kept = await Templates(database, clock).usable("", [unit.id for unit in await directory.units()])
        terms.templates.begin_with(kept)
        sheets = make_sheets(settings, terms, make_on_call(settings, outbound))
        administration = make_administration(
            log, database, directory, sheets=sheets, sessions=sessions, today=today, demo=settings.demo
        )
        yield Opened(administration, directory, log, database, masters)

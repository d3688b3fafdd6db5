"""`fyr directory load FILE`: the region's care givers, units, people and staff, from its file into the record."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from core.clock import SystemClock
from core.directory.filling.store import Filling
from core.directory.logins.store import Logins
from core.directory.region import read_region_file
from core.identity.loading import load_persons
from core.key_file import master_keys
from core.settings import Settings
from core.zones import ZONES
from web.app import kept_tables, open_record
from web.opened_record import sole_use
from web.persons import open_register


async def load_directory(settings: Settings, path: Path, say: Callable[[str], None]) -> None:
    """Load it, and say in counts what has changed. Done again it changes nothing.

    Raises `settings_invalid` for a file that is not in order, `data_dir_taken` while a service runs on a record in a
    file, `database_demo`, `database_real`, `unreachable`.
    """
    region, clock, masters = read_region_file(path), SystemClock(), master_keys(settings)
    async with contextlib.AsyncExitStack() as stack:
        if settings.embedded:
            stack.enter_context(sole_use(settings))
        tables = kept_tables(settings)
        database, log = await open_record(settings, stack, clock=clock, masters=masters, tables=tables)
        told = await Filling(database, Logins(database, masters), clock).load(region)
        register = open_register(settings, log, database, masters=masters, clock=clock)
        await load_persons(register, region.persons, today=clock.now().astimezone(ZONES[settings.country]).date())
    say(
        f"loaded {path.name}: {len(region.units)} units, {len(region.staff)} staff, {len(region.persons)} persons; "
        f"added {told.added}, changed {told.changed}, without roles now {told.without_roles}, "
        f"signed out {told.signed_out}"
    )

"""`fyr verify-log`: the whole record checked against its chain and its signed heads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from core.clock import SystemClock
from core.errors import FyrError
from core.key_file import existing_keys
from core.keyring.store import load_kept_keys
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.check import record_faults, told
from core.record.heads import read_signed
from core.record.progress import Progress
from core.record.projections import Followed
from core.record.store import RecordRows
from core.settings import Settings
from core.storage.sql import Database


async def verify(settings: Settings, say: Callable[[str], None], followed: Sequence[Followed] = ()) -> bool:
    """Say every fault, one a line, or that there is none; True when the record is whole. Changes nothing.

    `followed`: tables that follow from states, which are held against them too.

    Raises `unreachable` when there is no record, `settings_invalid` without its keys.
    """
    masters = existing_keys(settings)
    async with existing_database(settings) as database:
        return await verify_database(database, masters, settings.heads_folder, say=say, followed=followed)


async def verify_database(
    database: Database,
    masters: MasterKeys,
    heads: Path,
    *,
    say: Callable[[str], None],
    followed: Sequence[Followed] = (),
) -> bool:
    """The same for a database that is open."""
    await load_kept_keys(database, masters)
    log = Log(database, Kinds(()), masters=masters, clock=SystemClock())  # never started: it only reads
    signed, rows, whole = await asyncio.to_thread(read_signed, heads, masters), RecordRows(database), True
    progress = Progress(await rows.work())
    async for fault in record_faults(log, rows, signed, followed=followed, seen=progress.seen):
        say(told(fault))
        whole = False
    if whole:
        streams, entries = await rows.counts()
        numbers = sum(len(numbers) for numbers in signed.heads.values())
        say(f"whole: {streams} streams, {entries} entries, {numbers} signed heads")
    return whole


@asynccontextmanager
async def existing_database(settings: Settings) -> AsyncIterator[Database]:
    """The record that the settings name; nothing is made or migrated. Raises `unreachable` when it is not there."""
    database = Database(settings.sql_url)
    _require_there(database)
    try:
        yield database
    finally:
        await database.close()


def _require_there(database: Database) -> None:
    """Opening a SQLite file that is not there would make one."""
    if database.is_sqlite and not Path(database.url.database or "").is_file():
        raise FyrError("unreachable", what=f"The record {database.url.database}")

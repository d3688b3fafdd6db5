"""The record of a deployment, opened by a command beside the service or while it rests."""

import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

from core.actor import Actor
from core.clock import SystemClock
from core.key_file import existing_keys
from core.keyring.store import load_kept_keys
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.command import existing_database
from core.settings import Settings
from core.storage.held import held
from core.storage.sql import Database


def sole_use(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """A record in a file belongs to one process: what others would write it could not hear of."""
    path = Path(settings.sql_url.partition("///")[2])
    return held(path.with_name(f"{path.name}.lock"), path.parent)


@contextlib.asynccontextmanager
async def opened_record(settings: Settings, *, writes: bool) -> AsyncIterator[tuple[Log, Database, MasterKeys]]:
    """The log on its database, and the keys. With `writes` a record in a file is ours alone for as long.

    Raises `unreachable` when there is no record, `settings_invalid` without its keys, `data_dir_taken`.
    """
    from web.app import KINDS, kept_tables

    masters = existing_keys(settings)
    async with contextlib.AsyncExitStack() as stack:
        if writes and settings.embedded:
            stack.enter_context(sole_use(settings))
        database = await stack.enter_async_context(existing_database(settings))
        kinds: Kinds = KINDS
        await load_kept_keys(database, masters)
        log = Log(database, kinds, masters=masters, clock=SystemClock(), state_tables=kept_tables(settings))
        if writes:
            await log.start()
            stack.push_async_callback(log.stop)
        yield log, database, masters


def operator() -> Actor:
    """Whoever runs commands on the machine: known by their number there."""
    return Actor(id=f"system:operator:{os.getuid()}", kind="system", name="operator")

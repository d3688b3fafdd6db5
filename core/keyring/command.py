"""`fyr keys rotate` and `fyr keys check`: turn to the current master key, and say which older ones may go."""

from collections.abc import Callable

from core.key_file import existing_keys
from core.keyring.store import KeyRows, load_kept_keys
from core.log.seal import MasterKeys
from core.record.command import existing_database
from core.settings import Settings
from core.storage.sql import Database

Say = Callable[[str], None]


async def rotate(settings: Settings, say: Say) -> None:
    """Turn everything to the first key of `FYR_KEYS`, while nodes serve that have the same list. Says each page.

    Raises `unreachable`, `settings_invalid` when a key is missing that something still hangs on.
    """
    masters = existing_keys(settings)
    async with existing_database(settings) as database:
        await load_kept_keys(database, masters)
        await turn(database, masters, say=say)


async def turn(database: Database, masters: MasterKeys, *, say: Say) -> int:
    """The same on a database that is open; gives how many rows were turned."""
    rows = KeyRows(database, masters)
    turned = await rows.keep_lasting()
    say(f"kept keys={turned}")
    for what, pages in (("streams", rows.turn_streams()), ("names", rows.turn_names())):
        total = 0
        async for count in pages:
            total += count
            say(f"{what} turned={total}")
        turned += total
    return turned


async def check(settings: Settings, say: Say) -> bool:
    """Say which keys something still hangs on; True when every key but the current one may be removed."""
    masters = existing_keys(settings)
    async with existing_database(settings) as database:
        await load_kept_keys(database, masters)
        needed = await KeyRows(database, masters).needed()
    for name in dict.fromkeys((*masters.names, *sorted(needed))):
        listed = "current" if name == masters.current else "listed" if name in masters.names else "missing"
        say(f"{name or '(in clear)'} {listed} rows={needed[name]}")
    return not {name for name, count in needed.items() if count} - {masters.current}

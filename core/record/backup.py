"""`fyr backup` and `fyr restore`: the record, its signed heads and the attachments in one folder. The keys stay apart.

What is copied first must be older than what is copied next: signed heads, then the record, then the attachments it
names. So every signed head is in the record, and every attachment of the record is in the folder.
"""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from core.clock import SystemClock
from core.errors import FyrError
from core.key_file import existing_keys
from core.log.seal import MasterKeys
from core.record.check import signed_faults, told
from core.record.command import existing_database, verify_database
from core.record.heads import STATEMENTS, Slot, read_signed
from core.record.store import RecordRows
from core.settings import Settings
from core.storage.copying import copy_file, copy_rows, is_empty
from core.storage.sql import Database

RECORD = "record.db"
HEADS = "heads"
ATTACHMENTS = "attachments"
OWNER_ONLY = 0o700
Say = Callable[[str], None]


async def backup(settings: Settings, into: Path, *, say: Say) -> bool:
    """Copy everything but the keys into a new folder, and prove the copy; True when it is whole.

    The service may run meanwhile. Raises `record_exists` when the folder is there, `unreachable`, `settings_invalid`.
    """
    masters = existing_keys(settings)
    async with existing_database(settings) as database:
        await asyncio.to_thread(_make, into)
        await asyncio.to_thread(_copy_heads, settings.heads_folder, into / HEADS)
        await _copy_record(database, into / RECORD)
        await asyncio.to_thread(_copy_tree, settings.data_dir / ATTACHMENTS, into / ATTACHMENTS)
    copy = Database(_url(into / RECORD))
    try:
        await _sign(copy, masters, into / HEADS)
        whole = await verify_database(copy, masters, into / HEADS, say=say)
    finally:
        await copy.close()
    say(f"{into}: the master keys are not in it; keep them somewhere else")
    return whole


async def restore(settings: Settings, source: Path, *, say: Say) -> bool:
    """Put a backup where the settings say the record lies; True when it is whole there, and was in the backup.

    What was signed after the backup, and so is lost, is said. Raises `record_exists` rather than write over anything.
    """
    masters = existing_keys(settings)
    draft = settings.data_dir / f"{RECORD}.restoring"
    await asyncio.to_thread(_copy_draft, source / RECORD, draft)
    try:
        if not await _verified(draft, masters, source / HEADS, say=say):
            return False
        await _put_record(settings, draft)
    finally:
        await asyncio.to_thread(_remove, draft)
    await _tell_lost(settings, masters, say=say)
    await asyncio.to_thread(_put_files, settings, source)
    async with existing_database(settings) as database:
        return await verify_database(database, masters, settings.heads_folder, say=say)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=OWNER_ONLY, parents=True)
    except FileExistsError:
        raise FyrError("record_exists", where=str(folder)) from None
    except OSError as failure:
        raise FyrError("folder_unwritable", folder=str(folder), why=failure.strerror) from None


def _copy_heads(source: Path, target: Path) -> None:
    target.mkdir(mode=OWNER_ONLY)
    for path in source.glob(STATEMENTS):
        shutil.copy2(path, target)


def _copy_tree(source: Path, target: Path) -> None:
    """Everything that stays: the service goes on, and takes away what has been checked while this runs."""
    for folder, _, names in os.walk(source, onerror=_unless_gone):
        into = target / Path(folder).relative_to(source)
        into.mkdir(mode=OWNER_ONLY)
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(Path(folder) / name, into)


def _unless_gone(failure: OSError) -> None:
    if not isinstance(failure, FileNotFoundError):
        raise failure


async def _copy_record(database: Database, target: Path) -> None:
    if database.is_sqlite:
        await asyncio.to_thread(copy_file, Path(database.url.database or ""), target)
        return
    copy = Database(_url(target))
    try:
        await copy.migrate()
        await copy_rows(database, copy)
    finally:
        await copy.close()


async def _sign(copy: Database, masters: MasterKeys, folder: Path) -> None:
    """The copy's own heads: what is taken from the copy later is found too."""
    slot = Slot(folder, masters)
    async for page in RecordRows(copy).heads():
        slot.write(page, SystemClock().ms())
    slot.close()


def _copy_draft(source: Path, draft: Path) -> None:
    if not source.is_file():
        raise FyrError("unreachable", what=f"The backup {source}")
    copy_file(source, draft)


def _remove(draft: Path) -> None:
    for path in draft.parent.glob(f"{draft.name}*"):
        path.unlink()


async def _verified(draft: Path, masters: MasterKeys, heads: Path, *, say: Say) -> bool:
    database = Database(_url(draft))
    try:
        return await verify_database(database, masters, heads, say=say)
    finally:
        await database.close()


async def _put_record(settings: Settings, draft: Path) -> None:
    target = Database(settings.sql_url)
    try:
        if target.is_sqlite:
            await asyncio.to_thread(_put_file, draft, Path(target.url.database or ""))
            return
        await target.migrate()
        if not await is_empty(target):
            raise FyrError("record_exists", where="the database")
        source = Database(_url(draft))
        try:
            await copy_rows(source, target)
        finally:
            await source.close()
    finally:
        await target.close()


def _put_file(draft: Path, target: Path) -> None:
    for name in (target.name, f"{target.name}-wal"):  # a write-ahead log that was left would be taken for the backup's
        if (target.parent / name).exists():
            raise FyrError("record_exists", where=str(target.parent / name))
    half = target.with_name(f"{target.name}.half")
    copy_file(draft, half)
    half.rename(target)


async def _tell_lost(settings: Settings, masters: MasterKeys, *, say: Say) -> None:
    """Heads that outlived the record know what the backup cannot."""
    signed = await asyncio.to_thread(read_signed, settings.heads_folder, masters)
    async with existing_database(settings) as database:
        async for fault in signed_faults(RecordRows(database), signed):
            say(f"lost since the backup: {told(fault)}")


def _put_files(settings: Settings, source: Path) -> None:
    """The heads of the backup take the place of those that knew more, which are kept beside them."""
    heads = settings.heads_folder
    if heads.exists():
        number = sum(1 for _ in heads.parent.glob(f"{heads.name}.before-*")) + 1
        heads.rename(heads.with_name(f"{heads.name}.before-{number}"))
    heads.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    _copy_heads(source / HEADS, heads)
    if (source / ATTACHMENTS).is_dir():
        shutil.copytree(source / ATTACHMENTS, settings.data_dir / ATTACHMENTS, dirs_exist_ok=True)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"

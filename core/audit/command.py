"""`fyr verify-audit`, `fyr audit index` and `fyr audit export`: the audit checked, its index made anew, taken out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import core.audit.entries
from core.audit.check import audit_faults
from core.audit.index import PREFIX
from core.audit.judging import CHECK
from core.audit.mark import Period
from core.audit.reading import AuditReader
from core.audit.store import AuditRows
from core.audit.trace import Trace
from core.clock import SystemClock
from core.key_file import existing_keys
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.check import told
from core.record.command import existing_database
from core.record.heads import read_signed
from core.record.progress import Progress
from core.record.store import RecordRows
from core.settings import Settings
from core.storage.sql import Database

Say = Callable[[str], None]


class Audit(NamedTuple):
    """The audit of a record that is only read."""

    log: Log
    rows: AuditRows
    reader: AuditReader


def audit_of(database: Database, masters: MasterKeys) -> Audit:
    """The audit of an open database."""
    kinds = Kinds(core.audit.entries.KINDS)
    log = Log(database, kinds, masters=masters, clock=SystemClock())  # never started: it only reads
    rows = AuditRows(database)
    return Audit(log, rows, AuditReader(log, rows))


async def verify(settings: Settings, say: Say) -> bool:
    """Say every fault of the audit, one a line, or that there is none; True when it is whole. Changes nothing.

    Raises `unreachable` when there is no record, `settings_invalid` without its keys.
    """
    masters, whole, looks = existing_keys(settings), True, 0
    signed = await asyncio.to_thread(read_signed, settings.heads_folder, masters)
    async with existing_database(settings) as database:
        audit = audit_of(database, masters)
        record = RecordRows(database)
        progress = Progress(await record.work(PREFIX) + await audit.rows.count())
        async for fault in audit_faults(audit.log, record, audit.rows, signed=signed, seen=progress.seen):
            say(told(fault))
            whole = False
        if whole:
            async for stream in audit.log.streams(PREFIX):
                looks += 0 if stream.startswith(CHECK) else (await audit.log.head(stream)).last_no
            say(f"whole: {looks} looks")
    return whole


async def make_index(settings: Settings, say: Say) -> None:
    """Make the audit index anew from the entries."""
    async with _existing(settings) as audit:
        say(f"{await audit.reader.rebuild()} rows")


async def export(settings: Settings, period: Period, write: Callable[[Trace], None]) -> int:
    """Write every look of a period, oldest first; gives their number."""
    number = 0
    async with _existing(settings) as audit:
        async for trace in audit.reader.all(period):
            write(trace)
            number += 1
    return number


@asynccontextmanager
async def _existing(settings: Settings) -> AsyncIterator[Audit]:
    masters = existing_keys(settings)
    async with existing_database(settings) as database:
        yield audit_of(database, masters)

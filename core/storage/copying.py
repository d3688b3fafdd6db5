"""Copies a record to another database: SQLite's own backup for a file, row by row where PostgreSQL is involved.

A copy is always a SQLite file. It needs no tool of the right version and no password on a command line, it can be
verified by itself, and it can be restored into either kind of database. Both sides must have taken the same steps.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import FyrError
from core.storage.schema import newest_step, step_of
from core.storage.sql import Database

ROWS = 1_000


def copy_file(source: Path, target: Path) -> None:
    """One consistent copy of a SQLite file that may be in use; its writers are not held up. On disk when it returns."""
    opened = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    with contextlib.closing(opened) as reading, contextlib.closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
    with target.open("rb") as file:
        os.fsync(file.fileno())


async def copy_rows(source: Database, target: Database) -> None:
    """Every row of every table, as they were at one moment, into an empty, migrated database; all or nothing.

    Raises `record_mismatch` when the source has not taken exactly the steps of this release.
    """
    async with source.read_on() as reading, target.write() as writing:
        if not source.is_sqlite:
            reading = await reading.execution_options(isolation_level="REPEATABLE READ")
        await _require_our_step(reading)
        tables = await writing.run_sync(_reflected)
        for name, theirs in (await reading.run_sync(_reflected)).items():
            await _copy_table(reading, writing, source=theirs, target=tables[name])
        if not target.is_sqlite:
            await writing.run_sync(_go_on_counting, tables)


async def is_empty(database: Database) -> bool:
    """Whether a migrated database holds no stream."""
    async with database.read() as connection:
        return (await connection.execute(text("SELECT id FROM stream LIMIT 1"))).first() is None


async def _require_our_step(connection: AsyncConnection) -> None:
    step, ours = await step_of(connection), newest_step()
    if step != ours:
        raise FyrError("record_mismatch", step=step, ours=ours)


def _reflected(connection: Connection) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return {name: table for name, table in metadata.tables.items() if name != "alembic_version"}


async def _copy_table(reading: AsyncConnection, writing: AsyncConnection, *, source: Table, target: Table) -> None:
    await writing.execute(target.delete())
    found = await reading.stream(select(*[source.c[column.name] for column in target.c]))
    async for rows in found.mappings().partitions(ROWS):
        await writing.execute(insert(target), [dict(row) for row in rows])


def _go_on_counting(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL's own counters begin behind the highest number that was copied."""
    for table in tables.values():
        for column in table.primary_key:
            counter = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
            if counter is not None:
                highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(counter, highest, False)))

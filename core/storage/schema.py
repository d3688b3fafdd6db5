"""Brings the database's tables to what this release needs, or says that this release is too old for them.

A database knows its newest step (`alembic_version`) and the release that took it (`about`, the row `release`). Steps
only add, so a node goes on with a database that the next release has changed; two releases ahead is refused, because
what was added may have begun to replace what this node still writes. Alembic, slow to import, is loaded only when there
is a step to take.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import structlog
from sqlalchemy import Connection, delete, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import FyrError
from core.storage import tables

log = structlog.get_logger(__name__)
STEPS = Path(__file__).parent / "migrations"
LOCK = 0x46797220
"""PostgreSQL's advisory lock under which steps are taken: "Fyr " in ASCII."""
RELEASE = "release"


def our_release() -> str:
    """The release of this node: major and minor of its version."""
    return ".".join(version("fyr").split(".")[:2])


def newest_step(steps: Path = STEPS) -> str:
    """The number of the last step this release knows."""
    return max(path.name.partition("_")[0] for path in steps.glob("[0-9]*_*.py"))


async def bring_up_to_date(engine: AsyncEngine, *, steps: Path = STEPS, release: str | None = None) -> None:
    """Take the steps that are missing, once however many nodes start. Raises `node_too_old`."""
    release, newest = release or our_release(), newest_step(steps)
    async with engine.connect() as connection:
        if await _settled(connection, newest, release):
            return
    async with locked(engine) as connection:
        if await _settled(connection, newest, release):  # another node took the steps while this one waited
            return
        await connection.run_sync(_take_steps, steps)
        await _note_release(connection, release)
    log.info("database_migrated", step=newest, release=release)


async def _settled(connection: AsyncConnection, newest: str, release: str) -> bool:
    """True when there is nothing to do, False when steps are missing."""
    step = await step_of(connection)
    if step is None or step < newest:
        return False
    if step > newest:
        _require_near(await _release_of(connection), release)
    return True


async def step_of(connection: AsyncConnection) -> str | None:
    """The last step the database has taken; None when it has taken none."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    found: str | None = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one_or_none()
    return found


async def _release_of(connection: AsyncConnection) -> str:
    found = select(tables.about.c.value).where(tables.about.c.name == RELEASE)
    return str((await connection.execute(found)).scalar_one())


def _require_near(theirs: str, ours: str) -> None:
    major, minor = ours.split(".")
    if theirs not in (ours, f"{major}.{int(minor) + 1}"):
        raise FyrError("node_too_old", release=ours, database=theirs)


@asynccontextmanager
async def locked(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that no other node's steps run beside."""
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
        return
    async with engine.connect() as connection:
        # The driver begins no transaction before DDL by itself: its own mode is turned off, ours is written out.
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            await connection.exec_driver_sql("ROLLBACK")
            raise
        await connection.exec_driver_sql("COMMIT")


def _take_steps(connection: Connection, steps: Path) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(steps, version_locations=[steps])
    context = MigrationContext.configure(connection, opts={"fn": lambda step, _: script._upgrade_revs("head", step)})
    with Operations.context(context):
        context.run_migrations()


async def _note_release(connection: AsyncConnection, release: str) -> None:
    await connection.execute(delete(tables.about).where(tables.about.c.name == RELEASE))
    await connection.execute(insert(tables.about).values(name=RELEASE, value=release))

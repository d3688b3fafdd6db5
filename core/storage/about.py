"""What a database remembers of itself beside its release: whether it was made for a demonstration, where its files are.

A demonstration lets anyone sign in as anyone, so it may never meet a database with real people in it; and a database
with made-up people may never be taken for a real one.
"""

from collections.abc import Awaitable, Callable, Collection

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import FyrError
from core.storage import tables
from core.storage.schema import locked
from core.storage.sql import Database

DEMO = "demo"
YES, NO = "1", "0"


async def settle_demo(database: Database, *, demo: bool, made_up: Collection[str]) -> None:
    """Hold the database to what it was made for; its first start decides. `made_up`: the demo's providers.

    Raises `database_real` for a demonstration on any other database, `database_demo` the other way round.
    """
    async with locked(database.engine) as connection:
        found = select(tables.about.c.value).where(tables.about.c.name == DEMO)
        value = (await connection.execute(found)).scalar_one_or_none()
        if value is None:
            value = await _found(connection, made_up) or (YES if demo else NO)
            await connection.execute(insert(tables.about).values(name=DEMO, value=value))
    if demo and value != YES:
        raise FyrError("database_real")
    if not demo and value == YES:
        raise FyrError("database_demo")


async def settle(database: Database, name: str, offer: Callable[[], Awaitable[str]]) -> str:
    """What the database remembers under a name; who comes first lays down what they offer, while others wait."""
    async with locked(database.engine) as connection:
        found = select(tables.about.c.value).where(tables.about.c.name == name)
        value: str | None = (await connection.execute(found)).scalar_one_or_none()
        if value is None:
            value = await offer()
            await connection.execute(insert(tables.about).values(name=name, value=value))
    return value


async def _found(connection: AsyncConnection, made_up: Collection[str]) -> str | None:
    """What a database from before this was remembered shows itself to be; None for one with nothing in it."""
    providers = set((await connection.execute(select(tables.provider.c.id))).scalars())
    if not providers:
        streams = (await connection.execute(select(func.count()).select_from(tables.stream))).scalar_one()
        return NO if streams else None
    return YES if providers <= set(made_up) else NO

"""A database that is away is told as one code and used again when it is back; libraries write no lines of their own."""

import io
import logging
from collections.abc import AsyncIterator

import pytest
import socketio
from sqlalchemy import text

from core import diagnostics
from core.errors import FyrError
from core.storage.sql import Database
from tests.torture.postgres import Postgres


@pytest.fixture
async def server() -> AsyncIterator[Postgres]:
    postgres = Postgres()
    yield postgres
    await postgres.remove()


async def test_a_killed_postgres_is_unreachable_and_then_back(server: Postgres) -> None:
    database = Database(await server.start())
    async with database.read() as connection:
        await connection.execute(text("SELECT 1"))
    server.kill()
    for _ in range(3):
        with pytest.raises(FyrError, match="unreachable"):
            await one(database)
    with pytest.raises(FyrError, match="unreachable"):
        async with database.write() as connection:
            await connection.execute(text("SELECT 1"))
    await server.restart()
    assert await one(database) == 1
    await database.close()


async def one(database: Database) -> int:
    async with database.read() as connection:
        return int((await connection.execute(text("SELECT 1"))).scalar_one())


def test_the_libraries_of_the_line_have_no_handler_of_their_own() -> None:
    diagnostics.configure("info", into=io.StringIO())
    try:
        socketio.AsyncServer(async_mode="aiohttp", logger=False, engineio_logger=False)
        assert [logging.getLogger(name).handlers for name in diagnostics.HAVE_HANDLERS] == [[], []]
    finally:
        diagnostics.configure("info")

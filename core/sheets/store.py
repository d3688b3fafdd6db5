"""What was asked before, in SQL."""

from sqlalchemy import select

from core.storage.sql import Database
from core.storage.tables import once


async def first_stream(database: Database, sender: str, client_id: str) -> str | None:
    """The stream in which this sender's command of this `client_id` was carried out; None: it never was."""
    query = select(once.c.stream_id).where(once.c.sender == sender, once.c.client_id == client_id)
    async with database.read() as connection:
        found: str | None = (await connection.execute(query)).scalar_one_or_none()
    return found

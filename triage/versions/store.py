"""Content sets in SQL: how each stands, written by the log in the transaction that changed it, and its files."""

from typing import NamedTuple

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, insert, select
from sqlalchemy.exc import IntegrityError

from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import metadata
from triage.versions.kinds import ContentSet
from triage.versions.pack import Pack

PREFIX = "content:"
content_set = Table(
    "content_set",
    metadata,
    Column("version", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False),
    Column("approved_ms", BigInteger, nullable=False),
)
content_pack = Table(
    "content_pack",
    metadata,
    Column("version", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)


class SetRow(NamedTuple):
    """One content set as the table has it."""

    version: str
    status: str
    sha256: str
    proposed_ms: int
    approved_ms: int


def content_table() -> StateTable:
    """How the log keeps the table `content_set`."""
    columns = tuple(content_set.c.keys())
    return StateTable(prefix=PREFIX, table="content_set", key="version", columns=columns, row=_row, parts=(ContentSet,))


def _row(head: Head) -> tuple[object, ...]:
    part = head.state.get(ContentSet)
    return (head.stream.removeprefix(PREFIX), part.status, part.sha256, part.proposed_ms, part.approved_ms)


class ContentSets:
    """Reads the rows, and keeps files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self, limit: int) -> list[SetRow]:
        """The sets proposed last, the newest first."""
        query = select(content_set).order_by(content_set.c.proposed_ms.desc(), content_set.c.version).limit(limit)
        async with self._database.read() as connection:
            return [SetRow(*row) for row in (await connection.execute(query)).all()]

    async def in_force(self) -> SetRow | None:
        """The set approved last; None while only the one we ship ever was."""
        query = select(content_set).where(content_set.c.approved_ms > 0).order_by(content_set.c.approved_ms.desc())
        async with self._database.read() as connection:
            row = (await connection.execute(query.limit(1))).first()
        return SetRow(*row) if row is not None else None

    async def find(self, version: str) -> SetRow | None:
        """How the set of this version stands; None when nobody has proposed it."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(content_set).where(content_set.c.version == version))).first()
        return SetRow(*row) if row is not None else None

    async def keep(self, made: Pack) -> None:
        """Keep its files for ever. What is kept already stays as it is."""
        if await self.files(made.version, made.sha256) is not None:
            return
        try:
            async with self._database.write() as connection:
                await connection.execute(insert(content_pack).values(made._asdict()))
        except IntegrityError:
            return  # another node has kept the same

    async def files(self, version: str, sha256: str = "") -> bytes | None:
        """The pack of a version, by its fingerprint where two sets came to one version; None when it was not kept."""
        query = select(content_pack.c.data).where(content_pack.c.version == version)
        if sha256:
            query = query.where(content_pack.c.sha256 == sha256)
        async with self._database.read() as connection:
            data = (await connection.execute(query.limit(1))).scalar_one_or_none()
        return bytes(data) if data is not None else None

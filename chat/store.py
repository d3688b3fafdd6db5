"""Reply templates in SQL: one row a version, never changed. Two who edit the same version cannot both have it."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from chat.template import Template
from core.clock import Clock
from core.errors import FyrError
from core.storage.sql import Database
from core.storage.tables import metadata

template = Table(
    "template",
    metadata,
    Column("template_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("owner_id", String, nullable=False),
    Column("owner_name", String, nullable=False),
    Column("lang", String, nullable=False),
    Column("abbreviation", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("review_on", String, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("client_id", String, nullable=False),
    Column("saved_ms", BigInteger, nullable=False),
    Index("template_unit", "unit_id"),
    Index("template_owner", "owner_id"),
)
COLUMNS = tuple(template.c[name] for name in Template.__struct_fields__)


class Templates:
    """The rows; every call reads what is committed now."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def usable(self, staff_id: str, unit_ids: Sequence[str]) -> list[Template]:
        """The newest version of the person's own and of the units' templates, by title, without what was removed."""
        shared = template.c.unit_id.in_(unit_ids)
        own = (template.c.unit_id == "") & (template.c.owner_id == staff_id)
        newest = select(template.c.template_id, func.max(template.c.version).label("version")).where(or_(own, shared))
        last = newest.group_by(template.c.template_id).subquery()
        joined = (template.c.template_id == last.c.template_id) & (template.c.version == last.c.version)
        query = select(*COLUMNS).join(last, joined).where(~template.c.removed)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(template.c.title, template.c.template_id))).all()
        return [_template(row) for row in rows]

    async def versions(self, template_id: str) -> list[Template]:
        """Every version of one, from the first."""
        query = select(*COLUMNS).where(template.c.template_id == template_id).order_by(template.c.version)
        async with self._database.read() as connection:
            return [_template(row) for row in (await connection.execute(query)).all()]

    async def add(self, version: Template, *, client_id: str) -> None:
        """Keep a new version; the same one sent again changes nothing. Raises `behind` when it is taken."""
        try:
            async with self._database.write() as connection:
                await connection.execute(insert(template), self._row(version, client_id))
        except IntegrityError:
            if await self._kept(version) != (version.owner_id, client_id):
                raise FyrError("behind", newer=1, head=version.version) from None

    async def _kept(self, version: Template) -> tuple[str, str]:
        """Who wrote the version that lies there, and under which `client_id`."""
        there = (template.c.template_id == version.template_id) & (template.c.version == version.version)
        async with self._database.read() as connection:
            row = (await connection.execute(select(template.c.owner_id, template.c.client_id).where(there))).one()
        return row.owner_id, row.client_id

    async def start(self, given: Sequence[Template]) -> None:
        """Put templates where there has never been one, in one transaction; done once however many nodes start."""
        dialect = sqlite if self._database.is_sqlite else postgresql
        rows = [self._row(version, "start") for version in given]
        if not rows:
            return
        async with self._database.write() as connection:
            await connection.execute(dialect.insert(template).on_conflict_do_nothing(), rows)

    def _row(self, version: Template, client_id: str) -> dict[str, object]:
        return {**msgspec.structs.asdict(version), "client_id": client_id, "saved_ms": self._clock.ms()}


def _template(row: object) -> Template:
    return msgspec.convert(row, Template, from_attributes=True)

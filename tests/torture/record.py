"""The record as it lies there when the storm is over, read by the product's own reader and its own verifier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select

from carequeue.deadlines import Deadlines
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Head
from core.log.entry import Entry
from core.log.log import Log
from core.storage import tables
from core.storage.sql import Database
from tests.torture.view import Json
from web.push.board import board_row


@dataclass(slots=True)
class Record:
    """Everything about contacts."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    """By contact."""
    heads: dict[str, Head] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Streams whose chain does not hold, of any kind."""
    streams: int = 0
    boards: dict[str, dict[str, Json]] = field(default_factory=dict)
    """Open rows by unit and contact, as a screen that asks now is told."""


async def read_record(log: Log, database: Database, deadlines: Deadlines, units: Sequence[str]) -> Record:
    """All of it. A stream that cannot be read counts as broken and as empty."""
    record = Record(broken={fault.stream async for fault in log.faults()})
    names = await _streams(database)
    record.streams = len(names)
    for name in (name for name in names if name.startswith("contact:")):
        try:
            record.entries[name.removeprefix("contact:")] = await log.entries(name)
            record.heads[name.removeprefix("contact:")] = await log.head(name)
        except FyrError:
            record.broken.add(name)
    for unit in units:
        changes = await log.changed_streams(unit, 0)
        known = {name: no for name, no in changes.streams.items() if name not in record.broken}
        heads = await log.heads(list(known))
        rows = [on_the_wire(board_row(head, known[name], deadlines, protected=False)) for name, head in heads.items()]
        record.boards[unit] = {row["contact_id"]: row for row in rows if is_open(row, unit)}
    return record


def on_the_wire(told: object) -> Any:
    """A struct, or a list of them, as a client reads it."""
    return msgspec.json.decode(msgspec.json.encode(told))


def is_open(row: Json, unit: str) -> bool:
    """Whether a row stands on this unit's board."""
    return bool(row["unit_id"] == unit and row["status"] != "closed")


async def _streams(database: Database) -> list[StreamId]:
    async with database.read() as connection:
        named = select(tables.stream.c.id).union(select(tables.entry.c.stream_id))
        return [StreamId(name) for name in (await connection.execute(named)).scalars()]

"""A group of which one stream was overtaken by another node is written whole or not at all: no head goes on alone."""

import asyncio
from datetime import UTC, datetime

import pytest

import chat.kinds
from core.clock import ManualClock
from core.ids import StreamId
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.conftest import postgres_url
from tests.core.test_log import new_stream, opening, saying


@pytest.mark.parametrize("overtaken", [(0,), (0, 2), (1,)])
async def test_no_head_goes_on_without_its_entry(request: pytest.FixtureRequest, overtaken: tuple[int, ...]) -> None:
    database = Database(postgres_url(request.getfixturevalue("postgres")))
    await database.migrate()
    masters = MasterKeys.parse(MasterKeys.generate())
    clock = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
    north, south = (Log(database, Kinds(chat.kinds.KINDS), masters=masters, clock=clock) for _ in range(2))
    await north.start()
    await south.start()
    streams = [new_stream() for _ in range(3)]
    for number, stream in enumerate(streams):
        await north.append(opening(stream, f"open {number}"))
    for number in overtaken:
        await south.append(saying(streams[number], "from the other node", f"south {number}"))
    group = [saying(stream, "at once", f"north {number}") for number, stream in enumerate(streams)]
    await asyncio.gather(*map(north.append, group))
    assert [await _numbers(north, stream) for stream in streams] == [
        [1, 2, 3, 4] if number in overtaken else [1, 2, 3] for number in range(3)
    ]
    assert [fault async for fault in north.faults()] == []
    await north.stop()
    await south.stop()
    await database.close()


async def _numbers(log: Log, stream: StreamId) -> list[int]:
    return [entry.no for entry in await log.entries(stream)]

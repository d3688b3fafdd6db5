"""The committer's memory and its faults: bounded, emptied when nobody knows what is on disk, and harmless to others."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

import chat.kinds
from chat.entries import Message
from chat.state import Conversation
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId
from core.log import committer
from core.log.append import Append
from core.log.entry import Header, Scope
from core.log.kinds import Kind, Kinds
from core.log.log import Log
from core.log.memory import Memory
from core.log.seal import MasterKeys
from core.storage.sql import Database

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")


def fold_or_fail(part: Conversation, body: Message, header: Header) -> Conversation:
    if body.text == "fault":
        raise ZeroDivisionError
    return chat.kinds.fold_message(part, body, header)


def _fragile(kind: Kind[Any, Any]) -> Kind[Any, Any]:
    return dataclasses.replace(kind, fold=fold_or_fail) if kind.body is Message else kind


KINDS = Kinds(map(_fragile, chat.kinds.KINDS))


@pytest.fixture
async def log(database: Database) -> AsyncIterator[Log]:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    log = Log(database, KINDS, masters=MasterKeys.parse(MasterKeys.generate()), clock=clock, lanes=1)
    await log.start()
    yield log
    await log.stop()


def saying(stream: str, words: str) -> Append:
    return Append(StreamId(stream), (Message(text=words),), PATIENT, f"{stream}/{words!r}", create=Scope())


async def test_a_fault_in_one_append_is_its_own(log: Log) -> None:
    before, fault, surrogate, after = await asyncio.gather(
        *(log.append(saying("contact:a", words)) for words in ("1", "fault", "\ud800", "2")), return_exceptions=True
    )
    assert isinstance(fault, ZeroDivisionError)
    assert isinstance(surrogate, UnicodeEncodeError)
    assert not isinstance(before, BaseException)
    assert not isinstance(after, BaseException)
    assert [entry.no for entry in await log.entries(StreamId("contact:a"))] == [1, 2]
    assert [fault async for fault in log.faults()] == []


@pytest.mark.parametrize("client_id", ["\ud800", "a\0b", "jag har ont", "värk", ""])
async def test_a_client_id_no_database_takes_is_refused_alone(log: Log, client_id: str) -> None:
    odd = Append(StreamId("contact:a"), (Message(text="1"),), PATIENT, client_id, create=Scope())
    refused, taken = await asyncio.gather(log.append(odd), log.append(saying("contact:a", "2")), return_exceptions=True)
    assert isinstance(refused, FyrError)
    assert not isinstance(taken, BaseException)
    assert taken.first_no == 1


async def test_an_altered_row_refuses_its_own_stream_only(log: Log, database: Database) -> None:
    await asyncio.gather(log.append(saying("contact:a", "1")), log.append(saying("contact:b", "1")))
    async with database.write() as connection:
        await connection.execute(text("UPDATE stream SET patient_no = 7 WHERE id = 'contact:a'"))
    log.forget(StreamId("contact:a"))
    asked = [Append(StreamId(name), (Message(text="2"),), PATIENT, f"{name}2") for name in ("contact:a", "contact:b")]
    altered, sound = await asyncio.gather(*map(log.append, asked), return_exceptions=True)
    assert isinstance(altered, FyrError)
    assert altered.code == "log_broken"
    assert not isinstance(sound, BaseException)
    assert sound.first_no == 2


async def test_memory_is_bounded_and_forgets_the_oldest(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(heads=4, results=6)
    for lane in log._lanes:
        monkeypatch.setattr(lane._committer, "_memory", memory)
    for number in range(20):
        await log.append(saying(f"contact:{number}", "1"))
        assert len(memory) <= 10
    assert [number for number in range(20) if memory.head(StreamId(f"contact:{number}"))] == [16, 17, 18, 19]
    repeat = await log.append(saying("contact:0", "1"))
    assert repeat.repeated
    assert (await log.append(Append(StreamId("contact:0"), (Message(text="2"),), PATIENT, "2"))).first_no == 2


async def test_nothing_is_remembered_of_a_write_whose_end_is_unknown(
    log: Log, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await log.append(saying("contact:a", "1"))
    monkeypatch.setattr(committer, "ANSWER_WITHIN_S", 0.05)
    holding = "BEGIN IMMEDIATE" if database.is_sqlite else "LOCK TABLE stream IN ACCESS EXCLUSIVE MODE"
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql(holding)
        with pytest.raises(FyrError, match="unreachable"):
            await log.append(saying("contact:a", "2"))
        assert log.remembered(StreamId("contact:a")) is None
        await connection.rollback()
    monkeypatch.undo()
    done = await log.append(saying("contact:a", "2"))
    assert done.first_no == 2
    assert [entry.no for entry in await log.entries(StreamId("contact:a"))] == [1, 2]

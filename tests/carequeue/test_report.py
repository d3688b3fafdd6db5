"""The assessor: reads on from where it was, and says the same as one that reads everything anew."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy import update

import chat.kinds
import triage.kinds
from carequeue import report
from carequeue.report import Assessor
from chat.entries import Message, Opened
from core.actor import Actor
from core.clock import ManualClock
from core.ids import StreamId
from core.log.append import Append
from core.log.entry import Entry, Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from core.storage.tables import entry
from tests.carequeue.ward import START
from triage.content import load_content
from triage.entries import Assessed
from triage.reader import Reader
from triage.told import Story, Told

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
STREAM = StreamId("contact:a")


class Notes:
    """Reads as the engine does, and notes how many words each story had."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._read = Reader(load_content())

    async def __call__(self, story: Story, *, basis_no: int) -> Assessed:
        self.lengths.append(len(story.words))
        return self._read(story, basis_no=basis_no)


@pytest.fixture
async def log(database: Database) -> AsyncIterator[Log]:
    kinds = Kinds((*chat.kinds.KINDS, *triage.kinds.KINDS))
    log = Log(database, kinds, masters=MasterKeys.parse(MasterKeys.generate()), clock=ManualClock(START))
    await log.start()
    yield log
    await log.stop()


async def say(log: Log, text: str, stream: StreamId = STREAM) -> int:
    opened = (Opened(subject="self", lang="sv"),) if text == "open" else ()
    body = (*opened, Message(text=text, lang="sv"))
    return (await log.append(Append(stream, body, PATIENT, f"{stream}/{hash(text)}", create=Scope()))).last_no


async def assessments(log: Log, stream: StreamId = STREAM) -> list[Assessed]:
    return [one.body for one in await log.entries(stream) if isinstance(one.body, Assessed)]


async def test_one_that_reads_on_says_what_one_that_reads_all_says(log: Log) -> None:
    notes = Notes()
    assessor = Assessor(log, notes)
    for text in ("open", "jag har ont i halsen", "och tryckande smärta i bröstet", "ingen feber"):
        await assessor(STREAM, await say(log, text))
        fresh = Reader(load_content())
        story = Story()
        for one in await log.entries(STREAM):
            says = log.kinds.named(one.header.kind).says
            if says is not None and (told := says(one.body, one.header)) is not None:
                story.add(cast("Told", told))
        newest = (await assessments(log))[-1]
        assert newest == fresh(story, basis_no=newest.basis_no)
    assert notes.lengths == [1, 2, 3, 4]


async def test_what_an_assessment_has_read_is_not_read_again(log: Log) -> None:
    notes = Notes()
    first, second = await say(log, "open"), await say(log, "ont i halsen")
    assessor = Assessor(log, notes)
    await assessor(STREAM, first)
    await assessor(STREAM, second)
    await Assessor(log, notes)(STREAM, second)
    assert notes.lengths == [2]
    assert [body.basis_no for body in await assessments(log)] == [second]


async def test_it_remembers_few_and_reads_the_others_anew(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "STORIES", 2)
    notes = Notes()
    assessor = Assessor(log, notes)
    streams = [StreamId(f"contact:{name}") for name in "abc"]
    for text in ("open", "ont i halsen"):
        for stream in streams:
            await assessor(stream, await say(log, text, stream))
    assert len(assessor._read) == 2
    assert notes.lengths == [1, 1, 1, 2, 2, 2]


async def test_what_was_erased_gives_nothing_to_assess(log: Log, database: Database) -> None:
    notes = Notes()
    said = await say(log, "open")
    async with database.write() as connection:
        await connection.execute(update(entry).values(body=None))
    await Assessor(log, notes)(STREAM, said)
    assert notes.lengths == []
    assert await assessments(log) == []


async def test_what_is_said_while_it_reads_is_not_read_again(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await say(log, "open")
    assessor = Assessor(log, Notes())
    log.on_commit(assessor.heard)
    read, asked = log.entries, list[int]()

    async def entries(stream: StreamId, after: int = 0, *, limit: int | None = None) -> list[Entry]:
        asked.append(after)
        await say(log, "ont i halsen")
        found = await read(stream, after, limit=limit)
        await say(log, "och feber")
        return found

    monkeypatch.setattr(log, "entries", entries)
    await assessor(STREAM, first)
    monkeypatch.setattr(log, "entries", read)
    last = await say(log, "nu hosta också")
    monkeypatch.setattr(log, "entries", entries)
    await assessor(STREAM, last)
    assert asked == [0]
    told = await assessor.story(STREAM, last)
    assert [one.text for one in told.words] == ["open", "ont i halsen", "och feber", "nu hosta också"]

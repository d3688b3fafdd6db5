"""The reader in a process of its own: says what one in this process says, holds no secret, and may die."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import FyrError
from triage.content import Content, load_content
from triage.reader import Reader
from triage.told import Background, Story, Words, story_of
from web.reading import aside
from web.reading.aside import ReaderAside

ABOUT = Background(subject="self", age_y=58, age_m=None, sex="f", lang="sv", screen=())
SAID = (
    "jag har ont i halsen",
    "tryckande smärta i bröstet sedan en timme, strålar ut i armen",
    "ingen feber men hosta i tre dagar 🙂",
)


def story(*texts: str) -> Story:
    words = (Words(entry=number, text=text, lang="sv", asked=None) for number, text in enumerate(texts, start=2))
    return story_of((ABOUT, *words))


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
async def reader(content: Content, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ReaderAside]:
    monkeypatch.setenv("FYR_KEYS", "k1:secret")
    monkeypatch.setattr(aside, "LOOK_EVERY_S", 0.05)
    reader = ReaderAside(content)
    reader.start()
    await reader.ready()
    yield reader
    await reader.stop()


async def test_it_says_what_a_reader_of_this_process_says(reader: ReaderAside, content: Content) -> None:
    here = Reader(content)
    for count in range(1, len(SAID) + 1):
        told = story(*SAID[:count])
        assert await reader(told, basis_no=count) == here(told, basis_no=count)
    both = await asyncio.gather(*(reader(story(text), basis_no=2) for text in SAID))
    assert both == [here(story(text), basis_no=2) for text in SAID]


async def test_it_knows_no_setting(reader: ReaderAside) -> None:
    told = Path(f"/proc/{reader.pid}/environ").read_bytes()
    assert told
    assert b"FYR_" not in told


async def test_one_that_died_is_started_again(reader: ReaderAside) -> None:
    before = _pid(reader)
    os.kill(before, signal.SIGKILL)
    while reader.pid in (before, None):
        await asyncio.sleep(0.05)
    assert (await reader(story(*SAID), basis_no=4)).basis_no == 4


async def test_a_story_whose_reader_dies_is_refused_and_not_answered_with_anothers(reader: ReaderAside) -> None:
    before = _pid(reader)
    os.kill(before, signal.SIGSTOP)
    first = asyncio.create_task(reader(story(SAID[0]), basis_no=2))
    await asyncio.sleep(0.05)
    os.kill(before, signal.SIGKILL)
    with pytest.raises(FyrError, match="unreachable"):
        await first
    while reader.pid in (before, None):
        await asyncio.sleep(0.05)
    assert (await reader(story(SAID[1]), basis_no=7)).basis_no == 7


async def test_one_that_says_nothing_is_given_up(reader: ReaderAside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "READ_WITHIN_S", 0.05)
    before = _pid(reader)
    os.kill(before, signal.SIGSTOP)
    with pytest.raises(FyrError, match="unreachable"):
        await reader(story(SAID[0]), basis_no=2)
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


@pytest.mark.parametrize("child", ["web.reading.nobody", "this"])
async def test_where_none_can_be_started_stories_are_read_here(content: Content, child: str) -> None:
    reader = ReaderAside(content, child=child)
    reader.start()
    await reader.ready()
    assert reader.pid is None
    assert await reader(story(*SAID), basis_no=4) == Reader(content)(story(*SAID), basis_no=4)
    await reader.stop()


async def test_one_that_is_still_loading_ends_at_once(content: Content) -> None:
    reader = ReaderAside(content)
    reader.start()
    while reader.pid is None:
        await asyncio.sleep(0.01)
    pid = _pid(reader)
    await reader.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_story_waits_for_the_reader_to_load(content: Content) -> None:
    reader = ReaderAside(content)
    reader.start()
    assert (await reader(story(*SAID), basis_no=4)).basis_no == 4
    await reader.stop()


async def test_it_ends_with_the_service(content: Content) -> None:
    reader = ReaderAside(content)
    reader.start()
    await reader.ready()
    pid = _pid(reader)
    await reader.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def _pid(reader: ReaderAside) -> int:
    assert reader.pid is not None
    return reader.pid

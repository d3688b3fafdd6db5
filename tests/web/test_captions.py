"""Captions by the calls of a visit, with a recogniser that really hears: of whoever says yes, to who is in it."""

import base64
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from core.setting_readers import recogniser as read_url
from core.settings import Settings
from rtc.captions.recogniser import LONGEST_TEXT, Heard, read_answer
from rtc.sheet import VisitSheet
from tests.web.client import Somebody
from tests.web.guesting import Meeting, guest, meeting
from tests.web.recogniser import Recogniser, recogniser
from tests.web.test_room import refused
from tests.web.test_story import opened
from web.app import NODE, run_node
from web.node import Node

RATE = 16_000


def voice(hertz: int) -> str:
    """A quarter second of somebody's; 0: of silence."""
    waves = np.sin(np.arange(RATE // 4) * 2 * np.pi * hertz / RATE) * 9_000
    return base64.b64encode(waves.astype("<i2").tobytes()).decode()


@pytest.fixture
async def ears() -> AsyncIterator[Recogniser]:
    """The recogniser of this test."""
    async with recogniser() as made:
        yield made


@pytest.fixture
async def application(tmp_path: Path, made_sqlite: Path, ears: Recogniser) -> AsyncIterator[web.Application]:
    """A node that is told of it."""
    shutil.copy(made_sqlite, tmp_path)
    async with run_node(Settings(demo=True, data_dir=tmp_path, captions_url=ears.url)) as application:
        application[NODE].visit_rules.take("hamnen", VisitSheet(captions=True))
        yield application


async def say(somebody: Somebody, visit: Meeting, *, hertz: int) -> None:
    """A word, and the silence after it."""
    for sound in (voice(hertz), voice(0)):
        await somebody.call("captions:sound", **visit.named, lang="sv", sound=sound)


def captions(somebody: Somebody) -> list[str]:
    """What somebody has read so far that is settled."""
    return [data["text"] for name, data in somebody.heard if name == "caption_said" and data["final"]]


async def with_an_interpreter_and_one_aside(
    url: str, visit: Meeting, astrid: Somebody, *, own: dict[str, str], sound: dict[str, str]
) -> None:
    """The interpreter reads and is not made into text; who is set aside reads nothing of the visit."""
    sara = visit.nurse
    async with guest(url, await visit.invite()) as leyla:
        theirs = await leyla.call("visit:enter", **visit.named)
        await sara.call("visit:admit", **visit.named, participant=theirs["participant"])
        await leyla.call("captions:answer", **visit.named, yes=True)
        assert await refused(leyla, "captions:sound", **sound) == "wrong_state", "two languages in one voice"
        await say(sara, visit, hertz=400)
        assert (await leyla.until("caption_said", lambda data: data["final"]))["sender"] != own["participant"]
        await sara.call("visit:set_aside", **own)
        await say(sara, visit, hertz=900)
        await leyla.until("caption_said", lambda data: data["final"] and data["text"] == "high")
        assert await refused(astrid, "captions:sound", **sound) == "not_connected"
        assert captions(astrid).count("high") == 1, "who is aside reads nothing of the visit"


async def test_who_said_yes_is_read_by_who_is_in_the_visit_and_nothing_of_it_is_kept(
    node: Node, url: str, ears: Recogniser, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    for somebody in (astrid, sara):
        await somebody.call("contact:follow", contact_id=contact_id)
    visit = await meeting(sara, contact_id)
    entered = await astrid.call("visit:enter", **visit.named)
    own = {**visit.named, "participant": entered["participant"]}
    assert entered["captions"]
    assert await refused(astrid, "captions:ask", **visit.named) == "not_connected", "who waits outside asks for nothing"
    await sara.call("visit:admit", **own)
    assert await refused(sara, "captions:answer", **visit.named, yes=True) == "not_found", "nobody has asked"
    sound = {**visit.named, "lang": "sv", "sound": voice(400)}
    assert await refused(sara, "captions:sound", **sound) == "wrong_state"
    await astrid.call("captions:ask", **visit.named)
    assert await refused(sara, "captions:sound", **sound) == "wrong_state", "she has not said yes"
    await say(astrid, visit, hertz=400)
    first = await sara.until("caption_said", lambda data: data["final"])
    assert (first["sender"], first["text"]) == (entered["participant"], "low")
    await sara.call("captions:answer", **visit.named, yes=True)
    await say(sara, visit, hertz=900)
    await astrid.until("caption_said", lambda data: data["final"] and data["text"] == "high")
    assert ears.languages == ["sv", "sv"]
    assert ears.samples == 4 * RATE // 4

    for broken in ("?", base64.b64encode(b"odd").decode(), base64.b64encode(bytes(64_002)).decode()):
        assert await refused(sara, "captions:sound", **{**sound, "sound": broken}) in ("bad_request", "too_large")
    assert await refused(sara, "captions:sound", **{**sound, "lang": "../sv"}) == "bad_request"
    await with_an_interpreter_and_one_aside(url, visit, astrid, own=own, sound=sound)
    await sara.call("captions:answer", **visit.named, yes=False)
    assert await refused(sara, "captions:sound", **sound) == "wrong_state"
    await ears.ended.wait()
    seen = await sara.call("contact:follow", contact_id=contact_id)
    kinds = [one["body"]["kind"] for one in seen["entries"] if one["body"]["kind"].startswith("caption")]
    assert kinds == ["captions_asked", "captions_answered", "captions_answered", "captions_answered"]
    node.visit_rules.take("hamnen", None)
    assert await refused(sara, "captions:ask", **visit.named) == "function_off"
    assert not (await sara.call("visit:enter", **visit.named))["captions"]


async def test_a_recogniser_that_is_away_is_said_to_be_and_holds_nobody_up(
    node: Node, ears: Recogniser, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await sara.call("contact:follow", contact_id=contact_id)
    visit = await meeting(sara, contact_id)
    object.__setattr__(node.settings, "captions_url", "ws://127.0.0.1:9/{lang}")
    await sara.call("captions:ask", **visit.named)
    sound = {**visit.named, "lang": "sv", "sound": voice(400)}
    await sara.call("captions:sound", **sound)
    while node.captioning.count:
        await sara.call("visit:enter", **visit.named)
    assert await refused(sara, "captions:sound", **sound) == "unreachable"
    object.__setattr__(node.settings, "captions_url", ears.url)
    node.captioning._away_until = 0.0
    await say(sara, visit, hertz=400)
    assert (await sara.until("caption_said", lambda data: data["final"]))["text"] == "low"


@given(st.text())
def test_whatever_a_recogniser_answers_it_is_text_or_nothing(told: str) -> None:
    heard = read_answer(told)
    assert heard is None or len(heard.text) <= LONGEST_TEXT


def test_an_answer_is_read_as_vosk_writes_it() -> None:
    assert read_answer('{"partial" : "hej jag"}') == Heard("hej jag", final=False)
    assert read_answer('{"result": [{"conf": 1.0, "word": "hej"}], "text" : " hej "}') == Heard("hej", final=True)
    assert read_answer('{"text": ""}') == Heard("", final=True)
    assert read_answer('{"partial": ""}') is None
    assert read_answer('{"partial": 7}') is None
    assert read_answer(f'{{"text": "{"a" * 5_000}"}}') == Heard("a" * LONGEST_TEXT, final=True)


@pytest.mark.parametrize("url", ["https://asr.example", "ws://asr.example/sv", "wss:///sv", "ws://10.0.0.7:2700"])
def test_voices_never_go_in_the_clear_to_another_machine(url: str) -> None:
    with pytest.raises(ValueError, match="wss"):
        read_url(url)
    assert read_url("wss://asr.example/{lang}") == "wss://asr.example/{lang}"
    assert read_url("ws://127.0.0.1:2700") == "ws://127.0.0.1:2700"

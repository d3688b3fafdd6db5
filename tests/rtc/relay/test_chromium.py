"""Five in Chromium on the relay, one behind a bad line and one without VP8: all see and hear each of the others."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from rtc.relay.room import Room
from rtc.relay.share import SOUND
from tests.rtc.relay.browsing import Browsing, Came, browsing, pages
from tests.rtc.relay.lossy import Lossy
from tests.rtc.relay.peer import HERE, PLACE, WITHIN_S, visit
from web.addresses import addresses

FRAMES = 8
HEARD = 1e-5
"""The fake microphone beeps once a second; silence has none."""
IN_TIME_S = 0.3
"""What waits so long on the way up is heard in time all the same; before anything is asked for less it is seconds."""
BASELINE = "profile-level-id=42e01f"


async def all_have(people: Sequence[Browsing], enough: Callable[[Came, Came], bool]) -> None:
    """Until of each other so much has come since now."""
    before = [await one.came() for one in people]
    async with asyncio.timeout(WITHIN_S):
        for one, first in zip(people, before, strict=True):
            others = [other.name for other in people if other is not one]
            nothing = Came(0, 0.0, "")
            while True:
                now = await one.came()
                if all(name in now and enough(now[name], first.get(name, nothing)) for name in others):
                    break
                await asyncio.sleep(0.1)
            assert set(now) == set(others)


def flows(now: Came, before: Came) -> bool:
    return now.frames - before.frames >= FRAMES and now.heard - before.heard > HEARD


def flows_in_h264(now: Came, before: Came) -> bool:
    return flows(now, before) and now.codec.startswith("video/H264") and BASELINE in now.codec


async def test_five_see_and_hear_each_other_and_one_who_lacks_vp8_has_all_speak_h264(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Room, "_share", lambda _: None)  # a busy machine is a weak line, and would cost them pictures
    where = (addresses() or list(HERE))[:1]
    async with pages() as context, visit(where) as here:
        lossy = Lossy((where[0], here.relay.port.number), loses=0.03, loses_up=0.03, delay_s=0.04)
        port = await lossy.start()
        try:
            people = [await browsing(context, here, name) for name in ("astrid", "sara", "tolk")]
            people.append(await browsing(context, here, "far", through=port))
            for one in people:
                one.join()
            await all_have(people, flows)
            assert here.relay.rooms[PLACE].codec == "VP8"
            assert lossy.dropped > 0
            people.append(await browsing(context, here, "mobil", only="video/H264"))
            people[-1].join()
            await all_have(people, flows_in_h264)
            before = here.relay.rooms[PLACE].legs["far"].way.address
            await lossy.move()
            await all_have(people, flows_in_h264)
            assert here.relay.rooms[PLACE].legs["far"].way.address != before
        finally:
            lossy.close()


async def until_sends(one: Browsing, fits: Callable[[float], bool]) -> float:
    """What it sends once that fits."""
    async with asyncio.timeout(WITHIN_S):
        while not fits(sends := await one.sends(for_s=1.0)):
            pass
        return sends


async def test_who_sends_by_a_line_that_only_queues_or_loses_sends_less_and_is_heard_in_time() -> None:
    where = (addresses() or list(HERE))[:1]
    async with pages() as context, visit(where) as here:
        lossy = Lossy((where[0], here.relay.port.number))
        try:
            weak = await browsing(context, here, "astrid", through=await lossy.start(), large=True)
            other = await browsing(context, here, "sara")
            for one in (weak, other):
                one.join()
            await all_have([weak, other], flows)
            free = await until_sends(weak, lambda sends: sends > 4 * SOUND)
            lossy.carries_up = int(free / 2) + SOUND
            await until_sends(weak, lambda sends: sends < lossy.carries_up and lossy.waits_s < IN_TIME_S)
            assert lossy.dropped == 0
            await all_have([weak, other], flows)
            lossy.carries_up, lossy.loses_up = 0, 0.3
            await until_sends(weak, lambda sends: sends < free / 2)
            await all_have([weak, other], flows)
        finally:
            lossy.close()

"""Real aiortc peers on the relay: everybody sees and hears each of the others, over a bad line, late, or by H264."""

import asyncio
import gc
import os
import random
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psutil
import pytest
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, unpack_remb_fci

from core.errors import FyrError
from rtc.entries import VisitRole
from rtc.relay.answer import read_answer
from rtc.relay.leg import Leg, Who
from rtc.relay.relay import ROOMS_MOST, Place
from rtc.relay.share import RATES, rates
from tests.rtc.relay.lossy import Lossy
from tests.rtc.relay.peer import HERE, PLACE, Participant, Visit, until, visit

NAMES = ("astrid", "sara", "tolk")
ROLES: tuple[VisitRole, ...] = ("patient", "interpreter", "clinician")


def sees(one: Participant, other: str, *, frames: int = 5) -> bool:
    seen = one.of(other)
    return seen.frames >= frames and seen.sounds >= 20 and seen.loud > 1_000


def all_see(people: list[Participant]) -> bool:
    return all(sees(one, other.name) for one in people for other in people if one is not other)


def leg_of(here: Visit, name: str) -> Leg:
    return here.relay.rooms[PLACE].legs[name]


@asynccontextmanager
async def line(here: Visit, **how: Any) -> AsyncIterator[tuple[Lossy, int]]:
    lossy = Lossy((HERE[0], here.relay.port.number), **how)
    try:
        yield lossy, await lossy.start()
    finally:
        lossy.close()


async def test_three_see_and_hear_each_other_and_nobody_themselves() -> None:
    async with visit() as here:
        people = [here.add(name) for name in NAMES]
        for one in people:
            one.join()
        await until(lambda: all_see(people))
        for number, other in enumerate(people):
            for one in people:
                if one is not other:
                    assert abs(one.of(other.name).grey - (40 + 50 * number)) < 12
                    assert abs(one.of(other.name).hertz - (300 + 200 * number)) < 60
        assert all(one.name not in one.seen for one in people)
        assert all(uplink.arrival is not None for one in people for uplink in leg_of(here, one.name).uplinks.values())


async def test_who_comes_late_sees_a_picture_soon_and_who_leaves_makes_room() -> None:
    async with visit() as here:
        people = [here.add(name) for name in NAMES[:2]]
        for one in people:
            one.join()
        await until(lambda: all_see(people))
        late = here.add("mor")
        late.join()
        # our encoder makes a key frame when it is asked, and not before
        await until(lambda: late.of("astrid").frames > 0 and late.of("sara").frames > 0)
        await until(lambda: sees(people[0], "mor"))
        here.relay.leave(PLACE, "sara")
        again = here.add("far")
        again.join()
        await until(lambda: sees(people[0], "far") and sees(late, "far"))
        assert [pair.of for pair in leg_of(here, "astrid").pairs] in (
            ["far", "mor"],
            ["sara", "mor", "far"],
            ["", "mor", "far"],
        )


async def test_what_is_lost_on_the_way_down_is_sent_again_and_a_weak_line_keeps_sound_and_interpreter() -> None:
    async with visit() as here:
        people = [here.add(name) for name in NAMES[:2]]
        async with line(here) as (lossy, port):
            weak = here.add("tolk", through=port)
            for one, role in zip((*people, weak), ROLES, strict=True):
                one.join(role)
            await until(lambda: all_see([*people, weak]))
            lossy.loses = 0.05
            before, downlinks = weak.of("astrid").frames, leg_of(here, "tolk").downlinks
            await until(lambda: lossy.dropped > 5 and sum(down.repeated for _, down in downlinks.values()) > 3)
            await until(lambda: weak.of("astrid").frames - before >= 45)
            lossy.loses = 0.4
            await until(lambda: weak.held)
            assert weak.held == ("astrid",)
            shown, sound, theirs = weak.of("sara").frames, weak.of("astrid").sounds, people[1].of("astrid").frames
            await until(lambda: weak.of("sara").frames > shown + 5 and weak.of("astrid").sounds > sound + 20)
            await until(lambda: people[1].of("astrid").frames > theirs + 10)
            room = here.relay.rooms[PLACE]
            asked = rates(room._senders(""), room._given, people=3)
            assert set(asked.values()) <= {RATES[1], RATES[2]}
            assert asked["astrid"] == RATES[1]


async def test_what_is_lost_on_the_way_up_is_asked_for() -> None:
    async with visit() as here:
        people = [here.add(name) for name in NAMES[:2]]
        async with line(here) as (lossy, port):
            weak = here.add("tolk", through=port)
            for one in (*people, weak):
                one.join()
            await until(lambda: all_see([*people, weak]))
            lossy.loses_up = 0.1
            before, arrival = people[0].of("tolk").frames, leg_of(here, "tolk").uplinks["video"].arrival
            assert arrival is not None
            mended = arrival.mended
            # nothing comes out of order here: what fills a gap was asked for
            await until(lambda: lossy.dropped > 5 and arrival.mended - mended > 2)
            await until(lambda: people[0].of("tolk").frames - before >= 45)


async def test_another_address_is_followed_without_a_new_handshake() -> None:
    async with visit() as here:
        one = here.add("astrid")
        async with line(here) as (lossy, port):
            moving = here.add("sara", through=port)
            for each in (one, moving):
                each.join()
            await until(lambda: sees(one, "sara") and sees(moving, "astrid"))
            keys, before = leg_of(here, "sara").way.sealing, leg_of(here, "sara").way.address
            await lossy.move()
            await until(lambda: leg_of(here, "sara").way.address != before)
            frames, theirs = one.of("sara").frames, moving.of("astrid").frames
            await until(lambda: one.of("sara").frames > frames + 10 and moving.of("astrid").frames > theirs + 10)
            assert leg_of(here, "sara").way.sealing is keys


async def test_with_one_who_lacks_vp8_all_speak_h264() -> None:
    async with visit() as here:
        phone = here.add("mobil", codec="video/H264")
        phone.join()
        await until(lambda: here.relay.rooms[PLACE].codec == "H264")
        people = [phone, *(here.add(name) for name in NAMES[:2])]
        for one in people[1:]:
            one.join()
        await until(lambda: all_see(people))


async def test_who_lacks_vp8_and_comes_late_has_all_asked_for_h264() -> None:
    async with visit() as here:  # aiortc cannot change the codec it sends in; browsers do, see tests/browser
        people = [here.add(name) for name in NAMES[:2]]
        for one in people:
            one.join()
        await until(lambda: all_see(people))
        assert here.relay.rooms[PLACE].codec == "VP8"
        here.add("mobil", codec="video/H264").join()
        await until(lambda: all("VP8" not in one.offers[-1].sdp and "H264" in one.offers[-1].sdp for one in people))
        await until(lambda: sees(people[0], "mobil"))


async def test_senders_are_told_what_the_number_of_people_allows() -> None:
    told: list[int] = []
    async with visit() as here:
        people = [here.add(name) for name in NAMES]
        for one in people:
            one.join()
        await until(lambda: all_see(people))
        way = leg_of(here, "astrid").way
        report = way.report

        def listen(packet: bytes) -> None:
            for one in RtcpPacket.parse(packet):
                if isinstance(one, RtcpPsfbPacket) and one.fmt == 15:
                    told.append(unpack_remb_fci(one.fci)[0])
            report(packet)

        type(way).report = lambda self, packet: listen(packet) if self is way else report.__func__(self, packet)  # type: ignore[method-assign, attr-defined]
        try:
            await until(lambda: told)
        finally:
            del type(way).report
            type(way).report = report.__func__  # type: ignore[method-assign, attr-defined]
    assert abs(told[0] - RATES[1]) < RATES[1] // 100


async def test_garbage_disturbs_nobody() -> None:
    async with visit() as here:
        people = [here.add(name) for name in NAMES[:2]]
        for one in people:
            one.join()
        await until(lambda: all_see(people))
        await asyncio.to_thread(throw_garbage, here.relay.port.number)
        leg = leg_of(here, "astrid")
        for data in garbage():
            leg.media(memoryview(b"\x80" + data), 0.0)
            leg.handshake(b"\x16" + data)
            leg.on_report(b"\x81\xc9" + data)
            leg.uplinks["video"].take(bytearray(b"\x90" + data.ljust(12, b"\0")), 0.0)
            leg.uplinks["video"].take_again(bytearray(b"\x90" + data.ljust(12, b"\0")), 0.0, repeats=96)
        before = people[1].of("astrid").sounds, people[0].of("sara").frames
        await until(
            lambda: people[1].of("astrid").sounds > before[0] + 10 and people[0].of("sara").frames > before[1] + 5
        )
        known = here.relay.port.known
        assert await a_thousand_joins(here) == {"joined": 500 + ROOMS_MOST - 1, "not_ready": 501 - ROOMS_MOST}
        before = people[1].of("astrid").sounds, people[0].of("sara").frames
        await until(
            lambda: people[1].of("astrid").sounds > before[0] + 10 and people[0].of("sara").frames > before[1] + 5
        )
        for place in [one for one in here.relay.rooms if one != PLACE]:
            here.relay.end(place)
        here.relay.leave(PLACE, "mor")
        await until(lambda: here.relay.port.known == known and not here.relay._closing)


async def a_thousand_joins(here: Visit) -> Counter[str]:
    """As fast as it goes: half of them one person's who comes again and again, half of them other visits'."""
    told: Counter[str] = Counter()
    for number in range(500):
        for place, who in (
            (PLACE, Who("mor", "relative", f"s{number}")),
            (Place("contact", f"flood {number}"), Who("nils", "patient", "s")),
        ):
            try:
                here.relay.join(place, who)
                told["joined"] += 1
            except FyrError as refusal:
                told[refusal.code] += 1
        await asyncio.sleep(0)
    return told


def garbage() -> list[bytes]:
    chance = random.Random(3)
    return [chance.randbytes(size) for size in (11, 12, 13, 20, 28, 40, 100, 400, 1200) for _ in range(20)]


def throw_garbage(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as thrower:
        for data in garbage():
            for first in (b"", b"\x80", b"\x16", b"\x00\x01", b"\x81\xc8"):
                thrower.sendto(first + data, (HERE[0], port))


@pytest.mark.parametrize(
    "sdp",
    [
        "",
        "v=0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" * 2,
        "x" * 100_000,
        "v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" * 70,
    ],
)
def test_a_broken_answer_is_refused(sdp: str) -> None:
    with pytest.raises(FyrError) as refused:
        read_answer(sdp)
    assert refused.value.code == "bad_request"


async def test_the_ninth_is_refused_and_who_is_drained_ends_with_its_last_visit() -> None:
    async with visit() as here:
        for number in range(8):
            here.relay.join(PLACE, Who(f"p{number}", "relative", "s"))
        with pytest.raises(FyrError) as refused:
            here.relay.join(PLACE, Who("p8", "relative", "s"))
        assert refused.value.code == "too_many"
        another = Place("contact", "another")
        here.relay.join(another, Who("p8", "relative", "s"))
        drained: list[int] = []
        here.relay.drain(lambda: drained.append(len(here.relay.rooms)))
        with pytest.raises(FyrError) as refused:
            here.relay.join(Place("contact", "third"), Who("p9", "relative", "s"))
        assert refused.value.code == "not_ready"
        here.relay.join(another, Who("p9", "relative", "s"))
        here.relay.end(another)
        assert not drained
        here.relay.end(PLACE)
        assert drained == [0]


async def test_nothing_is_left_of_five_hundred_visits() -> None:
    process = psutil.Process(os.getpid())
    async with visit() as here:

        async def visits(count: int) -> None:
            for number in range(count):
                place = Place("contact", f"visit {number}")
                for name in NAMES:
                    here.relay.join(place, Who(name, "relative", "s"))
                here.relay.end(place)
                if number % 25 == 0:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)

        await visits(50)
        gc.collect()
        before = (len(asyncio.all_tasks()), process.num_fds(), here.relay.port.known)
        memory = process.memory_info().rss
        await visits(500)
        gc.collect()
        assert (len(asyncio.all_tasks()), process.num_fds(), here.relay.port.known) == before
        assert process.memory_info().rss - memory < 8 << 20

"""The test before a visit: a real peer gets back what it sends, as it was sent, and nothing else."""

import asyncio

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FyrError
from rtc.echo import MOST_AT_ONCE, Echoes
from rtc.relay.answer import read_answer
from rtc.relay.leg import Offered
from rtc.room.tested import ConnectionResult, graded
from tests.rtc.relay.peer import Participant, Picture, Seen, Tone, Visit, until, visit


class Alone(Participant):
    """One who tests: answers go to the echo, and another offer may come with the answer to the last."""

    def begin(self, echoes: Echoes) -> None:
        self.echoes = echoes
        self.told(echoes.begin("contact", self.name, self.session))

    async def _answer(self) -> None:
        while True:
            offered = await self._inbox.get()
            again = await self._take(offered)
            if again is not None:
                self.told(again)

    async def _take(self, offered: Offered) -> Offered | None:
        self._mids |= {mid: name for name, mids in offered.mids.items() for mid in mids}
        await self.connection.setRemoteDescription(RTCSessionDescription(offered.sdp, "offer"))
        self._know_tracks(offered.sdp)
        await self.connection.setLocalDescription(await self.connection.createAnswer())
        answer = read_answer(self.connection.localDescription.sdp)
        return self.echoes.answer("contact", self.name, self.session, number=offered.number, answer=answer)


def alone(made: Visit, name: str, **how: object) -> Alone:
    return Alone(made.relay, name, grey=90, hertz=500, **how)  # type: ignore[arg-type]


def came_back(seen: Seen) -> bool:
    return seen.frames > 5 and seen.sounds > 20


async def test_what_is_sent_comes_back_and_ends_by_itself() -> None:
    async with visit() as made:
        echoes = Echoes(made.relay)
        two = [alone(made, "astrid"), alone(made, "nils", codec="video/H264")]
        try:
            for one in two:
                one.begin(echoes)
            await until(lambda: all(came_back(one.of(one.name)) for one in two))
            for one in two:
                assert set(one.seen) == {one.name}  # nobody gets another's
                assert abs(one.of(one.name).grey - 90) < 12
                assert abs(one.of(one.name).hertz - 500) < 60
            for room in made.relay.rooms.values():
                room.echoes_until = 1.0  # its minute is over
            await until(lambda: not made.relay.rooms)
            with pytest.raises(FyrError, match="not_connected"):
                echoes.answer("contact", "astrid", two[0].session, number=9, answer=None)  # type: ignore[arg-type]
            for number in range(MOST_AT_ONCE):
                echoes.begin("contact", f"p{number}", "s")
            echoes.begin("contact", "p0", "anew")  # in place of one's own former one
            with pytest.raises(FyrError, match="too_many"):
                echoes.begin("contact", "one more", "s")
        finally:
            await asyncio.gather(*(one.close() for one in two))


def test_a_result_has_no_place_for_words() -> None:
    """Numbers and our own words alone: no field takes a device's name, an address or what somebody types."""
    fields = {name: ConnectionResult.__annotations__[name] for name in ConnectionResult.__struct_fields__}
    assert str not in fields.values()


@given(trip=st.integers(-5, 2000), loss=st.integers(-5, 1200), kbit=st.integers(-5, 3000), connected=st.booleans())
def test_a_worse_line_never_has_a_better_grade(trip: int, loss: int, kbit: int, connected: bool) -> None:
    order = ("good", "poor", "none")

    def grade(trip: int, loss: int, kbit: int) -> int:
        result = ConnectionResult(
            camera="works",
            microphone="works",
            speaker="heard",
            connected=connected,
            round_trip_ms=trip,
            loss_permille=loss,
            kbit_s=kbit,
        )
        return order.index(graded(result))

    if min(trip, loss, kbit) < 0 or loss > 1000:
        with pytest.raises(FyrError, match="bad_request"):
            grade(trip, loss, kbit)
        return
    here = grade(trip, loss, kbit)
    assert grade(trip + 100, loss, kbit) >= here
    assert grade(trip, min(1000, loss + 50), kbit) >= here
    assert grade(trip, loss, max(0, kbit - 100)) >= here
    assert (here == 2) == (not connected)


async def test_a_peer_that_knows_nothing_of_it_is_refused() -> None:
    """An answer of another kind of connection is refused with a typed error, before the relay hears of it."""
    stranger = RTCPeerConnection()
    stranger.addTrack(Tone(300))
    stranger.addTrack(Picture(80))
    try:
        await stranger.setLocalDescription(await stranger.createOffer())
        for broken in ("", "v=0", "v=0\r\nm=audio 9 x 0\r\n", stranger.localDescription.sdp.replace("a=ice-", "a=x-")):
            with pytest.raises(FyrError, match="bad_request"):
                read_answer(broken)
    finally:
        await stranger.close()

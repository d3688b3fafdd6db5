"""Visits by a real coturn alone, with the file of the document, and nobody's address in what is told."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiortc import (
    RTCConfiguration,
    RTCIceServer,
    RTCIceTransportPolicy,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from hypothesis import given
from hypothesis import strategies as st

from core.clock import Clock, ManualClock, SystemClock
from rtc.hidden import hidden_candidate, hidden_description
from rtc.turn import has_turn, turn_servers
from tests.rtc.coturn import HOST, SECRET, Coturn, running
from tests.rtc.relay.peer import until, visit
from tests.rtc.test_media import WITHIN_S, frames

HOST_LINE = "candidate:1 1 udp 2130706431 192.168.7.20 40000 typ host"
RELAY_LINE = "candidate:2 1 udp 16777215 203.0.113.9 50000 typ relay raddr 192.168.7.20 rport 40000"


def by(url: str, *, clock: Clock | None = None) -> RTCConfiguration:
    """By this way of the TURN server and no other."""
    [server] = turn_servers([url], SECRET, participant="a1", clock=clock or SystemClock())
    ice = RTCIceServer(urls=list(server.urls), username=server.username, credential=server.credential)
    return RTCConfiguration(iceServers=[ice], iceTransportPolicy=RTCIceTransportPolicy.RELAY)


async def describe(connection: RTCPeerConnection, described: Any) -> RTCSessionDescription:
    """Our side, as the other is told of it in a unit that hides addresses."""
    await connection.setLocalDescription(described)
    told = hidden_description(connection.localDescription.sdp)
    assert "typ host" not in told
    assert "typ relay raddr 0.0.0.0 rport 9" in told
    return RTCSessionDescription(told, connection.localDescription.type)


async def test_visits_go_by_coturn_alone_over_udp_tcp_and_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path) as coturn:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))  # of the test's own making, and believed
        caller, callee = (RTCPeerConnection(by(url)) for url in (coturn.by_udp, coturn.by_tcp))
        for one in (caller, callee):
            one.addTrack(AudioStreamTrack())
            one.addTrack(VideoStreamTrack())
        try:
            offer = await describe(caller, await caller.createOffer())
            await callee.setRemoteDescription(offer)
            await caller.setRemoteDescription(await describe(callee, await callee.createAnswer()))
            async with asyncio.timeout(WITHIN_S):
                first, second = await asyncio.gather(frames(caller), frames(callee))
            assert first == second == {"audio": 5, "video": 5}
        finally:
            await asyncio.gather(caller.close(), callee.close())
        await _a_name_that_has_run_out_carries_nothing(coturn)
        await _three_on_our_relay(coturn)


async def _a_name_that_has_run_out_carries_nothing(coturn: Coturn) -> None:
    late = RTCPeerConnection(by(coturn.by_udp, clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC))))
    late.addTrack(AudioStreamTrack())
    try:
        await late.setLocalDescription(await late.createOffer())
        assert "typ relay" not in late.localDescription.sdp
    finally:
        await late.close()


async def _three_on_our_relay(coturn: Coturn) -> None:
    """The relay answers whoever comes by TURN, whichever way, and knows of them the TURN server's address alone."""
    ways = {"astrid": coturn.by_udp, "sara": coturn.by_tcp, "leyla": coturn.by_tls}
    async with visit() as made:
        people = [made.add(name, ice=by(url)) for name, url in ways.items()]
        for one in people:
            one.join()
        pairs = [(one, other) for one in people for other in people if one is not other]
        await until(
            lambda: all(one.of(other.name).frames > 3 and one.of(other.name).sounds > 3 for one, other in pairs)
        )
        [legs] = made.relay.legs().values()
        assert {leg.way.address[0] for leg in legs} == {HOST}
        assert all(leg.way.address[1] >= 49_152 for leg in legs)


addresses = st.sampled_from(["192.168.7.20", "2001:db8::7", "f3a1.local", "203.0.113.9"])


@given(kind=st.sampled_from(["host", "srflx", "prflx", "relay", ""]), own=addresses, related=addresses)
def test_of_a_candidate_only_the_turn_servers_address_is_told(kind: str, own: str, related: str) -> None:
    line = f"candidate:1 1 udp 1 {own} 40000 typ {kind} raddr {related} rport 5 generation 0"
    told = hidden_candidate(line)
    if kind == "relay":
        assert told == f"candidate:1 1 udp 1 {own} 40000 typ relay raddr 0.0.0.0 rport 9 generation 0"
    else:
        assert told is None


@pytest.mark.parametrize("garbage", ["candidate:", "x", "candidate:1 1 udp 1 10.0.0.1 5 typ host typ relay", "\n"])
def test_what_cannot_be_read_is_not_told(garbage: str) -> None:
    assert hidden_candidate(garbage) is None


def test_no_line_of_a_description_names_an_address() -> None:
    lines = (
        "v=0",
        "o=- 1 2 IN IP4 192.168.7.20",
        "c=IN IP4 192.168.7.20",
        "m=audio 40000 UDP/TLS/RTP/SAVPF 111",
        "a=rtcp:40001 IN IP4 192.168.7.20",
        f"a={HOST_LINE}",
        f"a={RELAY_LINE}",
    )
    told = hidden_description("\r\n".join(lines))
    assert "192.168.7.20" not in told
    assert "203.0.113.9" in told
    assert has_turn(["stun:a", "turns:b"])
    assert not has_turn(["stun:a"])
    assert turn_servers(["turn:a"], "", participant="a1", clock=SystemClock()) == ()

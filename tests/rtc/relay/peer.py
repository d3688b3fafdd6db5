"""Participants as real aiortc peers: each answers the relay's offers, sends picture and tone, counts what comes."""

import asyncio
import fractions
import math
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from aiortc.sdp import SessionDescription
from av import AudioFrame, VideoFrame

from core.ids import new_id
from rtc.entries import VisitRole
from rtc.relay.answer import read_answer
from rtc.relay.leg import Offered, Who
from rtc.relay.relay import Place, Relay
from rtc.relay.room import Gone, HeldBack, Told

PLACE = Place("contact", "visit")
RATE = 48_000
WITHIN_S = 45.0
"""Patience, not a promise: on a busy machine sound and picture come late."""
HERE = ("127.0.0.1",)


class Picture(MediaStreamTrack):
    """A small picture in one shade of grey, with a square that moves, fifteen times a second."""

    kind = "video"

    def __init__(self, grey: int) -> None:
        super().__init__()
        self._grey, self._number = grey, 0

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(1 / 15)
        self._number += 1
        plane = np.full((96, 128, 3), self._grey, np.uint8)
        left = self._number * 4 % 100
        plane[8:24, left : left + 16] = 255 - self._grey
        frame = VideoFrame.from_ndarray(plane, format="rgb24")
        frame.pts, frame.time_base = self._number * 6000, fractions.Fraction(1, 90_000)
        return frame


class Tone(MediaStreamTrack):
    """A steady tone."""

    kind = "audio"

    def __init__(self, hertz: int) -> None:
        super().__init__()
        self._hertz, self._at = hertz, 0

    async def recv(self) -> AudioFrame:
        await asyncio.sleep(0.02)
        times = (np.arange(960) + self._at) * (2 * math.pi * self._hertz / RATE)
        frame = AudioFrame.from_ndarray((np.sin(times) * 12_000).astype(np.int16)[None], layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, fractions.Fraction(1, RATE)
        self._at += 960
        return frame


class Seen:
    """What one participant got of another."""

    def __init__(self) -> None:
        self.frames = 0
        self.grey = 0.0
        self.sounds = 0
        self.loud = 0.0
        self.hertz = 0.0


def led_through(sdp: str, port: int) -> str:
    """A description whose addresses lead to another port of the same machine; 0: as it is."""
    return re.sub(r"(udp \d+ \S+) \d+", rf"\1 {port}", sdp) if port else sdp


class Peer(Protocol):
    """Whoever the relay tells something."""

    def told(self, told: Told) -> None:
        """Told."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class Participant:
    """One aiortc peer on a relay."""

    def __init__(
        self, relay: Relay, name: str, *, grey: int, hertz: int, codec: str = "", through: int = 0, ice: Any = None
    ) -> None:
        self.relay = relay
        self.session = new_id()
        self.name = name
        self.seen: dict[str, Seen] = {}
        self.held: tuple[str, ...] = ()
        self.gone = False
        self.offers: list[Offered] = []
        chosen = ice or RTCConfiguration(iceServers=[])
        chosen.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE
        self.connection = RTCPeerConnection(chosen)
        self._through = through
        self._mids: dict[str, str] = {}
        self._inbox: asyncio.Queue[Offered] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self.connection.addTrack(Tone(hertz))
        self.connection.addTrack(Picture(grey))
        if codec:
            self._prefer(codec)
        self.connection.on("track", self._begin)
        self._tasks.append(asyncio.create_task(self._answer()))

    def who(self, role: VisitRole = "relative") -> Who:
        return Who(self.name, role, self.session)

    def join(self, role: VisitRole = "relative") -> None:
        self.relay.join(PLACE, self.who(role))

    def told(self, told: Told) -> None:
        if isinstance(told, Offered):
            self.offers.append(told)
            self._inbox.put_nowait(told)
        elif isinstance(told, HeldBack):
            self.held = told.participants
        elif isinstance(told, Gone):
            self.gone = True

    def of(self, name: str) -> Seen:
        return self.seen.setdefault(name, Seen())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.connection.close()

    async def _answer(self) -> None:
        while True:
            offered = await self._inbox.get()
            self._mids |= {mid: name for name, mids in offered.mids.items() for mid in mids}
            sdp = led_through(offered.sdp, self._through)
            await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
            self._know_tracks(sdp)
            await self.connection.setLocalDescription(await self.connection.createAnswer())
            answer = read_answer(self.connection.localDescription.sdp)
            self.relay.answer(PLACE, self.who(), offered.number, answer=answer)

    def _know_tracks(self, sdp: str) -> None:
        """aiortc begins track by track, and gives to the first what comes for one that it has not begun yet."""
        transceivers = self.connection.getTransceivers()
        router: Any = transceivers[0].receiver.transport._rtp_router
        for media, transceiver in zip(SessionDescription.parse(sdp).media, transceivers, strict=True):
            router.ssrc_table |= {one.ssrc: transceiver.receiver for one in media.ssrc}

    def _prefer(self, codec: str) -> None:
        known = [one for one in RTCRtpSender.getCapabilities("video").codecs if one.mimeType in (codec, "video/rtx")]
        for transceiver in self.connection.getTransceivers():
            if transceiver.kind == "video":
                transceiver.setCodecPreferences(known)

    def _begin(self, track: Any) -> None:
        self._tasks.append(asyncio.create_task(self._count(track)))

    async def _count(self, track: Any) -> None:
        transceivers = self.connection.getTransceivers()
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                mid = next(
                    one.mid for one in transceivers or self.connection.getTransceivers() if one.receiver.track is track
                )
                seen = self.of(self._mids.get(mid or "", "?"))
                if isinstance(frame, VideoFrame):
                    seen.frames += 1
                    seen.grey = float(np.median(frame.to_ndarray(format="gray")))
                else:
                    _measure(seen, frame)


def _measure(seen: Seen, frame: AudioFrame) -> None:
    samples = frame.to_ndarray()[0][:: len(frame.layout.channels)].astype(float)
    seen.sounds += 1
    seen.loud = float(np.sqrt(np.mean(samples**2)))
    seen.hertz = float(np.count_nonzero(np.diff(np.sign(samples)))) / 2 * frame.sample_rate / len(samples)


class Visit:
    """A relay and those who came to it."""

    def __init__(self, addresses: Sequence[str] = HERE) -> None:
        self.participants: dict[str, Peer] = {}
        self.relay = Relay(addresses, tell=self._tell)

    def _tell(self, _: Place, name: str, told: Told) -> None:
        if name in self.participants:
            self.participants[name].told(told)

    def add(self, name: str, **how: Any) -> Participant:
        number = len(self.participants)
        how = {"grey": 40 + 50 * number, "hertz": 300 + 200 * number} | how
        made = Participant(self.relay, name, **how)
        self.participants[name] = made
        return made


@asynccontextmanager
async def visit(addresses: Sequence[str] = HERE) -> AsyncIterator[Visit]:
    """A relay that runs, ended with everybody on it."""
    made = Visit(addresses)
    made.relay.start()
    try:
        yield made
    finally:
        await asyncio.gather(*(one.close() for one in made.participants.values()))
        await made.relay.stop()


async def until(condition: Any, *, within_s: float = WITHIN_S) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.02)

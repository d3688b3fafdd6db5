"""A 720p picture in VP8, 30 frames and 1.5 Mbit a second, made here once: frames that nobody encodes again."""

import fractions
import time
from asyncio import sleep
from pathlib import Path
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack

FRAMES, RATE, BITRATE = 150, 30, 1_500_000
KEY_EVERY = 30
CLOCK = 90_000


def frames(folder: Path) -> list[bytes]:
    """The encoded frames, from a file of an earlier run or made now."""
    kept = folder / "picture.ivf"
    if not kept.exists():
        _make(kept)
    with av.open(str(kept)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def _make(kept: Path) -> None:
    chance = np.random.default_rng(0)
    down, across = np.mgrid[0:720, 0:1280]
    base = ((across + down) % 256).astype(np.uint8)
    noise = chance.integers(0, 12, (720, 1280, 3), dtype=np.int16)
    with av.open(str(kept), "w") as container:
        stream = container.add_stream("libvpx", rate=RATE)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1280, 720, "yuv420p", BITRATE
        stream.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "g": str(KEY_EVERY)}
        stream.options |= dict.fromkeys(("minrate", "maxrate", "bufsize"), str(BITRATE))
        for number in range(FRAMES):
            planes = np.stack([np.roll(base, number * 4, 1), np.roll(base, -number * 3, 0), base], 2).astype(np.int16)
            mixed = np.clip(planes + np.roll(noise, number * 7, 1), 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(mixed, format="rgb24")))
        container.mux(stream.encode(None))


class Encoded(MediaStreamTrack):
    """A track of encoded frames: who sends it needs no encoder."""

    kind = "video"

    def __init__(self, encoded: list[bytes], *, begin: int) -> None:
        super().__init__()
        self._encoded = encoded
        self._number = 0
        self._began = time.monotonic() + begin / 7 / RATE

    async def recv(self) -> "av.Packet[Any]":
        """The next frame, when it is its turn."""
        self._number += 1
        await sleep(max(0.0, self._began + self._number / RATE - time.monotonic()))
        packet = av.Packet(self._encoded[self._number % len(self._encoded)])
        packet.pts = packet.dts = self._number * CLOCK // RATE
        packet.time_base = fractions.Fraction(1, CLOCK)
        return packet

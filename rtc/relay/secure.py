"""DTLS-SRTP (RFC 5764) of one leg: aiortc's transport on the relay's port in place of an ICE agent of its own.

aiortc's transport does the handshake, checks the fingerprint and derives the keys; from then on packets pass it by.
What is used of its private parts (`_set_role`, `_task`, `_rx_srtp`, `_tx_srtp`, `_srtp_profiles`, and of an ICE
transport `role`, `_recv`, `_send`) is held by `tests/rtc/relay/test_private_parts.py`.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from aiortc.rtcdtlstransport import (
    SRTP_AEAD_AES_128_GCM,
    SRTP_PROFILES,
    RTCCertificate,
    RTCDtlsParameters,
    RTCDtlsTransport,
)

from rtc.relay.srtp import Opening, Sealing

HANDSHAKE_S = 20.0
WAITING = 64
"""Datagrams of a handshake that wait at most: what is over is lost, and DTLS sends it again."""
QUICK_FIRST = sorted(SRTP_PROFILES, key=lambda profile: profile is not SRTP_AEAD_AES_128_GCM)
"""AES-128-GCM costs two thirds of AES with SHA-1 and is as safe for this as AES-256; who lacks it gets another."""


class _Path:
    """What aiortc's DTLS takes for its ICE transport."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._out = send
        self._in: asyncio.Queue[bytes] = asyncio.Queue(WAITING)

    def put(self, datagram: bytes) -> None:
        """Something of the handshake came."""
        if not self._in.full():
            self._in.put_nowait(datagram)

    async def _recv(self) -> bytes:
        return await self._in.get()

    async def _send(self, data: bytes) -> None:
        self._out(data)


class Secure:
    """The keys of one leg. `start` once, `stop` always."""

    def __init__(self, certificate: RTCCertificate, send: Callable[[bytes], None]) -> None:
        self._path = _Path(send)
        self._dtls: Any = RTCDtlsTransport(self._path, [certificate])  # type: ignore[arg-type]
        self._dtls._srtp_profiles = QUICK_FIRST
        self._dtls._set_role("server")
        self.sealing: Sealing | None = None
        self.opening: Opening | None = None

    def put(self, datagram: bytes) -> None:
        """A datagram of DTLS from the leg's address."""
        self._path.put(datagram)

    async def start(self, theirs: RTCDtlsParameters) -> bool:
        """Do the handshake; whether it came to keys with whom the description names."""
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                await self._dtls.start(theirs)
        except TimeoutError:
            return False
        if self._dtls.state != "connected":
            return False
        self.opening, self.sealing = Opening(self._dtls._rx_srtp), Sealing(self._dtls._tx_srtp)
        return True

    def when_closed(self, told: Callable[[], None]) -> None:
        """Hear when the other side says goodbye."""
        self._dtls.on("statechange", lambda: told() if self._dtls.state in ("closed", "failed") else None)

    async def stop(self) -> None:
        """Say goodbye and forget the keys."""
        self._dtls.remove_all_listeners()
        task = self._dtls._task
        await self._dtls.stop()
        if task is not None:
            await asyncio.wait([task])
        self.opening = self.sealing = None

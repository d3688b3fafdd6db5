"""SRTP (RFC 3711, 7714) on a packet where it lies, without a copy of it being made twice.

pylibsrtp's own `protect` copies a packet in, and what comes out once more. The relay writes each receiver's packet
straight into the session's buffer. That uses what pylibsrtp keeps to itself (`_srtp`, `_cdata`, `_buffer`, `_binding`);
`tests/rtc/relay/test_private_parts.py` holds those to the version that was tried.
"""

from typing import Any

import pylibsrtp
from pylibsrtp._binding import ffi, lib

LONGEST = 1500 - pylibsrtp.SRTP_MAX_TRAILER_LEN
"""Of a packet before it is sealed, in bytes."""


class Sealing:
    """Seals what stands at the beginning of `room`. One for each receiver."""

    __slots__ = ("_data", "_length", "_session", "_srtp", "room")

    def __init__(self, session: pylibsrtp.Session) -> None:
        held: Any = session
        self._session = held  # keeps the buffer and the keys alive
        self._srtp, self._data = held._srtp[0], held._cdata
        self._length = ffi.new("int *")
        self.room = memoryview(held._buffer)

    def seal(self, size: int) -> memoryview | None:
        """The sealed packet, valid until the next; None when libsrtp refuses."""
        length = self._length
        length[0] = size
        if lib.srtp_protect(self._srtp, self._data, length):
            return None
        return self.room[: length[0]]

    def seal_report(self, packet: bytes) -> bytes:
        """The same for RTCP. Raises `pylibsrtp.Error`."""
        sealed: bytes = self._session.protect_rtcp(packet)
        return sealed


class Opening:
    """Opens what one sender sent."""

    __slots__ = ("_data", "_length", "_room", "_session", "_srtp")

    def __init__(self, session: pylibsrtp.Session) -> None:
        held: Any = session
        self._session = held
        self._srtp, self._data = held._srtp[0], held._cdata
        self._length = ffi.new("int *")
        self._room = memoryview(held._buffer)

    def open(self, packet: memoryview) -> bytearray | None:
        """The packet in clear; None when it is forged, came before, or is no packet at all."""
        size = len(packet)
        self._room[:size] = packet
        length = self._length
        length[0] = size
        if lib.srtp_unprotect(self._srtp, self._data, length):
            return None
        return bytearray(self._room[: length[0]])

    def open_report(self, packet: bytes) -> bytes | None:
        """The same for RTCP."""
        try:
            opened: bytes = self._session.unprotect_rtcp(packet)
        except (pylibsrtp.Error, ValueError):
            return None
        return opened

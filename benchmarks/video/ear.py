"""A loop whose datagrams carry the moment at which the kernel got them.

Senders and receivers share one process here, and what a picture's burst waits in it until Python reads it is no part of
the way through a server. So the way ends where the server's datagram reaches the receiver's socket.
"""

import asyncio
import socket
import struct
from typing import Any

import uvloop

SO_TIMESTAMPNS = 35
"""Of Linux (`asm-generic/socket.h`): each datagram comes with a `timespec` of `CLOCK_REALTIME`."""
TIMESPEC = struct.Struct("@qq")
BIGGEST = 1500
BURST = 16
"""Datagrams read in a row before senders have their turn."""


class Arrived(bytes):
    """A datagram; `at`: seconds of `time.time()` at which the kernel got it."""

    at: float


class Ear(asyncio.DatagramTransport):
    """One socket that hears."""

    def __init__(self, loop: asyncio.AbstractEventLoop, own: socket.socket, protocol: Any) -> None:
        super().__init__({"socket": own, "sockname": own.getsockname()})
        self._loop, self._own, self._protocol = loop, own, protocol
        loop.add_reader(own.fileno(), self._read)
        protocol.connection_made(self)

    def sendto(self, data: Any, addr: Any = None) -> None:
        """What the kernel does not take is lost."""
        try:
            self._own.sendto(data, addr)
        except OSError:
            return

    def is_closing(self) -> bool:
        """Whether it is closed."""
        return self._own.fileno() < 0

    def close(self) -> None:
        """Hear nothing more."""
        if not self.is_closing():
            self._loop.remove_reader(self._own.fileno())
            self._own.close()
            self._loop.call_soon(self._protocol.connection_lost, None)

    abort = close

    def _read(self) -> None:
        for _ in range(BURST):
            try:
                data, ancillary, _, source = self._own.recvmsg(BIGGEST, 64)
            except OSError:
                return
            arrived = Arrived(data)
            seconds, nanoseconds = TIMESPEC.unpack_from(ancillary[0][2])
            arrived.at = seconds + nanoseconds / 1e9
            self._protocol.datagram_received(arrived, source)
            if self.is_closing():
                return


class ListeningLoop(uvloop.Loop):
    """uvloop, with ears in place of its own datagram transports."""

    async def create_datagram_endpoint(  # type: ignore[override]
        self, protocol_factory: Any, local_addr: Any = None, **_: Any
    ) -> tuple[Ear, Any]:
        """One that is bound, as aioice asks for it."""
        family = socket.AF_INET6 if ":" in local_addr[0] else socket.AF_INET
        own = socket.socket(family, socket.SOCK_DGRAM)
        own.setblocking(False)
        own.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        own.bind(local_addr)
        protocol = protocol_factory()
        return Ear(self, own, protocol), protocol

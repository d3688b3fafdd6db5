"""The one UDP port of a relay: every participant of every visit sends to it, and is told apart by address.

An address belongs to a leg once a check of that leg came from it (`ice`); what comes from elsewhere is dropped unread.
Nothing is queued here: a datagram is handled when it is read, and one the kernel will not take is lost, as on any line.
"""

import asyncio
import errno
import ipaddress
import socket
import time
from collections.abc import Sequence
from typing import Protocol

from rtc.relay.ice import Address, Check, read_check

BURST = 64
"""Datagrams handled in a row before others on the loop have their turn."""
BUFFER_BYTES = 4 << 20
"""Asked of the kernel for each direction; it may give less."""
BIGGEST = 1500
EVERYWHERE, EVERYWHERE_6 = "0.0.0.0", "::"


class Owner(Protocol):
    """A leg, as the port sees it."""

    def checked(self, check: Check, port: "Port", *, at: socket.socket, source: Address) -> None:
        """A check by the leg's fragment has come."""
        ...

    def media(self, datagram: memoryview, now: float) -> None:
        """SRTP or SRTCP from an address of the leg."""
        ...

    def handshake(self, datagram: bytes) -> None:
        """DTLS from an address of the leg."""
        ...


class Port:
    """Sockets, and whose datagrams are whose. `open` before use, `close` after."""

    def __init__(self, sockets: Sequence[socket.socket], addresses: Sequence[str]) -> None:
        self._sockets = list(sockets)
        self._loop = asyncio.get_running_loop()
        self._by_fragment: dict[str, Owner] = {}
        self._by_address: dict[Address, Owner] = {}
        self._buffer = bytearray(BIGGEST)
        self._view = memoryview(self._buffer)
        self.addresses = tuple(addresses)
        """Under which the port is reached."""
        for one in self._sockets:
            self._loop.add_reader(one.fileno(), self._read, one)

    @classmethod
    def open(cls, addresses: Sequence[str], *, number: int = 0) -> "Port":
        """Listen on one number under every address; 0 takes any that is free. Raises `OSError`.

        A socket is bound to each address, so that an answer leaves from where it was asked. Addresses that are not this
        machine's own are those of a router before it: then everything that comes to the number is ours.
        """
        try:
            return cls(_all_bound(addresses, number), addresses)
        except OSError as refused:
            if refused.errno != errno.EADDRNOTAVAIL:
                raise
        families = {EVERYWHERE_6 if ":" in one else EVERYWHERE for one in addresses}
        return cls(_all_bound(sorted(families), number), addresses)

    @property
    def number(self) -> int:
        """The port's number; 0 once closed."""
        return int(self._sockets[0].getsockname()[1]) if self._sockets else 0

    @property
    def known(self) -> int:
        """How many addresses and fragments are known: 0 when nobody is here."""
        return len(self._by_address) + len(self._by_fragment)

    def close(self) -> None:
        """Hear nothing more."""
        for one in self._sockets:
            self._loop.remove_reader(one.fileno())
            one.close()
        self._sockets.clear()
        self._by_address.clear()
        self._by_fragment.clear()

    def expect(self, fragment: str, owner: Owner) -> None:
        """Checks that name this fragment are the owner's."""
        self._by_fragment[fragment] = owner

    def expect_no_more(self, fragment: str) -> None:
        """The fragment is nobody's."""
        self._by_fragment.pop(fragment, None)

    def belongs(self, address: Address, owner: Owner) -> None:
        """What comes from this address is the owner's."""
        self._by_address[address] = owner

    def belongs_no_more(self, address: Address, owner: Owner) -> None:
        """The address is the owner's no more; another's it stays."""
        if self._by_address.get(address) is owner:
            del self._by_address[address]

    def _read(self, at: socket.socket) -> None:
        receive, buffer, view = at.recvfrom_into, self._buffer, self._view
        owners = self._by_address
        now = time.monotonic()
        for _ in range(BURST):
            try:
                size, source = receive(buffer)
            except OSError:  # nothing more, or an ICMP error of something we sent
                return
            if size < 12:
                continue
            first, owner = buffer[0], owners.get(source)
            if 127 < first < 192:
                if owner is not None:
                    owner.media(view[:size], now)
            elif first < 4:
                self._check(bytes(view[:size]), at, source)
            elif 19 < first < 64 and owner is not None:
                owner.handshake(bytes(view[:size]))

    def _check(self, data: bytes, at: socket.socket, source: Address) -> None:
        check = read_check(data)
        owner = self._by_fragment.get(check.fragment) if check is not None else None
        if check is not None and owner is not None:
            owner.checked(check, self, at=at, source=source)


def _all_bound(addresses: Sequence[str], number: int) -> list[socket.socket]:
    made: list[socket.socket] = []
    try:
        for one in addresses:
            made.append(_bound(one, number))
            number = int(made[0].getsockname()[1])
    except OSError:
        for bound in made:
            bound.close()
        raise
    return made


def _bound(address: str, number: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            made.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
        made.setblocking(False)
        made.bind((address, number))
    except OSError:
        made.close()
        raise
    return made


def is_address(text: str) -> bool:
    """Whether it is a numeric address that others could reach us by."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True

"""The way out to one receiver: their keys, their address, and how much went there."""

import socket

import pylibsrtp

from rtc.relay.ice import Address
from rtc.relay.srtp import Sealing


class WayOut:
    """Where a leg's packets go. Closed until keys and an address are there; what cannot be sent is lost."""

    __slots__ = ("address", "at", "lost", "octets", "packets", "sealing")

    def __init__(self) -> None:
        self.sealing: Sealing | None = None
        self.at: socket.socket | None = None
        self.address: Address = ("", 0)
        self.packets = self.octets = self.lost = 0

    def send(self, size: int, sealing: Sealing) -> None:
        """Seal what lies in the sealing's room, and send it. Never waits."""
        sealed = sealing.seal(size)
        if sealed is None or self.at is None:
            self.lost += 1
            return
        try:
            self.at.sendto(sealed, self.address)
        except OSError:  # the kernel's buffer is full, or the network is away: lost, as on any line
            self.lost += 1
            return
        self.packets += 1
        self.octets += size

    def report(self, packet: bytes) -> None:
        """Send RTCP."""
        if self.sealing is None or self.at is None:
            return
        try:
            self.at.sendto(self.sealing.seal_report(packet), self.address)
        except (OSError, pylibsrtp.Error):
            self.lost += 1

    def plain(self, data: bytes) -> None:
        """Send what needs no keys: a handshake's datagrams."""
        if self.at is None:
            return
        try:
            self.at.sendto(data, self.address)
        except OSError:
            self.lost += 1

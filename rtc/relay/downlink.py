"""One track for one receiver: renumbered so that they see one stream without gaps, whatever was held back.

Its SSRC is the receiver's own. Sequence numbers and timestamps keep a distance to the sender's, which changes when the
track begins anew for this receiver; a picture begins only where no earlier one is needed to see it.
"""

import secrets
import struct
from collections.abc import Callable, Container
from typing import NamedTuple

from aiortc.rtp import RtcpReceiverInfo, RtcpSdesPacket, RtcpSenderInfo, RtcpSourceInfo, RtcpSrPacket

from rtc.relay.codecs import CLOCK, Kind
from rtc.relay.packet import HALF, MARKER, payload_at
from rtc.relay.ring import Ring
from rtc.relay.srtp import LONGEST
from rtc.relay.way_out import WayOut

REST = struct.Struct("!BHLL")
"""Of a header all but its first byte."""
AGAIN_A_SECOND = 300
"""Repetitions of one track for one receiver at most: who asks for more has no line for them."""
CNAME = 1
BACK_MOST = 1_024
"""Numbers behind the newest that may still be sent or repeated: more than any ring keeps."""


class Out(NamedTuple):
    """What the receiver knows a track by."""

    ssrc: int
    again_ssrc: int


def new_out(taken: Container[int] = ()) -> Out:
    """Two SSRCs by chance, neither of which the receiver has: two streams of one SSRC would be sealed alike."""
    while True:
        out = Out(secrets.randbits(31) | 1, secrets.randbits(31) | 1)
        if out.ssrc != out.again_ssrc and not (out.ssrc in taken or out.again_ssrc in taken):
            return out


class Downlink:
    """A track on its way to one receiver. `types` maps the sender's payload types to the receiver's."""

    __slots__ = (
        "_again_left",
        "_again_number",
        "_clock",
        "_from",
        "_last_at",
        "_number_off",
        "_octets_before",
        "_time_off",
        "begins",
        "fresh",
        "held",
        "last_number",
        "last_time",
        "lately",
        "loss",
        "octets",
        "out",
        "packets",
        "picture",
        "repeated",
        "types",
        "want_key_frame",
        "way",
    )

    def __init__(self, kind: Kind, out: Out, way: WayOut, *, want_key_frame: Callable[[], None]) -> None:
        self.out = out
        self.way = way
        self.picture = kind == "video"
        self.types: dict[int, int] = {}
        self.held = False
        self.begins = True
        """Nothing is sent until a picture begins that needs no other."""
        self.fresh = True
        """The next packet is the first after a pause: the distances are found anew."""
        self.want_key_frame = want_key_frame
        self.packets = self.octets = self.repeated = 0
        self.last_number, self.last_time = secrets.randbits(15), secrets.randbits(31)
        self.loss = 0.0
        """As the receiver told it last, 0 to 1."""
        self._clock = CLOCK[kind]
        # The sender's number before which nothing is sent: where this receiver began, or far enough behind the newest.
        self._number_off = self._time_off = self._from = self._again_number = 0
        self._last_at = 0.0
        self.lately = self._octets_before = 0
        """Octets that went there in the last second, repetitions not among them."""
        self._again_left = AGAIN_A_SECOND

    @property
    def is_open(self) -> bool:
        """Whether what is sent would go anywhere."""
        return not self.held and self.way.sealing is not None and bool(self.types)

    def begin_anew(self) -> None:
        """The sender's numbers make a jump, or the receiver has missed some on purpose."""
        self.begins = self.fresh = True

    def hold(self, held: bool) -> None:
        """Send it no more, or again from the next whole picture on. Sound is never held."""
        if held != self.held and self.picture:
            self.held, self.loss = held, 0.0
            self.begin_anew()
            if not held:
                self.want_key_frame()

    def send(self, packet: bytes | bytearray, number: int, timestamp: int, *, now: float) -> None:
        """Send a packet of the sender's on, which begins a whole picture if nothing else may come first.

        One from before the picture that the receiver began with goes nowhere: its number would be that of another
        packet, and what is sealed twice under one number shows what is in it (RFC 3711 9.1).
        """
        way = self.way
        sealing = way.sealing
        kind = self.types.get(packet[1] & 0x7F)
        size = len(packet)
        if sealing is None or kind is None or size > LONGEST:
            return
        if self.fresh:
            self._find_distances(number, timestamp, now)
        elif (number - self._from) & 0xFFFF >= HALF:
            return
        theirs = number
        number = (number + self._number_off) & 0xFFFF
        timestamp = (timestamp + self._time_off) & 0xFFFFFFFF
        room = sealing.room
        room[:size] = packet
        REST.pack_into(room, 1, (packet[1] & MARKER) | kind, number, timestamp, self.out.ssrc)
        way.send(size, sealing)
        self.packets += 1
        self.octets += size - 12
        if (number - self.last_number) & 0xFFFF < HALF:
            self.last_number, self.last_time, self._last_at = number, timestamp, now
            if (theirs - self._from) & 0xFFFF > BACK_MOST:
                self._from = (theirs - BACK_MOST) & 0xFFFF

    def send_again(self, numbers: list[int], ring: Ring) -> list[int]:
        """Repeat what the receiver lacks; gives the sender's numbers of what is not here any more, or not yet."""
        missing = []
        for number in numbers:
            theirs = (number - self._number_off) & 0xFFFF
            if self.fresh or (theirs - self._from) & 0xFFFF >= HALF or self._again_left <= 0:
                continue
            packet = ring.get(theirs)
            if packet is None:
                missing.append(theirs)
            else:
                self._again_left -= 1
                self.repeated += 1
                self._repeat(packet, number)
        return missing

    def report(self, ntp: int, timestamp: int, *, name: str) -> None:
        """Pass the sender's clock on (RFC 3550 6.4.1) in this track's numbers: it keeps sound and picture together."""
        if self.fresh or self.packets == 0:
            return
        said = RtcpSenderInfo(ntp, (timestamp + self._time_off) & 0xFFFFFFFF, self.packets, self.octets & 0xFFFFFFFF)
        named = RtcpSdesPacket([RtcpSourceInfo(self.out.ssrc, [(CNAME, name.encode())])])
        self.way.report(bytes(RtcpSrPacket(self.out.ssrc, said)) + bytes(named))

    def told(self, report: RtcpReceiverInfo) -> None:
        """How it arrives."""
        self.loss = report.fraction_lost / 256

    def second(self) -> None:
        """Repetitions, and what is sent, are counted by the second."""
        self._again_left = AGAIN_A_SECOND
        octets = self.octets + 12 * self.packets
        self.lately, self._octets_before = octets - self._octets_before, octets

    def _find_distances(self, number: int, timestamp: int, now: float) -> None:
        self.fresh, self._from = False, number
        self._number_off = (self.last_number + 1 - number) & 0xFFFF
        passed = max(1, int((now - self._last_at) * self._clock)) if self._last_at else 1
        self._time_off = (self.last_time + passed - timestamp) & 0xFFFFFFFF

    def _repeat(self, packet: bytes, number: int) -> None:
        """As RFC 4588 has it where the receiver knows that, else as it was."""
        sealing, plain = self.way.sealing, packet[1] & 0x7F
        kind = self.types.get(plain)
        if sealing is None or kind is None or len(packet) + 2 > LONGEST:
            return
        timestamp = (int.from_bytes(packet[4:8], "big") + self._time_off) & 0xFFFFFFFF
        again, at, room = self.types.get(plain + 1), payload_at(packet), sealing.room
        marker = packet[1] & MARKER
        if again is None:
            room[: len(packet)] = packet
            REST.pack_into(room, 1, marker | kind, number, timestamp, self.out.ssrc)
            self.way.send(len(packet), sealing)
            return
        room[:at] = packet[:at]
        room[at : at + 2] = number.to_bytes(2, "big")
        room[at + 2 : len(packet) + 2] = packet[at:]
        REST.pack_into(room, 1, marker | again, self._again_number, timestamp, self.out.again_ssrc)
        self._again_number = (self._again_number + 1) & 0xFFFF
        self.way.send(len(packet) + 2, sealing)

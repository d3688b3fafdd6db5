"""One track that a participant sends: checked, kept for a second or so, and passed on to who receives it.

Asks its sender for what got lost on the way here, and for a whole picture when a receiver needs one: at most twice a
second, however many ask.
"""

import secrets

from aiortc.rtp import RtcpPsfbPacket, RtcpRtpfbPacket, RtcpSrPacket

from rtc.relay.allowed import Allowed, Second
from rtc.relay.arrival import Arrival
from rtc.relay.codecs import CLOCK, OPUS, PICTURES, Kind, Picture
from rtc.relay.downlink import Downlink
from rtc.relay.packet import HEADER, begins_h264, begins_vp8, first_sent, payload_at, stamp_sent
from rtc.relay.ring import Ring
from rtc.relay.waits import Waits
from rtc.relay.way_out import WayOut

KEPT: dict[Kind, int] = {"audio": 64, "video": 512}
"""Packets: about a second of sound, and of a picture at 4 Mbit/s."""
KEY_FRAME_S = 0.5
PLI, NACK = 1, 1
BEGINS = {"VP8": begins_vp8, "H264": begins_h264}


class Uplink:
    """A track from one participant. `types`: the payload types it may come with, and of what codec each is."""

    def __init__(self, kind: Kind, back: WayOut) -> None:
        self.kind: Kind = kind
        self.types: dict[int, Picture | None] = {}
        self.downlinks: tuple[Downlink, ...] = ()
        self.arrival: Arrival | None = None
        self.allowed = Allowed()
        self.waits = Waits()
        self.octets = self._octets_before = 0
        self.own_ssrc = secrets.randbits(31) | 1
        """As whom the relay speaks to the sender."""
        self._back = back
        self._ring = Ring(KEPT[kind])
        self._wanted, self._asked_at = False, 0.0

    def take(self, packet: bytearray, now: float) -> None:
        """Pass a packet on. One that is broken, of another codec or known already goes no further."""
        kind = packet[1] & 0x7F
        _, _, number, timestamp, ssrc = HEADER.unpack_from(packet)
        arrival = self.arrival
        if arrival is None or arrival.ssrc != ssrc:
            arrival = self._begins_anew(ssrc, number)
        at = payload_at(packet)
        if at == 0 or not arrival.take(number, timestamp, now):
            return
        sent = stamp_sent(packet, now)
        if sent >= 0:
            self.waits.take(sent, now)
        kept = bytes(packet)
        self._ring.put(number, kept)
        self.octets += len(kept)
        for one in self.downlinks:
            if one.begins and not self._may_begin(one, kept, at, codec=self.types[kind]):
                continue
            one.send(kept, number, timestamp, now=now)

    def take_again(self, packet: bytearray, now: float, *, repeats: int) -> None:
        """The same for a repetition (RFC 4588), which came because we asked, or only fills the sender's line.

        `repeats`: the payload type of what it repeats.
        """
        arrival = self.arrival
        if arrival is None:
            return
        repeated = first_sent(bytes(packet), payload_type=repeats, ssrc=arrival.ssrc)
        if repeated is not None and int.from_bytes(repeated[2:4], "big") in arrival.missing:
            self.take(bytearray(repeated), now)

    def add(self, downlink: Downlink) -> None:
        """One more receives it."""
        self.downlinks = (*self.downlinks, downlink)
        if self.kind == "video":
            self.want_key_frame()

    def remove(self, downlink: Downlink) -> None:
        """One receives it no more."""
        self.downlinks = tuple(one for one in self.downlinks if one is not downlink)

    def repeat(self, downlink: Downlink, numbers: list[int]) -> None:
        """A receiver lacks these. What is not here is being asked for already, if it can still come."""
        downlink.send_again(numbers, self._ring)

    def want_key_frame(self) -> None:
        """A receiver needs a whole picture."""
        self._wanted = True

    def ask(self, now: float) -> None:
        """Ask the sender for what is due."""
        arrival = self.arrival
        if arrival is None or self.kind != "video":
            return
        if arrival.missing:
            lost = arrival.due(now)
            if lost:
                self._back.report(bytes(RtcpRtpfbPacket(NACK, self.own_ssrc, arrival.ssrc, sorted(lost))))
        if self._wanted and now - self._asked_at >= KEY_FRAME_S:
            self._wanted = any(one.begins and one.is_open for one in self.downlinks)
            self._asked_at = now
            self._back.report(bytes(RtcpPsfbPacket(PLI, self.own_ssrc, arrival.ssrc)))

    def heard(self, report: RtcpSrPacket, now: float, *, name: str) -> None:
        """The sender's own report: each receiver gets it in their numbers."""
        if self.arrival is None or self.arrival.ssrc != report.ssrc:
            return
        said = report.sender_info
        self.arrival.heard(said.ntp_timestamp, now)
        for one in self.downlinks:
            one.report(said.ntp_timestamp, said.rtp_timestamp, name=name)

    def second(self, loss: float, now: float) -> Second:
        """How the way here was since this was asked last, a second ago."""
        came, self._octets_before = self.octets - self._octets_before, self.octets
        return Second(loss, came=came * 8, waited_s=self.waits.second(now))

    def _begins_anew(self, ssrc: int, number: int) -> Arrival:
        self.arrival = Arrival(ssrc, number, clock=CLOCK[self.kind])
        self._ring.clear()
        for one in self.downlinks:
            one.begin_anew()
        self._wanted = self.kind == "video"
        return self.arrival

    def _may_begin(self, one: Downlink, packet: bytes, at: int, *, codec: Picture | None) -> bool:
        if not one.is_open:
            return False
        if codec is not None and not BEGINS[codec](packet, at):
            self._wanted = True
            return False
        one.begins = False
        return True


def types_of(kind: Kind, codec: Picture) -> dict[int, Picture | None]:
    """What a track of this kind may come with in a visit of this codec."""
    return {OPUS: None} if kind == "audio" else {PICTURES[codec].media: codec}

"""RTCP (RFC 3550, 4585, 5104) between the relay and one participant: read with aiortc's classes, acted on, written.

What cannot be read is dropped: RTCP is advice, and the next report comes within seconds.
"""

import struct

from aiortc.rtp import (
    RTCP_PSFB_APP,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    pack_remb_fci,
    unpack_remb_fci,
)

from rtc.relay.leg import Leg

PLI, FIR, NACK = 1, 4, 1
LOST_MOST = 256
"""Numbers of one request that are answered."""


def heard(leg: Leg, data: bytes, now: float) -> None:
    """Act on what a participant reports."""
    try:
        packets = RtcpPacket.parse(data)
    except (ValueError, struct.error, IndexError):
        return
    for packet in packets:
        if isinstance(packet, RtcpSrPacket):
            for uplink in leg.uplinks.values():
                uplink.heard(packet, now, name=leg.who.participant)
        if isinstance(packet, RtcpSrPacket | RtcpRrPacket):
            _arrives(leg, packet.reports)
        elif isinstance(packet, RtcpPsfbPacket):
            _picture(leg, packet)
        elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == NACK and packet.media_ssrc in leg.downlinks:
            uplink, downlink = leg.downlinks[packet.media_ssrc]
            uplink.repeat(downlink, packet.lost[:LOST_MOST])


def tell_sender(leg: Leg, rate: int, now: float) -> None:
    """What a sender is owed each second: how it arrives, and how much may be sent (REMB).

    `rate`: bits a second that the visit has room for; less is allowed where the sender's own line carries less.
    """
    reports = [one.arrival.report(now) for one in leg.uplinks.values() if one.arrival is not None]
    if not reports:
        return
    picture = leg.uplinks["video"]
    own = picture.own_ssrc
    told = bytes(RtcpRrPacket(own, reports))
    if picture.arrival is not None:
        allowed = picture.allowed.after(rate, picture.second(reports[-1].fraction_lost / 256, now))
        fci = pack_remb_fci(allowed, [picture.arrival.ssrc])
        told += bytes(RtcpPsfbPacket(RTCP_PSFB_APP, own, 0, fci))
    leg.way.report(told)


def _arrives(leg: Leg, reports: list[RtcpReceiverInfo]) -> None:
    for report in reports:
        if report.ssrc in leg.downlinks:
            leg.downlinks[report.ssrc][1].told(report)


def _picture(leg: Leg, packet: RtcpPsfbPacket) -> None:
    if packet.fmt == RTCP_PSFB_APP:
        try:
            leg.estimate.tell(*unpack_remb_fci(packet.fci))
        except (ValueError, IndexError, struct.error):
            return
        return
    about = packet.media_ssrc
    if packet.fmt == FIR and len(packet.fci) >= 4:
        about = int.from_bytes(packet.fci[:4], "big")
    if packet.fmt in (PLI, FIR) and about in leg.downlinks:
        leg.downlinks[about][0].want_key_frame()

"""What the relay reads of an RTP packet (RFC 3550 5.1): numbers in its header, and whether a picture begins anew in it.

Nothing here decodes. A packet that is cut short, or says it is longer than it is, has no payload.
"""

import struct

from rtc.relay.codecs import SEND_TIME
from rtc.relay.waits import TICKS, WRAPS

HEADER = struct.Struct("!BBHLL")
"""Version and flags, marker and payload type, sequence number, timestamp, SSRC."""
SHORTEST = HEADER.size
HALF = 0x8000
ONE_BYTE = 0xBEDE
MARKER = 0x80
IDR, SPS, STAP_A, FU_A = 5, 7, 24, 28
"""NAL unit types of RFC 6184."""


def payload_at(packet: bytes | bytearray) -> int:
    """Where the payload begins; 0 when the packet is broken."""
    at = 12 + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10:
        if len(packet) < at + 4:
            return 0
        at += 4 + 4 * int.from_bytes(packet[at + 2 : at + 4], "big")
    return at if at <= len(packet) else 0


def stamp_sent(packet: bytearray, seconds: float) -> int:
    """Write when it is sent on in place of when its sender sent it; gives that, in ticks. -1 where none is told."""
    if not packet[0] & 0x10:
        return -1
    at = 12 + 4 * (packet[0] & 0x0F)
    if int.from_bytes(packet[at : at + 2], "big") != ONE_BYTE:
        return -1
    end = min(len(packet), at + 4 + 4 * int.from_bytes(packet[at + 2 : at + 4], "big"))
    at += 4
    while at + 3 < end:
        if packet[at] == 0:
            at += 1
            continue
        if packet[at] >> 4 == SEND_TIME:
            sent = int.from_bytes(packet[at + 1 : at + 4], "big")
            packet[at + 1 : at + 4] = (int(seconds * TICKS) % WRAPS).to_bytes(3, "big")
            return sent
        at += 2 + (packet[at] & 0x0F)
    return -1


def begins_vp8(packet: bytes, at: int) -> bool:
    """Whether a VP8 key frame begins here (RFC 7741 4.2, 4.3)."""
    if len(packet) <= at or packet[at] & 0x17 != 0x10:  # the start of the first partition
        return False
    extended = packet[at] & 0x80
    at += 1
    if extended:
        if len(packet) <= at:
            return False
        flags = packet[at]
        at += 1
        if flags & 0x80:
            at += 2 if len(packet) > at and packet[at] & 0x80 else 1
        at += (1 if flags & 0x40 else 0) + (1 if flags & 0x30 else 0)
    return len(packet) > at and not packet[at] & 0x01


def begins_h264(packet: bytes, at: int) -> bool:
    """Whether a picture that needs no other begins here: its parameters or the picture itself (RFC 6184 5)."""
    if len(packet) <= at:
        return False
    unit = packet[at] & 0x1F
    if unit == STAP_A:
        return len(packet) > at + 3 and packet[at + 3] & 0x1F in (SPS, IDR)
    if unit == FU_A:
        return len(packet) > at + 1 and bool(packet[at + 1] & 0x80) and packet[at + 1] & 0x1F in (SPS, IDR)
    return unit in (SPS, IDR)


def first_sent(again: bytes, *, payload_type: int, ssrc: int) -> bytes | None:
    """The packet that a repetition repeats (RFC 4588 4); None when it only fills the line."""
    at = payload_at(again)
    if at == 0 or len(again) - at - (again[-1] if again[0] & 0x20 else 0) <= 2:
        return None
    _, second, _, timestamp, _ = HEADER.unpack_from(again)
    number = int.from_bytes(again[at : at + 2], "big")
    header = HEADER.pack(again[0], (second & MARKER) | payload_type, number, timestamp, ssrc)
    return header + again[12:at] + again[at + 2 :]

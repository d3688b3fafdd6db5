"""Frames of RFC 6455 as a server writes them: unmasked, whole, uncompressed."""

TEXT = 0x81
BINARY = 0x82
CLOSE_NORMAL = b"\x88\x02\x03\xe8"
"""A close frame with status 1000 (section 7.4.1)."""
SHORT, MEDIUM = 126, 1 << 16
"""Lengths from which the header grows (section 5.2)."""


def text_frame(payload: bytes) -> bytes:
    """A text message in one frame."""
    length = len(payload)
    if SHORT <= length < MEDIUM:  # nearly all
        return b"\x81\x7e%c%c%b" % (length >> 8, length & 0xFF, payload)
    return _header(TEXT, length) + payload


def payload_of(frame: bytes) -> bytes:
    """What `text_frame` made a frame of."""
    length = frame[1]
    return frame[2 if length < SHORT else 4 if length == SHORT else 10 :]


def binary_frame(payload: bytes) -> bytes:
    """A binary message in one frame."""
    return _header(BINARY, len(payload)) + payload


def _header(first: int, length: int) -> bytes:
    if length < SHORT:
        return bytes((first, length))
    if length < MEDIUM:
        return bytes((first, 126, length >> 8, length & 0xFF))
    return bytes((first, 127)) + length.to_bytes(8, "big")

"""What the relay speaks: one codec for sound, one of two for pictures, and numbers that are the same for everybody.

We alone make offers, so that payload types and header extensions (RFC 8285) have one meaning in the whole visit, and
packets need none of them mapped on their way. Who answers with other payload types has them mapped (`answer.Accepted`).
"""

from typing import Literal, NamedTuple

from aiortc.rtcrtpparameters import (
    RTCRtcpFeedback,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
)

Picture = Literal["VP8", "H264"]
Kind = Literal["audio", "video"]


class Numbers(NamedTuple):
    """Payload types of one codec: of the packets themselves and of their repetitions (RFC 4588)."""

    media: int
    again: int


OPUS = 111
PICTURES: dict[Picture, Numbers] = {"VP8": Numbers(96, 97), "H264": Numbers(102, 103)}
CONSTRAINED_BASELINE = "42e01f"
"""H.264 profile and level of RFC 7742 6.2, which every browser has to know."""
AUDIO_LEVEL, SEND_TIME = 1, 2
CLOCK: dict[Kind, int] = {"audio": 48_000, "video": 90_000}
"""Ticks of RTP timestamps in a second."""


def sound() -> list[RTCRtpCodecParameters]:
    """Opus, with what it needs to mend losses by itself."""
    repaired = {"minptime": 10, "useinbandfec": 1}
    return [RTCRtpCodecParameters("audio/opus", 48_000, 2, OPUS, parameters=dict(repaired))]


def pictures(*names: Picture) -> list[RTCRtpCodecParameters]:
    """The codecs of these names, each with its repetitions."""
    return [one for name in names for one in _picture(name)]


def _picture(name: Picture) -> list[RTCRtpCodecParameters]:
    numbers = PICTURES[name]
    feedback = [RTCRtcpFeedback("nack"), RTCRtcpFeedback("nack", "pli"), RTCRtcpFeedback("ccm", "fir")]
    media = RTCRtpCodecParameters(f"video/{name}", 90_000, None, numbers.media)
    media.rtcpFeedback = [*feedback, RTCRtcpFeedback("goog-remb")]
    if name == "H264":
        media.parameters = {
            "level-asymmetry-allowed": "1",
            "packetization-mode": "1",
            "profile-level-id": CONSTRAINED_BASELINE,
        }
    again = RTCRtpCodecParameters("video/rtx", 90_000, None, numbers.again)
    again.parameters = {"apt": numbers.media}
    return [media, again]


def extensions(kind: Kind) -> list[RTCRtpHeaderExtensionParameters]:
    """How loud sound is (RFC 6464), and when a packet was sent, by which receivers reckon what their line carries."""
    sent = RTCRtpHeaderExtensionParameters(SEND_TIME, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time")
    loud = RTCRtpHeaderExtensionParameters(AUDIO_LEVEL, "urn:ietf:params:rtp-hdrext:ssrc-audio-level")
    return [loud, sent] if kind == "audio" else [sent]

"""What a participant answers to an offer of ours, read and held against what we can do.

Whatever is wrong with it is refused here, before any connection hears of it. Raises `bad_request`, naming what is wrong
and quoting nothing.
"""

from typing import NamedTuple, NoReturn

from aiortc.rtcdtlstransport import RTCDtlsParameters
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.sdp import MediaDescription, SessionDescription, parse_h264_profile_level_id

from core.errors import FyrError
from rtc.relay.codecs import OPUS, PICTURES, Picture

LONGEST = 64 * 1024
"""Of a description, in characters."""
MOST_MEDIA = 64


class Accepted(NamedTuple):
    """One media line of an answer: our payload types, each with the number that they answered for it."""

    mid: str
    types: dict[int, int]
    flows: bool
    """Whether they want it at all."""


class Answer(NamedTuple):
    """An answer that can be used."""

    fragment: str
    dtls: RTCDtlsParameters
    media: tuple[Accepted, ...]

    @property
    def knows(self) -> frozenset[Picture]:
        """The codecs that they can show and send pictures in."""
        own = self.media[1].types if len(self.media) > 1 else {}
        return frozenset(name for name, numbers in PICTURES.items() if numbers.media in own)


def read_answer(sdp: str) -> Answer:
    """The answer in a description."""
    if len(sdp) > LONGEST or sdp.count("\nm=") > MOST_MEDIA:
        refuse("too long")
    try:
        described = SessionDescription.parse(sdp)
    except (AssertionError, AttributeError, IndexError, KeyError, StopIteration, TypeError, ValueError):
        refuse("no description")
    if len(described.media) < 2 or [one.kind for one in described.media[:2]] != ["audio", "video"]:
        refuse("other media than were offered")
    first = described.media[0]
    if first.dtls is None or not first.dtls.fingerprints or first.dtls.role == "server":
        refuse("no fingerprint, or no side that begins")
    if first.ice is None or not first.ice.usernameFragment or not first.ice.password:
        refuse("no credentials")
    return Answer(first.ice.usernameFragment, first.dtls, tuple(_accepted(one) for one in described.media))


def refuse(what: str) -> NoReturn:
    """Raises `bad_request`."""
    raise FyrError("bad_request", where="$.description.sdp", what=what) from None


def _accepted(media: MediaDescription) -> Accepted:
    types: dict[int, int] = {}
    for codec in media.rtp.codecs:
        ours, theirs = _ours(codec), codec.payloadType
        if ours is not None and theirs is not None and ours not in types:
            types[ours] = theirs
            again = _again(media, theirs)
            if again is not None and media.kind == "video":
                types[ours + 1] = again
    return Accepted(media.rtp.muxId, types, media.port != 0 and media.direction not in (None, "inactive"))


def _ours(codec: RTCRtpCodecParameters) -> int | None:
    """The payload type that we have for a codec."""
    name = codec.mimeType.lower()
    if name == "audio/opus":
        return OPUS
    if name == "video/vp8":
        return PICTURES["VP8"].media
    if name == "video/h264" and _is_constrained_baseline(codec):
        return PICTURES["H264"].media
    return None


def _is_constrained_baseline(codec: RTCRtpCodecParameters) -> bool:
    if str(codec.parameters.get("packetization-mode", "0")) != "1":
        return False
    try:
        profile, _ = parse_h264_profile_level_id(str(codec.parameters.get("profile-level-id", "42e01f")))
    except ValueError:
        return False
    return profile.name == "PROFILE_CONSTRAINED_BASELINE"


def _again(media: MediaDescription, of: int) -> int | None:
    for codec in media.rtp.codecs:
        if codec.mimeType.lower() == "video/rtx" and codec.parameters.get("apt") == of:
            return codec.payloadType
    return None

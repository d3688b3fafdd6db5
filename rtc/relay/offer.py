"""What a leg is offered: first its own sound and picture, which we receive, then a pair for each of the others.

Written with aiortc's `sdp`. All on one transport (BUNDLE), ICE-lite, with every address of the port as a candidate.
"""

from collections.abc import Sequence
from typing import NamedTuple

from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters
from aiortc.rtcicetransport import RTCIceCandidate, RTCIceParameters
from aiortc.sdp import GroupDescription, MediaDescription, SessionDescription, SsrcDescription

from rtc.relay.codecs import Kind, Picture, extensions, pictures, sound
from rtc.relay.downlink import Out
from rtc.relay.ice import Credentials

PROFILE = "UDP/TLS/RTP/SAVPF"
OWN: tuple[Kind, Kind] = ("audio", "video")
HOST_PREFERENCE = 126 << 24
"""Of a host candidate (RFC 8445 5.1.2.2)."""


class Pair(NamedTuple):
    """The two media lines in which a receiver gets one other participant; `of` is empty when nobody has them now."""

    of: str
    audio: Out
    video: Out


class Where(NamedTuple):
    """How the relay is reached and known."""

    addresses: Sequence[str]
    port: int
    credentials: Credentials
    fingerprints: Sequence[RTCDtlsFingerprint]


def mids(pair: int) -> tuple[str, str]:
    """The media ids of a pair by its place, after the leg's own two."""
    return str(2 + 2 * pair), str(3 + 2 * pair)


def offer(where: Where, pairs: Sequence[Pair], codecs: Sequence[Picture], *, version: int) -> str:
    """The offer as text."""
    described = SessionDescription()
    described.origin = f"- {where.port} {version} IN IP4 0.0.0.0"
    described.msid_semantic = [GroupDescription("WMS", ["*"])]
    for place, kind in enumerate(OWN):
        described.media.append(_media(kind, str(place), where, codecs=codecs, direction="recvonly"))
    for place, pair in enumerate(pairs):
        for mid, kind, out in zip(mids(place), OWN, (pair.audio, pair.video), strict=True):
            media = _media(kind, mid, where, codecs=codecs, direction="sendonly" if pair.of else "inactive")
            if pair.of:
                _name(media, pair.of, out, kind=kind)
            described.media.append(media)
    described.group = [GroupDescription("BUNDLE", [media.rtp.muxId for media in described.media])]
    return str(described)


def _media(kind: Kind, mid: str, where: Where, *, codecs: Sequence[Picture], direction: str) -> MediaDescription:
    known = sound() if kind == "audio" else pictures(*codecs)
    media = MediaDescription(kind, 9, PROFILE, [one.payloadType for one in known])
    media.host, media.direction = "0.0.0.0", direction
    media.rtcp_port, media.rtcp_host, media.rtcp_mux = 9, "0.0.0.0", True
    media.rtp.muxId, media.rtp.codecs, media.rtp.headerExtensions = mid, known, extensions(kind)
    media.ice = RTCIceParameters(where.credentials.fragment, where.credentials.password, iceLite=True)
    media.ice_candidates = [_candidate(one, where.port, place) for place, one in enumerate(where.addresses)]
    media.ice_candidates_complete = True
    media.dtls = RTCDtlsParameters(list(where.fingerprints), role="auto")
    return media


def _name(media: MediaDescription, of: str, out: Out, *, kind: Kind) -> None:
    """Under which SSRCs a participant's track comes, and that it belongs to them."""
    media.msid = f"{of} {of}-{kind}"
    media.ssrc = [SsrcDescription(out.ssrc, cname=of, msid=media.msid)]
    if kind == "video":
        media.ssrc.append(SsrcDescription(out.again_ssrc, cname=of, msid=media.msid))
        media.ssrc_group = [GroupDescription("FID", [out.ssrc, out.again_ssrc])]


def _candidate(address: str, port: int, place: int) -> RTCIceCandidate:
    priority = HOST_PREFERENCE | (65_535 - place) << 8 | 255
    return RTCIceCandidate(1, str(place + 1), address, port, priority, "udp", "host")

"""One participant's connection with the relay: what they send, what they get of the others, and the feedback of both.

One connection for both directions, and not two: one handshake and one path to keep alive, and a person's line is judged
as the one line it is. We alone make offers, one at a time, so that offers never cross.
"""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from typing import NamedTuple

import structlog
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsParameters

from rtc.entries import VisitRole
from rtc.relay.answer import Answer
from rtc.relay.codecs import OPUS, PICTURES, Picture
from rtc.relay.downlink import Downlink, new_out
from rtc.relay.estimate import Estimate
from rtc.relay.ice import Address, Check, Credentials, answer_check, new_credentials
from rtc.relay.offer import Pair, Where, mids, offer
from rtc.relay.port import Port
from rtc.relay.secure import Secure
from rtc.relay.share import Line
from rtc.relay.uplink import Uplink, types_of
from rtc.relay.way_out import WayOut

PATHS_MOST = 8
"""Addresses of one leg that are known at once: a phone has a few, and forgets some."""
SILENT_S = 15.0
"""Without a check for so long there is no consent to send any more (RFC 7675 5.1 wants 30 at most)."""
PATH_SILENT_S = 2.5
"""A path on which no check has come for so long gives way to another: a router changed the address."""
FIRST_S = 30.0
"""A leg that was never reached is given up after so long."""
log = structlog.get_logger(__name__)


class Offered(NamedTuple):
    """An offer for one participant."""

    session: str
    number: int
    sdp: str
    mids: dict[str, tuple[str, str]]
    """Which media ids are whose, sound and picture."""


class Who(NamedTuple):
    """Whose leg it is; `session` is the page's own word for this connection."""

    participant: str
    role: VisitRole
    session: str


class Leg:
    """One participant. `close` always; what it owns ends with it."""

    def __init__(self, who: Who, port: Port, certificate: RTCCertificate, *, now: float) -> None:
        self.who = who
        self.way = WayOut()
        self.uplinks = {"audio": Uplink("audio", self.way), "video": Uplink("video", self.way)}
        self.pairs: list[Pair] = []
        self.downlinks: dict[int, tuple[Uplink, Downlink]] = {}
        """By SSRC, of the packets and of their repetitions."""
        self.knows: frozenset[Picture] | None = None
        self.estimate = Estimate(self.downlinks)
        self.asked: Offered | None = None
        """The offer that waits for its answer."""
        self.stale = False
        """Something changed since: another offer is due."""
        self.when_connected: Callable[[], None] = lambda: None
        self.on_report: Callable[[bytes], None] = lambda _: None
        self.heard_at = self.began_at = now
        self._chosen_at = now
        self._types: dict[int, Uplink] = {}
        self._again: dict[int, tuple[Uplink, int]] = {}
        """By the payload type of repetitions: whose they are, and the payload type of what they repeat."""
        self._accepted: dict[str, dict[int, int]] = {}
        self._number = self._sent = 0
        self._port = port
        self._certificate = certificate
        self._credentials: Credentials = new_credentials()
        self._paths: list[Address] = []
        self._secure: Secure | None = Secure(certificate, self.way.plain)
        self._starting: asyncio.Task[None] | None = None
        self.ended = False
        port.expect(self._credentials.fragment, self)

    # --- what is agreed

    def offer(self, codecs: tuple[Picture, ...]) -> Offered:
        """The next offer; it waits for its answer from now on."""
        self._number += 1
        self.stale = False
        fingerprints = [one for one in self._certificate.getFingerprints() if one.algorithm == "sha-256"]
        where = Where(self._port.addresses, self._port.number, self._credentials, fingerprints)
        sdp = offer(where, self.pairs, codecs, version=self._number)
        held = {pair.of: mids(place) for place, pair in enumerate(self.pairs) if pair.of}
        self.asked = Offered(self.who.session, self._number, sdp, held)
        return self.asked

    def take(self, answer: Answer, codec: Picture) -> None:
        """What was answered holds from now on. The first answer begins the handshake."""
        self.asked = None
        self.knows = self.knows or answer.knows
        self._accepted = {one.mid: one.types if one.flows else {} for one in answer.media}
        self.speak(codec)
        if self._starting is None:
            self._starting = asyncio.create_task(self._start(answer.dtls), name="relay handshake")

    def speak(self, codec: Picture) -> None:
        """Pictures are of this codec from now on; what comes in another goes no further."""
        self._types.clear()
        self._again.clear()
        for mid, uplink in zip(("0", "1"), self.uplinks.values(), strict=True):
            ours = types_of(uplink.kind, codec)
            theirs = self._accepted.get(mid, {})
            uplink.types = {theirs[one]: name for one, name in ours.items() if one in theirs}
            self._types |= dict.fromkeys(uplink.types, uplink)
            numbers = PICTURES[codec]
            if numbers.again in theirs and uplink.kind == "video":
                self._again[theirs[numbers.again]] = uplink, theirs[numbers.media]
        for place, pair in enumerate(self.pairs):
            for mid, out in zip(mids(place), (pair.audio, pair.video), strict=True):
                if out.ssrc in self.downlinks:
                    source, downlink = self.downlinks[out.ssrc]
                    downlink.types = _mapped(source, self._accepted.get(mid, {}), codec)
                    if downlink.begins and downlink.types:
                        downlink.want_key_frame()

    def begin_anew(self) -> None:
        """Another network: what a check must prove is new, the keys stay (RFC 8445 9)."""
        self._port.expect_no_more(self._credentials.fragment)
        self._credentials = new_credentials()
        self._port.expect(self._credentials.fragment, self)

    # --- who gets what

    def receive(self, other: "Leg") -> None:
        """Give this participant the other's tracks, in a pair of lines that is free or new."""
        audio = new_out(self.downlinks)
        pair = Pair(other.who.participant, audio, new_out({*self.downlinks, *audio}))
        place = next((at for at, one in enumerate(self.pairs) if not one.of), None)
        if place is None:
            self.pairs.append(pair)
        else:
            self.pairs[place] = pair
        for kind, out in (("audio", pair.audio), ("video", pair.video)):
            uplink = other.uplinks[kind]
            downlink = Downlink(uplink.kind, out, self.way, want_key_frame=uplink.want_key_frame)
            self.downlinks[out.ssrc] = (uplink, downlink)
            self.downlinks[out.again_ssrc] = (uplink, downlink)
            uplink.add(downlink)
        self.stale = True

    def receive_no_more(self, participant: str) -> None:
        """The other is gone: their lines are free once that is agreed."""
        for place, pair in enumerate(self.pairs):
            if pair.of != participant:
                continue
            self.pairs[place] = pair._replace(of="")
            for out in (pair.audio, pair.video):
                uplink, downlink = self.downlinks.pop(out.ssrc)
                self.downlinks.pop(out.again_ssrc, None)
                uplink.remove(downlink)
            self.stale = True

    def hold(self, held: frozenset[str]) -> None:
        """Whose pictures are held back from this participant."""
        for pair in self.pairs:
            if pair.of and pair.video.ssrc in self.downlinks:
                self.downlinks[pair.video.ssrc][1].hold(pair.of in held)

    def line(self) -> Line:
        """How their line was since this was asked last, a second ago."""
        sent, self._sent = self.way.octets - self._sent, self.way.octets
        seen = {downlink.out.ssrc: downlink for _, downlink in self.downlinks.values()}
        for downlink in seen.values():
            downlink.second()
        pictures = [one for one in seen.values() if one.picture and one.lately]
        lost = sum(one.loss * one.lately for one in pictures) / max(1, sum(one.lately for one in pictures))
        carries, judged = self.estimate.now()
        return Line(sent=sent * 8, carries=carries, judged=judged, loss=lost)

    def pictures(self) -> dict[str, int]:
        """Bits a second of each other's picture that went here in the last second."""
        return {
            pair.of: self.downlinks[pair.video.ssrc][1].lately * 8
            for pair in self.pairs
            if pair.of and pair.video.ssrc in self.downlinks
        }

    # --- what comes in

    def checked(self, check: Check, port: Port, *, at: socket.socket, source: Address) -> None:
        """A check came: answered when it is proved, and followed where the participant has chosen another path."""
        answer = answer_check(check, self._credentials, source)
        if answer is None or self.ended:
            return
        with contextlib.suppress(OSError):  # the answer is lost, as on any line, and the check comes again
            at.sendto(answer, source)
        now = time.monotonic()
        silent = now - self._chosen_at > PATH_SILENT_S
        self.heard_at = now
        self._reached_from(source, port)
        if check.nominates or self.way.at is None or silent or source == self.way.address:
            if source != self.way.address:
                self.uplinks["video"].waits.begin_anew()
            self.way.at, self.way.address, self._chosen_at = at, source, now

    def _reached_from(self, source: Address, port: Port) -> None:
        """The address is theirs from now on, whoever had it before; the one proved longest ago is forgotten."""
        if source in self._paths:
            self._paths.remove(source)
        self._paths.append(source)
        port.belongs(source, self)
        if len(self._paths) > PATHS_MOST:
            port.belongs_no_more(self._paths.pop(0), self)

    def handshake(self, datagram: bytes) -> None:
        """DTLS."""
        if self._secure is not None:
            self._secure.put(datagram)

    def media(self, datagram: memoryview, now: float) -> None:
        """SRTP or SRTCP: opened and passed on at once."""
        opening = self._secure.opening if self._secure is not None else None
        if opening is None:
            return
        if 191 < datagram[1] < 224:
            report = opening.open_report(bytes(datagram))
            if report is not None:
                self.on_report(report)
            return
        packet = opening.open(datagram)
        if packet is None or len(packet) < 12:
            return
        kind = packet[1] & 0x7F
        uplink = self._types.get(kind)
        if uplink is not None:
            uplink.take(packet, now)
        elif kind in self._again:
            uplink, repeats = self._again[kind]
            uplink.take_again(packet, now, repeats=repeats)

    # --- how it ends

    def is_lost(self, now: float) -> bool:
        """Nobody has been heard at the other end for too long."""
        return self.ended or now - self.heard_at > (SILENT_S if self.way.at is not None else FIRST_S)

    async def close(self) -> None:
        """End everything of this leg."""
        self.ended = True
        self._port.expect_no_more(self._credentials.fragment)
        for uplink, downlink in list(self.downlinks.values()):
            uplink.remove(downlink)
        self.downlinks.clear()
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait([self._starting])
        if self._secure is not None:
            secure, self._secure = self._secure, None
            await secure.stop()
        for path in self._paths:
            self._port.belongs_no_more(path, self)
        self._paths.clear()
        self.way.sealing = self.way.at = None

    async def _start(self, theirs: RTCDtlsParameters) -> None:
        secure = self._secure
        if secure is None:
            return
        try:
            connected = await secure.start(theirs)
        except Exception:  # whatever it was, the page hears that this connection is over, and comes again
            log.exception("relay_handshake_failed")
            connected = False
        if not connected:
            self.ended = True
            return
        secure.when_closed(self._gone)
        self.way.sealing = secure.sealing
        for uplink, _ in self.downlinks.values():
            uplink.want_key_frame()
        self.when_connected()

    def _gone(self) -> None:
        self.ended = True


def _mapped(source: Uplink, theirs: dict[int, int], codec: Picture) -> dict[int, int]:
    """From what the sender's packets are numbered with to what this receiver answered for the same codec."""
    ours = OPUS if source.kind == "audio" else PICTURES[codec].media
    if ours not in theirs:
        return {}
    mapped = dict.fromkeys(source.types, theirs[ours])
    if ours + 1 in theirs:
        mapped |= {one + 1: theirs[ours + 1] for one in source.types}
    return mapped

"""One track for one receiver: nothing is sealed twice under one number, and what is lost is repeated however late."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pylibsrtp

from rtc.relay.downlink import Downlink, new_out
from rtc.relay.packet import HEADER
from rtc.relay.ring import Ring
from rtc.relay.srtp import Opening, Sealing
from rtc.relay.way_out import WayOut

VP8, AGAIN = 96, 97
KEY = os.urandom(30)


class Receiver:
    """Who hears what is sent, in clear."""

    def __init__(self, ear: socket.socket) -> None:
        self._ear = ear
        inbound = pylibsrtp.Policy(key=KEY, ssrc_type=pylibsrtp.Policy.SSRC_ANY_INBOUND)
        self._opening = Opening(pylibsrtp.Session(inbound))

    def hears(self) -> list[tuple[int, bytes]]:
        """Sequence numbers and payloads of what has come since."""
        heard: list[tuple[int, bytes]] = []
        while True:
            try:
                sealed = self._ear.recv(1500)
            except BlockingIOError:
                return heard
            packet = self._opening.open(memoryview(sealed))
            assert packet is not None
            heard.append((HEADER.unpack_from(packet)[2], bytes(packet[HEADER.size :])))


@contextmanager
def receiving() -> Iterator[tuple[Downlink, Receiver]]:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear,
    ):
        ear.bind(("127.0.0.1", 0))
        ear.setblocking(False)
        way = WayOut()
        way.at, way.address = mouth, ear.getsockname()
        outbound = pylibsrtp.Policy(key=KEY, ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
        outbound.allow_repeat_tx = True
        way.sealing = Sealing(pylibsrtp.Session(outbound))
        downlink = Downlink("video", new_out(), way, want_key_frame=lambda: None)
        downlink.types = {VP8: VP8, AGAIN: AGAIN}
        yield downlink, Receiver(ear)


def packet(number: int) -> bytes:
    return HEADER.pack(0x80, VP8, number, 3_000, 7) + b"picture %d" % number


def send(downlink: Downlink, number: int) -> None:
    downlink.send(packet(number), number, 3_000, now=1.0)


def test_what_is_older_than_the_picture_a_receiver_begins_with_is_not_sent_under_a_number_that_is_taken() -> None:
    with receiving() as (downlink, receiver):
        for number in (100, 101, 102):
            send(downlink, number)
        downlink.begin_anew()
        send(downlink, 110)
        for late in (109, 108):
            send(downlink, late)
        send(downlink, 112)
        send(downlink, 111)
        heard = receiver.hears()
        assert [payload for _, payload in heard] == [b"picture %d" % one for one in (100, 101, 102, 110, 112, 111)]
        assert len({number for number, _ in heard}) == len(heard)


def test_what_is_lost_is_repeated_also_after_half_of_all_numbers() -> None:
    with receiving() as (downlink, receiver):
        ring = Ring(512)
        for number in range(65_000, 65_000 + 100_000, 500):
            send(downlink, number & 0xFFFF)
            ring.put(number & 0xFFFF, packet(number & 0xFFFF))
            ((theirs, payload),) = receiver.hears()
            downlink.second()
            assert downlink.send_again([theirs], ring) == []
            assert [again for _, again in receiver.hears()] == [theirs.to_bytes(2, "big") + payload], number


def test_two_ssrcs_are_others_than_the_receiver_has() -> None:
    taken = set[int]()
    for _ in range(100):
        out = new_out(taken)
        assert not taken.intersection(out)
        assert out.ssrc != out.again_ssrc
        taken.update(out)

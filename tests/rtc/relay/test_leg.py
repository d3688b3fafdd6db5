"""One participant's connection: what they answer holds, whatever numbers they chose, and from wherever they come."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aioice.stun import Class, Message, Method
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsParameters

from rtc.relay.answer import Accepted, Answer
from rtc.relay.codecs import OPUS
from rtc.relay.ice import Address, Check, read_check
from rtc.relay.leg import PATHS_MOST, Leg, Who
from rtc.relay.packet import HEADER
from rtc.relay.port import Port

THEIRS, AGAIN = 120, 99
"""Payload types of VP8 and of its repetitions, by who has numbers of their own."""


@asynccontextmanager
async def legs(*names: str) -> AsyncIterator[tuple[Port, list[Leg]]]:
    port = Port.open(["127.0.0.1"])
    certificate = RTCCertificate.generateCertificate()
    made = [Leg(Who(name, "relative", "s"), port, certificate, now=0.0) for name in names]
    try:
        yield port, made
    finally:
        for leg in made:
            await leg.close()
        port.close()


async def test_a_repetition_is_of_the_codec_that_was_answered_for_it() -> None:
    async with legs("astrid") as (_, (leg,)):
        certificate = RTCCertificate.generateCertificate()
        sound = Accepted("0", {OPUS: OPUS}, flows=True)
        picture = Accepted("1", {96: THEIRS, 97: AGAIN}, flows=True)
        parameters = RTCDtlsParameters(certificate.getFingerprints(), role="client")
        leg.take(Answer("theirs", parameters, (sound, picture)), "VP8")
        uplink, repeats = leg._again[AGAIN]
        for number in (5, 7):
            uplink.take(bytearray(HEADER.pack(0x80, THEIRS, number, 1, 9) + b"picture"), 1.0)
        again = HEADER.pack(0x80, AGAIN, 1, 1, 10) + (6).to_bytes(2, "big") + b"picture"
        uplink.take_again(bytearray(again), 1.0, repeats=repeats)
        assert uplink.arrival is not None
        assert uplink.arrival.mended == 1
        kept = uplink._ring.get(6)
        assert kept is not None
        assert kept[1] == THEIRS


def check(leg: Leg) -> Check:
    fragment, password = leg._credentials
    message = Message(Method.BINDING, Class.REQUEST, attributes={"USERNAME": f"{fragment}:theirs"})
    message.add_message_integrity(password.encode())
    read = read_check(bytes(message))
    assert read is not None
    return read


async def test_an_address_is_whose_check_came_from_it_last() -> None:
    async with legs("astrid", "sara") as (port, (astrid, sara)):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
            where: Address = ("127.0.0.1", 9)
            for leg in (astrid, sara, astrid):
                leg.checked(check(leg), port, at=mouth, source=where)
            assert port._by_address[where] is astrid


async def test_the_path_in_use_is_not_forgotten_for_others_that_were_tried() -> None:
    async with legs("astrid") as (port, (leg,)):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
            used: Address = ("127.0.0.1", 9)
            for number in range(PATHS_MOST + 4):
                leg.checked(check(leg), port, at=mouth, source=used)
                leg.checked(check(leg), port, at=mouth, source=("127.0.0.1", 10_000 + number))
            assert port._by_address[used] is leg
            assert len(port._by_address) == PATHS_MOST


async def test_an_answer_that_the_network_does_not_take_is_lost_and_no_more() -> None:
    async with legs("astrid") as (port, (leg,)):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
            leg.checked(check(leg), port, at=mouth, source=("127.0.0.1", 0))
            assert leg.way.at is mouth


def test_a_check_is_a_binding_request_of_stun() -> None:
    asked = Message(Method.BINDING, Class.REQUEST, attributes={"USERNAME": "a:b"})
    data = bytes(asked)
    assert read_check(data) is not None
    assert read_check(data[:4] + b"\0\0\0\0" + data[8:]) is None
    assert read_check(bytes(Message(Method.BINDING, Class.INDICATION))) is None
    assert read_check(bytes(Message(Method.ALLOCATE, Class.REQUEST))) is None

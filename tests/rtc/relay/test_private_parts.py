"""What the relay uses of aiortc, aioice and pylibsrtp that they do not promise, held to the versions it was tried with.

When one of these fails after an upgrade: read what has changed there, mend `rtc/relay`, and only then raise the number.
"""

import asyncio
import inspect
import os
from importlib.metadata import version
from typing import Any

import pylibsrtp
import pytest
from aioice import stun
from aiortc import rtcdtlstransport, rtp, sdp
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport
from pylibsrtp import _binding

from rtc.relay.secure import QUICK_FIRST, _Path
from rtc.relay.srtp import Opening, Sealing


@pytest.mark.parametrize(("package", "minor"), [("aiortc", "1.16"), ("aioice", "0.13"), ("pylibsrtp", "1.0")])
def test_the_version_is_the_one_that_was_tried(package: str, minor: str) -> None:
    assert version(package).rsplit(".", 1)[0] == minor


def test_a_session_has_its_buffer_where_we_write() -> None:
    policy = pylibsrtp.Policy(key=os.urandom(30), ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    session: Any = pylibsrtp.Session(policy)
    assert len(session._buffer) == 1500
    assert memoryview(session._buffer).format == "B"
    assert session._srtp[0] != _binding.ffi.NULL
    assert {"srtp_protect", "srtp_unprotect"} <= set(dir(_binding.lib))


def test_what_is_sealed_in_place_opens_as_the_library_would_open_it() -> None:
    key = os.urandom(30)
    out = pylibsrtp.Session(pylibsrtp.Policy(key=key, ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND))
    there = pylibsrtp.Session(pylibsrtp.Policy(key=key, ssrc_type=pylibsrtp.Policy.SSRC_ANY_INBOUND))
    here = pylibsrtp.Session(pylibsrtp.Policy(key=key, ssrc_type=pylibsrtp.Policy.SSRC_ANY_INBOUND))
    packet = bytes.fromhex("8060000100000001000000aa") + b"picture"
    sealing = Sealing(out)
    sealing.room[: len(packet)] = packet
    sealed = sealing.seal(len(packet))
    assert sealed is not None
    again = bytes(sealed)
    assert there.unprotect(again) == packet
    assert Opening(here).open(memoryview(again)) == bytearray(packet)
    assert Opening(here).open(memoryview(again[:-1] + b"x")) is None


async def test_dtls_takes_our_path_and_gives_its_keys() -> None:
    server: Any = None
    client: Any = None
    client_path = _Path(lambda data: server_path.put(data))
    server_path = _Path(lambda data: client_path.put(data))
    certificate = RTCCertificate.generateCertificate()
    server = RTCDtlsTransport(server_path, [certificate])  # type: ignore[arg-type]
    client = RTCDtlsTransport(client_path, [certificate])  # type: ignore[arg-type]
    server._set_role("server")
    client._set_role("client")
    server._srtp_profiles = QUICK_FIRST
    parameters = server.getLocalParameters()
    await asyncio.gather(server.start(parameters), client.start(parameters))
    assert (server.state, client.state) == ("connected", "connected")
    assert isinstance(server._rx_srtp, pylibsrtp.Session)
    assert isinstance(server._tx_srtp, pylibsrtp.Session)
    assert server._task is not None
    await asyncio.gather(server.stop(), client.stop())


def test_the_parts_without_a_promise_are_there() -> None:
    assert list(inspect.signature(sdp.SessionDescription.parse).parameters) == ["sdp"]
    assert rtp.RtcpPacket.parse(bytes(rtp.RtcpRrPacket(1))) == [rtp.RtcpRrPacket(1)]
    assert rtp.unpack_remb_fci(rtp.pack_remb_fci(64_000, [7])) == (64_000, [7])
    assert rtcdtlstransport.SRTP_PROFILES
    asked = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, attributes={"USERNAME": "a:b"})
    asked.add_message_integrity(b"key")
    assert stun.parse_message(bytes(asked)).check_message_integrity(b"key")
    assert not stun.parse_message(bytes(asked)).check_message_integrity(b"other")

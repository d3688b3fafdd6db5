"""ICE as who is easily reached does it (ICE-lite, RFC 8445 2.5): checks are answered, never made.

aioice's own agent can neither begin anew (RFC 8445 9) nor share a port, and a person who walks from Wi-Fi to a mobile
network must not lose the visit for it: so the relay answers checks itself, with aioice's reading and writing of STUN.
A check is believed only with the fragment and password of a leg (short-term credentials, RFC 8489 9.1).
"""

import secrets
import struct
from typing import NamedTuple

from aioice.stun import COOKIE as COOKIE_NUMBER
from aioice.stun import Class, Message, Method, parse_message

COOKIE = COOKIE_NUMBER.to_bytes(4, "big")
ASKS = (Method.BINDING | Class.REQUEST).to_bytes(2, "big")
"""What a check begins with; the cookie follows after its length (RFC 8489 5)."""
Address = tuple[str, int] | tuple[str, int, int, int]
"""Where a datagram comes from, as the socket module tells it."""


class Credentials(NamedTuple):
    """What a leg is asked by: RFC 8445 5.3 wants 24 and 128 bits of chance at least."""

    fragment: str
    password: str


class Check(NamedTuple):
    """A connectivity check, not yet believed."""

    fragment: str
    message: Message
    nominates: bool


def new_credentials() -> Credentials:
    """For a new leg, or for one that begins anew."""
    return Credentials(secrets.token_hex(6), secrets.token_hex(16))


def read_check(data: bytes) -> Check | None:
    """The check in a datagram; None for everything else, garbage included: the cheapest look first."""
    if data[:2] != ASKS or data[4:8] != COOKIE:
        return None
    try:
        message = parse_message(data)
    except (ValueError, struct.error):
        return None
    name = message.attributes.get("USERNAME", "")
    return Check(name.partition(":")[0], message, "USE-CANDIDATE" in message.attributes)


def answer_check(check: Check, credentials: Credentials, source: Address) -> bytes | None:
    """The answer to a check whose password is right; None for a forged one: what is not proved is not answered."""
    key = credentials.password.encode()
    if not check.message.check_message_integrity(key):
        return None
    asked = check.message
    if "ICE-CONTROLLED" in asked.attributes:  # only one side may lead, and who is lite never does (RFC 8445 7.3.1.1)
        refusal = Message(Method.BINDING, Class.ERROR, asked.transaction_id, {"ERROR-CODE": (487, "Role Conflict")})
        refusal.add_message_integrity(key)
        return bytes(refusal)
    answer = Message(Method.BINDING, Class.RESPONSE, asked.transaction_id, {"XOR-MAPPED-ADDRESS": source[:2]})
    answer.add_message_integrity(key)
    return bytes(answer)

"""What somebody's test before a visit came to: numbers and words of ours, nothing typed and no device's name."""

from typing import Literal

import msgspec

from core.errors import FyrError
from core.log.body import Body

Works = Literal["works", "silent", "refused", "absent", "untried"]
Reached = Literal["reached", "not_reached", "untried"]
Grade = Literal["good", "poor", "none"]
ROUND_TRIP_MS, LOSS_PERMILLE, PICTURE_KBIT_S = 400, 50, 300
"""Beyond these a visit suffers (ITU-T G.114 for the delay; the floor of a picture that shows anything)."""
LARGEST = 1_000_000


class ConnectionResult(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the page found."""

    camera: Works
    microphone: Works
    speaker: Literal["heard", "not_heard", "untried"]
    connected: bool
    """What was sent came back from our server."""
    udp: Reached = "untried"
    """The TURN server, by each way; untried where there is none."""
    tcp: Reached = "untried"
    tls: Reached = "untried"
    round_trip_ms: int = 0
    loss_permille: int = 0
    kbit_s: int = 0
    """Of the picture that came back."""


class ConnectionTested(Body, tag="connection_tested", frozen=True, kw_only=True):
    """Somebody has tried camera, sound and network, and tells the unit how it went."""

    name: str
    grade: Grade
    result: ConnectionResult


class Tested(msgspec.Struct, frozen=True, kw_only=True):
    """Whose newest test."""

    who: str
    """The actor."""
    at_ms: int
    grade: Grade
    result: ConnectionResult


def graded(result: ConnectionResult) -> Grade:
    """Whether a visit will go well by this. Raises `bad_request` for numbers that cannot be."""
    numbers = (result.round_trip_ms, result.loss_permille, result.kbit_s)
    if any(not 0 <= number <= LARGEST for number in numbers) or result.loss_permille > 1000:
        raise FyrError("bad_request", where="$.result", what="numbers that can be")
    if not result.connected:
        return "none"
    weak = result.round_trip_ms > ROUND_TRIP_MS or result.loss_permille > LOSS_PERMILLE
    seen = result.camera == "works" and result.kbit_s >= PICTURE_KBIT_S
    heard = result.microphone == "works" and result.speaker != "not_heard"
    return "good" if seen and heard and not weak else "poor"

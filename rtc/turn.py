"""Network paths: short-lived TURN credentials by the shared-secret scheme (draft-uberti-behave-turn-rest-00)."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import NamedTuple

from core.clock import Clock

LIFETIME_S = 60 * 60
"""A credential outlives any visit's set-up; coturn keeps an allocation that was made while it was valid."""


def has_turn(urls: Sequence[str]) -> bool:
    """Whether any of these carries something on: a STUN server only tells an address."""
    return any(url.startswith(("turn:", "turns:")) for url in urls)


class TurnServer(NamedTuple):
    """One entry for RTCConfiguration.iceServers."""

    urls: tuple[str, ...]
    username: str
    credential: str


def turn_servers(urls: Sequence[str], secret: str, *, participant: str, clock: Clock) -> tuple[TurnServer, ...]:
    """Credentials for one participant; nothing when no relay is configured."""
    if not urls or not secret:
        return ()
    username = f"{int(clock.now().timestamp()) + LIFETIME_S}:{participant}"
    digest = hmac.digest(secret.encode(), username.encode(), hashlib.sha1)
    return (TurnServer(tuple(urls), username, base64.b64encode(digest).decode()),)

"""How somebody proved who they are, as a session remembers it. What proves it is `web`'s business."""

from typing import Literal, get_args

import msgspec

from core.actor import Assurance

LEVELS: tuple[Assurance, ...] = get_args(Assurance)
Kind = Literal["patient", "staff", "guest"]
DEMO = "demo"
GUEST = "guest"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign-in leaves behind."""

    provider: str = DEMO
    """By the name it has in the deployment's configuration; `demo` and `guest` are our own."""
    assurance: Assurance = "none"
    at_ms: int | None = None
    """When the person proved it, which may lie before the session began (OpenID Connect Core, `auth_time`)."""
    device: str = ""
    """Browser and system in coarse words, such as `firefox/windows`."""
    subject: str = ""
    """A keyed digest of who they are to the provider, by which it can end their sessions."""
    provider_session: str = ""
    """The same of the provider's own session."""
    ticket: bytes | None = None
    """What the provider wants to see at sign-out, sealed."""


def enough(held: Assurance, asked: Assurance) -> bool:
    """Whether a level is at least the one asked for (eIDAS article 8: low, substantial, high)."""
    return LEVELS.index(held) >= LEVELS.index(asked)

"""Signing in with an OpenID provider."""

from typing import Literal

from web.wire.base import Wire


class LoginProvider(Wire, frozen=True, kw_only=True):
    """One way to sign in: the browser goes to `/login/{id}`."""

    id: str
    name: dict[str, str]
    """In every language."""
    people: Literal["patient", "staff"]


class SignedOut(Wire, frozen=True, kw_only=True):
    """The session is over here."""

    url: str = ""
    """Where the browser goes to sign out at the provider as well; empty where it need not."""

"""Where a page of what happened begins, as a token for a client: it says nothing that the page did not."""

import base64
import binascii

import msgspec

from core.audit.mark import Mark
from core.errors import FyrError


def token_of(mark: Mark) -> str:
    """The token of what was last on a page."""
    return base64.urlsafe_b64encode(msgspec.json.encode(mark)).decode().rstrip("=")


def mark_of(token: str) -> Mark | None:
    """Where a page begins; None for the first. Raises `bad_request`."""
    if not token:
        return None
    try:
        padded = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(padded, type=Mark)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise FyrError("bad_request", where="page", what="the token of a page") from None

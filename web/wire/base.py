"""The base of every struct on the wire."""

from typing import Any

import msgspec


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """Base of requests, answers and events. An unknown field is ignored, so that a newer client may say more."""


class WireError(Wire, frozen=True, kw_only=True):
    """A refusal: a code the client has a sentence for, and data without anyone's words."""

    code: str
    data: dict[str, Any] = {}

"""Reading a body from outside: a typed struct, or a clear refusal that repeats none of what was sent."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from core.errors import FyrError
from core.misread import refusal
from web.wire.base import Wire

W = TypeVar("W", bound=Wire)


def parse(data: Any, kind: type[W]) -> W:
    """The struct in `data` (plain values). Raises `bad_request` with `where` and `what`, never a value."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as failure:
        raise refusal(str(failure)) from None


def parse_words(data: Mapping[str, str], kind: type[W]) -> W:
    """The struct in the words of a path and a query: numbers and switches are read from text. Raises `bad_request`."""
    try:
        return msgspec.convert(dict(data), kind, strict=False)
    except msgspec.ValidationError as failure:
        raise refusal(str(failure)) from None


def parse_json(data: bytes, kind: type[W]) -> W:
    """The struct in JSON bytes. Raises `bad_request`."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as failure:
        raise refusal(str(failure)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise FyrError("bad_request", where="$", what="not JSON in UTF-8") from None

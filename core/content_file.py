"""Content that comes with the service, or a deployment's own: YAML, read into the types that describe it."""

from datetime import date
from typing import Any, TypeVar

import msgspec

from core.errors import FyrError

T = TypeVar("T")


def parse_content(text: str | bytes, kind: type[T], name: str) -> T:
    """What is written, of this type. Raises `content_invalid` naming the file and the place in it."""
    try:
        return msgspec.yaml.decode(text, type=kind, dec_hook=decode_date)
    except msgspec.MsgspecError as failure:
        raise FyrError("content_invalid", problems=[f"{name}: {failure}"]) from None


def decode_date(kind: type, value: Any) -> Any:
    """YAML's dates are dates already; those in quotes are read."""
    return date.fromisoformat(value) if kind is date else value

"""Content that comes with the service, or a deployment's own: YAML, read into the types that describe it."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from core.errors import FyrError

T = TypeVar("T")


def parse_content(text: str | bytes, kind: type[T], name: str) -> T:
    """What is written, of this type. Raises `content_invalid` naming the file and the place in it."""
    try:
        return decode_yaml(text, kind)
    except msgspec.MsgspecError as failure:
        raise FyrError("content_invalid", problems=[f"{name}: {failure}"]) from None


def decode_yaml(text: str | bytes, kind: type[T]) -> T:
    """What is written, of this type, each time anew. Raises `msgspec.MsgspecError`."""
    return msgspec.convert(_plain(text), kind, dec_hook=decode_date, builtin_types=(datetime, date))


@lru_cache(maxsize=64)
def _plain(text: str | bytes) -> Any:
    """The same text, as several of one process read it, is parsed once: nearly all that reading YAML costs."""
    return msgspec.yaml.decode(text)


def decode_date(kind: type, value: Any) -> Any:
    """YAML's dates are dates already; those in quotes are read."""
    return date.fromisoformat(value) if kind is date else value

"""The state kept beside a stream: parts, each owned and folded by one package, decoded only when asked for."""

import functools
from typing import Self, TypeVar, cast

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One package's part of a state. Subclasses set `tag="…"` and give every field a default."""


P = TypeVar("P", bound=Part)


class State:
    """An immutable set of parts. A part nobody has written yet reads as its defaults."""

    __slots__ = ("_parts", "_raw")

    def __init__(self, raw: dict[str, msgspec.Raw] | None = None, parts: dict[type[Part], Part] | None = None) -> None:
        self._raw = raw or {}
        self._parts = parts or {}

    def get(self, kind: type[P]) -> P:
        """The part of this type."""
        found = self._parts.get(kind)
        if found is None:
            raw = self._raw.get(part_name(kind))
            found = self._parts[kind] = msgspec.json.decode(raw, type=kind) if raw is not None else kind()
        return cast("P", found)

    def with_part(self, part: Part) -> Self:
        """A state with this part in place of the one before."""
        return type(self)(self._raw, {**self._parts, type(part): part})

    def encode(self) -> bytes:
        """The state as bytes that `decode` reads back."""
        return msgspec.json.encode({**self._raw, **{part_name(kind): part for kind, part in self._parts.items()}})

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """A state from what `encode` gave. Parts of packages this version does not know are kept as they are."""
        return cls(msgspec.json.decode(data, type=dict[str, msgspec.Raw]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self.plain() == other.plain()

    __hash__ = None  # type: ignore[assignment]

    def plain(self) -> object:
        """The whole state as plain values, for comparison and inspection."""
        return msgspec.json.decode(self.encode())


@functools.cache
def part_name(kind: type[Part]) -> str:
    """The name a part is kept under: its tag."""
    return str(kind.__struct_config__.tag)

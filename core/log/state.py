"""The state kept beside a stream: parts, each owned and folded by one package, decoded only when asked for."""

import functools
from collections.abc import Iterable
from typing import Self, TypeVar

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One package's part of a state. Subclasses set `tag="…"` and give every field a default."""


P = TypeVar("P", bound=Part)
_encode = msgspec.json.Encoder().encode


class State:
    """An immutable set of parts. A part nobody has written yet reads as its defaults."""

    __slots__ = ("_parts", "_raw")

    def __init__(self, raw: dict[str, msgspec.Raw] | None = None, parts: dict[type[Part], Part] | None = None) -> None:
        self._raw = raw if raw is not None else {}
        """Parts as they are kept, this state's own: what stays as it is, is not encoded again with every entry."""
        self._parts = parts if parts is not None else {}

    def get(self, kind: type[P]) -> P:
        """The part of this type."""
        try:
            return self._parts[kind]  # type: ignore[return-value]  # kept under its own type
        except KeyError:
            raw = self._raw.get(part_name(kind))
            found = self._parts[kind] = msgspec.json.decode(raw, type=kind) if raw is not None else kind()
            return found

    def with_part(self, part: Part) -> Self:
        """A state with this part in place of the one before."""
        kind, raw = type(part), self._raw.copy()
        raw.pop(part_name(kind), None)
        return type(self)(raw, {**self._parts, kind: part})

    def differs(self, before: "State", kinds: Iterable[type[Part]]) -> bool:
        """Whether any of these parts is not as it was. A part that nothing has folded since is the same object."""
        ours, theirs = self._parts, before._parts
        for kind in kinds:
            part = ours.get(kind)
            if part is not None and part is theirs.get(kind):
                continue
            if self.get(kind) != before.get(kind):
                return True
        return False

    def encode(self) -> bytes:
        """The state as bytes that `decode` reads back."""
        for kind, part in self._parts.items():
            if part_name(kind) not in self._raw:
                self._raw[part_name(kind)] = msgspec.Raw(_encode(part))
        return _encode(self._raw)

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

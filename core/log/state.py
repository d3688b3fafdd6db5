"""The state kept beside a stream: parts, each owned and folded by one package, decoded only when asked for."""

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, Self, TypeVar

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One package's part of a state. Subclasses set `tag="…"` and give every field a default."""


P = TypeVar("P", bound=Part)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Getter(Protocol):
    """Gives the part of a type."""

    def __call__(self, kind: type[P], /) -> P:
        """The part of this type."""
        ...


class Parts(dict[type[Part], Part]):
    """Parts by their types, each decoded when it is first asked for."""

    __slots__ = ("raw", "unwritten")
    raw: dict[str, msgspec.Raw]
    """Parts as they are kept: what stays as it is, is not encoded again with every entry."""
    unwritten: tuple[type[Part], ...]
    """Those that were changed since they were kept. What nobody has changed from its defaults is not kept."""

    def __missing__(self, kind: type[Part]) -> Part:
        raw = self.raw.get(part_name(kind))
        found = self[kind] = msgspec.json.decode(raw, type=kind) if raw is not None else kind()
        return found


NO_PARTS: Mapping[type[Part], Part] = MappingProxyType({})


class State:
    """An immutable set of parts. A part nobody has written yet reads as its defaults."""

    __slots__ = ("_parts", "get")
    get: Getter
    """The part of a type. It is asked for a dozen times a message: the dictionary answers, with nothing in between."""

    def __init__(self, raw: dict[str, msgspec.Raw] | None = None, parts: Mapping[type[Part], Part] = NO_PARTS) -> None:
        """`raw` is not changed by anybody from now on."""
        self._parts = Parts(parts)
        self._parts.raw, self._parts.unwritten = raw if raw is not None else {}, ()
        self.get = self._parts.__getitem__  # type: ignore[assignment]  # a part is kept under its own type

    def with_part(self, part: Part) -> Self:
        """A state with this part in place of the one before."""
        kind, made = type(part), type(self)(self._parts.raw, self._parts)
        made._parts[kind] = part
        made._parts.unwritten = (*self._parts.unwritten, kind)
        return made

    def differs(self, before: "State", kinds: Iterable[type[Part]]) -> bool:
        """Whether any of these parts is not as it was. A part that nothing has folded since is the same object."""
        ours, theirs = self.get, before.get
        for kind in kinds:
            part, was = ours(kind), theirs(kind)
            if part is not was and part != was:
                return True
        return False

    def encode(self) -> bytes:
        """The state as bytes that `decode` reads back."""
        parts = self._parts
        if parts.unwritten:
            changed = dict.fromkeys(parts.unwritten)  # a group may have changed one many times
            parts.raw = parts.raw | {part_name(kind): msgspec.Raw(_encode(parts[kind])) for kind in changed}
            parts.unwritten = ()
        return _encode(parts.raw)

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """A state from what `encode` gave. Parts of packages this version does not know are kept as they are."""
        return cls(_decode(data))

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

"""Kinds of entry: what core must know of them to fold, show and route what it does not understand."""

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

import msgspec

from core.errors import FyrError
from core.identity.shown import shown
from core.log.body import Body
from core.log.entry import Header
from core.log.state import Part
from core.transcript.line import Says

P = TypeVar("P", bound=Part)
B = TypeVar("B", bound=Body)
Audience = Literal["patient", "staff"]
AUDIENCES: tuple[Audience, ...] = ("patient", "staff")


def shown_whole(body: Any) -> Any:
    """A view that hides nothing."""
    return body


SHOWN_TO_ALL: Mapping[Audience, Callable[[Any], Body | None]] = {"staff": shown_whole, "patient": shown_whole}
SHOWN_TO_STAFF: Mapping[Audience, Callable[[Any], Body | None]] = {"staff": shown_whole}


@dataclass(frozen=True, slots=True)
class Kind(Generic[P, B]):
    """One kind of entry, registered at start by the package that owns it."""

    body: type[B]
    part: type[P]
    fold: Callable[[P, B, Header], P]
    views: Mapping[Audience, Callable[[Any], Body | None]] = field(default_factory=dict)
    content: bool = False
    """True when it counts for "no content newer than n": messages, answers, measurements, urgency."""
    topics: tuple[str, ...] = ()
    """Outbox topics to be worked on once it is committed."""
    says: Callable[[B, Header], object] | None = None
    """What it tells an assessor, in the assessor's own terms; core does not look inside."""
    scope: Callable[[B], str] | None = None
    """The unit the stream belongs to from this entry on."""
    reads: Says = field(default_factory=dict)
    """How it reads in a transcript, for each audience it has a view for; see `core.transcript`."""
    reveals: tuple[str, ...] = ()
    """Fields that lead to a person: where they are, how they are reached. See `core.identity.shown`."""
    names: tuple[str, ...] = ()
    """Fields with the names of people, or of where in care they are."""
    version: int = 1
    name: str = field(init=False)
    """Its body's tag."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _tag(self.body))


class Kinds:
    """Every kind this service knows. Two of one name stop the start, and so does one that staff would miss.

    Staff go by the log's own numbers, in which no view may leave a gap: what others are shown and staff are not to read
    is shown to them without its words.
    """

    def __init__(self, kinds: Iterable[Kind[Any, Any]]) -> None:
        self._by_name: dict[str, Kind[Any, Any]] = {}
        self._by_body: dict[type[Body], Kind[Any, Any]] = {}
        for kind in kinds:
            if kind.name in self._by_name:
                raise FyrError("unknown_kind", kind=kind.name, why="registered twice")
            if kind.views and "staff" not in kind.views:
                raise FyrError("unknown_kind", kind=kind.name, why="a gap in what staff are shown")
            self._by_name[kind.name] = self._by_body[kind.body] = kind

    def __iter__(self) -> Any:
        return iter(self._by_name.values())

    def named(self, name: str) -> Kind[Any, Any]:
        """The kind of this name. Raises `unknown_kind`."""
        try:
            return self._by_name[name]
        except KeyError:
            raise FyrError("unknown_kind", kind=name) from None

    def of(self, body: Body) -> Kind[Any, Any]:
        """The kind of a body. Raises `unknown_kind`."""
        kind = self._by_body.get(type(body))
        return kind if kind is not None else self.named(_tag(type(body)))

    def decode(self, name: str, data: bytes) -> Body:
        """A body from its bytes. Raises `unknown_kind`."""
        body = msgspec.json.decode(data, type=self.named(name).body)
        assert isinstance(body, Body)
        return body

    def view(self, body: Body, audience: Audience, *, protected: bool, in_document: bool = False) -> Body | None:
        """The body as this audience may see it; None when it may not. `protected`: whom it concerns is."""
        kind = self._by_body.get(type(body)) or self.of(body)
        show = kind.views.get(audience)
        if show is None:
            return None
        seen = body if show is shown_whole else show(body)
        if seen is None or not protected:
            return seen
        return shown(seen, reveals=kind.reveals, names=kind.names, to="document" if in_document else audience)


@functools.cache
def _tag(body: type[Body]) -> str:
    return str(body.__struct_config__.tag)

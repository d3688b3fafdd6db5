"""The one way to write: what is asked, what is answered, and the head a condition looks at."""

from collections.abc import Callable

import msgspec

from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId
from core.log.body import Body
from core.log.entry import Entry, Scope
from core.log.state import Part, State


class Head(msgspec.Struct):
    """A stream's row. Conditions read it; the judge changes only copies it made for the group in hand."""

    stream: StreamId
    last_no: int
    content_no: int
    patient_no: int
    link: bytes
    chain_key: str
    key: bytes
    wrapped_key: bytes
    state: State
    scope: Scope
    fresh: bool = False
    """True when the stream is being made in this group."""
    touched_units: set[str] = msgspec.field(default_factory=set)
    unit_numbers: dict[str, int] = msgspec.field(default_factory=dict)
    """The number each touched unit's board got from this group."""
    folded: set[type[Part]] = msgspec.field(default_factory=set)
    """The parts of the state that this group has changed."""
    lying: dict[object, tuple[object, ...]] = {}
    """Rows of tables that are not always kept to the letter (`StateTable.will_do`), by their keys, as this node has
    written them since nobody else wrote to the stream. Never changed in place."""


Require = Callable[[Head], None]
"""A condition on the head, checked inside the transaction. Raises `FyrError` to refuse this append alone."""


class Append(msgspec.Struct, frozen=True):
    """One command: its entries are committed together, once per (actor, client_id), or not at all."""

    stream: StreamId
    bodies: tuple[Body, ...]
    actor: Actor
    client_id: str
    require: Require | None = None
    create: Scope | None = None
    """Set when this command makes the stream."""


class Appended(msgspec.Struct, frozen=True, gc=False):
    """The answer: where the entries lie. A repeat answers with the first result."""

    stream: StreamId
    first_no: int
    last_no: int
    patient_no: int | None
    """The last of the entries in the patient's numbering, if the patient sees any."""
    at_ms: int
    repeated: bool = False


class Commit(msgspec.Struct, frozen=True):
    """What one transaction changed of a stream, told to listeners on this node after the database has it."""

    stream: StreamId
    entries: tuple[Entry, ...]
    before: State | None
    after: State
    head: Head


def no_content_after(number: int) -> Require:
    """Refuse with `behind` when content newer than entry `number` lies in the stream."""

    def require(head: Head) -> None:
        if head.content_no > number:
            raise FyrError("behind", newer=head.content_no - number, head=head.last_no)

    return require


def still(holds: Callable[[Head], bool]) -> Require:
    """Refuse with `wrong_state` what holds no more: the condition of a step that any node may take. See `Log.step`."""

    def require(head: Head) -> None:
        if not holds(head):
            raise FyrError("wrong_state", state="moved on")

    return require


def every(*conditions: Require | None) -> Require:
    """All of the conditions, in order."""
    asked = tuple(filter(None, conditions))
    if len(asked) == 1:
        return asked[0]

    def require(head: Head) -> None:
        for condition in asked:
            condition(head)

    return require

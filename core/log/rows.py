"""What a judged group becomes in the tables, the same for every database. The writers know how to write it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.ids import StreamId
from core.log.append import Head
from core.log.body import Body
from core.log.entry import Entry
from core.log.heads import sealed_state
from core.log.judge import EntryRow, Judgement
from core.log.state import Part

Row = tuple[object, ...]
Change = tuple[str, StreamId, int]
"""Unit, stream, and how far behind the unit's new number the stream's own lies."""

STREAM = (
    *("id", "last_no", "content_no", "patient_no", "link", "chain_key", "wrapped_key", "state"),
    *("person_id", "opener_id", "unit_id", "provider_id"),
)
"""The columns of a head."""
FIRST_RESULT = ("sender", "client_id", "stream_id", "first_no", "last_no", "patient_no", "at_ms")


@dataclass(frozen=True, slots=True)
class StateTable:
    """A table with one row per stream of a type, derived from the state in the transaction that changed it."""

    prefix: str
    table: str
    key: str
    columns: tuple[str, ...]
    """Column names; the first is `key`."""
    row: Callable[[Head], Row | None]
    parts: tuple[type[Part], ...]
    """What of the state the row is made from: while these parts stay as they are, so does the row."""
    will_do: Callable[[Row, Row, int], bool] | None = None
    """Whether the row that lies there does as well as the new one, at this moment in ms."""

    def rests(self, changed: Collection[type[Part]] | None) -> bool:
        """Whether its row is as it was when no more of the state has changed than this; None: anything."""
        return changed is not None and not any(part in changed for part in self.parts)

    @property
    def on_conflict(self) -> str:
        """How a row takes the place of the one before, the same on SQLite and PostgreSQL."""
        others = ", ".join(f"{column} = excluded.{column}" for column in self.columns if column != self.key)
        return f"ON CONFLICT ({self.key}) DO UPDATE SET {others}"


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A table with one row per entry of streams of a type, written in the transaction that wrote the entry."""

    prefix: str
    table: str
    columns: tuple[str, ...]
    """Column names; the first two, `stream_id` and `no`, are the key."""
    row: Callable[[Entry], Row | None]
    bodies: tuple[type[Body], ...]
    """What may have a row: nothing else is asked."""

    @property
    def on_conflict(self) -> str:
        """A row that lies there already is none of ours: the entry is new."""
        others = ", ".join(f"{column} = excluded.{column}" for column in self.columns[2:])
        return f"ON CONFLICT ({self.columns[0]}, {self.columns[1]}) DO UPDATE SET {others}"

    def rows_of(self, added: Mapping[StreamId, Iterable[Entry]]) -> list[tuple[StreamId, Row]]:
        """The rows of what is committed, each with its stream."""
        return [
            (name, row)
            for name, entries in added.items()
            if name.startswith(self.prefix)
            for entry in entries
            if isinstance(entry.body, self.bodies) and (row := self.row(entry)) is not None
        ]


KeptTable = StateTable | EntryTable


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table is to hold besides: rows, each of a stream, in this order."""

    table: KeptTable
    streams: list[StreamId]
    rows: list[Row]


@dataclass(slots=True)
class Rows:
    """The rows of one group, each list in the order in which they are to be locked: by stream, unit, sender."""

    created: list[Row] = field(default_factory=list)
    """New streams: `STREAM` and the time."""
    moved: list[Row] = field(default_factory=list)
    """Known streams: id, the number the group builds on, and what is new of `MOVED`."""
    units: list[tuple[str, int]] = field(default_factory=list)
    """Each unit whose board changes, with how many of its streams do."""
    changes: list[Change] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    once: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    """Topic, stream, number, time."""
    kept: list[Kept] = field(default_factory=list)


def rows_of(judgement: Judgement, tables: Sequence[KeptTable]) -> Rows:
    """The rows that make the judgement true."""
    ordered = [judgement.heads[name] for name in sorted(judgement.heads)]
    kinds = {name.partition(":")[0] for name in judgement.heads}
    at_ms = judgement.at_ms
    rows = Rows(
        created=[_created(head, at_ms) for head in ordered if head.fresh],
        moved=[_moved(head, judgement.before[head.stream]) for head in ordered if not head.fresh],
        entries=judgement.entries,
        once=sorted(
            (*sender, done.stream, done.first_no, done.last_no, done.patient_no, done.at_ms)
            for sender, done in judgement.new_once.items()
        ),
        outbox=[(topic, name, no, at_ms) for (topic, name), no in judgement.topics.items()],
    )
    rows.changes = changes_of(judgement)
    rows.units = list(Counter(unit_id for unit_id, _, _ in rows.changes).items())
    changed = [(head, _changed(head, judgement)) for head in ordered]
    parts = _all_of(parts for _, parts in changed)
    for table in tables:
        if table.prefix.partition(":")[0] not in kinds or (isinstance(table, StateTable) and table.rests(parts)):
            continue
        kept = table.rows_of(judgement.added) if isinstance(table, EntryTable) else _stated(table, changed, at_ms)
        if kept:
            rows.kept.append(Kept(table, [name for name, _ in kept], [row for _, row in kept]))
    return rows


def _stated(
    table: StateTable, changed: Iterable[tuple[Head, set[type[Part]] | None]], at_ms: int
) -> list[tuple[StreamId, Row]]:
    kept: list[tuple[StreamId, Row]] = []
    for head, parts in changed:
        if head.stream.startswith(table.prefix) and not table.rests(parts):
            row = table.row(head)
            if row is not None and not _lies_well(table, head, row, at_ms=at_ms):
                kept.append((head.stream, row))
    return kept


def _lies_well(table: StateTable, head: Head, row: Row, *, at_ms: int) -> bool:
    """Whether the row need not be written; if it must, the head remembers it."""
    if table.will_do is None:
        return False
    lies = head.lying.get(row[0])
    if lies is not None and table.will_do(lies, row, at_ms):
        return True
    head.lying = {**head.lying, row[0]: row}
    return False


def changes_of(judgement: Judgement) -> list[Change]:
    """What the judgement changes on boards: of a unit's streams, the last gets its newest number."""
    touched: dict[str, list[StreamId]] = {}
    for name in sorted(judgement.heads):
        for unit_id in judgement.heads[name].touched_units - {""}:
            touched.setdefault(unit_id, []).append(name)
    return [
        (unit_id, name, len(touched[unit_id]) - place)
        for unit_id in sorted(touched)
        for place, name in enumerate(touched[unit_id], start=1)
    ]


def give_numbers(judgement: Judgement, changes: Iterable[Change], numbers: Mapping[str, int]) -> None:
    """Let each head know the number that its unit's board got."""
    for unit_id, stream, back in changes:
        judgement.heads[stream].unit_numbers[unit_id] = numbers[unit_id] - back


def _created(head: Head, at_ms: int) -> Row:
    scope = (head.scope.person_id, head.scope.opener_id, head.scope.unit_id, head.scope.provider_id)
    numbers = (head.last_no, head.content_no, head.patient_no)
    return (head.stream, *numbers, head.link, head.chain_key, head.wrapped_key, sealed_state(head), *scope, at_ms)


def _moved(head: Head, was: Head) -> Row:
    numbers = (was.last_no, head.last_no, head.content_no, head.patient_no)
    return (head.stream, *numbers, head.link, sealed_state(head), head.scope.unit_id, head.scope.provider_id)


def _all_of(changed: Iterable[set[type[Part]] | None]) -> set[type[Part]] | None:
    """The parts that have changed of any; None: anything may have."""
    found = set[type[Part]]()
    for parts in changed:
        if parts is None:
            return None
        found |= parts
    return found


def _changed(head: Head, judgement: Judgement) -> set[type[Part]] | None:
    """The parts of the state that are not as they were; None: all, as far as a row is made from them."""
    was = judgement.before.get(head.stream)
    if was is None or was.scope is not head.scope:
        return None
    now, then = head.state.get, was.state.get
    return {kind for kind in head.folded if now(kind) != then(kind)}

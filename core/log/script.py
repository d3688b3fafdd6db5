"""The transaction that commits a group, written once for every database: it yields queries and is sent their rows.

It knows SQL but no driver; `core.storage.sqlite_writer` and `postgres_writer` carry it out. Rows are locked in the
order of their ids, since two nodes that lock in order of arrival deadlock.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Head
from core.log.entry import Scope
from core.log.judge import Judge, Judgement
from core.log.seal import MasterKeys, Sealer, unwrap_key
from core.log.state import State

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Query:
    """One statement with `?` for parameters: run once with rows back, or once per tuple of `many`."""

    sql: str
    args: tuple[object, ...] = ()
    many: tuple[tuple[object, ...], ...] | None = None


Script = Generator[Query, list[Row], Judgement]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the two databases' SQL differ."""

    name: str
    any_of: str
    """Text after a column that compares it with one list parameter."""
    for_update: str
    encode_list: Callable[[list[str]], object]


@dataclass(frozen=True, slots=True)
class StateTable:
    """A table with one row per stream of a type, derived from the state in the transaction that changed it."""

    prefix: str
    table: str
    key: str
    columns: tuple[str, ...]
    """Column names; the first is `key`."""
    row: Callable[[Head], tuple[object, ...] | None]

    @property
    def upsert(self) -> str:
        """INSERT … ON CONFLICT, the same on SQLite and PostgreSQL."""
        others = ", ".join(f"{column} = excluded.{column}" for column in self.columns if column != self.key)
        marks = ", ".join("?" * len(self.columns))
        return (
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks}) "
            f"ON CONFLICT ({self.key}) DO UPDATE SET {others}"
        )


KEY_CACHE = 20_000
"""Unwrapped stream keys kept in memory: about 3 MB."""

HEAD_COLUMNS = (
    "id, last_no, content_no, patient_no, link, chain_key, wrapped_key, state, "
    "person_id, opener_id, unit_id, provider_id"
)
INSERT_STREAM = f"INSERT INTO stream ({HEAD_COLUMNS}, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
UPDATE_STREAM = (
    "UPDATE stream SET last_no = ?, content_no = ?, patient_no = ?, link = ?, state = ?, unit_id = ?, provider_id = ? "
    "WHERE id = ?"
)
INSERT_ENTRY = "INSERT INTO entry (stream_id, no, patient_no, header, link, body) VALUES (?, ?, ?, ?, ?, ?)"
INSERT_ONCE = (
    "INSERT INTO once (sender, client_id, stream_id, first_no, last_no, patient_no, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
INSERT_OUTBOX = "INSERT INTO outbox (topic, stream_id, no, due_ms, tries) VALUES (?, ?, ?, ?, 0)"
NEXT_UNIT_NO = (
    "INSERT INTO unit_head (unit_id, no) VALUES (?, ?) "
    "ON CONFLICT (unit_id) DO UPDATE SET no = unit_head.no + excluded.no RETURNING no"
)
UPSERT_UNIT_CHANGE = (
    "INSERT INTO unit_change (unit_id, stream_id, no) VALUES (?, ?, ?) "
    "ON CONFLICT (unit_id, stream_id) DO UPDATE SET no = excluded.no"
)


class CommitScript:
    """Makes the script for a group; holds what every group shares."""

    def __init__(self, judge: Judge, masters: MasterKeys, *, dialect: Dialect, tables: Sequence[StateTable]) -> None:
        self._judge = judge
        self._masters = masters
        self._dialect = dialect
        self._tables = tables
        self._keys: dict[tuple[str, bytes], bytes] = {}

    def __call__(self, group: Sequence[Append], at_ms: int) -> Script:
        """The queries that commit `group` at `at_ms`, and the judgement at the end."""
        once = yield from self._first_results(group)
        heads = yield from self._heads(group)
        judgement = Judgement(heads=heads, once=once, at_ms=at_ms)
        self._judge.judge(group, judgement)
        yield from self._write_streams(judgement)
        yield from self._number_units(judgement)
        yield from self._write_rows(judgement)
        return judgement

    def _first_results(self, group: Sequence[Append]) -> Generator[Query, list[Row], dict[tuple[str, str], Appended]]:
        client_ids = sorted({append.client_id for append in group})
        senders = sorted({append.actor.id for append in group})
        rows = yield Query(
            "SELECT sender, client_id, stream_id, first_no, last_no, patient_no, at_ms FROM once "
            f"WHERE client_id {self._dialect.any_of} AND sender {self._dialect.any_of}",
            (self._dialect.encode_list(client_ids), self._dialect.encode_list(senders)),
        )
        return {(row[0], row[1]): Appended(StreamId(row[2]), *row[3:]) for row in rows}

    def _heads(self, group: Sequence[Append]) -> Generator[Query, list[Row], dict[StreamId, Head]]:
        names = sorted({append.stream for append in group})
        rows = yield Query(
            f"SELECT {HEAD_COLUMNS} FROM stream WHERE id {self._dialect.any_of} ORDER BY id{self._dialect.for_update}",
            (self._dialect.encode_list([str(name) for name in names]),),
        )
        return {StreamId(row[0]): self.head(row) for row in rows}

    def head(self, row: Row) -> Head:
        """A head from its row. Raises `log_broken` when the row was altered."""
        name, wrapped = StreamId(row[0]), bytes(row[6])
        key = self._keys.get((name, wrapped)) or unwrap_key(self._masters, name, wrapped)
        if len(self._keys) > KEY_CACHE:
            self._keys.clear()
        self._keys[name, wrapped] = key
        return Head(
            stream=name,
            last_no=row[1],
            content_no=row[2],
            patient_no=row[3],
            link=bytes(row[4]),
            chain_key=row[5],
            key=key,
            wrapped_key=wrapped,
            state=State.decode(_opened_state(row, Sealer(key))),
            scope=Scope(person_id=row[8], opener_id=row[9], unit_id=row[10], provider_id=row[11]),
        )

    def _write_streams(self, judgement: Judgement) -> Generator[Query, list[Row], None]:
        ordered = [judgement.changed[name] for name in sorted(judgement.changed)]
        fresh = tuple(self._stream_row(head, judgement.at_ms) for head in ordered if head.fresh)
        known = tuple(self._stream_change(head) for head in ordered if not head.fresh)
        if fresh:
            yield Query(INSERT_STREAM, many=fresh)
        if known:
            yield Query(UPDATE_STREAM, many=known)
        for table in self._tables:
            rows = tuple(row for head in ordered if head.stream.startswith(table.prefix) and (row := table.row(head)))
            if rows:
                yield Query(table.upsert, many=rows)

    def _stream_row(self, head: Head, at_ms: int) -> tuple[object, ...]:
        scope = (head.scope.person_id, head.scope.opener_id, head.scope.unit_id, head.scope.provider_id)
        numbers = (head.last_no, head.content_no, head.patient_no)
        return (head.stream, *numbers, head.link, head.chain_key, head.wrapped_key, _sealed_state(head), *scope, at_ms)

    def _stream_change(self, head: Head) -> tuple[object, ...]:
        numbers = (head.last_no, head.content_no, head.patient_no)
        scope = (head.scope.unit_id, head.scope.provider_id)
        return (*numbers, head.link, _sealed_state(head), *scope, head.stream)

    def _number_units(self, judgement: Judgement) -> Generator[Query, list[Row], None]:
        touched: dict[str, list[Head]] = {}
        for head in judgement.changed.values():
            for unit in head.touched_units - {""}:
                touched.setdefault(unit, []).append(head)
        changes: list[tuple[object, ...]] = []
        for unit in sorted(touched):
            rows = yield Query(NEXT_UNIT_NO, (unit, len(touched[unit])))
            for number, head in enumerate(touched[unit], start=rows[0][0] - len(touched[unit]) + 1):
                head.unit_numbers[unit] = number
                changes.append((unit, head.stream, number))
        if changes:
            yield Query(UPSERT_UNIT_CHANGE, many=tuple(changes))

    def _write_rows(self, judgement: Judgement) -> Generator[Query, list[Row], None]:
        if not judgement.entries:
            return
        entries = tuple((e.stream, e.no, e.patient_no, e.header, e.link, e.body) for e in judgement.entries)
        yield Query(INSERT_ENTRY, many=entries)
        first = tuple(
            (*sender, done.stream, done.first_no, done.last_no, done.patient_no, done.at_ms)
            for sender, done in judgement.new_once.items()
        )
        yield Query(INSERT_ONCE, many=first)
        topics = tuple((topic, name, no, judgement.at_ms) for (topic, name), no in judgement.topics.items())
        if topics:
            yield Query(INSERT_OUTBOX, many=topics)


def _sealed_state(head: Head) -> bytes:
    scope = (head.scope.person_id, head.scope.opener_id, head.scope.unit_id, head.scope.provider_id)
    context = _state_context(head.stream, (head.last_no, head.content_no, head.patient_no), scope)
    return Sealer(head.key).seal(head.state.encode(), context)


def _opened_state(row: Row, sealer: Sealer) -> bytes:
    sealed = bytes(row[7])
    try:
        return sealer.open(sealed, _state_context(row[0], tuple(row[1:4]), tuple(row[8:12])))
    except FyrError:  # sealed before the rest of the row was part of it; every write since seals it anew
        return sealer.open(sealed, f"{row[0]}/state")


def _state_context(stream: str, numbers: tuple[int, ...], scope: tuple[str, ...]) -> str:
    """The row a state belongs to: whom it concerns, how far it is. With any of it altered the state does not open."""
    return f"{stream}/state/{(*numbers, *scope)!r}"

"""One statement that writes a whole group on PostgreSQL, but for streams that were overtaken: one question, one answer.

Each stage reads from the one before, and so comes after it: streams, new streams, what is written of them, units. All
nodes take their locks in that order, and within a stage in the order of the rows, so none waits for another in a
circle. A stream that is not where the group thinks it is, is not moved, and no later stage writes anything of it. Units
come last, since all who write at a unit wait for whoever has its row: they wait for little more than the flush.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from core.log.rows import FIRST_RESULT, STREAM, Kept, KeptTable, Rows

MOVED = {
    "id": "text",
    "was": "int",
    "last_no": "int",
    "content_no": "int",
    "patient_no": "int",
    "link": "bytea",
    "state": "bytea",
    "unit_id": "text",
    "provider_id": "text",
}
TYPES = {
    **MOVED,
    **dict.fromkeys(("chain_key", "person_id", "opener_id", "stream_id", "sender", "client_id", "topic"), "text"),
    **dict.fromkeys(("no", "first_no", "tries"), "int"),
    **dict.fromkeys(("at_ms", "created_ms", "due_ms"), "bigint"),
    **dict.fromkeys(("wrapped_key", "header", "body"), "bytea"),
}
ENTRY = ("stream_id", "no", "patient_no", "header", "link", "body")
OUTBOX = ("topic", "stream_id", "no", "due_ms")


CREATED = (*STREAM, "created_ms")
CHANGE = ("unit_id", "stream_id")


class Shape(NamedTuple):
    """What a group has any rows of: groups of one shape are written by one text, made once."""

    moved: bool
    created: bool
    units: bool
    outbox: bool
    kept: tuple[tuple[str, tuple[str, ...]], ...]
    """Tables with their columns."""


_texts: dict[Shape, str] = {}


class Statement:
    """The statement that writes these rows: its text and what goes with it.

    It answers with rows of unit, number, stream and its head: each unit's new number, and each stream that was
    overtaken, as it is now.
    """

    def __init__(self, rows: Rows) -> None:
        kept = tuple((one.table.table, one.table.columns) for one in rows.kept)
        shape = Shape(bool(rows.moved), bool(rows.created), bool(rows.units), bool(rows.outbox), kept)
        self.text = _texts.get(shape) or _texts.setdefault(
            shape, _Text(shape, [one.table for one in rows.kept]).whole()
        )
        self.args = list(_args(rows))


def _args(rows: Rows) -> Iterator[object]:
    """In the order in which the text asks for them."""
    if rows.moved:
        yield from _columns(tuple(MOVED), rows.moved)
    if rows.created:
        yield from _columns(CREATED, rows.created)
    yield from _columns(FIRST_RESULT, rows.once)
    yield from _columns(ENTRY, rows.entries)
    if rows.outbox:
        yield from _columns(OUTBOX, rows.outbox)
    for kept in rows.kept:
        yield _told(kept)
    if rows.units:
        yield from _columns(CHANGE, [change[:2] for change in rows.changes])


def _columns(columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> Iterator[object]:
    """Each column as one value, which the database takes apart: asyncpg would look several times at each element of an
    array."""
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        if TYPES[column] == "bytea":
            lengths = [len(value) for value in values]
            yield _literal(list(accumulate(lengths[:-1], initial=1)))
            yield _literal(lengths)
            yield b"".join(values)
        else:
            yield _literal(values)


def _told(kept: Kept) -> str:
    """PostgreSQL knows the types of the table's columns; we need not."""
    written = [
        {"stream": stream, "row": dict(zip(kept.table.columns, row, strict=True))}
        for stream, row in zip(kept.streams, kept.rows, strict=True)
    ]
    return msgspec.json.encode(written).decode()


def _literal(values: Sequence[object]) -> str:
    """An array as PostgreSQL writes it. JSON has the same quotes and escapes for names that can be printed."""
    return f"{{{msgspec.json.encode(values)[1:-1].decode()}}}"


def _after(stages: Sequence[str]) -> str:
    """What makes a stage wait for others. Asked once: as a join it was counted anew for each row."""
    return " WHERE " + " AND ".join(f"(SELECT count(*) FROM {stage}) >= 0" for stage in stages)


class _Text:
    """Puts the text together; what it asks for comes in the order of `_args`."""

    def __init__(self, shape: Shape, tables: Sequence[KeptTable]) -> None:
        self._shape = shape
        self._tables = tables
        self._asked = 0
        self._stages: list[str] = []
        self._written: list[str] = []
        """Stages that write what belongs to the streams."""

    def whole(self) -> str:
        """The text."""
        self._streams()
        self._insert("first", "once", FIRST_RESULT)
        self._insert("entries", "entry", ENTRY)
        if self._shape.outbox:
            self._insert("jobs", "outbox", OUTBOX, tries=True)
        for table in self._tables:
            self._keep(table)
        told = self._units()
        if self._shape.moved:  # $1: the ids
            told.append(
                "SELECT NULL, 0, asked.id, locked.* FROM unnest($1::text::text[]) AS asked (id) LEFT JOIN locked "
                "USING (id) WHERE NOT EXISTS (SELECT FROM moved WHERE moved.id = asked.id)"
            )
        return f"WITH {', '.join(self._stages)} {' UNION ALL '.join(told) or 'SELECT FROM ours LIMIT 0'}"

    def _streams(self) -> None:
        """Ends with `ours`: the streams that are written to."""
        written: list[str] = []
        if self._shape.moved:
            new = self._unnest(tuple(MOVED))
            # Compared under the locks and before anything moves: an UPDATE waits for a lock, and then goes on.
            self._stages.append(
                f"locked AS MATERIALIZED (SELECT {', '.join(STREAM)} FROM stream WHERE id = ANY($1::text::text[]) "
                "ORDER BY id FOR NO KEY UPDATE)"
            )
            self._stages.append(
                f"unmoved AS MATERIALIZED (SELECT new.* FROM locked JOIN {new} USING (id) "
                "WHERE locked.last_no = new.was)"
            )
            self._stages.append(
                "moved AS (UPDATE stream SET last_no = new.last_no, content_no = new.content_no, "
                "patient_no = new.patient_no, link = new.link, state = new.state, "
                "unit_id = new.unit_id, provider_id = new.provider_id FROM unmoved AS new "
                "WHERE stream.id = new.id RETURNING stream.id)"
            )
            written.append("SELECT id FROM moved")
        if self._shape.created:
            after = _after(["moved"]) if self._shape.moved else ""
            self._stages.append(
                f"created AS (INSERT INTO stream ({', '.join(CREATED)}) "
                f"SELECT new.* FROM {self._unnest(CREATED)}{after} RETURNING id)"
            )
            written.append("SELECT id FROM created")
        self._stages.append(f"ours AS MATERIALIZED ({' UNION ALL '.join(written)})")

    def _units(self) -> list[str]:
        """Once everything else is written."""
        if not self._shape.units:
            return []
        self._stages.append(
            f"touched AS MATERIALIZED (SELECT new.* FROM ours JOIN {self._unnest(CHANGE)} ON new.stream_id = ours.id"
            f"{_after(self._written)})"
        )
        self._stages.append(
            "units AS (INSERT INTO unit_head (unit_id, no) "
            'SELECT unit_id, count(*) FROM touched GROUP BY unit_id ORDER BY unit_id COLLATE "C" '
            "ON CONFLICT (unit_id) DO UPDATE SET no = unit_head.no + excluded.no RETURNING unit_id, no)"
        )
        self._stages.append(
            "changes AS (INSERT INTO unit_change (unit_id, stream_id, no) SELECT unit_id, stream_id, units.no + 1 - "
            'row_number() OVER (PARTITION BY unit_id ORDER BY stream_id COLLATE "C" DESC) '
            "FROM units JOIN touched USING (unit_id) "
            "ON CONFLICT (unit_id, stream_id) DO UPDATE SET no = excluded.no)"
        )
        none = "".join(f", NULL::{TYPES[name]}" for name in ("id", *STREAM)) if self._shape.moved else ", NULL"
        return [f"SELECT unit_id, no{none} FROM units"]

    def _insert(self, stage: str, table: str, columns: tuple[str, ...], *, tries: bool = False) -> None:
        names, new = ", ".join(columns), self._unnest(columns)
        more = (", tries", ", 0") if tries else ("", "")
        self._stages.append(
            f"{stage} AS (INSERT INTO {table} ({names}{more[0]}) SELECT new.*{more[1]} "
            f"FROM {new} JOIN ours ON ours.id = new.stream_id RETURNING 1)"
        )
        self._written.append(stage)

    def _keep(self, table: KeptTable) -> None:
        columns, stage = table.columns, f"kept_{len(self._written)}"  # one table may be kept in several ways
        self._stages.append(
            f"{stage} AS (INSERT INTO {table.table} ({', '.join(columns)}) "
            f"SELECT {', '.join(f'new.{name}' for name in columns)} "
            f"FROM jsonb_array_elements({self._next()}::jsonb) AS told (one) "
            "JOIN ours ON ours.id = told.one ->> 'stream' "
            f"CROSS JOIN LATERAL jsonb_populate_record(NULL::{table.table}, told.one -> 'row') AS new "
            f"{table.on_conflict} RETURNING 1)"
        )
        self._written.append(stage)

    def _unnest(self, columns: tuple[str, ...]) -> str:
        """The rows as a table `new`, from what `_columns` gives."""
        arrays: list[str] = []
        names: list[str] = []
        shown: list[str] = []
        for column in columns:
            if TYPES[column] == "bytea":
                arrays += [f"{self._next()}::text::int[]", f"{self._next()}::text::int[]"]
                names += [f"{column}_from", f"{column}_for"]
                shown.append(f"substring({self._next()}::bytea FROM {column}_from FOR {column}_for) AS {column}")
            else:
                arrays.append(f"{self._next()}::text::{TYPES[column]}[]")
                names.append(column)
                shown.append(column)
        told = f"unnest({', '.join(arrays)}) AS told ({', '.join(names)})"
        return f"(SELECT {', '.join(shown)} FROM {told}) AS new"

    def _next(self) -> str:
        self._asked += 1
        return f"${self._asked}"

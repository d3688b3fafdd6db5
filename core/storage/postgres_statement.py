"""One statement that writes a whole group on PostgreSQL, but for streams that were overtaken: one question, one answer.

Each stage reads from the one before, and so comes after it: streams, new streams, units, then everything else. All
nodes take their locks in that order, and within a stage in the order of the rows, so none waits for another in a
circle. A stream that is not where the group thinks it is, is not moved, and no later stage writes anything of it.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import msgspec

from core.log.rows import FIRST_RESULT, STREAM, Kept, Rows

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


class Statement:
    """The statement that writes these rows: its text and what goes with it.

    It answers with rows of unit, stream and number: each unit's new number, and each stream that was overtaken.
    """

    def __init__(self, rows: Rows) -> None:
        self.args: list[object] = []
        self._stages: list[str] = []
        self._streams(rows)
        told = self._units(rows)
        self._insert("first", "once", FIRST_RESULT, rows=rows.once)
        self._insert("entries", "entry", ENTRY, rows=rows.entries)
        if rows.outbox:
            self._insert("jobs", "outbox", OUTBOX, rows=rows.outbox, tries=True)
        for kept in rows.kept:
            self._keep(kept)
        if rows.moved:  # $1: the ids
            told.append(
                "SELECT NULL, id, 0 FROM unnest($1::text::text[]) AS asked (id) "
                "WHERE NOT EXISTS (SELECT FROM moved WHERE moved.id = asked.id)"
            )
        self.text = f"WITH {', '.join(self._stages)} {' UNION ALL '.join(told) or 'SELECT FROM settled LIMIT 0'}"

    def _streams(self, rows: Rows) -> None:
        """Ends with `ours`: the streams that are written to."""
        written: list[str] = []
        if rows.moved:
            new = self._unnest(tuple(MOVED), rows.moved)
            # Compared under the locks and before anything moves: an UPDATE waits for a lock, and then goes on.
            self._stages.append(
                "locked AS MATERIALIZED (SELECT id, last_no FROM stream WHERE id = ANY($1::text::text[]) "
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
        if rows.created:
            columns = (*STREAM, "created_ms")
            after = "(SELECT count(*) FROM moved) AS before, " if rows.moved else ""
            self._stages.append(
                f"created AS (INSERT INTO stream ({', '.join(columns)}) "
                f"SELECT new.* FROM {after}{self._unnest(columns, rows.created)} RETURNING id)"
            )
            written.append("SELECT id FROM created")
        self._stages.append(f"ours AS MATERIALIZED ({' UNION ALL '.join(written)})")

    def _units(self, rows: Rows) -> list[str]:
        """Ends with `settled`: the same as `ours`, once the units have their numbers."""
        if not rows.units:
            self._stages.append("settled AS (SELECT id FROM ours)")
            return []
        new = self._unnest(("unit_id", "stream_id"), [change[:2] for change in rows.changes])
        self._stages.append(f"touched AS MATERIALIZED (SELECT new.* FROM ours JOIN {new} ON new.stream_id = ours.id)")
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
        self._stages.append("settled AS MATERIALIZED (SELECT id FROM (SELECT count(*) FROM units) AS before, ours)")
        return ["SELECT unit_id, NULL AS id, no FROM units"]

    def _insert(
        self,
        stage: str,
        table: str,
        columns: tuple[str, ...],
        *,
        rows: Sequence[tuple[object, ...]],
        tries: bool = False,
    ) -> None:
        names, new = ", ".join(columns), self._unnest(columns, rows)
        more = (", tries", ", 0") if tries else ("", "")
        self._stages.append(
            f"{stage} AS (INSERT INTO {table} ({names}{more[0]}) SELECT new.*{more[1]} "
            f"FROM {new} JOIN settled ON settled.id = new.stream_id)"
        )

    def _keep(self, kept: Kept) -> None:
        """PostgreSQL knows the types of the table's columns; we need not."""
        table, columns = kept.table, kept.table.columns
        written = msgspec.json.encode(
            [
                {"stream": stream, "row": dict(zip(columns, row, strict=True))}
                for stream, row in zip(kept.streams, kept.rows, strict=True)
            ]
        )
        self._stages.append(
            f"kept_{table.table} AS (INSERT INTO {table.table} ({', '.join(columns)}) "
            f"SELECT {', '.join(f'new.{name}' for name in columns)} "
            f"FROM jsonb_array_elements({self._arg(written.decode())}::jsonb) AS told (one) "
            "JOIN settled ON settled.id = told.one ->> 'stream' "
            f"CROSS JOIN LATERAL jsonb_populate_record(NULL::{table.table}, told.one -> 'row') AS new "
            f"{table.on_conflict})"
        )

    def _unnest(self, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> str:
        """The rows as a table `new`. Each column goes as one value, which the database takes apart: asyncpg would look
        several times at every element of an array."""
        arrays: list[str] = []
        names: list[str] = []
        shown: list[str] = []
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            if TYPES[column] == "bytea":
                lengths = [len(value) for value in values]
                begins = list(accumulate(lengths[:-1], initial=1))
                arrays += [self._array("int", begins), self._array("int", lengths)]
                names += [f"{column}_from", f"{column}_for"]
                whole = self._arg(b"".join(values))
                shown.append(f"substring({whole}::bytea FROM {column}_from FOR {column}_for) AS {column}")
            else:
                arrays.append(self._array(TYPES[column], values))
                names.append(column)
                shown.append(column)
        told = f"unnest({', '.join(arrays)}) AS told ({', '.join(names)})"
        return f"(SELECT {', '.join(shown)} FROM {told}) AS new"

    def _array(self, kind: str, values: Sequence[object]) -> str:
        return f"{self._arg(_literal(values))}::text::{kind}[]"

    def _arg(self, value: object) -> str:
        self.args.append(value)
        return f"${len(self.args)}"


def _literal(values: Sequence[object]) -> str:
    """An array as PostgreSQL writes it. JSON has the same quotes and escapes for names that can be printed."""
    return f"{{{msgspec.json.encode(values)[1:-1].decode()}}}"

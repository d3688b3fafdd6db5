"""One statement that writes a whole group on PostgreSQL, or nothing of it: one question, one answer.

Each stage reads from the one before, and so comes after it: streams, then new streams, then units, then first results.
All nodes take their locks in that order, and within a stage in the order of the rows, so none waits for another in a
circle. A stage that finds less than it was told of yields nothing, and every later stage then writes nothing.
"""

from collections.abc import Sequence

import msgspec

from core.log.rows import FIRST_RESULT, STREAM, Rows, StateTable

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
    **dict.fromkeys(("no", "first_no", "back", "tries"), "int"),
    **dict.fromkeys(("at_ms", "created_ms", "due_ms"), "bigint"),
    **dict.fromkeys(("wrapped_key", "header", "body"), "bytea"),
}
ENTRY = ("stream_id", "no", "patient_no", "header", "link", "body")
OUTBOX = ("topic", "stream_id", "no", "due_ms")


class Statement:
    """The statement that writes these rows: its text and what goes with it."""

    def __init__(self, rows: Rows) -> None:
        self.args: list[object] = []
        self._stages: list[str] = []
        self._gate = "(SELECT) AS ready"
        self._streams(rows)
        self._units(rows)
        self._insert("first", "once", FIRST_RESULT, rows=rows.once)
        self._insert("entries", "entry", ENTRY, rows=rows.entries)
        if rows.outbox:
            self._insert("jobs", "outbox", OUTBOX, rows=rows.outbox, more=", tries", values=", 0")
        for table, kept in rows.kept:
            self._keep(table, kept)
        units = "UNION ALL SELECT unit_id, no FROM units" if rows.units else ""
        self.text = f"WITH {', '.join(self._stages)} SELECT NULL AS unit_id, 0 AS no FROM {self._gate} {units}"

    def _streams(self, rows: Rows) -> None:
        if rows.moved:
            new = self._unnest(tuple(MOVED), rows.moved)
            # Compared under the locks and before anything moves: an UPDATE that finds some of its rows keeps those.
            self._stages.append(
                "locked AS MATERIALIZED "
                "(SELECT id, last_no FROM stream WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE)"
            )
            self._stages.append(
                f"unmoved AS MATERIALIZED (SELECT new.* FROM locked JOIN {new} USING (id) "
                "WHERE locked.last_no = new.was)"
            )
            self._open_after("unmoved", len(rows.moved))
            self._stages.append(
                "moved AS (UPDATE stream SET last_no = new.last_no, content_no = new.content_no, "
                "patient_no = new.patient_no, link = new.link, state = new.state, "
                f"unit_id = new.unit_id, provider_id = new.provider_id FROM {self._gate}, unmoved AS new "
                "WHERE stream.id = new.id RETURNING stream.id)"
            )
            self._open_after("moved", len(rows.moved))
        if rows.created:
            columns = (*STREAM, "created_ms")
            self._insert("created", "stream", columns, rows=rows.created, values=" RETURNING id")
            self._open_after("created", len(rows.created))

    def _units(self, rows: Rows) -> None:
        if not rows.units:
            return
        new = self._unnest(("unit_id", "no"), rows.units)
        self._stages.append(
            f"units AS (INSERT INTO unit_head (unit_id, no) SELECT new.* FROM {self._gate}, {new} "
            "ON CONFLICT (unit_id) DO UPDATE SET no = unit_head.no + excluded.no RETURNING unit_id, no)"
        )
        self._open_after("units", len(rows.units))
        new = self._unnest(("unit_id", "stream_id", "back"), rows.changes)
        self._stages.append(
            "changes AS (INSERT INTO unit_change (unit_id, stream_id, no) "
            f"SELECT new.unit_id, new.stream_id, units.no - new.back FROM units JOIN {new} USING (unit_id) "
            "ON CONFLICT (unit_id, stream_id) DO UPDATE SET no = excluded.no)"
        )

    def _insert(
        self,
        stage: str,
        table: str,
        columns: tuple[str, ...],
        *,
        rows: Sequence[tuple[object, ...]],
        more: str = "",
        values: str = "",
    ) -> None:
        names, new = ", ".join(columns), self._unnest(columns, rows)
        if values.startswith(","):
            picked, after = f"new.*{values}", ""
        else:
            picked, after = "new.*", values
        self._stages.append(
            f"{stage} AS (INSERT INTO {table} ({names}{more}) SELECT {picked} FROM {self._gate}, {new}{after})"
        )

    def _keep(self, table: StateTable, rows: Sequence[tuple[object, ...]]) -> None:
        """PostgreSQL knows the types of the table's columns; we need not."""
        written = msgspec.json.encode([dict(zip(table.columns, row, strict=True)) for row in rows])
        names = ", ".join(table.columns)
        new = f"jsonb_populate_recordset(NULL::{table.table}, {self._arg(written.decode())}::jsonb) AS new"
        self._stages.append(
            f"kept_{table.table} AS (INSERT INTO {table.table} ({names}) "
            f"SELECT {', '.join(f'new.{name}' for name in table.columns)} FROM {self._gate}, {new} {table.on_conflict})"
        )

    def _open_after(self, stage: str, number: int) -> None:
        """Later stages wait for all rows of this one."""
        self._stages.append(
            f"all_{stage} AS MATERIALIZED (SELECT FROM {stage} HAVING count(*) = {self._arg(number)}::int)"
        )
        self._gate = f"all_{stage}"

    def _unnest(self, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> str:
        arrays = ", ".join(
            f"{self._arg(values)}::{TYPES[column]}[]"
            for column, values in zip(columns, zip(*rows, strict=True), strict=True)
        )
        return f"unnest({arrays}) AS new ({', '.join(columns)})"

    def _arg(self, value: object) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

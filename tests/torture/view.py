"""What one screen knows: built by the browser's own rules, so that a fault of the wire shows up as a wrong screen."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class ContactView:
    """One contact on one screen: entries in order without gaps, and the state after the newest."""

    def __init__(self, contact_id: str) -> None:
        self.contact_id = contact_id
        self.entries: list[Json] = []
        self.summary: Json | None = None
        self.heard_head = 0
        """The newest number the server has told of."""

    @property
    def head(self) -> int:
        """The newest entry on the screen."""
        return int(self.entries[-1]["no"]) if self.entries else 0

    @property
    def behind(self) -> bool:
        """The server has told of more than the screen shows."""
        return self.heard_head > self.head

    def take(self, entries: Sequence[Json], summary: Json) -> None:
        """Add what joins up; what does not is left to be asked for."""
        self.heard_head = max(self.heard_head, int(summary["head"]))
        for entry in sorted(entries, key=lambda entry: int(entry["no"])):
            if entry["no"] > self.head + 1:
                return
            if entry["no"] == self.head + 1:
                self.entries.append(entry)
        if summary["head"] >= (self.summary or {"head": 0})["head"]:
            self.summary = summary


class BoardView:
    """One unit's board on one screen."""

    def __init__(self, unit_id: str) -> None:
        self.unit_id = unit_id
        self.no = 0
        self.heard_no = 0
        self.rows: dict[str, Json] = {}

    @property
    def behind(self) -> bool:
        """The server has told of more than the screen shows."""
        return self.heard_no > self.no

    def take(self, no: int, rows: Sequence[Json]) -> None:
        """The answer to a question: everything up to `no`."""
        self._patch(rows)
        self.no = max(self.no, no)
        self.heard_no = max(self.heard_no, no)

    def changed(self, after: int, no: int, rows: Sequence[Json]) -> None:
        """An event: what joins up is taken, what does not is shown and the rest left to be asked for."""
        self.heard_no = max(self.heard_no, no)
        if no <= self.no:
            return
        self._patch(rows)
        if after <= self.no:
            self.no = no

    def open_rows(self) -> dict[str, Json]:
        """The contacts shown as open."""
        return {name: row for name, row in self.rows.items() if row["status"] != "closed"}

    def _patch(self, rows: Sequence[Json]) -> None:
        for row in rows:
            known = self.rows.get(row["contact_id"])
            if known is None or known["board_no"] <= row["board_no"]:
                self.rows[row["contact_id"]] = row

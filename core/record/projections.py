"""Do the tables that follow from states say what the states say? A row that was altered misleads whoever reads it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Head
from core.log.ending import Ending
from core.log.log import Log
from core.log.rows import Row, StateTable
from core.log.verify import Fault, Why
from core.record.store import RecordRows

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Followed:
    """A table that follows from states, and the columns that may lawfully say something else by now."""

    table: StateTable
    but: frozenset[str] = frozenset()

    def said(self, row: Row) -> Row:
        """What of a row must be as the state says."""
        return tuple(value for name, value in zip(self.table.columns, row, strict=True) if name not in self.but)


async def table_faults(log: Log, rows: RecordRows, followed: Sequence[Followed]) -> AsyncIterator[Fault]:
    """Rows that are altered, missing or of no stream; each is named by its stream."""
    for one in followed:
        found: dict[object, Row] = {row[0]: row async for row in rows.of_table(one.table.table, one.table.columns)}
        async for names in _pages(log, one.table.prefix):
            for head in await _heads(log, names):
                row, wanted = found.pop(head.stream.removeprefix(one.table.prefix), None), one.table.row(head)
                why = None if head.state.get(Ending).begun_ms is not None else _why(one, row, wanted)
                if why is not None:
                    yield Fault(head.stream, 0, why)
        for key in found:
            yield Fault(f"{one.table.prefix}{key}", 0, "row_added")


def _why(one: Followed, row: Row | None, wanted: Row | None) -> Why | None:
    if row is None or wanted is None:
        return None if row == wanted else "row_added" if wanted is None else "row_missing"
    return None if one.said(row) == one.said(wanted) else "row_altered"


async def _heads(log: Log, names: Sequence[StreamId]) -> list[Head]:
    """One that is altered is named by the chain's own check, and hides no other."""
    try:
        return list((await log.heads(names)).values())
    except (FyrError, ValueError):
        if len(names) == 1:
            return []
        return [head for name in names for head in await _heads(log, [name])]


async def _pages(log: Log, prefix: str) -> AsyncIterator[list[StreamId]]:
    page: list[StreamId] = []
    async for name in log.streams(prefix):
        page.append(name)
        if len(page) == AT_ONCE:
            yield page
            page = []
    if page:
        yield page

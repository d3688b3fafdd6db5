"""Is the audit as it was committed? Its chain, signed heads and rows of `once`, and its index against the chain."""

from collections.abc import AsyncIterator, Mapping

from core.audit.index import PREFIX, IndexRow, index_row
from core.audit.store import PAGE, AuditRows
from core.errors import FyrError
from core.ids import StreamId
from core.log.log import Log
from core.log.verify import Fault, Seen, nobody_counts
from core.record.check import signed_faults
from core.record.heads import Signed
from core.record.store import RecordRows


async def audit_faults(
    log: Log, rows: RecordRows, index: AuditRows, *, signed: Signed, seen: Seen = nobody_counts
) -> AsyncIterator[Fault]:
    """Every fault there is. What is committed while this runs is no fault."""
    for fault in signed.faults:
        yield fault
    async for fault in log.faults(PREFIX, seen=seen):
        yield fault
    async for fault in rows.born_faults(PREFIX):
        yield fault
    async for fault in rows.once_faults(PREFIX, seen=seen):
        yield fault
    ours = Signed({name: numbers for name, numbers in signed.heads.items() if name.startswith(PREFIX)})
    async for fault in signed_faults(rows, ours):
        yield fault
    async for fault in index_faults(log, index, seen=seen):
        yield fault


async def index_faults(log: Log, index: AuditRows, *, seen: Seen = nobody_counts) -> AsyncIterator[Fault]:
    """Rows of the index that say anything else than the entries they stand for, and entries without one."""
    for name, no in await index.strays():
        yield Fault(name, no, "index_added")
    async for stream in log.streams(PREFIX):
        try:
            async for fault in _of_stream(log, index, stream, seen=seen):
                yield fault
        except (FyrError, ValueError):  # the chain's own check names what is altered
            continue


async def _of_stream(log: Log, index: AuditRows, stream: StreamId, *, seen: Seen) -> AsyncIterator[Fault]:
    after: int | None = None
    while True:
        entries = await log.entries(stream, after or 0, limit=PAGE)
        ends = len(entries) < PAGE
        last = max((entry.no for entry in entries), default=after or 0)
        found = {row.no: row for row in await index.of_stream(stream, after=after, upto=None if ends else last)}
        now = (await log.head(stream)).last_no if ends else last
        wanted = {entry.no: row for entry in entries if (row := index_row(entry)) is not None}
        committed = {no: row for no, row in found.items() if not last < no <= now}
        for fault in _differences(stream, wanted, committed):
            yield fault
        seen(len(entries))
        if ends:
            return
        after = last


def _differences(stream: StreamId, wanted: Mapping[int, IndexRow], found: Mapping[int, IndexRow]) -> list[Fault]:
    faults = [Fault(stream, no, "index_missing") for no in wanted.keys() - found.keys()]
    faults += [Fault(stream, no, "index_added") for no in found.keys() - wanted.keys()]
    faults += [Fault(stream, no, "index_altered") for no in wanted.keys() & found.keys() if wanted[no] != found[no]]
    return sorted(faults, key=lambda fault: fault.no)

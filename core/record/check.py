"""Is the record as it was committed? Every row of it against the chain, and the chain against its signed heads."""

from collections.abc import AsyncIterator, Mapping, Sequence

from core.ids import StreamId
from core.log.log import Log
from core.log.verify import Fault, Seen, Why, nobody_counts
from core.record.heads import Signed
from core.record.projections import Followed, table_faults
from core.record.store import PAGE, RecordRows

SENTENCES: Mapping[Why, str] = {
    "missing": "the entry is missing",
    "altered": "the entry's header, link or place in the order is not as it was committed",
    "added": "the entry was added behind the end of its stream",
    "body_altered": "the entry's body is not as it was committed",
    "head_altered": "the stream's row is not as it was committed",
    "once_altered": "the row of `once` that stands for the entry is not as it was committed",
    "once_missing": "no row of `once` stands for the entry: a repeat of it would be written again",
    "cut": "the stream once reached this entry and no longer does",
    "vanished": "the whole stream, which once reached this entry, is gone",
    "rewritten": "another entry than this one was signed here",
    "body_missing": "the entry's body is gone, and nothing says that it was erased",
    "index_missing": "no row of the audit index stands for the look",
    "index_altered": "the row of the audit index that stands for the look is not as it was committed",
    "index_added": "no look stands behind this row of the audit index",
    "row_missing": "the row that follows from the stream's state is missing",
    "row_altered": "the row that follows from the stream's state says something else",
    "row_added": "no stream's state stands behind this row",
    "heads_altered": "the line of the file of signed heads is missing, altered or out of order",
}


async def record_faults(
    log: Log, rows: RecordRows, signed: Signed, *, followed: Sequence[Followed] = (), seen: Seen = nobody_counts
) -> AsyncIterator[Fault]:
    """Every fault there is, also in tables that follow from states. What is committed while this runs is no fault."""
    for fault in signed.faults:
        yield fault
    async for fault in log.faults(seen=seen):
        yield fault
    async for fault in rows.born_faults():
        yield fault
    async for fault in rows.once_faults(seen=seen):
        yield fault
    async for fault in signed_faults(rows, signed):
        yield fault
    async for fault in table_faults(log, rows, followed):
        yield fault


async def signed_faults(rows: RecordRows, signed: Signed) -> AsyncIterator[Fault]:
    """Where the record lacks, or contradicts, what was signed."""
    names = sorted(signed.heads)
    for start in range(0, len(names), PAGE):
        page = names[start : start + PAGE]
        last = await rows.last_numbers(page)
        wanted = [(name, no) for name in page for no in signed.heads[name]]
        links = await rows.links(wanted)
        for name, no in wanted:
            why = _fault(name, no, last=last, same=links.get((name, no)) == signed.heads[name][no])
            if why is not None:
                yield Fault(name, no, why)


def _fault(name: StreamId, no: int, *, last: Mapping[StreamId, int], same: bool) -> Why | None:
    if name not in last:
        return "vanished"
    if no > last[name]:
        return "cut"
    return None if same else "rewritten"


def told(fault: Fault) -> str:
    """The fault in one line."""
    return f"{fault.stream} {fault.no}: {SENTENCES[fault.why]}"

"""Reading the audit: who did what with what concerns a person, and what someone did. Whoever asks has passed a gate."""

from collections.abc import AsyncIterator, Iterable, Sequence

import msgspec

from core.audit.index import PREFIX, index_row
from core.audit.mark import Mark, Period
from core.audit.store import AuditRows, RawEntry, Wanted
from core.audit.trace import Trace, trace_of_change, trace_of_look
from core.ids import StreamId
from core.log.author import with_opened_author
from core.log.entry import Header
from core.log.log import Log
from core.log.seal import sealer_of

_header = msgspec.json.Decoder(Header).decode


class AuditReader:
    """Looks and changes as one list, the newest first."""

    def __init__(self, log: Log, rows: AuditRows) -> None:
        self._log = log
        self._rows = rows

    async def about(self, person_id: str, period: Period, *, before: Mark | None = None, limit: int) -> list[Trace]:
        """Who read or changed what of a person: one list of the looks and the changes, `limit` at most."""
        looks = await self._looks(await self._rows.about(person_id, period, before=before, limit=limit))
        raws = [raw async for raw in self._rows.changes_about(person_id, period)]
        changes = [trace for trace in await self._changes(raws) if _is_in(trace, period, before)]
        return sorted((*looks, *changes), key=lambda trace: trace.mark, reverse=True)[:limit]

    async def by(self, actor_id: str, period: Period, *, before: Mark | None = None, limit: int) -> list[Trace]:
        """What someone did: looked at, changed, was refused."""
        found = await self._rows.by_sender(actor_id, period, before=before, limit=limit)
        looks = await self._looks([mark for mark, _ in found if mark.stream.startswith(PREFIX)])
        changes = await self._changes([raw for mark, raw in found if not mark.stream.startswith(PREFIX)])
        return sorted((*looks, *changes), key=lambda trace: trace.mark, reverse=True)

    async def at(self, places: Sequence[tuple[StreamId, int]]) -> list[Trace]:
        """The looks at these places, in their order."""
        entries = await self._log.entries_at(places)
        traces = (trace_of_look(entries[place]) for place in places if place in entries)
        return [trace for trace in traces if trace is not None]

    async def all(self, period: Period, *, at_once: int = 500) -> AsyncIterator[Trace]:
        """Every look of a period, oldest first."""
        page: list[Mark] = []
        async for mark in self._rows.whole(period):
            page.append(mark)
            if len(page) == at_once:
                for trace in await self._looks(page):
                    yield trace
                page = []
        for trace in await self._looks(page):
            yield trace

    async def search(self, wanted: Wanted, *, before: Mark | None = None, limit: int) -> list[Trace]:
        """The looks that are wanted, the newest first."""
        return await self._looks(await self._rows.search(wanted, before=before, limit=limit))

    async def fill(self) -> None:
        """Give a record from before there was an index one, and rows of before what they say now."""
        if await self._rows.is_missing():
            await self.rebuild()
        for name in await self._rows.stale_streams():
            await self._remake(name)

    async def rebuild(self) -> int:
        """Make the index anew from the entries; gives the number of its rows."""
        await self._rows.drop_strays()
        number = 0
        async for name in self._log.streams(PREFIX):
            number += await self._remake(name)
        return number

    async def _remake(self, name: StreamId) -> int:
        rows = [row for entry in await self._log.entries(name) if (row := index_row(entry)) is not None]
        await self._rows.replace(name, rows)
        return len(rows)

    async def _changes(self, raws: Sequence[RawEntry]) -> list[Trace]:
        """Each with its author's name, which is sealed with the stream's key."""
        headers = [_header(raw.header) for raw in raws]
        heads = await self._log.heads(sorted({StreamId(header.stream) for header in headers}))
        keys = {name: sealer_of(head.key) for name, head in heads.items()}
        return [
            trace_of_change(with_opened_author(header, keys.get(StreamId(header.stream))), raw.person_id)
            for header, raw in zip(headers, raws, strict=True)
        ]

    async def _looks(self, marks: Iterable[Mark]) -> list[Trace]:
        return await self.at([(mark.stream, mark.no) for mark in marks])


def _is_in(trace: Trace, period: Period, before: Mark | None) -> bool:
    return period.from_ms <= trace.at_ms < period.until_ms and (before is None or trace.mark < before)

"""Keeping the live index like the record: after each commit, once a minute, and whenever it may not be whole.

The index never decides: what it lacks is found in SQL, what it has too much is refused there. This keeps both rare.
"""

import asyncio
from collections.abc import Mapping

import structlog

from carequeue.live.store import Index, Seen, Stand, stand_of
from carequeue.store import PAGE, PlaceRow, Places
from core.ids import ContactId, StreamId, contact_of

LOOK_EVERY_S = 1.0
"""How long a silent flush or a silently restarted server stays unnoticed when nobody claims."""
COMPARE_EVERY_S = 60.0
RETRY_S = 0.25
ABSENT = Seen(Stand("", "", 0), 0)

report = structlog.get_logger(__name__)


class IndexKeeper:
    """Owns the task that mends the index; `follow` handles the outbox topic `index`."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index = index
        self._places = places
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look after it."""
        self._task = asyncio.create_task(self._look_after(), name="queue index keeper")

    async def stop(self) -> None:
        """Let go; the index stays as it is."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def follow(self, stream: StreamId, _: int) -> None:
        """A place may have changed. Raises `unreachable`, so that the job is done again later."""
        await bring_up_to_date(self._index, self._places, {contact_of(stream): 0})

    async def rebuild(self) -> None:
        """Bring the whole index up to date, while claims and commits go on. Raises `unreachable`."""
        while True:
            await self._index.begin()
            await self._compare()
            if await self._index.finish():
                return

    async def _compare(self) -> None:
        """Put who is missing or stands wrong, look again at who is there too much."""
        strays = await self._index.contents()
        page = await self._places.all_waiting()
        while page:
            seen = [(row, strays.pop(row.contact_id, ABSENT)) for row in page]
            await self._index.put([_as_new_as(row, was.no) for row, was in seen if was.stand != stand_of(row)])
            page = await self._places.all_waiting(after=page[-1])
        await bring_up_to_date(self._index, self._places, {contact: was.no for contact, was in strays.items()})

    async def _look_after(self) -> None:
        clock = asyncio.get_running_loop().time
        compare_after_s = clock()
        while True:
            try:
                if clock() >= compare_after_s or self._index.doubted.is_set() or not await self._index.is_whole():
                    await self.rebuild()
                    compare_after_s = clock() + COMPARE_EVERY_S
            except Exception as failure:  # noqa: BLE001 - Redis or SQL is away; the keeper goes on when it is back
                report.warning("queue_index_away", error=type(failure).__name__)
            await self._pause()

    async def _pause(self) -> None:
        if self._index.doubted.is_set():
            await asyncio.sleep(RETRY_S)  # it was tried just now, and failed
            return
        try:
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._index.doubted.wait()
        except TimeoutError:
            return


async def bring_up_to_date(index: Index, places: Places, seen: Mapping[ContactId, int]) -> None:
    """Let the index have these contacts as SQL has them now. Raises `unreachable`.

    `seen`: the entry number at which the index was seen to have each. SQL, read later, is behind it only when the
    database was put back to an older copy; then too it is SQL that is right.
    """
    contact_ids = list(seen)
    for start in range(0, len(contact_ids), PAGE):
        some = contact_ids[start : start + PAGE]
        rows = await places.get(some)
        waiting = [row for row in rows.values() if row.status == "waiting"]
        await index.put([_as_new_as(row, seen[row.contact_id]) for row in waiting])
        gone = set(some) - {row.contact_id for row in waiting}
        await index.drop(
            [(contact, max(seen[contact], rows[contact].no if contact in rows else 0)) for contact in gone]
        )


def _as_new_as(row: PlaceRow, no: int) -> PlaceRow:
    return row._replace(no=max(row.no, no))

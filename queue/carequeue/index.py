"""Keeping the live index like the record: after each commit, once a minute, and whenever it may not be whole.

The index never decides: what it lacks is found in SQL, what it has too much is refused there. This keeps both rare.
"""

import asyncio
import time
from collections.abc import Mapping

import structlog

from carequeue.live.store import Index, Seen, Stand, stand_of
from carequeue.store import PAGE, PlaceRow, Places
from core.background import Background
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of

LOOK_EVERY_S = 1.0
"""How long a silent flush or a silently restarted server stays unnoticed when nobody claims."""
COMPARE_EVERY_S = 60.0
ABSENT = Seen(Stand("", "", 0), 0)

report = structlog.get_logger(__name__)


class IndexKeeper:
    """Mends the index beside the calls; `follow` handles the outbox topic `index`."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index = index
        self._places = places
        self._compare_after_s = 0.0
        self._background = Background("queue index keeper", self._look, every_s=LOOK_EVERY_S)
        index.on_doubt = self._background.wake

    def start(self) -> None:
        """Begin to look after it."""
        self._background.start()

    async def stop(self) -> None:
        """Let go; the index stays as it is."""
        await self._background.stop()

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

    async def _look(self) -> bool:
        now_s = time.monotonic()
        try:
            if now_s >= self._compare_after_s or self._index.doubted or not await self._index.is_whole():
                await self.rebuild()
                self._compare_after_s = now_s + COMPARE_EVERY_S
        except FyrError as failure:
            report.warning("queue_index_away", code=failure.code)
            await asyncio.sleep(LOOK_EVERY_S)  # the failure itself has woken us
        return False


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

"""Keeping the live index like the record: after each commit, once a minute, and whenever it may not be whole.

The index never decides: what it lacks is found in SQL, what it has too much is refused there. This keeps both rare.
"""

import asyncio
import time
from collections.abc import Mapping

import structlog

from carequeue.live.store import Index, Seen, Stand, stand_of
from carequeue.state import Place
from carequeue.store import PAGE, PlaceRow, Places
from core.background import Background
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of
from core.log.append import Commit
from triage.state import Triage

LOOK_EVERY_S = 1.0
"""How long a silent flush or a silently restarted server stays unnoticed when nobody claims."""
COMPARE_EVERY_S = 60.0
REMEMBERED = 10_000
"""Contacts whose last telling is remembered, so that the outbox need not tell it again."""
CONTACT = "contact:"
ABSENT = Seen(Stand("", "", 0), 0)

report = structlog.get_logger(__name__)


class IndexKeeper:
    """Tells the index of commits at once, and again by the outbox topic `index`; mends it beside the calls."""

    def __init__(self, index: Index, places: Places) -> None:
        self._index = index
        self._places = places
        self._heard: dict[ContactId, int] = {}
        self._told: dict[ContactId, int] = {}
        self._compare_after_s = 0.0
        self._mending = Background("queue index keeper", self._look, every_s=LOOK_EVERY_S)
        self._telling = Background("queue index teller", self._tell, every_s=LOOK_EVERY_S)
        index.on_doubt = self._mending.wake

    def start(self) -> None:
        """Begin to look after it."""
        self._mending.start()
        self._telling.start()

    async def stop(self) -> None:
        """Let go; the index stays as it is."""
        await self._telling.stop()
        await self._mending.stop()

    def heard(self, commit: Commit) -> None:
        """A listener for the log: what this node has committed is in the index within milliseconds."""
        if commit.stream.startswith(CONTACT) and _moved(commit):
            self._heard[contact_of(commit.stream)] = commit.head.last_no
            self._telling.wake()

    async def follow(self, stream: StreamId, no: int) -> None:
        """A place may have changed by entry `no`. Raises `unreachable`, so that the job is done again later."""
        if self._told.get(contact_of(stream), 0) < no:
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

    async def _tell(self) -> bool:
        """Also while it is mended: the mending may have read SQL before these commits."""
        heard, self._heard = self._heard, {}
        try:
            await bring_up_to_date(self._index, self._places, dict.fromkeys(heard, 0))
        except FyrError:  # it is away; here and in the outbox they are kept until it is back
            self._heard = {**heard, **self._heard}
            return False
        if len(self._told) > REMEMBERED:
            self._told.clear()
        self._told |= heard
        return bool(self._heard)

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


def _moved(commit: Commit) -> bool:
    before, after = commit.before, commit.after
    return before is None or after.differs(before, (Place, Triage))


def _as_new_as(row: PlaceRow, no: int) -> PlaceRow:
    return row._replace(no=max(row.no, no))

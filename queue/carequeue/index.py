"""Keeping the live index like the record: after each commit, once a minute, and whenever it may not be whole.

The index never decides: what it has too much is refused in SQL. What it lacks would be passed by others, so every node
puts there what it has committed, and some times a second what any node has committed and nobody has put there yet.
That is noted on the index as what it surely has; a node whose index may lack more than that asks SQL who is next.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping

import structlog

from carequeue.capacity import Turn
from carequeue.deadlines import Deadlines
from carequeue.kinds import INDEX
from carequeue.live.store import NO_TURNS, Index, Seen, Stand, stand_of
from carequeue.state import Place
from carequeue.store import PAGE, PlaceRow, Places, place_row
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of
from core.log.append import Commit
from core.log.state import State
from core.outbox.store import OutboxRows
from triage.state import Triage

LOOK_EVERY_S = 0.5
"""How long a silent flush or a silently restarted server stays unnoticed."""
CATCH_UP_EVERY_S = 0.3
"""How long what a dying node left untold stays so: less than half of what makes the index one that is behind."""
COMPARE_EVERY_S = 60.0
REMEMBERED = 10_000
"""Contacts whose last telling is remembered, so that the outbox need not tell it again."""
CONTACT = "contact:"
ABSENT = Seen(Stand("", "", 0), 0)

TurnOf = Callable[[State], Turn]


def nobody_waits(_: State) -> Turn:
    """Where no conversation is known: staff owe every answer."""
    return "staff"


report = structlog.get_logger(__name__)


class IndexKeeper:
    """Tells the index of commits at once, and again by the outbox topic `index`; mends it beside the calls."""

    def __init__(self, index: Index, places: Places, outbox: OutboxRows, *, deadlines: Deadlines, clock: Clock) -> None:
        self._index = index
        self._places = places
        self._outbox = outbox
        self._deadlines = deadlines
        self._clock = clock
        self.turn_of: TurnOf = nobody_waits
        """Who owes the answer in a contact: what conversations are made of is not the queue's to know."""
        self._heard: dict[ContactId, PlaceRow] = {}
        self._turns: dict[ContactId, Turn] = {}
        self._told: dict[ContactId, int] = {}
        self._compare_after_s = 0.0
        self._mending = Background("queue index keeper", self._look, every_s=LOOK_EVERY_S)
        self._telling = Background("queue index teller", self._tell, every_s=LOOK_EVERY_S)
        self._catching_up = Background("queue index catcher", self._catch_up, every_s=CATCH_UP_EVERY_S)
        index.on_doubt = self._mending.wake

    def start(self) -> None:
        """Begin to look after it."""
        self._mending.start()
        self._telling.start()
        self._catching_up.start()

    async def stop(self) -> None:
        """Let go; the index stays as it is."""
        await self._catching_up.stop()
        await self._telling.stop()
        await self._mending.stop()

    def heard(self, commit: Commit) -> None:
        """A listener for the log: what this node has committed is in the index within milliseconds."""
        if commit.stream.startswith(CONTACT) and (_moved(commit) or self._turned(commit)):
            contact_id = contact_of(commit.stream)
            self._heard[contact_id] = place_row(commit.head, self._deadlines)
            self._turns[contact_id] = self.turn_of(commit.after)
            self._telling.wake()

    def _turned(self, commit: Commit) -> bool:
        """What is held weighs another for its holder now."""
        before, after = commit.before, commit.after
        if before is None or after.get(Place).status != "held":
            return False
        return self.turn_of(before) != self.turn_of(after)

    async def follow(self, stream: StreamId, no: int) -> None:
        """A place may have changed by entry `no`. Raises `unreachable`, so that the job is done again later."""
        if self._told.get(contact_of(stream), 0) < no:
            await bring_up_to_date(self._index, self._places, {contact_of(stream): 0})

    async def mend(self) -> None:
        """Everybody may stand elsewhere now. With the index away it is whole when it comes back."""
        with contextlib.suppress(FyrError):
            await self.rebuild()

    async def rebuild(self) -> None:
        """Bring the whole index up to date, while claims and commits go on. Raises `unreachable`."""
        while True:
            as_of_ms = self._clock.ms()
            await self._index.begin()
            await self._compare()
            if await self._index.finish():
                self._index.has_all_until(as_of_ms)
                return

    async def _compare(self) -> None:
        """Put who is missing or stands wrong, look again at who is there too much."""
        strays = await self._index.contents()
        async for page in self._open():
            seen = [(row, strays.pop(row.contact_id, ABSENT)) for row in page]
            await self._index.put([_as_new_as(row, was.no) for row, was in seen if was.stand != stand_of(row)])
        await bring_up_to_date(self._index, self._places, {contact: was.no for contact, was in strays.items()})

    async def _open(self) -> AsyncIterator[list[PlaceRow]]:
        """Everything that is not closed, page by page. What moves meanwhile is heard of."""
        yield await self._places.held()
        page = await self._places.all_waiting()
        while page:
            yield page
            page = await self._places.all_waiting(after=page[-1])

    async def _tell(self) -> bool:
        """Also while it is mended: the mending may have read SQL before these commits."""
        heard, self._heard = self._heard, {}
        turns, self._turns = self._turns, {}
        try:
            await _put_or_drop(self._index, heard.values(), turns=turns)
        except FyrError:  # it is away; here and in the outbox they are kept until it is back
            self._heard, self._turns = {**heard, **self._heard}, {**turns, **self._turns}
            return False
        self._remember({contact_id: row.no for contact_id, row in heard.items()})
        return bool(self._heard)

    def _remember(self, told: Mapping[ContactId, int]) -> None:
        if len(self._told) > REMEMBERED:
            self._told.clear()
        self._told.update(told)

    async def catch_up(self) -> None:
        """Tell it what is committed and untold, whichever node ought to: that one may be no more.

        What is no longer in the outbox has been told. Raises `unreachable`.
        """
        as_of_ms = self._clock.ms()
        newest = {contact_of(stream): no for stream, no in await self._outbox.of_topic(INDEX)}
        missed = {contact_id: no for contact_id, no in newest.items() if self._told.get(contact_id, 0) < no}
        await bring_up_to_date(self._index, self._places, dict.fromkeys(missed, 0))
        self._remember(missed)
        self._index.has_all_until(as_of_ms)

    async def _catch_up(self) -> bool:
        """Beside the mending, which with many waiting takes longer than anybody may be passed."""
        if not self._index.doubted:
            with contextlib.suppress(FyrError):  # the index is doubted, or soon behind: SQL is asked
                await self.catch_up()
        return False

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
        await _put_or_drop(index, [_as_new_as(row, seen[row.contact_id]) for row in rows.values()])
        await index.drop([(contact, seen[contact]) for contact in some if contact not in rows])


async def _put_or_drop(index: Index, rows: Collection[PlaceRow], *, turns: Mapping[ContactId, Turn] = NO_TURNS) -> None:
    await index.put([row for row in rows if row.status != "closed"], turns=turns)
    await index.drop([(row.contact_id, row.no) for row in rows if row.status == "closed"])


def _moved(commit: Commit) -> bool:
    before, after = commit.before, commit.after
    queued = bool(after.get(Place).unit_id)
    return queued and (before is None or after.differs(before, (Place, Triage)))


def _as_new_as(row: PlaceRow, no: int) -> PlaceRow:
    return row._replace(no=max(row.no, no))

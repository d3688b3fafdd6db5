"""The commands: mark what was read wrongly, rewrite it, set it aside; and the rows that become tests."""

from collections.abc import AsyncIterator

from core.access.gates import ContactAccess
from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId, contact_stream
from core.log.append import Append, Appended
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from triage.evaluation.gold import Gold
from triage.review.entries import Misread, Rewritten, SetAside, Why
from triage.review.item import ReviewItem, item_of, misread
from triage.review.kinds import Review
from triage.review.rewriting import check_rewritten
from triage.review.store import REVIEW, Place, ReviewItems, review_of

REASON_LIMIT = 1_000
MOST_LISTED = 50


class Reviews:
    """Nothing said of a reading is overwritten, and no review holds a patient's words."""

    def __init__(self, log: Log, items: ReviewItems) -> None:
        self._log = log
        self._items = items

    async def mark(self, access: ContactAccess, mark: Misread, *, client_id: str) -> Appended:
        """Mark words of the patient as read wrongly. Raises `bad_request`, `too_long`."""
        if len(mark.reason) > REASON_LIMIT:
            raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
        stream = contact_stream(access.contact_id)
        body = misread(await self._log.entries(stream), self._log.kinds, mark)
        return await self._log.append(Append(stream, (body,), access.actor, client_id, require=access.allowed))

    async def listed(self, unit_id: str, *, done: bool) -> list[tuple[Place, ReviewItem, Review]]:
        """What there is to review at a unit, or what was; the newest first, as many as fit a page."""
        places = await self._items.at_unit(unit_id, done=done, limit=MOST_LISTED)
        heads = await self._log.heads([review_of(place) for place in places])
        found = []
        for place in places:
            item = item_of(await self._log.entries(place.stream), place.no, self._log.kinds)
            head = heads.get(review_of(place))
            if item is not None:
                found.append((place, item, head.state.get(Review) if head else Review()))
        return found

    async def find(self, access: ContactAccess, no: int) -> tuple[ReviewItem, Review]:
        """One of them. Raises `not_found`."""
        place = Place(contact_stream(access.contact_id), no)
        item = item_of(await self._log.entries(place.stream), no, self._log.kinds)
        if item is None:
            raise FyrError("not_found")
        head = (await self._log.heads([review_of(place)])).get(review_of(place))
        return item, head.state.get(Review) if head else Review()

    async def rewrite(self, access: ContactAccess, no: int, row: Gold, *, client_id: str) -> None:
        """Keep a reviewer's own sentence. Raises `not_found`, `empty`, `too_long`, `too_alike`, `bad_request`."""
        item, _ = await self.find(access, no)
        if row.urgency is None and row.spans is None:
            raise FyrError("empty", field="reads")
        check_rewritten(row.text, item.originals, row.spans or ())
        await self._append(access, no, Rewritten(row=row), client_id=client_id)

    async def set_aside(self, access: ContactAccess, no: int, why: Why, *, client_id: str) -> None:
        """There is nothing to learn in it. Raises `not_found`."""
        await self.find(access, no)
        await self._append(access, no, SetAside(why=why), client_id=client_id)

    async def _append(self, access: ContactAccess, no: int, body: Body, *, client_id: str) -> None:
        actor: Actor = access.actor
        stream = review_of(Place(contact_stream(access.contact_id), no))
        scope = Scope(unit_id=access.head.scope.unit_id, provider_id=access.head.scope.provider_id)
        await self._log.append(Append(stream, (body,), actor, client_id, create=scope))


async def rewritten_rows(log: Log) -> AsyncIterator[Gold]:
    """Every sentence that reviewers have written, as `fyr evaluate` reads it."""
    async for stream in log.streams(REVIEW):
        row = (await log.head(StreamId(stream))).state.get(Review).row
        if row is not None:
            yield row

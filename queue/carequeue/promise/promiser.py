"""Tells who waits how long it will be: what stands is told again, what is over is promised anew and kept.

What stands is held against what is expected now, once a minute. Where it is going to be too short that is said at once,
and promised anew; the earlier promise is scored all the same.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carequeue.capacity import IMMEDIATE
from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.order import level_in_queue, order_of
from carequeue.promise.expected import expected_min, passing_of
from carequeue.promise.interval import interval, takes_longer
from carequeue.promise.pace import (
    DAY_MS,
    HOUR_MS,
    QUIET_MS,
    STILL_MS,
    WEEKS,
    Pace,
    Profile,
    Span,
    hours_of,
    pace_of,
    profile_of,
)
from carequeue.promise.promise import Promise, is_broken, left_min, stands, told
from carequeue.promise.store import PromiseRows
from carequeue.state import Place
from carequeue.store import Places
from carequeue.waited.store import WaitedRows
from core.clock import Clock
from core.ids import ContactId, contact_of
from core.log.append import Head
from triage.entries import Level
from triage.state import Triage

READ_MS = 5_000
"""So long an assessment may take before a level that nobody has understood is promised by."""
PROFILE_MS = HOUR_MS
LOOK_AGAIN_MS = MINUTE_MS
LOOKED_AT = 10_000
"""Contacts of which is remembered when that was."""


class Told(NamedTuple):
    """Where a contact stands, and what its patient is told of how long it will be."""

    place: int
    """1 is next."""
    promise: Promise | None
    """None, or one without an interval: it cannot be said."""
    broken: bool
    """Whether it has taken longer than what was told before."""
    slower: bool = False
    """Whether it is going to take longer than what was told before, and that time is not over."""


class Promiser:
    """Promises from what SQL has now."""

    def __init__(
        self,
        rows: PromiseRows,
        places: Places,
        waits: WaitedRows,
        *,
        deadlines: Deadlines,
        clock: Clock,
        zone: ZoneInfo,
        nurses_on: Callable[[str], int],
    ) -> None:
        self._rows = rows
        self._places = places
        self._waits = waits
        self._deadlines = deadlines
        self._clock = clock
        self._zone = zone
        self._nurses_on = nurses_on
        self._profiles: dict[str, tuple[int, Profile]] = {}
        self._looked_ms: dict[ContactId, int] = {}

    async def place(self, head: Head) -> int:
        """Where a waiting contact stands; 1 is next."""
        return await self._places.ahead_of(head.state.get(Place).unit_id, order_of(head, self._deadlines)) + 1

    async def tell(self, head: Head) -> Told:
        """For a waiting contact at a manned unit. What is told is kept before this returns."""
        place, level = await self.place(head), level_in_queue(head.state.get(Triage))
        if level == IMMEDIATE or not self._is_read(head):
            return Told(place, None, broken=False)
        contact_id, now_ms = contact_of(head.stream), self._clock.ms()
        before = await self._rows.of(contact_id)
        mine = [one for one in before if _is_of(one, head, level)]
        again = any(is_broken(one, now_ms) for one in mine)
        if mine and stands(mine[-1], now_ms):
            if not await self._is_too_short(mine[-1], head, place):
                return _told(place, mine, now_ms)
            again = True
        made = await self._made(head, place, level, no=len(before) + 1, again=again)
        await self._rows.add(made)
        kept = [one for one in await self._rows.of(contact_id) if _is_of(one, head, level)]
        return _told(place, kept or [made], now_ms)

    async def _is_too_short(self, promise: Promise, head: Head, place: int) -> bool:
        """Whether it is to be expected that a promise that stands will be broken: looked at once a minute."""
        left = left_min(promise, self._clock.ms())
        if left is None or not self._is_looked_at(promise):
            return False
        expected = await self._expected(head, place, promise.level)
        if expected <= left:
            return False
        outcomes = await self._rows.outcomes(promise.unit_id, promise.level, again=promise.again)
        return takes_longer(expected, outcomes, than_min=left)

    def _is_looked_at(self, promise: Promise) -> bool:
        now_ms = self._clock.ms()
        looked_ms = max(promise.made_ms, self._looked_ms.get(promise.contact_id, 0))
        if now_ms < looked_ms + LOOK_AGAIN_MS:
            return False
        if len(self._looked_ms) >= LOOKED_AT:
            self._looked_ms.clear()
        self._looked_ms[promise.contact_id] = now_ms
        return True

    def _is_read(self, head: Head) -> bool:
        triage = head.state.get(Triage)
        waited_ms = self._clock.ms() - head.state.get(Place).waiting_ms
        return triage.assessed or triage.set_by_person or waited_ms >= READ_MS

    async def _made(self, head: Head, place: int, level: Level, *, no: int, again: bool) -> Promise:
        part, now_ms = head.state.get(Place), self._clock.ms()
        unit_id, expected = part.unit_id, await self._expected(head, place, level)
        made = Promise(
            contact_id=contact_of(head.stream),
            no=no,
            unit_id=unit_id,
            level=level,
            began_ms=part.waiting_ms,
            again=again,
            made_ms=now_ms,
            expected_ms=round(expected * 60_000),
        )
        return told(made, interval(expected, await self._rows.outcomes(unit_id, level, again=again)))

    async def _expected(self, head: Head, place: int, level: Level) -> float:
        """Minutes until somebody takes the contact."""
        part = head.state.get(Place)
        return expected_min(
            place,
            await self.pace(part.unit_id),
            await self.profile(part.unit_id),
            passing=passing_of(self._deadlines, part.unit_id, level, arrived_ms=part.arrived_ms),
            at_ms=self._clock.ms(),
        )

    async def pace(self, unit_id: str) -> Pace:
        """How fast the unit takes contacts now, by its last hour."""
        now_ms = self._clock.ms()
        spans = await self._spans(unit_id, now_ms - HOUR_MS)
        return pace_of(spans, nurses_on=self._nurses_on(unit_id), since_ms=now_ms - HOUR_MS, until_ms=now_ms)

    async def profile(self, unit_id: str) -> Profile:
        """How the unit's weeks have been; made anew once an hour."""
        hour_ms = self._clock.ms() // PROFILE_MS * PROFILE_MS
        known = self._profiles.get(unit_id)
        if known is not None and known[0] == hour_ms:
            return known[1]
        since_ms = hour_ms - WEEKS * 7 * DAY_MS
        spans = await self._spans(unit_id, since_ms)
        made = await asyncio.to_thread(_profile, spans, self._zone, since_ms=since_ms, until_ms=hour_ms)
        self._profiles[unit_id] = hour_ms, made
        return made

    async def _spans(self, unit_id: str, since_ms: int) -> list[Span]:
        ended = await self._waits.ended(unit_id, since_ms)
        oldest_ms = await self._places.oldest_waiting(unit_id)
        spans = [Span(one.began_ms, one.ended_ms, one.level if one.first else None) for one in ended]
        if oldest_ms is not None:  # that somebody waits is all that counts of those who still do
            spans.append(Span(oldest_ms, STILL_MS))
        return spans


def _told(place: int, promises: Sequence[Promise], now_ms: int) -> Told:
    """The last of the promises of a wait. One before it whose time is not over was seen to be too short."""
    broken = any(is_broken(one, now_ms) for one in promises)
    slower = any(left_min(one, now_ms) is not None for one in promises[:-1])
    return Told(place, promises[-1], broken=broken, slower=slower)


def _is_of(promise: Promise, head: Head, level: Level) -> bool:
    """Whether it is of this very wait, at its unit and at the level it has now."""
    place = head.state.get(Place)
    return (promise.began_ms, promise.unit_id, promise.level) == (place.waiting_ms, place.unit_id, level)


def _profile(spans: list[Span], zone: ZoneInfo, *, since_ms: int, until_ms: int) -> Profile:
    first_ms = min((span.arrived_ms for span in spans), default=until_ms)
    whole_ms = max(since_ms, (first_ms + QUIET_MS) // HOUR_MS * HOUR_MS)
    return profile_of(hours_of(spans, since_ms=min(whole_ms, until_ms), until_ms=until_ms), zone)

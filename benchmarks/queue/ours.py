"""The live index alone: a contact put into its queue, the best one taken by a nurse, and what is told afterwards."""

import itertools
import random

from redis.asyncio import Redis

from benchmarks.queue.rig import Measured, measure, used_bytes
from carequeue.capacity import WHOLE, load_capacity
from carequeue.deadlines import LEVELS, load_deadlines
from carequeue.live.store import Asked, Index, Parked, as_asked
from carequeue.order import order_key
from carequeue.routing.rules import OF_ONE
from carequeue.store import PlaceRow
from core.ids import ContactId, new_id
from triage.entries import Level

UNITS = tuple(f"unit{number}" for number in range(5))
NEEDS = ("", "lang:ar", "skill:child", "lang:ar skill:child")
"""Each unit has as many lanes, and whoever asks is able to take from all of them."""
NURSES = 2_000
NOON_MS = 1_764_000_000_000
FILLED_AT_ONCE = 2_000
PATIENCE_S = 10.0
"""A machine that stands still for a moment is seen in the figures and ends nothing."""

DEADLINES = load_deadlines()
CAPACITY = load_capacity()


def waiting_row(dice: random.Random, arrived_ms: int, *, level: Level | None = None) -> PlaceRow:
    """Somebody who waits, of any level but immediate (a nurse is given one of those and no more), unit and needs."""
    one = level if level is not None else dice.choice(LEVELS[1:])
    unit_id, contact_id, needs = dice.choice(UNITS), ContactId(new_id()), dice.choice(NEEDS)
    due_ms = DEADLINES.due_ms(unit_id, one, arrived_ms=arrived_ms)
    tier = order_key(one, arrived_ms, contact_id, due_ms=due_ms).tier
    return PlaceRow(contact_id, 1, unit_id, "waiting", needs, tier, due_ms, arrived_ms, one, None, 0, None, None)


def asked_at(unit_id: str, staff_id: str) -> Asked:
    """The unit, as somebody able to take all its contacts asks."""
    limit, with_immediate = (CAPACITY.limit(unit_id, with_immediate=one) for one in (False, True))
    abilities = as_asked(("lang:ar", "role:nurse", "skill:child", f"{OF_ONE}{staff_id}"))
    return Asked(unit_id, limit * WHOLE, with_immediate, abilities)


class Ours:
    """An index of a given length."""

    name = "ours"

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._index = Index(redis, prefix="ours:", within_s=PATIENCE_S)
        self._dice = random.Random(1)
        self._arrivals = 0
        self._taken: list[tuple[Parked, str]] = []
        nurses = [f"nurse{number}" for number in range(NURSES)]
        self._askers = [(nurse, [[asked_at(unit_id, nurse)] for unit_id in UNITS]) for nurse in nurses]
        """Made beforehand: what is measured is the asking."""
        self.bytes_each = 0.0

    def _rows(self, number: int) -> list[PlaceRow]:
        self._arrivals += number
        return [waiting_row(self._dice, NOON_MS + self._arrivals - back) for back in range(number, 0, -1)]

    async def fill(self, length: int) -> None:
        """Let so many wait."""
        await self._index.begin()
        before = await used_bytes(self._redis)
        for start in range(0, length, FILLED_AT_ONCE):
            await self._index.put(self._rows(min(FILLED_AT_ONCE, length - start)))
        self.bytes_each = (await used_bytes(self._redis) - before) / length
        if not await self._index.finish():
            raise RuntimeError("the index is not whole")

    async def enqueue(self, number: int, at_once: int) -> Measured:
        """New contacts, one call each."""
        rows = iter(self._rows(number))
        return await measure(lambda: self._index.put([next(rows)]), number=number, at_once=at_once, redis=self._redis)

    async def claim(self, number: int, at_once: int) -> Measured:
        """The best contact of a unit for a nurse who has room: matching, lease and capacity in one step."""
        askers = itertools.cycle(self._askers)

        async def claim() -> None:
            staff_id, units = next(askers)
            found = await self._index.park_next(staff_id, self._dice.choice(units), now_ms=NOON_MS)
            if not isinstance(found, Parked):
                raise RuntimeError("nobody waits")  # the rig is wrong: nothing was measured
            self._taken.append((found, staff_id))

        return await measure(claim, number=number, at_once=at_once, redis=self._redis)

    async def complete(self, at_once: int) -> Measured:
        """Of everything taken: told that it is settled and held, then that it is closed."""
        taken, self._taken = self._taken, []
        if len({parked.contact_id for parked, _ in taken}) != len(taken):
            raise RuntimeError("a contact was claimed twice")
        left = iter(taken)

        async def complete() -> None:
            parked, staff_id = next(left)
            row = waiting_row(self._dice, NOON_MS, level="urgent")._replace(
                contact_id=parked.contact_id, unit_id=parked.unit_id, no=2, claim_no=parked.claim_no, holder_id=staff_id
            )
            await self._index.put([row])
            await self._index.drop([(parked.contact_id, 3)])

        return await measure(complete, number=len(taken), at_once=at_once, redis=self._redis)

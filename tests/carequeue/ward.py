"""A queue with every real part: the log in SQL, the index in Valkey, and a clock that is moved by hand."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

from redis.asyncio import Redis
from redis.exceptions import RedisError

import carequeue.registered
import triage.kinds
from carequeue.capacity import WHOLE, Capacity, parse_capacity
from carequeue.claim import Claims
from carequeue.deadlines import Deadlines
from carequeue.entries import Queued
from carequeue.handover.store import hand_over_table
from carequeue.index import IndexKeeper
from carequeue.live.store import Asked, Index, Parked
from carequeue.state import Place
from carequeue.store import Places, place_table
from core.actor import Actor, Role, system_actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.outbox.store import OutboxRows
from core.outbox.worker import OutboxWorker
from core.storage.sql import Database
from core.storage.valkey import Valkey
from triage.entries import Assessed, Level

FLUSH = "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', key) end"
"""FLUSHALL itself is not allowed to the embedded server's users."""
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ROOMY = parse_capacity(
    "{version: 1, standard: {at_once: 999, with_immediate: 999, source: t, review: proposed}, units: {}}"
)
"""So many that nobody is ever held back: for what is not about capacity."""
ASSESSOR = system_actor("assessor")
KINDS = Kinds((*carequeue.registered.KINDS, *triage.kinds.KINDS))


def nurse(name: str, *unit_ids: str) -> Actor:
    """A nurse at these units, by default at `hamnen`."""
    roles = tuple(Role(unit_id=unit, provider_id="region", role="nurse") for unit in unit_ids or ("hamnen",))
    return Actor(id=f"staff:{name}", kind="staff", name=name, staff_id=name, roles=roles)


PATIENCE_S = 5.0
"""The index is waited for on a busy machine: where it is away, a test takes it away."""


class Ward:
    """The parts of a queue on one node, and what a patient and an assessor would do to it."""

    def __init__(
        self,
        database: Database,
        redis: Redis,
        deadlines: Deadlines,
        *,
        masters: MasterKeys,
        clock: ManualClock,
        capacity: Capacity = ROOMY,
    ) -> None:
        self.clock = clock
        self.places = Places(database)
        self.redis = redis
        tables = (place_table(deadlines), hand_over_table())
        self.log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
        self.index = Index(redis, within_s=PATIENCE_S)
        outbox = OutboxRows(database)
        self.keeper = IndexKeeper(self.index, self.places, outbox, deadlines=deadlines, clock=clock)
        self.claims = Claims(self.log, self.index, self.places, capacity=capacity, clock=clock)
        self._worker = OutboxWorker(outbox, {"index": self.keeper.follow}, clock=clock)
        self.second_node = partial(Ward, database, redis, deadlines, masters=masters, clock=clock)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While the log takes appends."""
        await self.log.start()
        yield
        await self.log.stop()

    def now_ms(self) -> int:
        return self.clock.ms()

    async def arrive(
        self,
        level: Level | None = None,
        *,
        unit_id: str = "hamnen",
        provider_id: str = "region",
        needs: tuple[str, ...] = (),
        letter: bool = False,
    ) -> ContactId:
        """A contact comes to a unit, unassessed unless a level is given."""
        contact_id = ContactId(new_id())
        scope = Scope(opener_id="patient:p", unit_id=unit_id, provider_id=provider_id)
        queued = Queued(unit_id=unit_id, needs=needs, letter=letter)
        patient = Actor(id=f"patient:{contact_id}", kind="patient")
        await self.log.append(Append(contact_stream(contact_id), (queued,), patient, "open", create=scope))
        if level is not None:
            await self.assess(contact_id, level)
        return contact_id

    async def assess(self, contact_id: ContactId, level: Level) -> None:
        """The assessor has understood the contact."""
        body = Assessed(urgency=level, assessed=True, could_be=level, lang="sv", basis_no=1, content_version="test")
        await self.log.append(Append(contact_stream(contact_id), (body,), ASSESSOR, new_id()))

    async def settle_index(self) -> None:
        """Carry out what the commits left to do."""
        while await self._worker.drain():
            pass
        with contextlib.suppress(FyrError):  # it was taken away: until it is whole again nobody asks it
            await self.keeper.catch_up()

    async def park(self, staff_id: str) -> Parked | None:
        """What a node does that dies before it has settled anything."""
        found = await self.index.park_next(staff_id, [Asked("hamnen", 999 * WHOLE, 999, "")], now_ms=self.now_ms())
        return found if isinstance(found, Parked) else None

    async def place(self, contact_id: ContactId) -> Place:
        return (await self.log.head(contact_stream(contact_id))).state.get(Place)

    async def flush(self) -> None:
        """Everything in Redis is gone in one moment, without anyone having been told."""
        await self.redis.eval(FLUSH, 0)
        await self.redis.script_flush()


async def kill(valkey: Valkey, redis: Redis) -> None:
    """Kill the server and wait until its successor answers."""
    killed = valkey.pid
    os.kill(killed, signal.SIGKILL)
    while valkey.pid == killed:
        await asyncio.sleep(0.005)
    while True:
        try:
            await redis.ping()
        except (RedisError, OSError):
            await asyncio.sleep(0.005)
        else:
            return

"""The whole claim as a node makes it: picked in the live index, settled and told in SQL with a flush to disk.

Those who are claimed have come through the log and stand first. Behind them the queue is filled up to its length with
rows that are only places, in SQL and in the index.
"""

import random

from redis.asyncio import Redis
from sqlalchemy import insert, text

from benchmarks.queue.ours import DEADLINES, FILLED_AT_ONCE, NURSES, PATIENCE_S, UNITS, waiting_row
from benchmarks.queue.rig import Measured, measure
from carequeue.capacity import load_capacity
from carequeue.claim import Claims
from carequeue.entries import Queued
from carequeue.index import IndexKeeper
from carequeue.live.store import Index
from carequeue.store import Places, place, place_table
from core.actor import Actor, Role
from core.clock import SystemClock
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys
from core.outbox.store import OutboxRows
from core.storage.sql import Database
from web.app import KINDS

ABILITIES = ("lang:ar", "skill:child")
TOMORROW_MS = 24 * 60 * 60_000


class Durable:
    """A node's queue on PostgreSQL and the same Valkey."""

    def __init__(self, url: str, redis: Redis) -> None:
        clock = SystemClock()
        self._database = Database(url)
        self._redis = redis
        masters = MasterKeys.parse(MasterKeys.generate())
        tables = (place_table(DEADLINES),)
        self._log = Log(self._database, KINDS, masters=masters, clock=clock, state_tables=tables)
        self._index, self._places = Index(redis, prefix="durable:", within_s=PATIENCE_S), Places(self._database)
        outbox = OutboxRows(self._database)
        self._keeper = IndexKeeper(self._index, self._places, outbox, deadlines=DEADLINES, clock=clock)
        self._claims = Claims(self._log, self._index, self._places, capacity=load_capacity(), clock=clock)
        self._now_ms = clock.ms
        self._dice = random.Random(3)
        self._nurses = [_nurse(number) for number in range(NURSES)]
        self._asked = 0

    async def start(self) -> None:
        """Make the tables; begin to commit and to tell the index."""
        await self._database.migrate()
        await self._log.start()
        self._log.on_commit(self._keeper.heard)
        self._keeper.start()

    async def stop(self) -> None:
        """Close everything."""
        await self._keeper.stop()
        await self._log.stop()
        await self._database.close()

    async def fill(self, length: int) -> None:
        """Let so many wait behind everyone who comes now."""
        later_ms = self._now_ms() + TOMORROW_MS
        for start in range(0, length, FILLED_AT_ONCE):
            ahead = range(start, min(length, start + FILLED_AT_ONCE))
            rows = [waiting_row(self._dice, later_ms + n, level="routine") for n in ahead]
            async with self._database.write() as connection:
                await connection.execute(insert(place), [row._asdict() for row in rows])
            await self._index.put(rows)
        async with self._database.write() as connection:
            await connection.execute(text("ANALYZE place"))

    async def enqueue(self, number: int, at_once: int) -> Measured:
        """A contact that waits, committed. What it left to be done is then done, as by a node's workers."""
        measured = await measure(self._arrive, number=number, at_once=at_once, redis=self._redis)
        async with self._database.write() as connection:
            await connection.execute(text("DELETE FROM outbox"))
        return measured

    async def claim(self, number: int, at_once: int) -> Measured:
        """The next contact for a nurse, committed."""
        return await measure(self._claim, number=number, at_once=at_once, redis=self._redis)

    async def clear(self) -> None:
        """Nobody holds anything any more, as after a day's work."""
        held = await self._places.held()
        async with self._database.write() as connection:
            await connection.execute(text("UPDATE place SET status = 'closed' WHERE status = 'held'"))
            await connection.execute(text("DELETE FROM outbox"))
        await self._index.drop([(row.contact_id, row.no) for row in held])

    async def _arrive(self) -> None:
        contact_id, unit_id = ContactId(new_id()), self._dice.choice(UNITS)
        patient = Actor(id=f"patient:{contact_id}", kind="patient")
        scope = Scope(opener_id=patient.id, unit_id=unit_id, provider_id="region")
        body = Queued(unit_id=unit_id, needs=self._dice.choice(((), *((one,) for one in ABILITIES), ABILITIES)))
        await self._log.append(Append(contact_stream(contact_id), (body,), patient, "open", create=scope))

    async def _claim(self) -> None:
        self._asked += 1
        nurse = self._nurses[self._asked % NURSES]
        await self._claims.claim_next(nurse, [self._dice.choice(UNITS)], client_id=new_id(), abilities=ABILITIES)


def _nurse(number: int) -> Actor:
    roles = tuple(Role(unit_id=unit, provider_id="region", role="nurse") for unit in UNITS)
    return Actor(id=f"staff:{number}", kind="staff", name="Nora Lind", staff_id=f"s{number}", roles=roles)

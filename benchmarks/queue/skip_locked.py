"""The same question put to PostgreSQL alone: `FOR UPDATE SKIP LOCKED` over the right index, eight connections."""

import random

import asyncpg
from redis.asyncio import Redis
from sqlalchemy.engine import make_url

from benchmarks.queue.ours import UNITS
from benchmarks.queue.rig import Measured, measure

CONNECTIONS = 8
TABLE = """
CREATE TABLE peer (id bigserial PRIMARY KEY, unit text, skill int, urgency smallint, arrived timestamptz DEFAULT now(),
                   state smallint DEFAULT 0, holder text, claimed timestamptz);
CREATE INDEX peer_waiting ON peer (unit, urgency, arrived) WHERE state = 0
"""
FILL = """
INSERT INTO peer (unit, skill, urgency, arrived)
SELECT 'unit' || n % 5, n % 4, 1 + random() * 5, now() - random() * interval '1 day' FROM generate_series(1, $1) AS n
"""
CLAIM = """
UPDATE peer SET state = 1, holder = $1, claimed = now() WHERE id = (
    SELECT id FROM peer WHERE state = 0 AND unit = $2 AND skill = ANY($3::int[])
    ORDER BY urgency, arrived LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
"""


class SkipLocked:
    """A table of a given length."""

    def __init__(self, pool: asyncpg.Pool, redis: Redis) -> None:
        self._pool = pool
        self._redis = redis
        self._dice = random.Random(2)

    @classmethod
    async def open(cls, url: str, redis: Redis) -> "SkipLocked":
        """Connect to an empty database."""
        dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        return cls(await asyncpg.create_pool(dsn, min_size=CONNECTIONS, max_size=CONNECTIONS), redis)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    async def fill(self, length: int) -> None:
        """Let so many wait."""
        await self._pool.execute(TABLE)
        await self._pool.execute(FILL, length)
        await self._pool.execute("VACUUM ANALYZE peer")

    async def claim(self, number: int, at_once: int) -> Measured:
        """The best row of a unit, taken and committed."""
        return await measure(self._claim, number=number, at_once=at_once, redis=self._redis)

    async def _claim(self) -> None:
        if await self._pool.fetchval(CLAIM, "nurse", self._dice.choice(UNITS), [0, 1, 2, 3]) is None:
            raise RuntimeError("nobody waits")

"""Sessions in SQL. Only a digest of the token is kept: whoever reads the database cannot sign in with it."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from core.clock import Clock
from core.storage.sql import Database
from core.storage.tables import session

IDLE_MS = 60 * 60 * 1000
"""Without a call for this long a session ends."""
LONGEST_MS = 12 * 60 * 60 * 1000
"""No session is older than this: a long shift."""
TOUCH_EVERY_MS = 60 * 1000


class Held(NamedTuple):
    """A valid session: whose it is and its id, which is safe to log."""

    actor_id: str
    session_id: str


class Sessions:
    """Make, find and end sessions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, actor_id: str) -> str:
        """A new session; gives its token, which is told to the browser and to nobody else."""
        token, now_ms = secrets.token_urlsafe(32), self._clock.ms()
        row = {
            "token_digest": _digest(token),
            "actor_id": actor_id,
            "made_ms": now_ms,
            "seen_ms": now_ms,
            "ends_ms": now_ms + LONGEST_MS,
        }
        async with self._database.write() as connection:
            await connection.execute(insert(session).values(row))
        return token

    async def find(self, token: str) -> Held | None:
        """The session of a token; None when there is none, or it has ended."""
        now_ms = self._clock.ms()
        async with self._database.read() as connection:
            row = (await connection.execute(select(session).where(session.c.token_digest == _digest(token)))).first()
        if row is None or now_ms >= row.ends_ms or now_ms >= row.seen_ms + IDLE_MS:
            return None
        if now_ms >= row.seen_ms + TOUCH_EVERY_MS:
            await self._touch(row.token_digest, now_ms)
        return Held(row.actor_id, row.token_digest)

    async def kept(self, session_ids: Sequence[str]) -> set[str]:
        """Those of the sessions that nobody has ended."""
        query = select(session.c.token_digest).where(session.c.token_digest.in_(session_ids))
        async with self._database.read() as connection:
            return set((await connection.execute(query)).scalars())

    async def end(self, session_id: str) -> None:
        """End one session."""
        async with self._database.write() as connection:
            await connection.execute(delete(session).where(session.c.token_digest == session_id))

    async def _touch(self, session_id: str, now_ms: int) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(session).where(session.c.token_digest == session_id).values(seen_ms=now_ms))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""Sign-ins under way, and messages that are taken once: rows in SQL, so that every node agrees.

A row is found by a digest of the state and of the browser's own secret together: neither alone leads to it. What it
holds is sealed; taking it deletes it.
"""

import hashlib

import msgspec
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from core.clock import Clock
from core.errors import FyrError
from core.log.seal import MasterKeys, Sealer
from core.storage.sql import Database
from core.storage.tables import login_once

KEY_USE = "login attempts"
LASTS_MS = 10 * 60 * 1000
"""How long somebody may take at their provider."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in under way."""

    provider: str
    nonce: str
    verifier: str
    max_age: bool = False
    """Whether they were asked to prove it anew."""
    sender_key: str = ""
    at_ms: int = 0
    session_id: str = ""
    """The session the browser had: its cookie does not come along when another site sends the browser back."""


class Once:
    """Keeps and takes."""

    def __init__(self, database: Database, masters: MasterKeys, clock: Clock) -> None:
        self._database = database
        self._masters = masters
        self._clock = clock

    async def keep(self, state: str, browser: str, attempt: Attempt) -> None:
        """A sign-in begins in this browser."""
        key, name = _attempt(state, browser), self._masters.current
        sealed = self._sealer(name).seal(msgspec.json.encode(attempt), key)
        row = {"digest": key, "sealed": name.encode() + b"|" + sealed, "until_ms": self._clock.ms() + LASTS_MS}
        async with self._database.write() as connection:
            await connection.execute(delete(login_once).where(login_once.c.until_ms < self._clock.ms()))
            await connection.execute(insert(login_once).values(row))

    async def take(self, state: str, browser: str) -> Attempt | None:
        """The sign-in of this state in this browser, the first time it is asked for and in time."""
        key = _attempt(state, browser)
        gone = (
            delete(login_once).where(login_once.c.digest == key).returning(login_once.c.sealed, login_once.c.until_ms)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(gone)).one_or_none()
        if row is None or row.sealed is None or row.until_ms < self._clock.ms():
            return None
        name, _, sealed = row.sealed.partition(b"|")
        try:
            return msgspec.json.decode(self._sealer(name.decode()).open(sealed, key), type=Attempt)
        except FyrError:
            return None

    async def first(self, provider: str, jti: str, *, lasts_ms: int) -> bool:
        """Whether a message of this id was never taken before."""
        key = _digest(f"jti|{provider}|{jti}")
        row = {"digest": key, "sealed": None, "until_ms": self._clock.ms() + lasts_ms}
        try:
            async with self._database.write() as connection:
                await connection.execute(delete(login_once).where(login_once.c.until_ms < self._clock.ms()))
                await connection.execute(insert(login_once).values(row))
        except IntegrityError:
            return False
        return True

    def _sealer(self, name: str) -> Sealer:
        return Sealer(self._masters.derived(name, KEY_USE))


def _attempt(state: str, browser: str) -> str:
    return _digest(f"attempt|{state}|{browser}")


def _digest(text: str) -> str:
    """Of what came from outside: it may be no text at all."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

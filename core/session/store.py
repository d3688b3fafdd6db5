"""Sessions in SQL. Only a digest of the token is kept: whoever reads the database cannot sign in with it."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from typing import Any, Protocol

import msgspec
from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from core.actor import Assurance
from core.clock import Clock
from core.session.limits import SessionLimits
from core.session.proof import Proof
from core.storage.sql import Database
from core.storage.tables import session, session_end
from core.storage.together import Together

TOUCH_EVERY_MS = 60 * 1000
TRUSTED_MS = 10_000
"""How old a quick copy may be."""
REMEMBERED_MS = 24 * 60 * 60 * 1000
"""How long it is known that a session was ended: nodes look back some seconds only."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A valid session: whose it is, its id, which is safe to log, and how they proved who they are."""

    session_id: str
    actor_id: str
    made_ms: int
    seen_ms: int
    ends_ms: int
    provider: str = ""
    assurance: Assurance = "none"
    proved_ms: int = 0
    device: str = ""


class Copied(msgspec.Struct, frozen=True, array_like=True):
    """A quick copy, with the moment it was read from SQL."""

    read_ms: int
    held: Held


class Copies(Protocol):
    """Where quick copies lie."""

    async def get(self, session_id: str) -> bytes | None:
        """The copy, if there is one."""
        ...

    async def keep(self, session_id: str, data: bytes) -> None:
        """Lay a copy."""
        ...

    async def end(self, session_id: str) -> None:
        """Never again a copy of it."""
        ...


_encode, _decode = msgspec.msgpack.encode, msgspec.msgpack.Decoder(Copied).decode
_COLUMNS = [session.c[name] for name in Held.__struct_fields__ if name != "session_id"]
_HELD = select(session.c.token_digest.label("session_id"), *_COLUMNS)
_THESE = _HELD.where(session.c.token_digest.in_(bindparam("session_ids", expanding=True)))
_LASTING = select(session.c.token_digest, session.c.actor_id, session.c.ends_ms, session.c.seen_ms).where(
    session.c.token_digest.in_(bindparam("session_ids", expanding=True))
)
_ENDED = select(session_end.c.session_id).where(session_end.c.ended_ms >= bindparam("since_ms"))


class Sessions:
    """Make, find and end sessions."""

    def __init__(
        self, database: Database, clock: Clock, *, limits: SessionLimits | None = None, copies: Copies | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits or SessionLimits()
        self._copies = copies
        self._each = Together(self._rows)
        self._used: set[str] = set()
        self._ended: dict[str, int] = {}

    async def begin(self, actor_id: str, proof: Proof | None = None, *, ends_ms: int | None = None) -> str:
        """A new session, always with a new token, which is told to the browser and to nobody else. Gives the token."""
        proof, token, now_ms = proof or Proof(), secrets.token_urlsafe(32), self._clock.ms()
        longest_ms = now_ms + self._limits.of_actor(actor_id).longest_ms
        row = {
            "token_digest": _digest(token),
            "actor_id": actor_id,
            "made_ms": now_ms,
            "seen_ms": now_ms,
            "ends_ms": min(longest_ms, ends_ms or longest_ms),
            "provider": proof.provider,
            "assurance": proof.assurance,
            "proved_ms": now_ms if proof.at_ms is None else proof.at_ms,
            "device": proof.device,
            "subject": proof.subject,
            "provider_session": proof.provider_session,
            "ticket": proof.ticket,
        }
        async with self._database.write() as connection:
            of_old = (session.c.actor_id == actor_id) & (session.c.ends_ms <= now_ms)
            await connection.execute(delete(session).where(of_old))
            await connection.execute(insert(session).values(row))
        return token

    async def find(self, token: str) -> Held | None:
        """The session of a token; None when there is none, or it has ended."""
        session_id, now_ms = _digest(token), self._clock.ms()
        if session_id in self._ended:
            return None
        held = await self._copied(session_id, now_ms) or await self._read(session_id)
        if held is None or not self._lasts(held, now_ms):
            return None
        if now_ms >= held.seen_ms + TOUCH_EVERY_MS:
            await self.touch([session_id])
        return held

    def used(self, session_id: str | None) -> None:
        """Something was done in it: written down with the next `touch_used`."""
        if session_id is not None:
            self._used.add(session_id)

    async def touch_used(self, others: Collection[str] = ()) -> None:
        """Write down which sessions were used since the last time, and that these are."""
        used, self._used = self._used | set(others), set()
        await self.touch(sorted(used))

    async def touch(self, session_ids: Sequence[str]) -> None:
        """They are used now."""
        if session_ids:
            changed = update(session).where(session.c.token_digest.in_(session_ids)).values(seen_ms=self._clock.ms())
            async with self._database.write() as connection:
                await connection.execute(changed)

    async def kept(self, session_ids: Sequence[str]) -> set[str]:
        """Those of the sessions that nobody has ended and that have not ended by themselves."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_LASTING, {"session_ids": list(session_ids)})).all()
        now_ms = self._clock.ms()
        return {name for name, *of_session in rows if now_ms < self._until_ms(*of_session)}

    async def own(self, actor_id: str) -> list[Held]:
        """The sessions of one person that have not ended, the newest first."""
        return sorted(await self._where(session.c.actor_id == actor_id), key=lambda held: -held.made_ms)

    async def of_provider(self, *, subjects: Sequence[str], provider_sessions: Sequence[str]) -> list[Held]:
        """Sessions a provider means by any of these digests; with its own session's, those and no other."""
        if provider_sessions:
            return await self._where(session.c.provider_session.in_(provider_sessions))
        return await self._where(session.c.subject.in_(subjects))

    async def ticket(self, session_id: str) -> bytes | None:
        """What its sign-in left for the sign-out, sealed."""
        query = select(session.c.ticket).where(session.c.token_digest == session_id)
        async with self._database.read() as connection:
            found: bytes | None = (await connection.execute(query)).scalar_one_or_none()
        return found

    async def end(self, *session_ids: str) -> None:
        """End sessions: on every node they are refused from here on, and their sockets closed within a second."""
        now_ms = self._clock.ms()
        async with self._database.write() as connection:
            gone = delete(session).where(session.c.token_digest.in_(session_ids)).returning(session.c.token_digest)
            ended = list((await connection.execute(gone)).scalars())
            await connection.execute(delete(session_end).where(session_end.c.ended_ms < now_ms - REMEMBERED_MS))
            if ended:
                rows = [{"session_id": one, "ended_ms": now_ms} for one in ended]
                await connection.execute(insert(session_end), rows)
        self.heard_ended(session_ids)
        for session_id in session_ids if self._copies is not None else ():
            await self._copies.end(session_id)  # type: ignore[union-attr]

    async def ended_since(self, since_ms: int) -> set[str]:
        """Sessions that somebody ended, on any node."""
        async with self._database.read() as connection:
            return set((await connection.execute(_ENDED, {"since_ms": since_ms})).scalars())

    def heard_ended(self, session_ids: Collection[str]) -> None:
        """Another node has ended them: no copy of them is believed here from now on."""
        now_ms = self._clock.ms()
        if len(self._ended) > 1_000:
            self._ended = {one: at_ms for one, at_ms in self._ended.items() if at_ms > now_ms - 6 * TRUSTED_MS}
        self._ended.update(dict.fromkeys(session_ids, now_ms))

    async def _where(self, condition: ColumnElement[bool]) -> list[Held]:
        async with self._database.read() as connection:
            rows = (await connection.execute(_HELD.where(condition))).all()
        now_ms, found = self._clock.ms(), [_held(row) for row in rows]
        return [held for held in found if self._lasts(held, now_ms)]

    async def _read(self, session_id: str) -> Held | None:
        held = await self._each.get(session_id)
        if held is None:
            return None
        if self._copies is not None:
            await self._copies.keep(session_id, _encode(Copied(self._clock.ms(), held)))
        return held

    async def _rows(self, session_ids: Sequence[str]) -> dict[str, Held]:
        async with self._database.read() as connection:
            rows = (await connection.execute(_THESE, {"session_ids": session_ids})).all()
        return {row.session_id: _held(row) for row in rows}

    async def _copied(self, session_id: str, now_ms: int) -> Held | None:
        data = await self._copies.get(session_id) if self._copies is not None else None
        if data is None:
            return None
        try:
            copied = _decode(data)
        except msgspec.DecodeError:  # of another release
            return None
        fresh = abs(now_ms - copied.read_ms) < TRUSTED_MS and now_ms < copied.held.seen_ms + TOUCH_EVERY_MS
        return copied.held if fresh else None

    def _lasts(self, held: Held, now_ms: int) -> bool:
        return now_ms < self._until_ms(held.actor_id, held.ends_ms, held.seen_ms)

    def _until_ms(self, actor_id: str, ends_ms: int, seen_ms: int) -> int:
        return min(ends_ms, seen_ms + self._limits.of_actor(actor_id).idle_ms)


def _held(row: Any) -> Held:
    """A row that the release before has written lacks what it did not know."""
    values = {name: getattr(row, name) for name in Held.__struct_fields__}
    return Held(**{name: value for name, value in values.items() if value is not None})


def _digest(token: str) -> str:
    """Of whatever a browser sends as one: it may be no text at all."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

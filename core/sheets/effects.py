"""What follows from a change of staff beyond its own entry: ways to sign in are given and ended, sessions end.

Whoever is less than they were is signed out: what they held waits again, and they sign in with what is left.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import msgspec

from core.directory.kept import WAY
from core.directory.sheets import RolesSheet, StaffSheet, WaysSheet
from core.directory.store import Directory
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Head, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.session.store import Sessions
from core.sheets.administration import Effect
from core.sheets.entries import WayEnded, WayGiven
from core.sheets.kinds import WayState

T = TypeVar("T")
NO_ONE = Scope()
EndSessions = Callable[[str], Awaitable[None]]
"""Ends every session of an actor."""


class StaffEffects:
    """Carries out what sheets of staff say."""

    def __init__(self, log: Log, directory: Directory, *, sign_out: EndSessions, today: Callable[[], date]) -> None:
        self._log = log
        self._directory = directory
        self._sign_out = sign_out
        self._today = today

    def by_sheet(self) -> dict[str, Callable[[Effect], Awaitable[None]]]:
        """What is done, by the name of the sheet."""
        return {"ways": self._ways, "roles": self._roles, "staff": self._staff}

    async def _ways(self, effect: Effect) -> None:
        """Each way has a stream named by its digest, so that no two get one. Raises `sheet_invalid` for another's.

        None is given where one cannot be, and none that is another's is ended.
        """
        before, after = (_read(value, WaysSheet).digests() for value in (effect.before, effect.after))
        staff_id = effect.key.subject_id
        holders = {digest: await self._holder(digest) for digest in sorted(before ^ after)}

        def free(head: Head) -> None:
            _refuse_taken(head.state.get(WayState).staff_id, staff_id)

        for digest in after - before:
            _refuse_taken(holders[digest], staff_id)
        for digest in (one for one in sorted(after - before) if not holders[one]):
            await self._append(digest, WayGiven(staff_id=staff_id), effect, require=free)
        ended = [digest for digest in sorted(before - after) if holders[digest] == staff_id]
        for digest in ended:
            await self._append(digest, WayEnded(), effect)
        if ended:
            await self._sign_out(f"staff:{staff_id}")

    async def _holder(self, digest: str) -> str:
        """Who is known by it, of the staff; empty: nobody."""
        return (await self._directory.holder_of(digest)).removeprefix("staff:")

    async def _roles(self, effect: Effect) -> None:
        before, after = (_read(value, RolesSheet).pairs() for value in (effect.before, effect.after))
        if before - after:
            await self._sign_out(f"staff:{effect.key.subject_id}")

    async def _staff(self, effect: Effect) -> None:
        ends_on = msgspec.convert(effect.after, StaffSheet).ends_on
        if ends_on is not None and ends_on < self._today():
            await self._sign_out(f"staff:{effect.key.subject_id}")

    async def _append(self, digest: str, body: Body, effect: Effect, *, require: Require | None = None) -> None:
        stream, once = StreamId(f"{WAY}{digest}"), f"{effect.once}/{digest[:16]}"
        await self._log.append(Append(stream, (body,), effect.actor, once, require=require, create=NO_ONE))


async def end_own_sessions(sessions: Sessions, actor_id: str) -> None:
    """Every session of one actor."""
    await sessions.end(*(one.session_id for one in await sessions.own(actor_id)))


def _refuse_taken(holder: str, staff_id: str) -> None:
    if holder not in ("", staff_id):
        raise FyrError("sheet_invalid", faults=[{"code": "way_taken", "where": "ways"}])


def _read(value: object, kind: type[T]) -> T:
    return msgspec.convert(value if value is not None else {}, kind)

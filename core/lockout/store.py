"""The counts as rows, one a subject: written in one transaction with the question whether it is open."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import structlog
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.clock import Clock
from core.errors import FyrError
from core.lockout.rule import NOBODY, Count, Rule, after_failure, wait_ms
from core.storage.sql import Database
from core.storage.tables import lockout

log = structlog.get_logger(__name__)
FORGET_AFTER_MS = 7 * 24 * 60 * 60 * 1000
"""Longer than any rule remembers: an address is personal data and is not kept for nothing."""


class Subject(NamedTuple):
    """Whom failures are counted for. `kind` says what was tried (`guest_code`), `name` by or against whom."""

    kind: str
    name: str
    rule: Rule


class Lockouts:
    """Ask before a secret is looked at, say afterwards how it went.

    `begin` and `succeeded` are for secrets that can be guessed: a hundred tries at once are then a hundred failures
    before the first is looked at. `require_open` and `failed` are for what is known to be wrong only later.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, *subjects: Subject) -> None:
        """Count a try of each as failed until `succeeded`. Raises `locked_out`, and then counts nothing."""
        await self._count(subjects, only_open=True)

    async def require_open(self, *subjects: Subject) -> None:
        """Raises `locked_out` with `retry_after_s` when any of them is locked."""
        now_ms = self._clock.ms()
        async with self._database.read() as connection:
            for subject in subjects:
                _require_open(await _read(connection, subject), now_ms)

    async def failed(self, *subjects: Subject) -> None:
        """Count one failure of each."""
        await self._count(subjects, only_open=False)

    async def succeeded(self, *subjects: Subject) -> None:
        """Forget what was counted. Never for an address: one right secret would clear it for every guess."""
        async with self._database.write() as connection:
            for subject in subjects:
                await connection.execute(delete(lockout).where(*_is(subject)))

    async def take_back(self, subject: Subject) -> None:
        """The try `begin` counted was none: one failure less, and what was locked before stays locked."""
        async with self._database.write() as connection:
            fewer = update(lockout).where(*_is(subject), lockout.c.failures > 0)
            await connection.execute(fewer.values(failures=lockout.c.failures - 1))

    async def forget_old(self) -> int:
        """Delete what no rule remembers; gives how many."""
        long_ago = self._clock.ms() - FORGET_AFTER_MS
        old = delete(lockout).where(lockout.c.failed_ms < long_ago, lockout.c.until_ms < long_ago)
        async with self._database.write() as connection:
            return (await connection.execute(old)).rowcount

    async def forget(self) -> bool:
        """`forget_old` as a step of what goes on beside the calls."""
        await self.forget_old()
        return False

    async def _count(self, subjects: Sequence[Subject], *, only_open: bool) -> None:
        now_ms = self._clock.ms()
        locked = []
        async with self._database.write() as connection:
            counts = [(subject, await _taken(connection, subject)) for subject in sorted(subjects)]
            if only_open:
                for _, count in counts:
                    _require_open(count, now_ms)
            for subject, count in counts:
                more = after_failure(count, now_ms, subject.rule)
                await connection.execute(update(lockout).where(*_is(subject)).values(more._asdict()))
                if wait_ms(more, now_ms) > 0:
                    locked.append((subject.kind, more.failures))
        for kind, failures in locked:
            log.warning("locked_out", kind=kind, failures=failures)


def _require_open(count: Count, now_ms: int) -> None:
    locked_ms = wait_ms(count, now_ms)
    if locked_ms > 0:
        raise FyrError("locked_out", retry_after_s=math.ceil(locked_ms / 1000))


async def _taken(connection: AsyncConnection, subject: Subject) -> Count:
    """The row, made when there is none, and held until the end of the transaction: writes come one after the other."""
    touched = update(lockout).where(*_is(subject)).values(failures=lockout.c.failures)
    if (await connection.execute(touched)).rowcount == 0:
        try:
            async with connection.begin_nested():
                row = {"kind": subject.kind, "name": subject.name, **NOBODY._asdict()}
                await connection.execute(insert(lockout).values(row))
        except IntegrityError:  # someone else made it at the same moment
            await connection.execute(touched)
    return await _read(connection, subject)


async def _read(connection: AsyncConnection, subject: Subject) -> Count:
    query = select(lockout.c.failures, lockout.c.failed_ms, lockout.c.until_ms).where(*_is(subject))
    row = (await connection.execute(query)).first()
    return Count(*row) if row is not None else NOBODY


def _is(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return lockout.c.kind == subject.kind, lockout.c.name == subject.name

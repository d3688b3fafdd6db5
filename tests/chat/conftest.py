"""Fixtures of the conversation's tests."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from core.clock import ManualClock
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.chat.waiting_room import START, WaitingRoom


@pytest.fixture
async def room(database: Database, redis: Redis) -> AsyncIterator[WaitingRoom]:
    """A node whose clock stands at the start of a working day; on SQLite and on PostgreSQL."""
    masters = MasterKeys.parse(MasterKeys.generate())
    async with WaitingRoom(database, redis, masters=masters, clock=ManualClock(START)).running() as running:
        yield running

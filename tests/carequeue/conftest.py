"""Fixtures of the queue's tests."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from carequeue.deadlines import Deadlines, load_deadlines
from core.clock import ManualClock
from core.log.seal import MasterKeys
from core.storage.sql import Database
from tests.carequeue.ward import START, Ward


@pytest.fixture(scope="session")
def deadlines() -> Deadlines:
    return load_deadlines()


@pytest.fixture
async def ward(database: Database, redis: Redis, deadlines: Deadlines) -> AsyncIterator[Ward]:
    """A queue whose index is whole."""
    masters = MasterKeys.parse(MasterKeys.generate())
    ward = Ward(database, redis, deadlines, masters=masters, clock=ManualClock(START))
    async with ward.running():
        await ward.keeper.rebuild()
        yield ward

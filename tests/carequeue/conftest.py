"""Fixtures of the queue's tests."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from carequeue.deadlines import Deadlines, load_deadlines
from core.clock import ManualClock
from core.errors import FyrError
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
        await _whole(ward)
        yield ward


async def _whole(ward: Ward) -> None:
    """Until a busy machine lets the index answer in time: its keeper would try again as well."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await ward.keeper.rebuild()
            except FyrError:
                await asyncio.sleep(0.05)

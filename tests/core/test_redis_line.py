"""Many small calls share one connection; each gets its own answer, or an error, and none waits for ever."""

import asyncio

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as LineLostError
from redis.exceptions import ResponseError

from core.storage.redis_line import RedisLine

WITHIN_S = 5.0


async def test_each_call_gets_its_own_answer_and_a_refusal_is_its_own(redis: Redis) -> None:
    line = RedisLine(redis)
    calls = [line.call("INCR", "n"), line.call("NOSUCH"), line.call("INCR", "n"), line.call("GET", "n")]
    first, refused, second, last = await asyncio.gather(*calls, return_exceptions=True)
    assert (first, second, last) == (1, 2, b"2")
    assert isinstance(refused, ResponseError)
    await line.hang_up()


@pytest.mark.parametrize("turns", [0, 1, 50])
async def test_who_hangs_up_keeps_no_caller_waiting(redis: Redis, turns: int) -> None:
    line = RedisLine(redis)
    waiting = asyncio.create_task(line.call("BLPOP", "nothing", "0"))
    for _ in range(turns):
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    async with asyncio.timeout(WITHIN_S):
        await line.hang_up()
        with pytest.raises(LineLostError):
            await waiting
        assert await line.call("PING") == b"PONG"
    await line.hang_up()

"""Where a visit lives: a name that its node keeps, also when Redis has lost it."""

from core.storage.redis import make_redis
from core.storage.valkey import Valkey
from rtc.relay.store import PREFIX, Homes


async def test_a_node_keeps_its_visit_when_redis_has_lost_the_name(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as redis:
        here, there = Homes(redis, "here"), Homes(redis, "there")
        assert await here.find("visit", takes=True) == "here"
        await redis.delete(PREFIX + "visit")
        assert await here.renew(["visit"]) == []
        assert await there.find("visit", takes=True) == "here"


async def test_a_node_lets_go_of_a_visit_that_another_has_taken(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as redis:
        here, there = Homes(redis, "here"), Homes(redis, "there")
        await here.find("visit", takes=True)
        await redis.delete(PREFIX + "visit")
        assert await there.find("visit", takes=True) == "there"
        assert await here.renew(["visit"]) == ["visit"]
        await here.free(["visit"])
        assert await here.find("visit", takes=True) == "there"

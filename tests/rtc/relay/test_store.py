"""Where a visit lives: a name that its node keeps, also when Redis has lost it; nobody takes it over meanwhile."""

from core.storage.redis import make_redis
from core.storage.valkey import Valkey
from rtc.relay.store import PREFIX, SETTLE_S, SINCE, Homes


async def test_a_node_keeps_its_visit_when_redis_has_lost_all_and_nobody_takes_it_meanwhile(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as redis:
        here, there = Homes(redis, "here"), Homes(redis, "there")
        assert await here.renew([]) == await there.renew([]) == []
        assert await here.find("visit", taker="here") == "here"
        await redis.delete(PREFIX + "visit", SINCE)
        assert await there.find("visit", taker="there") == ""
        assert await there.renew([]) == []
        assert await there.find("visit", taker="there") == ""
        assert await here.renew(["visit"]) == []
        assert await there.find("visit", taker="there") == "here"
        assert await there.find("another", taker="there") == ""
        seconds, _ = await redis.time()
        await redis.set(SINCE, seconds - SETTLE_S)
        assert await there.find("another", taker="there") == "there"


async def test_a_node_lets_go_of_a_visit_that_another_has_taken(valkey: Valkey) -> None:
    async with make_redis(valkey.url) as redis:
        here, there = Homes(redis, "here"), Homes(redis, "there")
        await here.renew([])
        await here.find("visit", taker="here")
        await redis.delete(PREFIX + "visit")
        assert await here.find("visit", taker="") == ""
        assert await there.find("visit", taker="there") == "there"
        assert await here.renew(["visit"]) == ["visit"]
        await here.free(["visit"])
        assert await here.find("visit", taker="here") == "there"

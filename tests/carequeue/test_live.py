"""The live index: offers in the queue's order, parks for a moment, is never trusted when it may not be whole."""

import pytest
from redis.asyncio import Redis

from carequeue.capacity import WHOLE
from carequeue.live.store import PARK_MS, Asked, Index, Parked, as_asked
from carequeue.store import PlaceRow
from core.errors import FyrError
from core.ids import ContactId
from core.storage.redis import make_redis
from core.storage.valkey import Valkey
from tests.carequeue.ward import Ward, kill

NOW_MS = 1_764_000_000_000


def row(
    name: str, *, tier: int = 2, due_ms: int = 0, no: int = 1, unit_id: str = "hamnen", needs: str = ""
) -> PlaceRow:
    return PlaceRow(
        contact_id=ContactId(name),
        no=no,
        unit_id=unit_id,
        status="waiting",
        needs=needs,
        tier=tier,
        due_ms=NOW_MS + due_ms,
        arrived_ms=NOW_MS,
        urgency="urgent",
        holder_id=None,
        claim_no=0,
        answered_ms=None,
        held_ms=None,
    )


async def whole(redis: Redis, *rows: PlaceRow) -> Index:
    index = Index(redis)
    await index.begin()
    await index.put(rows)
    assert await index.finish()
    return index


async def parked(
    index: Index, *units: str, now_ms: int = NOW_MS, abilities: tuple[str, ...] = (), staff_id: str = "sara"
) -> Parked | None:
    asked = [Asked(unit, 99 * WHOLE, 99, as_asked(abilities)) for unit in units or ("hamnen",)]
    found = await index.park_next(staff_id, asked, now_ms=now_ms)
    return found if isinstance(found, Parked) else None


async def park(index: Index, *units: str, now_ms: int = NOW_MS, abilities: tuple[str, ...] = ()) -> str | None:
    found = await parked(index, *units, now_ms=now_ms, abilities=abilities)
    return found.contact_id if found else None


async def test_offers_in_order_over_all_units(redis: Redis) -> None:
    rows = [row("d", due_ms=9), row("c", due_ms=5, unit_id="lyktan"), row("a", tier=0, due_ms=99), row("b", due_ms=5)]
    index = await whole(redis, *rows, row("other", tier=0, unit_id="strand"))
    assert [await park(index, "hamnen", "lyktan") for _ in range(5)] == ["a", "b", "c", "d", None]


async def test_offers_only_what_the_asker_is_able_to_take(redis: Redis) -> None:
    index = await whole(
        redis, row("a", due_ms=1, needs="lang:ar skill:child"), row("b", due_ms=2, needs="lang:ar"), row("c", due_ms=3)
    )
    assert await park(index, abilities=("lang:ar",)) == "b"
    assert await park(index) == "c"
    assert await park(index, abilities=("lang:ar",)) is None
    assert await park(index, abilities=("skill:child", "lang:ar", "lang:so")) == "a"


async def test_a_park_runs_out_by_the_callers_clock_and_the_place_is_kept(redis: Redis) -> None:
    index = await whole(redis, row("a", due_ms=1), row("b", due_ms=2))
    assert await park(index) == "a"
    assert await park(index, now_ms=NOW_MS + PARK_MS - 1) == "b"
    assert await park(index, now_ms=NOW_MS + PARK_MS - 1) is None
    assert await park(index, now_ms=NOW_MS + PARK_MS) == "a"


async def test_every_park_has_a_new_number(redis: Redis) -> None:
    index = await whole(redis, row("a"))
    numbers = []
    for attempt in range(4):
        found = await parked(index, now_ms=NOW_MS + attempt * PARK_MS)
        assert found is not None
        numbers.append(found.claim_no)
    assert numbers == [1, 2, 3, 4]


async def test_release_gives_it_to_the_next_but_not_under_an_older_number(redis: Redis) -> None:
    index = await whole(redis, row("a"))
    first = await parked(index)
    assert first is not None
    await index.release(first)
    second = await parked(index)
    assert second == Parked(first.contact_id, "hamnen", claim_no=2, no=1)
    await index.release(first)
    assert await park(index) is None


async def test_an_older_row_changes_nothing(redis: Redis) -> None:
    index = await whole(redis, row("a", due_ms=5, no=3), row("b", due_ms=9))
    await index.put([row("b", due_ms=1, no=2), row("a", due_ms=99, no=2)])
    await index.drop([(ContactId("a"), 2)])
    assert [await park(index), await park(index)] == ["b", "a"]


async def test_a_new_row_moves_it_even_to_another_unit(redis: Redis) -> None:
    index = await whole(redis, row("a"))
    await index.put([row("a", no=2, unit_id="lyktan", needs="lang:ar")])
    assert await park(index, "hamnen") is None
    assert await park(index, "lyktan", abilities=("lang:ar",)) == "a"
    assert await index.contents() == {"a": (("lyktan", "lang:ar", 2 * 2**42 + NOW_MS, ""), 2)}


async def test_a_parked_contact_stays_parked_when_its_place_changes(redis: Redis) -> None:
    index = await whole(redis, row("a", due_ms=9), row("b", due_ms=5))
    assert await park(index, now_ms=NOW_MS) == "b"
    await index.put([row("b", tier=0, no=2)])
    assert await park(index, now_ms=NOW_MS + 1) == "a"
    assert await park(index, now_ms=NOW_MS + PARK_MS) == "b"


async def test_a_parked_contact_waits_again_once_its_claim_is_settled_and_given_back(redis: Redis) -> None:
    index = await whole(redis, row("a"))
    assert await park(index) == "a"
    await index.put([row("a", no=3)._replace(claim_no=1)])
    assert await park(index) == "a"


async def test_nothing_is_answered_before_it_is_whole(redis: Redis) -> None:
    with pytest.raises(FyrError, match="unreachable"):
        await park(Index(redis))
    index = Index(redis)
    await index.begin()
    await index.put([row("a")])
    with pytest.raises(FyrError, match="unreachable"):
        await park(index)


async def test_a_flush_while_it_is_mended_is_noticed(ward: Ward) -> None:
    await ward.index.begin()
    await ward.flush()
    with pytest.raises(FyrError, match="unreachable"):
        await ward.index.finish()
    await ward.index.begin()
    await ward.redis.delete("queue:mending")
    assert not await ward.index.finish()
    assert ward.index.doubted


async def test_a_server_started_anew_while_it_is_mended_is_noticed(valkey: Valkey) -> None:
    """Its file has the mender and may lack what was told last; another node has brought the scripts back."""
    async with make_redis(valkey.url) as redis:
        index, other = Index(redis), Index(redis)
        await index.begin()
        await kill(valkey, redis)
        await other.begin()
        assert not await index.finish()
        assert await other.finish()


async def test_a_change_that_could_not_be_told_while_it_is_mended_is_remembered(redis: Redis) -> None:
    index = await whole(redis, row("a"))
    await index.begin()
    await redis.script_flush()
    with pytest.raises(FyrError, match="unreachable"):
        await index.put([row("b")])
    await whole(redis)  # another node has brought the scripts back
    assert not await index.finish()
    assert index.doubted


async def test_mending_by_another_node_does_not_disturb(redis: Redis) -> None:
    """Two nodes that both think it may not be whole do not take the mark from each other for ever."""
    one = await whole(redis, row("a"), row("b"))
    other = Index(redis)
    await other.begin()
    assert await park(one) == "a"
    assert await other.finish()
    assert await park(other) == "b"


async def test_what_is_left_of_a_lost_record_is_cleared_away(redis: Redis) -> None:
    """A store that throws single keys away (it should not) costs an offer, never an answer."""
    index = await whole(redis, row("a", tier=0), row("b", due_ms=5), row("c", due_ms=6))
    assert await park(index) == "a"
    await redis.delete("queue:contacts")
    await index.put([row("c", due_ms=9, needs="lang:ar")])
    assert await park(index, abilities=("lang:ar",), now_ms=NOW_MS + PARK_MS) == "c"
    assert await park(index, abilities=("lang:ar",), now_ms=NOW_MS + PARK_MS) is None
    assert list(await index.contents()) == ["c"]
    assert await redis.zcard("queue:parked") == 1


async def test_a_server_started_anew_from_its_file_is_not_trusted(valkey: Valkey) -> None:
    """Its file may lack the last second: the mark is there again, and still no claim is answered."""
    async with make_redis(valkey.url) as redis:
        index = await whole(redis, row("a"))
        await redis.waitaof(1, 0, 0)
        await kill(valkey, redis)
        assert await redis.exists("queue:complete")
        assert not await index.is_whole()
        with pytest.raises(FyrError, match="unreachable"):
            await park(index)
        assert index.doubted
        assert await park(await whole(redis)) == "a"

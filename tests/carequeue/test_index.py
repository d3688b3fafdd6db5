"""The keeper makes the index equal to the record again, whatever was done to it, while commits go on."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carequeue.live.store import stand_of
from core.ids import ContactId, contact_stream, new_id
from tests.carequeue.ward import Ward, nurse


async def is_like_the_record(ward: Ward) -> bool:
    """The index has exactly what waits or is held, each where SQL has it."""
    rows = [*await ward.places.all_waiting(limit=10_000), *await ward.places.held()]
    contents = await ward.index.contents()
    return {contact: seen.stand for contact, seen in contents.items()} == {
        row.contact_id: stand_of(row) for row in rows
    }


async def crowd(ward: Ward) -> list[ContactId]:
    """Some who wait, one who is held, one who is closed."""
    contacts = [await ward.arrive(level) for level in (None, "immediate", "urgent", "routine", "very_urgent")]
    for end, contact_id in enumerate(contacts[:2]):
        held = await ward.claims.claim_this(nurse("sara"), contact_id, client_id=f"take{end}")
        if end:
            await ward.claims.close(
                nurse("sara"), contact_id, held.claim_no, reason="video_done", safety_net="Ring", client_id="end"
            )
    return contacts


async def test_the_outbox_keeps_it_like_the_record(ward: Ward) -> None:
    await crowd(ward)
    await ward.settle_index()
    assert await is_like_the_record(ward)


async def test_a_new_level_and_a_hand_back_reach_it(ward: Ward) -> None:
    contact_id = await ward.arrive("routine")
    await ward.settle_index()
    await ward.assess(contact_id, "immediate")
    held = await ward.claims.claim_this(nurse("sara"), contact_id, client_id="c1")
    await ward.claims.hand_back(nurse("sara"), contact_id, held.claim_no, reason="rast", client_id="c2")
    await ward.settle_index()
    assert await is_like_the_record(ward)


async def test_it_hears_of_commits_at_once_and_the_outbox_need_not_say_it_again(ward: Ward) -> None:
    ward.log.on_commit(ward.keeper.heard)
    ward.keeper.start()
    contact_id = await ward.arrive("routine")
    async with asyncio.timeout(5):
        while not await is_like_the_record(ward):
            await asyncio.sleep(0.01)
    await ward.keeper.stop()
    no = (await ward.places.get([contact_id]))[contact_id].no
    await ward.index.drop([(contact_id, no)])
    await ward.keeper.follow(contact_stream(contact_id), no)
    assert await ward.index.contents() == {}, "told already"
    await ward.keeper.follow(contact_stream(contact_id), no + 1)
    assert await is_like_the_record(ward)


async def test_what_it_cannot_tell_at_once_is_left_to_the_outbox(ward: Ward) -> None:
    ward.log.on_commit(ward.keeper.heard)
    await ward.flush()
    ward.keeper.start()
    await crowd(ward)
    await ward.keeper.stop()
    await ward.keeper.rebuild()
    await ward.settle_index()
    assert await is_like_the_record(ward)


async def test_an_outbox_job_done_late_or_twice_harms_nothing(ward: Ward) -> None:
    contacts = await crowd(ward)
    await ward.settle_index()
    for contact_id in reversed(contacts):
        await ward.keeper.follow(contact_stream(contact_id), 1)
    assert await is_like_the_record(ward)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(st.tuples(st.sampled_from(["drop", "move", "ghost", "future", "flush", "park"]), st.integers(0, 9)))
)
async def test_any_damage_is_mended(ward: Ward, damage: list[tuple[str, int]]) -> None:
    await crowd(ward)
    for kind, which in damage:
        await harm(ward, kind, which)
    await ward.keeper.rebuild()
    assert await is_like_the_record(ward)
    assert await ward.index.is_whole()


async def harm(ward: Ward, kind: str, which: int) -> None:
    """Do something to the index that no commit has done."""
    rows = await ward.places.all_waiting()
    row = rows[which % len(rows)]
    await ward.keeper.rebuild()
    if kind == "drop":
        await ward.index.drop([(row.contact_id, row.no)])
    elif kind == "move":
        await ward.index.put([row._replace(tier=0, unit_id="lyktan")])
    elif kind == "ghost":
        await ward.index.put([row._replace(contact_id=ContactId(new_id()), no=which)])
    elif kind == "future":
        await ward.index.put([row._replace(due_ms=row.due_ms - 1, no=row.no + 100)])
    elif kind == "park":
        await ward.park("sara")
    else:
        await ward.flush()


async def test_it_is_mended_while_contacts_come_and_go(ward: Ward) -> None:
    async def come_and_go() -> None:
        for n in range(20):
            contact_id = await ward.arrive("urgent")
            if n % 2:
                await ward.claims.claim_this(nurse("sara"), contact_id, client_id=new_id())

    async def flush_and_mend() -> None:
        for _ in range(10):
            await ward.flush()
            await ward.keeper.rebuild()

    await asyncio.gather(come_and_go(), flush_and_mend())
    await ward.settle_index()
    assert await is_like_the_record(ward)


async def test_a_silent_flush_is_noticed_within_a_second(ward: Ward) -> None:
    await crowd(ward)
    await ward.settle_index()
    ward.keeper.start()
    await asyncio.sleep(0.01)  # it has looked, and found all well
    await ward.flush()
    async with asyncio.timeout(5):
        while not await ward.index.is_whole():
            await asyncio.sleep(0.01)
    await ward.keeper.stop()
    assert await is_like_the_record(ward)

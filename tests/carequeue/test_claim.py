"""Claims: in order, exclusive under every race and failure, repeatable, and refused once they are over."""

import asyncio
from collections.abc import Awaitable

import pytest

from carequeue.claim import Claim
from carequeue.deadlines import LEVELS
from carequeue.entries import Claimed
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append
from core.log.entry import Entry
from core.storage.valkey import Valkey
from tests.carequeue.ward import Ward, kill, nurse

SARA, JONAS = nurse("sara", "hamnen", "lyktan"), nurse("jonas")


async def refusal(command: Awaitable[object]) -> FyrError:
    with pytest.raises(FyrError) as refused:
        await command
    return refused.value


async def unless(code: str, command: Awaitable[Claim]) -> list[Claim]:
    """What the command gives; nothing when it is refused for just this reason."""
    try:
        return [await command]
    except FyrError as refused:
        if refused.code != code:
            raise
        return []


async def next_for(ward: Ward, name: str = "sara", client_id: str | None = None) -> Claim:
    return await ward.claims.claim_next(nurse(name), ["hamnen"], client_id=client_id or new_id())


async def claims_of(ward: Ward, contact_id: ContactId) -> list[Claimed]:
    entries: list[Entry] = await ward.log.entries(contact_stream(contact_id))
    return [entry.body for entry in entries if isinstance(entry.body, Claimed)]


async def test_next_is_the_first_of_the_order_over_all_units(ward: Ward) -> None:
    waiting = [await ward.arrive(level, unit_id=unit) for unit in ("lyktan", "hamnen") for level in reversed(LEVELS)]
    other = await ward.arrive("immediate", unit_id="strand")
    await ward.settle_index()
    rows = await ward.places.get(waiting)
    wanted = sorted(waiting, key=lambda contact_id: rows[contact_id].key)
    units = ["hamnen", "lyktan", "strand"]  # Sara has no role at the last
    taken = [await ward.claims.claim_next(SARA, units, client_id=new_id()) for _ in waiting]
    assert [claim.contact_id for claim in taken] == wanted
    assert not ward.index.doubted
    assert (await refusal(ward.claims.claim_next(SARA, units, client_id=new_id()))).code == "nothing_waiting"
    assert (await ward.place(other)).status == "waiting"


async def test_unassessed_counts_as_urgent(ward: Ward) -> None:
    routine, unassessed, worse = await ward.arrive("routine"), await ward.arrive(), await ward.arrive("very_urgent")
    await ward.settle_index()
    assert [(await next_for(ward)).contact_id for _ in range(3)] == [worse, unassessed, routine]


async def test_a_higher_level_while_waiting_moves_it_up_from_its_first_arrival(ward: Ward) -> None:
    first, second = await ward.arrive("routine"), await ward.arrive("urgent")
    ward.clock.advance(minutes=5)
    third = await ward.arrive("urgent")
    await ward.assess(first, "urgent")
    await ward.settle_index()
    assert [(await next_for(ward)).contact_id for _ in range(3)] == [first, second, third]


async def test_the_claim_is_in_the_log_with_name_and_role(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    claim = await ward.claims.claim_this(SARA, contact_id, client_id="c1")
    assert claim == Claim(contact_id, 1)
    assert await claims_of(ward, contact_id) == [Claimed(staff_id="sara", name="sara", role="nurse", claim_no=1)]
    place = await ward.place(contact_id)
    assert (place.status, place.holder_id, place.claim_no) == ("held", "sara", 1)


async def test_a_repeat_gives_the_first_result(ward: Ward) -> None:
    first, second = await ward.arrive("urgent"), await ward.arrive("urgent")
    await ward.settle_index()
    claimed = await next_for(ward, client_id="same")
    assert claimed.contact_id == first
    assert await next_for(ward, client_id="same") == claimed
    assert (await ward.place(second)).status == "waiting"
    assert (await next_for(ward, "jonas")).contact_id == second, "the repeat has parked nothing"
    assert await next_for(ward, client_id="same") == claimed, "also when nobody waits"
    assert await ward.claims.claim_this(nurse("sara"), first, client_id="same") == claimed


async def test_claim_this_is_exclusive(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    await ward.claims.claim_this(SARA, contact_id, client_id="c1")
    refused = await refusal(ward.claims.claim_this(JONAS, contact_id, client_id="c2"))
    assert (refused.code, refused.data) == ("already_claimed", {"by": "sara"})


async def test_missing_and_forbidden_are_the_same(ward: Ward) -> None:
    elsewhere = await ward.arrive("urgent", unit_id="strand")
    assert (await refusal(ward.claims.claim_this(SARA, elsewhere, client_id="c1"))).code == "not_found"
    assert (await refusal(ward.claims.claim_this(SARA, ContactId("none"), client_id="c2"))).code == "not_found"
    assert (await refusal(ward.claims.claim_next(SARA, ["strand"], client_id="c3"))).code == "not_found"
    assert (await refusal(ward.claims.claim_next(SARA, [], client_id="c4"))).code == "not_found"


async def test_what_the_gate_refuses_does_not_stand_in_the_way(ward: Ward) -> None:
    """A contact of another care giver that ended up in the unit's queue cannot keep a nurse from the others."""
    stranger = await ward.arrive("immediate", provider_id="elsewhere")
    contact_id = await ward.arrive("urgent")
    await ward.settle_index()
    assert (await next_for(ward)).contact_id == contact_id
    assert (await ward.place(stranger)).status == "waiting"


async def test_hand_back_waits_again_at_its_old_place(ward: Ward) -> None:
    first, second = await ward.arrive("urgent"), await ward.arrive("urgent")
    await ward.settle_index()
    held = await next_for(ward)
    ward.clock.advance(minutes=10)
    await ward.claims.hand_back(SARA, first, held.claim_no, reason="rast", client_id="back")
    await ward.settle_index()
    again = await next_for(ward, "jonas")
    assert (again.contact_id, again.claim_no > held.claim_no) == (first, True)
    assert (await next_for(ward, "jonas")).contact_id == second


async def test_hand_back_and_at_once_next_needs_no_outbox(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    held = await next_for(ward)
    await ward.claims.hand_back(SARA, contact_id, held.claim_no, reason="rast", client_id="back")
    assert (await next_for(ward, "jonas")).contact_id == contact_id


async def test_commands_under_an_older_claim_are_refused(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    old = await ward.claims.claim_this(SARA, contact_id, client_id="c1")
    await ward.claims.hand_back(SARA, contact_id, old.claim_no, reason="rast", client_id="c2")
    new = await ward.claims.claim_this(SARA, contact_id, client_id="c3")
    assert new.claim_no > old.claim_no
    late = ward.claims.close(
        SARA, contact_id, old.claim_no, reason="booked_visit", safety_net="Ring 1177", client_id="c4"
    )
    assert (await refusal(late)).code == "stale_claim"
    for actor, number in ((SARA, old.claim_no), (JONAS, new.claim_no)):
        assert (
            await refusal(ward.claims.hand_back(actor, contact_id, number, reason="", client_id=new_id()))
        ).code == ("stale_claim")


async def test_closed_is_never_served_and_takes_no_command(ward: Ward) -> None:
    contact_id = await ward.arrive("immediate")
    await ward.settle_index()
    held = await next_for(ward)
    done, again = [
        await ward.claims.close(
            SARA, contact_id, held.claim_no, reason="called_112_113", safety_net="Stanna kvar", client_id="end"
        )
        for _ in range(2)
    ]
    assert (done.repeated, again.repeated, again.last_no) == (False, True, done.last_no)
    stale = (await ward.places.get([contact_id]))[contact_id]
    await ward.index.put([stale._replace(no=stale.no + 1, status="waiting")])
    assert (await refusal(next_for(ward))).code == "nothing_waiting"
    assert await ward.index.contents() == {}
    assert (await refusal(ward.claims.claim_this(SARA, contact_id, client_id="c5"))).code == "closed"
    back = ward.claims.hand_back(SARA, contact_id, held.claim_no, reason="rast", client_id="c6")
    assert (await refusal(back)).code == "closed"


async def test_texts_have_a_limit(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    held = await ward.claims.claim_this(SARA, contact_id, client_id="c1")
    back = ward.claims.hand_back(SARA, contact_id, held.claim_no, reason="x" * 1_001, client_id="c2")
    assert (await refusal(back)).data == {"field": "reason", "limit": 1_000}
    end = ward.claims.close(SARA, contact_id, held.claim_no, reason="duplicate", safety_net="x" * 8_001, client_id="c3")
    assert (await refusal(end)).data == {"field": "safety_net", "limit": 8_000}
    assert (await ward.place(contact_id)).status == "held"


async def test_the_guard_of_other_writes(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    held = await ward.claims.claim_this(SARA, contact_id, client_id="c1")
    head = await ward.log.head(contact_stream(contact_id))
    ward.claims.guard(held.claim_no, SARA)(head)
    for number, actor in ((held.claim_no + 1, SARA), (held.claim_no - 1, SARA), (held.claim_no, JONAS)):
        with pytest.raises(FyrError, match="stale_claim"):
            ward.claims.guard(number, actor)(head)


async def race(ward: Ward, nurses: int, *, each: int) -> list[Claim]:
    """Every nurse takes up to `each` contacts, one after the other, all at the same time."""

    async def work(name: str) -> list[Claim]:
        return [claim for _ in range(each) for claim in await unless("nothing_waiting", next_for(ward, name))]

    return [claim for taken in await asyncio.gather(*(work(f"nurse{n}") for n in range(nurses))) for claim in taken]


async def held_once(ward: Ward, claims: list[Claim]) -> bool:
    """Nobody was served twice, and the log says the same."""
    entered = [len(await claims_of(ward, claim.contact_id)) for claim in claims]
    return len({claim.contact_id for claim in claims}) == len(claims) and set(entered) == {1}


async def test_twenty_at_once_never_get_the_same(ward: Ward) -> None:
    waiting = [await ward.arrive("urgent") for _ in range(60)]
    await ward.settle_index()
    claims = await race(ward, 20, each=4)
    assert {claim.contact_id for claim in claims} == set(waiting)
    assert await held_once(ward, claims)


async def test_twenty_at_once_without_an_index_never_get_the_same(ward: Ward) -> None:
    waiting = [await ward.arrive("urgent") for _ in range(40)]
    ward.index.doubt()
    claims = await race(ward, 20, each=3)
    assert {claim.contact_id for claim in claims} == set(waiting)
    assert await held_once(ward, claims)


async def test_two_nodes_never_give_the_same(ward: Ward) -> None:
    """One node trusts the index, the other has lost it: both ask SQL in the end."""
    waiting = [await ward.arrive("urgent") for _ in range(30)]
    await ward.settle_index()
    other = ward.second_node()
    other.index.doubt()
    async with other.running():
        claims = await asyncio.gather(race(ward, 10, each=4), race(other, 10, each=4))
    assert {claim.contact_id for taken in claims for claim in taken} == set(waiting)
    assert await held_once(ward, [claim for taken in claims for claim in taken])


async def test_claim_next_against_claim_this(ward: Ward) -> None:
    waiting = [await ward.arrive("urgent") for _ in range(20)]
    await ward.settle_index()

    chosen, taken = await asyncio.gather(
        asyncio.gather(
            *(
                unless("already_claimed", ward.claims.claim_this(JONAS, contact_id, client_id=new_id()))
                for contact_id in waiting
            )
        ),
        race(ward, 10, each=3),
    )
    claims = [claim for some in chosen for claim in some] + taken
    assert {claim.contact_id for claim in claims} == set(waiting)
    assert await held_once(ward, claims)


async def test_a_flush_mid_way_loses_nobody_and_serves_nobody_twice(ward: Ward) -> None:
    waiting = [await ward.arrive("urgent") for _ in range(60)]
    await ward.settle_index()

    async def flushes() -> None:
        for _ in range(5):
            await ward.flush()
            await asyncio.sleep(0.01)

    ward.keeper.start()
    claims, _ = await asyncio.gather(race(ward, 10, each=7), flushes())
    await ward.keeper.stop()
    assert {claim.contact_id for claim in claims} == set(waiting)
    assert await held_once(ward, claims)


async def test_claims_go_on_while_the_index_is_killed_and_it_is_used_again_after(ward: Ward, valkey: Valkey) -> None:
    waiting = [await ward.arrive("urgent") for _ in range(40)]
    await ward.settle_index()
    ward.keeper.start()
    claims, _ = await asyncio.gather(race(ward, 10, each=3), kill(valkey, ward.redis))
    late = await ward.arrive("immediate")
    async with asyncio.timeout(5):
        while ward.index.doubted:
            await asyncio.sleep(0.01)
    await ward.keeper.stop()
    assert await ward.index.is_whole()
    await ward.settle_index()
    assert (await next_for(ward)).contact_id == late
    claims += await race(ward, 10, each=3)
    assert {claim.contact_id for claim in claims} == set(waiting)
    assert await held_once(ward, claims)


async def test_a_node_that_dies_between_picking_and_settling_keeps_the_contact_from_nobody(ward: Ward) -> None:
    contact_id = await ward.arrive("urgent")
    await ward.settle_index()
    dead = await ward.park("ghost")
    assert dead is not None
    claim = await next_for(ward)
    assert claim.contact_id == contact_id
    body = Claimed(staff_id="ghost", name="ghost", role="nurse", claim_no=dead.claim_no)
    await ward.log.append(Append(contact_stream(contact_id), (body,), nurse("ghost"), "from-the-dead"))
    assert (await ward.place(contact_id)).holder_id == "sara"


async def test_a_contact_that_a_dying_node_told_the_index_nothing_of_is_passed_for_no_longer_than_a_second(
    ward: Ward,
) -> None:
    routine = [await ward.arrive("routine") for _ in range(3)]
    await ward.settle_index()
    untold = await ward.arrive("urgent")
    assert (await next_for(ward)).contact_id == routine[0], "the index was asked, and lacks it"
    ward.clock.advance(seconds=1)
    assert (await next_for(ward)).contact_id == untold, "SQL was asked: nobody knows what the index may lack"
    await ward.keeper.catch_up()
    await ward.index.put([(await ward.places.get([routine[2]]))[routine[2]]._replace(tier=0)])
    assert (await next_for(ward)).contact_id == routine[2], "once it is known to lack nobody it is asked again"


async def test_needs_are_met_and_an_immediate_needs_nothing(ward: Ward) -> None:
    arabic = await ward.arrive("urgent", needs=("lang:ar",))
    alarm = await ward.arrive("immediate", needs=("lang:ar", "skill:child"))
    for in_doubt in (False, True):
        if in_doubt:
            ward.index.doubt()
        else:
            await ward.settle_index()
            assert (await next_for(ward)).contact_id == alarm
        assert (await refusal(next_for(ward))).code == "nothing_waiting"
    ward.index.doubt()
    able = await ward.claims.claim_next(JONAS, ["hamnen"], client_id="c", abilities=("lang:ar",))
    assert able.contact_id == arabic

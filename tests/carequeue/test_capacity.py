"""How much one nurse is given at once: the same by the rule, the index and SQL, and never in an immediate's way."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from carequeue.capacity import Capacity, load_capacity, parse_capacity
from carequeue.claim import Claim, Claims
from carequeue.deadlines import LEVELS, TIERS
from carequeue.live.store import Asked, Parked
from carequeue.order import TIME_LIMIT_MS
from carequeue.store import PlaceRow
from core.errors import FyrError
from core.ids import ContactId, new_id
from tests.carequeue.test_live import NOW_MS, row, whole
from tests.carequeue.ward import FLUSH, Ward, nurse
from triage.entries import Level

TWO = parse_capacity(
    "{version: 1, standard: {at_once: 2, with_immediate: 1, source: t, review: proposed},"
    " units: {lyktan: {at_once: 4, with_immediate: 2, source: t, review: proposed}}}"
)
SARA = nurse("sara", "hamnen", "lyktan")


@pytest.fixture(params=["index", "sql"])
def claims(request: pytest.FixtureRequest, ward: Ward) -> Claims:
    """Both ways to the next contact."""
    if request.param == "sql":
        ward.index.doubt()
    ward.log.on_commit(ward.keeper.heard)
    return Claims(ward.log, ward.index, ward.places, capacity=TWO, clock=ward.clock)


async def take(ward: Ward, claims: Claims, *units: str, client_id: str | None = None) -> Claim:
    await ward.settle_index()
    return await claims.claim_next(SARA, units or ["hamnen"], client_id=client_id or new_id())


async def refused(ward: Ward, claims: Claims, *units: str) -> FyrError:
    with pytest.raises(FyrError) as refusal:
        await take(ward, claims, *units)
    return refusal.value


def test_the_limits_this_version_ships_with() -> None:
    limits = load_capacity()
    assert (limits.limit("any"), limits.limit("any", with_immediate=True)) == (8, 1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{at_once: 0, with_immediate: 0, source: t, review: proposed}", "with_immediate"),
        ("{at_once: 2, with_immediate: 3, source: t, review: proposed}", "with_immediate"),
        ("{at_once: 2, with_immediate: 1, source: '', review: proposed}", "no source"),
        ("{at_once: 2, source: t, review: proposed}", "capacity.yaml"),
    ],
)
def test_limits_that_cannot_be_stop_the_start(text: str, problem: str) -> None:
    with pytest.raises(FyrError) as refusal:
        parse_capacity(f"{{version: 1, standard: {text}, units: {{}}}}")
    assert problem in str(refusal.value.data["problems"])


async def test_so_many_and_no_more_until_one_is_closed_or_given_back(ward: Ward, claims: Claims) -> None:
    for _ in range(4):
        await ward.arrive("urgent")
    first, second = await take(ward, claims), await take(ward, claims)
    full = await refused(ward, claims)
    assert (full.code, full.data) == ("at_capacity", {"held": 2})
    await claims.hand_back(SARA, first.contact_id, first.claim_no, reason="rast", client_id="back")
    assert (await take(ward, claims)).contact_id == first.contact_id
    await claims.close(
        SARA, second.contact_id, second.claim_no, reason="video_done", safety_net="Ring", client_id="end"
    )
    await take(ward, claims)
    assert (await refused(ward, claims)).code == "at_capacity"


async def test_a_repeat_gives_the_first_result_also_at_capacity(ward: Ward, claims: Claims) -> None:
    for _ in range(3):
        await ward.arrive("urgent")
    await take(ward, claims)
    second = await take(ward, claims, client_id="same")
    assert await take(ward, claims, client_id="same") == second


async def test_an_immediate_is_given_however_much_is_held_and_then_only_immediates(ward: Ward, claims: Claims) -> None:
    for _ in range(4):
        await ward.arrive("very_urgent")
    await take(ward, claims)
    alarms = [await ward.arrive("immediate", needs=("lang:ar",)) for _ in range(2)]
    taken = [await take(ward, claims) for _ in range(2)]
    assert [claim.contact_id for claim in taken] == alarms
    assert (await refused(ward, claims)).code == "at_capacity"


async def test_with_an_immediate_open_one_is_enough(ward: Ward, claims: Claims) -> None:
    alarm, urgent = await ward.arrive("immediate"), await ward.arrive("urgent")
    held = await take(ward, claims)
    assert (await refused(ward, claims)).code == "at_capacity"
    await claims.close(SARA, alarm, held.claim_no, reason="called_112_113", safety_net="Stanna", client_id="end")
    assert (await take(ward, claims)).contact_id == urgent


async def test_what_is_held_and_becomes_immediate_counts_as_that(ward: Ward, claims: Claims) -> None:
    await ward.arrive("urgent")
    held = await take(ward, claims)
    await ward.arrive("urgent")
    await ward.assess(held.contact_id, "immediate")
    assert (await refused(ward, claims)).code == "at_capacity"


async def test_each_unit_has_its_own_limit(ward: Ward, claims: Claims) -> None:
    first, second, third, fourth = [await ward.arrive("urgent", unit_id=unit) for unit in ("hamnen", "hamnen") * 2]
    elsewhere = [await ward.arrive("routine", unit_id="lyktan") for _ in range(3)]
    taken = [(await take(ward, claims, "hamnen", "lyktan")).contact_id for _ in range(4)]
    assert taken == [first, second, *elsewhere[:2]]
    assert (await refused(ward, claims, "hamnen", "lyktan")).code == "at_capacity"
    chosen = await claims.claim_this(SARA, third, client_id="chosen")
    assert chosen.contact_id == third, "what a nurse chooses is not held back"
    assert fourth


async def test_a_lack_of_room_and_of_anyone_waiting_are_told_apart(ward: Ward, claims: Claims) -> None:
    await ward.arrive("urgent", needs=("lang:ar",))
    assert (await refused(ward, claims)).code == "nothing_waiting"


async def test_a_role_is_an_ability_at_its_own_unit(ward: Ward, claims: Claims) -> None:
    await ward.arrive("urgent", needs=("role:doctor",))
    own = await ward.arrive("routine", needs=("role:nurse",))
    assert (await take(ward, claims)).contact_id == own
    assert (await refused(ward, claims)).code == "nothing_waiting"


async def test_the_same_nurse_asking_many_times_at_once_gets_no_more_than_the_limit(ward: Ward) -> None:
    """One atomic step: what is being given counts as what is held. Without the index a node knows only its own."""
    for _ in range(8):
        await ward.arrive("urgent")
    await ward.settle_index()
    claims = Claims(ward.log, ward.index, ward.places, capacity=TWO, clock=ward.clock)
    ward.log.on_commit(ward.keeper.heard)
    ward.keeper.start()
    other = Claims(ward.log, ward.index, ward.places, capacity=TWO, clock=ward.clock)  # as on another node

    async def ask(number: int) -> int:
        try:
            await (claims, other)[number % 2].claim_next(SARA, ["hamnen"], client_id=new_id())
        except FyrError as refusal:
            return 0 if refusal.code == "at_capacity" else -99
        return 1

    taken = sum(await asyncio.gather(*map(ask, range(6))))
    await ward.keeper.stop()
    assert taken == len(await ward.places.held("sara")) == 2


UNITS = ("hamnen", "lyktan")
WAITING = st.tuples(st.sampled_from(LEVELS), st.sampled_from(UNITS))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(st.sampled_from(LEVELS), max_size=5), waiting=st.lists(WAITING, max_size=5))
async def test_the_index_decides_as_the_pure_rule_does(
    redis: Redis, held: Sequence[Level], waiting: Sequence[tuple[Level, str]]
) -> None:
    await redis.eval(FLUSH, 0)
    rows = [
        row(f"w{n}", tier=TIERS[level], due_ms=n, unit_id=unit)._replace(urgency=level)
        for n, (level, unit) in enumerate(waiting)
    ]
    mine = [row(f"h{n}", tier=TIERS[level])._replace(holder_id="sara") for n, level in enumerate(held)]
    index = await whole(redis, *rows, *mine)
    asked = [Asked(unit, TWO.limit(unit), TWO.limit(unit, with_immediate=True), "") for unit in UNITS]
    for staff_id, holds in (("sara", held), ("other", [])):
        found = await index.park_next(staff_id, asked, now_ms=NOW_MS)
        wanted = first_with_room(rows, holds, TWO)
        assert (found.contact_id if isinstance(found, Parked) else None) == wanted
        rows = [one for one in rows if one.contact_id != wanted]


def first_with_room(rows: Sequence[PlaceRow], held: Sequence[Level], limits: Capacity) -> ContactId | None:
    takeable = [one for one in rows if one.urgency == "immediate" or limits.has_room(one.unit_id, held)]
    return min(takeable, key=lambda one: one.key).contact_id if takeable else None


def test_tiers_and_scores_agree_on_what_is_immediate() -> None:
    """The scripts know an immediate contact by its score."""
    assert [level for level in LEVELS if TIERS[level] == 0] == ["immediate"]
    assert TIME_LIMIT_MS == 2**42

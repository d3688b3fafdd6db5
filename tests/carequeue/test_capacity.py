"""How much one nurse is given at once: the same by the rule, the index and SQL, and never in an immediate's way."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from carequeue.capacity import WHOLE, Capacity, Held, Turn, load_capacity, parse_capacity
from carequeue.claim import Claim, Claims, weighed_by
from carequeue.deadlines import LEVELS, TIERS
from carequeue.duty.entries import Standing
from carequeue.live.store import Asked, Parked
from carequeue.order import TIME_LIMIT_MS
from carequeue.state import Place
from carequeue.store import PlaceRow
from core.errors import FyrError
from core.ids import ContactId, new_id
from core.log.state import State
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
    assert [limits.weight(Held(level)) for level in LEVELS[1:]] == [200, 100, 100, 100, 100]
    assert limits.weight(Held("very_urgent", "patient")) == 100


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


@pytest.mark.parametrize("standing", ["paused", "finishing"])
async def test_who_takes_nothing_new_is_given_an_immediate_and_nothing_else(
    ward: Ward, claims: Claims, standing: Standing
) -> None:
    stands: dict[str, Standing] = {"hamnen": standing}
    claims.standing = lambda unit_id, _: stands.get(unit_id, "on")
    urgent = await ward.arrive("very_urgent")
    assert (await refused(ward, claims)).code == "intake_paused"
    alarm = await ward.arrive("immediate")
    assert (await take(ward, claims)).contact_id == alarm
    assert (await refused(ward, claims)).code == "intake_paused"
    elsewhere = await ward.arrive("routine", unit_id="lyktan")
    assert (await take(ward, claims, "hamnen", "lyktan")).contact_id == elsewhere
    held = await claims.claim_this(SARA, urgent, client_id="chosen")
    assert held.contact_id == urgent, "what a nurse chooses is not held back"


WEIGHED = parse_capacity(
    "{version: 1, standard: {at_once: 2, with_immediate: 1, source: t, review: proposed}, units: {},"
    " weights: {very_urgent: 2, patients_turn: 0.5, source: t, review: proposed}}"
)


async def test_a_very_urgent_one_weighs_more_and_one_that_waits_for_the_patient_less(
    ward: Ward, claims: Claims
) -> None:
    def turn_of(state: State) -> Turn:
        return "patient" if waits and state.get(Place).status == "held" else "staff"

    waits = False
    claims = Claims(ward.log, ward.index, ward.places, capacity=WEIGHED, clock=ward.clock)
    claims.turn_of = ward.keeper.turn_of = turn_of
    await ward.arrive("very_urgent")
    others = [await ward.arrive("urgent") for _ in range(4)]
    first = await take(ward, claims)
    assert (await refused(ward, claims)).code == "at_capacity", "it weighs as much as two"
    waits = True
    await ward.assess(first.contact_id, "very_urgent")  # something happens in it, and the index hears whose turn it is
    assert (await take(ward, claims)).contact_id == others[0], "now it weighs one"


@given(held=st.lists(st.builds(Held, st.sampled_from(LEVELS), st.sampled_from(["patient", "staff"])), max_size=6))
def test_what_waits_for_the_patient_never_weighs_more_and_an_immediate_counts_by_number(held: list[Held]) -> None:
    alarm = any(one.level == "immediate" for one in held)
    assert WEIGHED.has_room_beside("any", held) == (
        len(held) < 1 if alarm else sum(map(WEIGHED.weight, held)) < 2 * WHOLE
    )
    if WEIGHED.has_room("any", [one.level for one in held]):
        assert WEIGHED.has_room_beside("any", held)


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
@given(
    load=st.lists(st.builds(Held, st.sampled_from(LEVELS), st.sampled_from(["patient", "staff"])), max_size=6),
    waiting=st.lists(WAITING, max_size=5),
)
async def test_the_index_decides_as_the_pure_rule_does(
    redis: Redis, load: Sequence[Held], waiting: Sequence[tuple[Level, str]]
) -> None:
    await redis.eval(FLUSH, 0)
    turns: dict[ContactId, Turn] = {ContactId(f"h{n}"): one.turn for n, one in enumerate(load)}
    held = [one.level for one in load]
    rows = [
        row(f"w{n}", tier=TIERS[level], due_ms=n, unit_id=unit)._replace(urgency=level)
        for n, (level, unit) in enumerate(waiting)
    ]
    mine = [row(f"h{n}", tier=TIERS[level])._replace(holder_id="sara") for n, level in enumerate(held)]
    index = await whole(redis, *rows, *mine)
    await index.put(mine, turns=turns)
    limits = FOUR
    index.weighed = weighed_by(limits)
    asked = [Asked(unit, limits.limit(unit) * WHOLE, limits.limit(unit, with_immediate=True), "") for unit in UNITS]
    empty: Sequence[Held] = ()
    for staff_id, holds in (("sara", load), ("other", empty)):
        found = await index.park_next(staff_id, asked, now_ms=NOW_MS)
        wanted = first_with_room(rows, holds, limits)
        assert (found.contact_id if isinstance(found, Parked) else None) == wanted
        rows = [one for one in rows if one.contact_id != wanted]


def first_with_room(rows: Sequence[PlaceRow], held: Sequence[Held], limits: Capacity) -> ContactId | None:
    takeable = [one for one in rows if one.urgency == "immediate" or limits.has_room_beside(one.unit_id, held)]
    return min(takeable, key=lambda one: one.key).contact_id if takeable else None


FOUR = parse_capacity(
    "{version: 1, standard: {at_once: 3, with_immediate: 1, source: t, review: proposed},"
    " units: {lyktan: {at_once: 4, with_immediate: 2, source: t, review: proposed}},"
    " weights: {very_urgent: 1.5, patients_turn: 0.5, source: t, review: proposed}}"
)


def test_tiers_and_scores_agree_on_what_is_immediate() -> None:
    """The scripts know an immediate contact by its score."""
    assert [level for level in LEVELS if TIERS[level] == 0] == ["immediate"]
    assert TIME_LIMIT_MS == 2**42

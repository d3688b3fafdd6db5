"""A contact goes from one nurse to another: one holds it at every moment, its urgency and its arrival are untouched."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import carequeue.handover.kinds
import carequeue.kinds
from carequeue.deadlines import Deadlines
from carequeue.entries import HandedBack
from carequeue.handover.entries import CaseAsked, CaseRefused, HandedOver, HandOverOffered, HandOverUnanswered
from carequeue.handover.handovers import HandOvers
from carequeue.handover.keeper import KEEPER, NOT_ACCEPTED, HandOverKeeper
from carequeue.handover.rule import beside, live_offer, live_requests, may_speak, next_step
from carequeue.handover.store import Offers
from carequeue.handover.times import HandOverTimes, load_hand_over_times, parse_hand_over_times
from carequeue.order import order_of
from carequeue.state import Place
from core.access.gates import ContactAccess
from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Head
from core.log.body import Body
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.state import State
from core.storage.sql import Database
from tests.carequeue.test_kinds import BODIES, header
from tests.carequeue.ward import Ward, nurse

SARA, JONAS, LEILA = nurse("sara"), nurse("jonas"), nurse("leila", "lyktan")
TIMES = load_hand_over_times()
TEXT = ("Tryck över bröstet", "Frisk", "Hjärta?", "EKG")
REGISTERED = Kinds((*carequeue.kinds.KINDS, *carequeue.handover.kinds.KINDS))
URGENT_S = TIMES.answer_ms("hamnen", "urgent") / 1_000


def offered(to: str | None = "jonas", *, unit_id: str = "hamnen", warm: bool = False, claim_no: int = 1) -> Any:
    """An offer as the call makes it."""
    situation, background, assessment, recommendation = TEXT
    return HandOverOffered(
        offer_id=new_id(), to_unit=unit_id, unit_name=unit_id.title(), to_staff=to, to_name=(to or "").title(),
        to_role="nurse", warm=warm, situation=situation, background=background, assessment=assessment,
        recommendation=recommendation, claim_no=claim_no,
    )  # fmt: skip


@dataclass
class Desk:
    """A ward in which Sara holds an urgent contact, and the commands she and her colleagues have."""

    ward: Ward
    hand_overs: HandOvers
    contact_id: ContactId
    blocked: set[str]
    """Units whose knowledge the patient keeps from others."""

    async def head(self) -> Head:
        return await self.ward.log.head(contact_stream(self.contact_id))

    async def place(self) -> Place:
        return await self.ward.place(self.contact_id)

    async def access(self, actor: Actor) -> ContactAccess:
        return ContactAccess(self.contact_id, actor, "staff", await self.head(), lambda _: None)

    async def offer(self, offer: HandOverOffered, by: Actor = SARA) -> HandOverOffered:
        await self.hand_overs.offer(await self.access(by), offer, client_id=new_id(), seen_no=None)
        return offer

    async def accept(self, offer: HandOverOffered, by: Actor = JONAS, client_id: str = "") -> int:
        done = await self.hand_overs.accept(by, offer.to_unit, offer.offer_id, client_id=client_id or new_id())
        return done.claim_no

    async def ask(self, by: Actor = JONAS) -> None:
        await self.hand_overs.ask(await self.access(by), "Jag känner patienten", client_id=new_id())

    async def pass_on(self, keeper: HandOverKeeper, *, after_s: float) -> None:
        """Time passes, and the timer fires when it is due, twice: as two nodes might."""
        self.ward.clock.advance(seconds=after_s)
        head = await self.head()
        due_ms = keeper.due_ms(head)
        if due_ms is not None and due_ms <= self.ward.now_ms():
            await keeper.act(head)
            await keeper.act(head)

    async def kinds(self) -> list[str]:
        return [entry.header.kind for entry in await self.ward.log.entries(contact_stream(self.contact_id))]


@pytest.fixture
async def desk(ward: Ward, database: Database) -> Desk:
    contact_id = await ward.arrive("urgent")
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    blocked: set[str] = set()

    async def is_shut(scope: Scope) -> bool:
        return scope.unit_id in blocked

    hand_overs = HandOvers(ward.log, Offers(database), ward.places, is_shut=is_shut)
    return Desk(ward, hand_overs, contact_id, blocked)


@pytest.fixture
def keeper(ward: Ward) -> HandOverKeeper:
    return HandOverKeeper(ward.log, TIMES)


async def test_who_offers_holds_it_until_it_is_accepted(desk: Desk, deadlines: Deadlines) -> None:
    before = order_of(await desk.head(), deadlines)
    offer = await desk.offer(offered())
    assert (await desk.place()).holder_id == "sara"
    assert [one.body for one in await desk.hand_overs.open_to(JONAS, "hamnen")] == [offer]
    assert await desk.hand_overs.open_to(nurse("leila"), "hamnen") == []
    desk.ward.clock.advance(seconds=30)
    assert await desk.accept(offer) == 2
    place = await desk.place()
    assert (place.status, place.holder_id, place.holder_name, place.claim_no) == ("held", "jonas", "jonas", 2)
    assert order_of(await desk.head(), deadlines) == before
    with pytest.raises(FyrError, match="stale_claim"):
        await desk.ward.claims.hand_back(SARA, desk.contact_id, 1, reason="för sent", client_id=new_id())
    assert await desk.hand_overs.open_to(JONAS, "hamnen") == []


async def test_accepting_again_with_one_client_id_gives_the_first_answer(desk: Desk) -> None:
    offer = await desk.offer(offered())
    assert [await desk.accept(offer, client_id="once") for _ in range(3)] == [2, 2, 2]
    assert (await desk.kinds()).count("handed_over") == 1
    with pytest.raises(FyrError, match="not_found"):
        await desk.accept(offer)


async def test_of_two_who_accept_one_gets_it(desk: Desk) -> None:
    offer = await desk.offer(offered(None))
    await desk.accept(offer)
    with pytest.raises(FyrError, match="not_found"):
        await desk.accept(offer, nurse("leila"))
    assert (await desk.place()).holder_id == "jonas"


async def test_another_unit_takes_it_over_with_its_board(desk: Desk, deadlines: Deadlines) -> None:
    offer = await desk.offer(offered(None, unit_id="lyktan"))
    for stranger in (JONAS, nurse("petra", "strand")):
        with pytest.raises(FyrError, match="not_found"):
            await desk.hand_overs.accept(stranger, stranger.roles[0].unit_id, offer.offer_id, client_id=new_id())
    await desk.accept(offer, LEILA)
    head = await desk.head()
    assert (head.scope.unit_id, (await desk.place()).unit_id) == ("lyktan", "lyktan")
    assert order_of(head, deadlines).arrived_ms == head.state.get(Place).arrived_ms
    await desk.ward.claims.hand_back(LEILA, desk.contact_id, 2, reason="rast", client_id=new_id())
    assert [row.contact_id for row in await desk.ward.places.waiting(["lyktan"])] == [desk.contact_id]
    assert await desk.ward.places.waiting(["hamnen"]) == []


async def test_what_a_unit_must_keep_to_itself_goes_to_no_other_unit(desk: Desk) -> None:
    offer = await desk.offer(offered(None, unit_id="lyktan"))
    desk.blocked.add("hamnen")
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.accept(offer, LEILA)
    await desk.hand_overs.withdraw(await desk.access(SARA), 1, client_id=new_id())
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.offer(offered(None, unit_id="lyktan"))
    await desk.accept(await desk.offer(offered()))


async def test_no_offer_is_made_beside_another_and_none_without_sbar(desk: Desk) -> None:
    await desk.offer(offered())
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.offer(offered("leila"))
    with pytest.raises(FyrError, match="empty"):
        await desk.offer(msgspec.structs.replace(offered(), recommendation=" "))
    with pytest.raises(FyrError, match="stale_claim"):
        await desk.offer(offered(), by=JONAS)


async def test_declined_or_taken_back_it_stays_where_it_is(desk: Desk) -> None:
    offer = await desk.offer(offered())
    await desk.hand_overs.decline(JONAS, "hamnen", offer.offer_id, reason="Har fullt", client_id=new_id())
    assert live_offer((await desk.head()).state) is None
    await desk.offer(offered())
    await desk.hand_overs.withdraw(await desk.access(SARA), 1, client_id=new_id())
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.hand_overs.withdraw(await desk.access(SARA), 1, client_id=new_id())
    assert ((await desk.place()).holder_id, await desk.hand_overs.open_to(JONAS, "hamnen")) == ("sara", [])


async def test_what_nobody_accepts_goes_to_all_and_then_back_to_its_old_place(
    desk: Desk, keeper: HandOverKeeper, deadlines: Deadlines
) -> None:
    later = await desk.ward.arrive("urgent")
    before = order_of(await desk.head(), deadlines)
    await desk.offer(offered())
    await desk.pass_on(keeper, after_s=URGENT_S - 1)
    assert (await desk.kinds())[-1] == "hand_over_offered"
    await desk.pass_on(keeper, after_s=1)
    assert len(await desk.hand_overs.open_to(nurse("leila"), "hamnen")) == 1
    assert (await desk.place()).holder_id == "sara"
    await desk.pass_on(keeper, after_s=URGENT_S)
    assert (await desk.kinds())[-3:] == ["hand_over_unanswered", "hand_over_unanswered", "handed_back"]
    assert [row.contact_id for row in await desk.ward.places.waiting(["hamnen"])] == [desk.contact_id, later]
    assert order_of(await desk.head(), deadlines) == before
    last = (await desk.ward.log.entries(contact_stream(desk.contact_id)))[-1]
    assert (last.body, last.header.actor_id) == (HandedBack(reason=NOT_ACCEPTED, claim_no=1), KEEPER.id)
    assert keeper.due_ms(await desk.head()) is None


async def test_where_the_lead_is_told_the_holder_keeps_it_and_it_may_still_be_accepted(desk: Desk) -> None:
    own = parse_hand_over_times(_written().replace("then: queue", "then: lead"))
    keeper = HandOverKeeper(desk.ward.log, own)
    offer = await desk.offer(offered(None))
    await desk.pass_on(keeper, after_s=URGENT_S)
    told = live_offer((await desk.head()).state)
    assert told is not None
    assert (told.stage, (await desk.place()).holder_id) == ("lead", "sara")
    await desk.pass_on(keeper, after_s=URGENT_S)
    assert (await desk.kinds()).count("hand_over_unanswered") == 1
    await desk.accept(offer)


async def test_a_higher_level_is_passed_on_sooner(desk: Desk, keeper: HandOverKeeper) -> None:
    await desk.offer(offered())
    urgent_ms = keeper.due_ms(await desk.head())
    await desk.ward.assess(desk.contact_id, "immediate")
    immediate_ms = keeper.due_ms(await desk.head())
    assert urgent_ms is not None
    assert immediate_ms is not None
    assert immediate_ms == urgent_ms - TIMES.answer_ms("hamnen", "urgent") + TIMES.answer_ms("hamnen", "immediate")


async def test_who_asks_for_it_is_given_it_or_told_why_not(desk: Desk) -> None:
    await desk.ask()
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.ask()
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.ask(SARA)
    refused = CaseRefused(staff_id="jonas", reason="Vi är snart klara")
    await desk.hand_overs.refuse(await desk.access(SARA), refused, 1, client_id=new_id())
    with pytest.raises(FyrError, match="wrong_state"):
        await desk.hand_overs.give(await desk.access(SARA), "jonas", 1, client_id=new_id())
    await desk.ask()
    await desk.hand_overs.give(await desk.access(SARA), "jonas", 1, client_id=new_id())
    place = await desk.place()
    assert (place.holder_id, place.claim_no, live_requests((await desk.head()).state)) == ("jonas", 2, ())


async def test_a_request_nobody_answers_is_told_once_to_who_leads(desk: Desk, keeper: HandOverKeeper) -> None:
    await desk.ask()
    await desk.pass_on(keeper, after_s=URGENT_S)
    await desk.pass_on(keeper, after_s=URGENT_S)
    assert (await desk.kinds()).count("hand_over_unanswered") == 1
    assert [one.passed_on for one in live_requests((await desk.head()).state)] == [True]


async def test_an_offer_lives_no_longer_than_the_claim_it_was_made_under(desk: Desk, keeper: HandOverKeeper) -> None:
    offer = await desk.offer(offered())
    await desk.ward.claims.hand_back(SARA, desk.contact_id, 1, reason="rast", client_id=new_id())
    assert await desk.hand_overs.open_to(JONAS, "hamnen") == []
    assert keeper.due_ms(await desk.head()) is None
    with pytest.raises(FyrError, match="not_found"):
        await desk.accept(offer)


async def test_a_warm_one_lets_both_speak_until_a_while_after(desk: Desk) -> None:
    async def speaks(actor: Actor) -> bool:
        head = await desk.head()
        claim_no = head.state.get(Place).claim_no
        try:
            may_speak(claim_no, actor, TIMES, now_ms=desk.ward.now_ms())(head)
        except FyrError:
            return False
        return True

    assert [await speaks(one) for one in (SARA, JONAS)] == [True, False]
    offer = await desk.offer(offered(warm=True))
    assert [await speaks(one) for one in (SARA, JONAS, LEILA)] == [True, True, False]
    await desk.accept(offer)
    assert [await speaks(one) for one in (SARA, JONAS, LEILA)] == [True, True, False]
    desk.ward.clock.advance(seconds=TIMES.beside_ms("hamnen") / 1_000)
    assert [await speaks(one) for one in (SARA, JONAS)] == [False, True]
    assert beside((await desk.head()).state, TIMES, now_ms=desk.ward.now_ms()) is None


NAMES = st.sampled_from(["sara", "jonas"])
IDS = st.sampled_from(["o1", "o2"])
NUMBERS = st.integers(0, 4)
HANDING = st.one_of(
    st.builds(offered, st.one_of(st.none(), NAMES), warm=st.booleans(), claim_no=NUMBERS),
    st.builds(
        HandedOver, offer_id=IDS, staff_id=NAMES, name=NAMES, role=st.just("nurse"), claim_no=NUMBERS,
        unit_id=st.sampled_from(["hamnen", "lyktan"]), unit_name=st.just(""), moved=st.booleans(),
    ),
    st.builds(
        HandOverUnanswered, what=st.just("offer"), id=IDS, to=st.sampled_from(["unit", "queue", "lead"]),
        after_min=st.just(5),
    ),
    st.builds(CaseAsked, staff_id=NAMES, name=NAMES, role=st.just("nurse"), reason=st.just("r"), claim_no=NUMBERS),
    st.builds(CaseRefused, staff_id=NAMES, reason=st.just("r")),
)  # fmt: skip


@given(st.lists(st.one_of(BODIES, HANDING), max_size=25))
def test_whatever_is_written_one_holds_it_and_nothing_is_offered_by_nobody(bodies: list[Body]) -> None:
    states = [State()]
    for no, body in enumerate(bodies, start=1):
        kind = REGISTERED.of(body)
        part = kind.fold(states[-1].get(kind.part), body, header(no))
        states.append(states[-1].with_part(part))
    for before, after in pairwise(states):
        was, place = before.get(Place), after.get(Place)
        assert (place.status == "held") == (place.holder_id is not None) == (place.held_ms is not None)
        assert place.claim_no > was.claim_no or place.holder_id in (None, was.holder_id)
        assert place.arrived_ms in (was.arrived_ms, was.arrived_ms or place.arrived_ms)
        assert place.status == "held" or (live_offer(after), live_requests(after)) == (None, ())
        assert next_step(after, TIMES) is None or place.status == "held"
        assert State.decode(after.encode()).get(Place) == place


def test_the_patient_reads_who_and_nothing_between_colleagues() -> None:
    warm, cold = (REGISTERED.view(offered(warm=warm), "patient", protected=False) for warm in (True, False))
    assert cold is None
    assert not set(TEXT) & set(msgspec.to_builtins(warm).values())
    assert msgspec.to_builtins(warm)["to_name"] == "Jonas"
    for kind in carequeue.handover.kinds.KINDS:
        if kind.body not in (HandOverOffered, HandedOver):
            assert set(kind.views) == set(kind.reads) == {"staff"}


def _written() -> str:
    return msgspec.yaml.encode(
        {
            "version": 1,
            "standard": {
                "answer_min": dict(TIMES.of("hamnen").answer_min),
                "beside_min": 15,
                "then": "queue",
                "source": "test",
                "review": "proposed",
            },
            "units": {},
        }
    ).decode()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("source: test", "source: ' '"), "no source"),
        (("immediate: 1", "immediate: 9"), "more urgent"),
        (("beside_min: 15", "beside_min: 0"), "between a minute"),
        (("  immediate: 1\n", "  \n"), "immediate is missing"),
        (("then: queue", "then: home"), "Invalid enum value"),
    ],
    ids=lambda change: str(change[0]),
)
def test_times_that_make_no_sense_stop_the_start(change: tuple[str, str], problem: str) -> None:
    text = _written()
    assert isinstance(parse_hand_over_times(text), HandOverTimes)
    assert change[0] in text
    with pytest.raises(FyrError) as refused:
        parse_hand_over_times(text.replace(*change))
    assert problem in str(refused.value.data["problems"])

"""What waits is routed once more when it is understood; what it needs falls away with time. Through the real log."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from carequeue.claim import Claim
from carequeue.deadlines import MINUTE_MS, Deadlines, load_deadlines
from carequeue.entries import Queued
from carequeue.routing.entries import NeedsSet
from carequeue.routing.keeper import WideningKeeper
from carequeue.routing.reroute import Rerouter
from carequeue.routing.route import Seeker
from carequeue.routing.router import MayGo, Router
from carequeue.routing.rules import parse_routing
from carequeue.routing.widening import Widening, Wider
from carequeue.state import Place
from core.directory.store import Unit
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Head
from core.log.body import Body
from core.log.state import State
from tests.carequeue.test_routing import RULES
from tests.carequeue.ward import Ward, nurse
from triage.entries import Level
from triage.state import Triage

UNITS = [
    Unit(id=name, provider_id="region", name=name.title(), takes_chat=True) for name in ("hamnen", "lyktan", "strand")
]
SHORTER: tuple[tuple[Level, int], ...] = (("very_urgent", 2), ("urgent", 4))
SARA, JONAS = nurse("sara", "hamnen", "strand"), nurse("jonas", "hamnen", "strand")


class Staff:
    """Who is on duty, everywhere or at one unit."""

    def __init__(self, *on: str) -> None:
        self.on = on
        self.at = ""
        """The one unit where they are; empty: all."""

    def on_duty(self, unit_id: str) -> Sequence[str]:
        return self.on if self.at in ("", unit_id) else ()

    async def work_at(self, _: str) -> Sequence[str]:
        return ("sara", "jonas")


class World:
    """A router over the ward, and what it is told of who seeks care."""

    def __init__(self, ward: Ward, deadlines: Deadlines) -> None:
        self.ward = ward
        self.staff = Staff("sara", "jonas")
        self.seeker = Seeker("routine", registered="hamnen")
        self.elsewhere = True
        rules = parse_routing(RULES)
        self.router = Router(
            UNITS_AND_TYST,
            rules,
            deadlines=deadlines,
            places=ward.places,
            staffing=self.staff,
            has_room=ward.claims.has_room,
        )
        self.again = Rerouter(ward.log, self.router, seeker_of=self._of, may_move=self._may, clock=ward.clock)
        self.widening = WideningKeeper(ward.log, Widening(rules, deadlines))

    async def _of(self, head: Head) -> Seeker:
        return self.seeker

    async def _may(self, head: Head) -> MayGo:
        return lambda unit_id: self.elsewhere or unit_id == head.scope.unit_id

    async def arrive(self, level: Level, *, needs: tuple[str, ...] = ()) -> ContactId:
        """Somebody comes to Hamnen a second after the last, is understood, and is routed once more."""
        self.ward.clock.advance(seconds=1)
        contact_id = await self.ward.arrive(level, needs=needs)
        await self.again(contact_stream(contact_id))
        return contact_id

    async def widen(self, contact_id: ContactId, *, minutes: int) -> Place:
        """So much later the timer acts, if it is due."""
        self.ward.clock.advance(minutes=minutes)
        head = await self.ward.log.head(contact_stream(contact_id))
        due_ms = self.widening.due_ms(head)
        if due_ms is not None and due_ms <= self.ward.now_ms():
            await self.widening.act(head)
        return await self.ward.place(contact_id)

    async def bodies(self, contact_id: ContactId) -> list[Body | None]:
        return [entry.body for entry in await self.ward.log.entries(contact_stream(contact_id))]


UNITS_AND_TYST = [*UNITS, Unit(id="tyst", provider_id="region", name="Tyst", takes_chat=False)]


@pytest.fixture
def world(ward: Ward, deadlines: Deadlines) -> World:
    return World(ward, deadlines)


async def next_for(ward: Ward, staff_id: str, *abilities: str) -> Claim | str:
    """What they are given, or why nothing."""
    await ward.settle_index()
    try:
        return await ward.claims.claim_next(
            {"sara": SARA, "jonas": JONAS}[staff_id], ["hamnen"], client_id=new_id(), abilities=abilities
        )
    except FyrError as refusal:
        return refusal.code


async def test_what_comes_is_routed_with_its_steps(world: World) -> None:
    routed = await world.router.route(
        Seeker("urgent", registered="hamnen", age_y=1, lang="ar"), now_ms=world.ward.now_ms()
    )
    queued = routed.queued
    assert (queued.unit_id, queued.needs, routed.provider_id) == ("hamnen", ("lang:ar", "skill:child"), "region")
    assert [step.policy for step in queued.steps] == ["registered", "competence", "language"]
    world.staff.on = ("jonas",)
    routed = await world.router.route(Seeker("urgent", registered="hamnen", lang="ar"), now_ms=world.ward.now_ms())
    assert routed.queued.needs == (), "who has the language is not on duty"
    world.staff.on = ()
    routed = await world.router.route(Seeker("urgent", registered="hamnen", lang="ar"), now_ms=world.ward.now_ms())
    assert routed.queued.needs == ("lang:ar",), "nobody is: then who works there counts"


async def test_a_letter_stays_at_its_unit_until_it_cannot_wait_and_the_unit_is_closed(world: World) -> None:
    letter = await world.ward.arrive("routine", letter=True)
    name = contact_stream(letter)
    await world.again(name)
    assert [type(one).__name__ for one in await world.bodies(letter)] == ["Queued", "Assessed"]
    await world.ward.assess(letter, "urgent")
    await world.again(name)
    assert (await world.ward.place(letter)).unit_id == "hamnen", "it is open"
    world.ward.clock.advance(hours=14)
    world.staff.at = "lyktan"
    world.elsewhere = False
    await world.again(name)
    assert (await world.ward.place(letter)).unit_id == "hamnen", "it may go nowhere else"
    world.elsewhere = True
    await world.again(name)
    await world.again(name)
    place = await world.ward.place(letter)
    assert (place.unit_id, place.letter, place.routed_again) == ("lyktan", True, True)
    moved = (await world.bodies(letter))[-1]
    assert isinstance(moved, Queued)
    assert [(one.policy, one.outcome) for one in moved.steps] == [("opening", "overflow")]


async def test_a_day_is_full_when_as_many_came_before_as_its_cap(world: World) -> None:
    came = [await world.arrive("routine") for _ in range(4)]
    units = [(await world.ward.place(one)).unit_id for one in came]
    assert units == ["hamnen", "hamnen", "hamnen", "strand"]


async def test_a_full_day_moves_who_can_wait_with_arrival_and_level(world: World) -> None:
    for _ in range(3):
        await world.ward.arrive("routine")
    contact_id = await world.arrive("routine")
    before = world.ward.now_ms()
    place = await world.ward.place(contact_id)
    assert (place.unit_id, place.arrived_ms, place.routed_again) == ("strand", before, True)
    (row,) = (await world.ward.places.get([contact_id])).values()
    assert (row.urgency, row.arrived_ms) == ("routine", before)
    urgent = await world.arrive("urgent")
    assert (await world.ward.place(urgent)).unit_id == "hamnen"
    body = (await world.bodies(contact_id))[-1]
    assert isinstance(body, Queued)
    assert [(step.policy, step.outcome, step.unit_name) for step in body.steps] == [
        ("intake_cap", "overflow", "Strand")
    ]


async def test_it_is_routed_again_once_and_stays_where_the_patient_keeps_it(world: World) -> None:
    for _ in range(3):
        await world.ward.arrive("routine")
    world.elsewhere = False
    contact_id = await world.arrive("routine")
    assert (await world.ward.place(contact_id)).unit_id == "hamnen"
    told = len(await world.bodies(contact_id))
    world.elsewhere = True
    await world.again(contact_stream(contact_id))
    assert len(await world.bodies(contact_id)) == told


async def test_who_can_wait_is_kept_for_who_knows_them_and_for_two_minutes(world: World) -> None:
    world.seeker = Seeker("routine", known_to=("sara",))
    contact_id = await world.arrive("routine")
    assert (await world.ward.place(contact_id)).needs == ("staff:sara",)
    assert await next_for(world.ward, "jonas") == "nothing_waiting"
    assert (await world.widen(contact_id, minutes=1)).needs == ("staff:sara",)
    place = await world.widen(contact_id, minutes=1)
    assert (place.needs, place.widened) == ((), True)
    assert isinstance(await next_for(world.ward, "jonas"), Claim)


async def test_who_knows_the_patient_is_given_them(world: World) -> None:
    world.seeker = Seeker("routine", known_to=("sara",))
    contact_id = await world.arrive("routine")
    claim = await next_for(world.ward, "sara")
    assert isinstance(claim, Claim)
    assert claim.contact_id == contact_id
    assert (await world.ward.place(contact_id)).last_holder_id == "sara"


@pytest.mark.parametrize(("level", "minutes"), [("very_urgent", 1), ("urgent", 5), ("within_24h", 30)])
async def test_a_language_is_waited_for_by_level(world: World, level: Level, minutes: int) -> None:
    contact_id = await world.ward.arrive(level, needs=("lang:ar",))
    assert (await world.widen(contact_id, minutes=minutes - 1)).needs == ("lang:ar",)
    assert (await world.widen(contact_id, minutes=1)).needs == ()
    body = (await world.bodies(contact_id))[-1]
    assert isinstance(body, NeedsSet)
    assert [(step.policy, step.outcome, step.need) for step in body.steps] == [("widening", "over", "lang:ar")]


async def test_what_becomes_immediate_needs_nothing_at_once_and_what_fell_away_is_not_asked_again(world: World) -> None:
    contact_id = await world.ward.arrive("urgent", needs=("lang:ar",))
    await world.ward.assess(contact_id, "immediate")
    assert world.widening.due_ms(await world.ward.log.head(contact_stream(contact_id))) is None
    assert isinstance(await next_for(world.ward, "jonas"), Claim)
    fell = await world.ward.arrive("routine", needs=("lang:ar",))
    assert (await world.widen(fell, minutes=24 * 60)).needs == ()
    world.seeker = Seeker("routine", known_to=("sara",))
    await world.again(contact_stream(fell))
    assert (await world.ward.place(fell)).needs == ()


@pytest.mark.parametrize("level", ["urgent", "very_urgent"])
async def test_who_becomes_urgent_while_kept_for_one_nurse_is_anybody_s_at_once(world: World, level: Level) -> None:
    world.seeker = Seeker("routine", known_to=("sara",))
    contact_id = await world.arrive("routine")
    assert await next_for(world.ward, "jonas") == "nothing_waiting"
    await world.ward.assess(contact_id, level)
    assert isinstance(await next_for(world.ward, "jonas"), Claim)


async def test_a_shorter_promise_is_not_spent_on_waiting_for_a_language() -> None:
    deadlines = load_deadlines()
    widening = Widening(parse_routing(RULES), deadlines)
    place = Place(unit_id="hamnen", status="waiting", needs=("lang:ar",), arrived_ms=MINUTE_MS)
    state = State().with_part(place).with_part(Triage(urgency="urgent", assessed=True))
    assert widening.next(state) == Wider("lang:ar", (1 + 5) * MINUTE_MS)
    shorter = {level: replace(deadlines.of("hamnen", level), target_min=minutes) for level, minutes in SHORTER}
    deadlines.take_levels("hamnen", shorter)
    assert widening.next(state) == Wider("lang:ar", (1 + 2) * MINUTE_MS)


async def test_where_it_waits_and_since_when_does_not_change_with_what_it_needs(world: World) -> None:
    contact_id = await world.ward.arrive("urgent", needs=("lang:ar",))
    before = await world.ward.place(contact_id)
    after = await world.widen(contact_id, minutes=5)
    assert (after.waiting_ms, after.arrived_ms, after.unit_id) == (before.waiting_ms, before.arrived_ms, "hamnen")


def test_a_region_where_nobody_takes_chats_is_refused_at_start(ward: Ward, deadlines: Deadlines) -> None:
    silent = [Unit(id="tyst", provider_id="region", name="Tyst", takes_chat=False)]
    with pytest.raises(FyrError, match="directory_empty"):
        Router(
            silent,
            parse_routing(RULES),
            deadlines=deadlines,
            places=ward.places,
            staffing=Staff(),
            has_room=ward.claims.has_room,
        )

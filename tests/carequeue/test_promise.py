"""What became of a promise: pure, and then as rows of a real queue whose clock is moved by hand."""

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.promise.interval import FEWEST, Interval
from carequeue.promise.keeper import PromiseKeeper
from carequeue.promise.promise import Promise, Seen, judged, stands, told
from carequeue.promise.promiser import READ_MS, Promiser, Told
from carequeue.promise.store import PromiseRows
from carequeue.waited.keeper import WaitedKeeper
from carequeue.waited.store import WaitedRows
from carequeue.waited.wait import About, EndedWait
from core.ids import ContactId, contact_stream
from core.log.state import State
from core.storage.sql import Database
from tests.carequeue.ward import Ward, nurse
from triage.entries import Level

MADE = Promise(
    contact_id=ContactId("a" * 32),
    no=1,
    unit_id="hamnen",
    level="urgent",
    began_ms=0,
    again=False,
    made_ms=1_000,
    expected_ms=600_000,
)
TOLD = told(MADE, Interval(10, 25))


def _taken(minutes: float) -> Promise:
    at_ms = TOLD.made_ms + round(minutes * MINUTE_MS)
    return judged(TOLD, Seen("hamnen", "urgent", at_ms, taken=True), at_ms + 999)


@given(st.floats(0, 200))
def test_it_is_right_when_taken_within_what_was_told(minutes: float) -> None:
    scored = _taken(minutes)
    wanted = "early" if minutes < 10 else "right" if minutes <= 25 else "late"
    exactly = min(abs(minutes - 10), abs(minutes - 25)) * MINUTE_MS > 1
    assert not exactly or scored.result == wanted
    assert scored.ended_ms is not None
    assert scored.waited_ms == round(minutes * MINUTE_MS)


def test_too_short_is_known_before_anybody_comes_and_stays_so() -> None:
    over_ms = (TOLD.until_ms or 0) + 1
    waits = Seen("hamnen", "urgent")
    assert judged(TOLD, waits, over_ms - 1) == TOLD
    late = judged(TOLD, waits, over_ms)
    assert (late.result, late.known_ms, late.ended_ms) == ("late", TOLD.until_ms, None)
    assert not stands(TOLD, over_ms)
    for after in (
        Seen("hamnen", "urgent", over_ms + 5, taken=True),
        Seen("lyktan", "urgent"),
        Seen("hamnen", "routine"),
    ):
        ended = judged(late, after, over_ms + 10)
        assert (ended.result, ended.known_ms) == ("late", TOLD.until_ms)
        assert ended.ended_ms is not None
    in_time = judged(late, Seen("hamnen", "urgent", over_ms - 2, taken=True), over_ms + 10)
    assert in_time.result == "right"  # its row came late, not the nurse


def test_another_level_or_unit_is_another_wait_and_a_closed_one_is_none() -> None:
    assert judged(TOLD, Seen("hamnen", "very_urgent"), 5_000).result == "moved"
    assert judged(TOLD, Seen("lyktan", "urgent", 5_000, taken=True), 6_000).result == "moved"
    assert judged(TOLD, Seen("hamnen", "urgent", 5_000, taken=False), 6_000).result == "left"
    assert judged(MADE, Seen("hamnen", "urgent", 5_000, taken=True), 6_000).result == "untold"


class Desk:
    """A ward with everything that promises and scores."""

    def __init__(self, ward: Ward, database: Database, deadlines: Deadlines) -> None:
        self.ward = ward
        self.rows, self.waits = PromiseRows(database), WaitedRows(database)
        self.waited = WaitedKeeper(ward.log, self.waits, deadlines, describe=_about)
        self.keeper = PromiseKeeper(self.rows, ward.clock)
        self.promiser = self.another(deadlines)
        ward.log.on_commit(self.waited.heard)

    def another(self, deadlines: Deadlines) -> Promiser:
        """What another node has."""
        return Promiser(
            self.rows,
            self.ward.places,
            self.waits,
            deadlines=deadlines,
            clock=self.ward.clock,
            zone=ZoneInfo("Europe/Stockholm"),
            nurses_on=lambda _: 1,
        )

    async def tell(self, contact_id: ContactId) -> Told:
        return await self.promiser.tell(await self.ward.log.head(contact_stream(contact_id)))

    async def take(self, number: int = 1) -> None:
        for _ in range(number):
            await self.ward.claims.claim_next(nurse("sara"), ["hamnen"], client_id=f"c{self.ward.now_ms()}")
            await self.waited.write()
            await self.keeper.look()

    async def learn(self, level: Level = "urgent", number: int = FEWEST) -> None:
        """So many wait four minutes each, and are told nothing yet."""
        for _ in range(number):
            contact_id = await self.ward.arrive(level)
            assert (await self.tell(contact_id)).promise is not None
            self.ward.clock.advance(minutes=4)
            await self.take()


def _about(_: State) -> About:
    return About("18-44", "sv")


async def test_nothing_is_said_until_enough_is_known(ward: Ward, database: Database, deadlines: Deadlines) -> None:
    desk = Desk(ward, database, deadlines)
    await desk.learn(number=FEWEST - 1)
    contact_id = await ward.arrive("urgent")
    first = (await desk.tell(contact_id)).promise
    assert first is not None
    assert first.until_ms is None
    ward.clock.advance(minutes=4)
    await desk.take()
    contact_id = await ward.arrive("urgent")
    told_now = await desk.tell(contact_id)
    assert told_now.place == 1
    assert told_now.promise is not None
    assert told_now.promise.until_ms is not None
    assert told_now.promise.from_ms is not None
    assert told_now.promise.from_ms <= ward.now_ms() + 4 * MINUTE_MS <= told_now.promise.until_ms


async def test_what_was_told_stands_until_it_is_over_and_then_it_is_said(
    ward: Ward, database: Database, deadlines: Deadlines
) -> None:
    desk = Desk(ward, database, deadlines)
    await desk.learn()
    contact_id = await ward.arrive("urgent")
    first = (await desk.tell(contact_id)).promise
    assert first is not None
    assert first.until_ms is not None
    ward.clock.advance(seconds=30)
    again = await desk.tell(contact_id)
    assert (again.promise, again.broken) == (first, False)
    ward.clock.advance(seconds=(first.until_ms - ward.now_ms()) / 1000 + 1)
    assert await desk.keeper.look() == 1
    over = await desk.tell(contact_id)
    assert over.broken
    assert over.promise is not None
    assert (over.promise.no, over.promise.again, over.promise.until_ms) == (2, True, None)
    ward.clock.advance(minutes=3)
    await desk.take()
    results = [one.result for one in await desk.rows.of(contact_id)]
    assert results == ["late", "untold"]
    assert await desk.rows.kept("hamnen", 0) == [("urgent", "late", 1)]


async def test_that_it_will_take_longer_is_said_before_the_told_time_is_over(
    ward: Ward, database: Database, deadlines: Deadlines
) -> None:
    desk = Desk(ward, database, deadlines)
    await desk.learn()
    contact_id = await ward.arrive("urgent")
    first = (await desk.tell(contact_id)).promise
    assert first is not None
    assert first.until_ms is not None
    ward.clock.advance(minutes=1)
    assert await desk.tell(contact_id) == Told(1, first, broken=False), "as it was"
    for _ in range(20):
        await ward.arrive("very_urgent")
    assert (await desk.tell(contact_id)).slower is False, "once a minute"
    ward.clock.advance(minutes=1)
    slower = await desk.tell(contact_id)
    assert ward.now_ms() < first.until_ms
    assert (slower.place, slower.broken, slower.slower) == (21, False, True)
    assert slower.promise is not None
    assert (slower.promise.no, slower.promise.again) == (2, True)
    assert await desk.tell(contact_id) == slower
    ward.clock.advance(seconds=(first.until_ms - ward.now_ms()) / 1000 + 1)
    over = await desk.tell(contact_id)
    assert (over.broken, over.slower) == (True, False)
    assert await desk.keeper.look() == 1
    assert [one.result for one in await desk.rows.of(contact_id)] == ["late", None]


async def test_two_nodes_promise_the_same(ward: Ward, database: Database, deadlines: Deadlines) -> None:
    desk = Desk(ward, database, deadlines)
    contact_id = await ward.arrive("routine")
    head = await ward.log.head(contact_stream(contact_id))
    one, other = await desk.promiser.tell(head), await desk.another(deadlines).tell(head)
    assert one == other
    assert len(await desk.rows.of(contact_id)) == 1


async def test_immediate_and_unread_are_promised_nothing(ward: Ward, database: Database, deadlines: Deadlines) -> None:
    desk = Desk(ward, database, deadlines)
    alarm, unread = await ward.arrive("immediate"), await ward.arrive()
    for contact_id in (alarm, unread):
        assert (await desk.tell(contact_id)).promise is None
    ward.clock.advance(seconds=READ_MS / 1000)
    assert (await desk.tell(alarm)).promise is None
    late = (await desk.tell(unread)).promise
    assert late is not None
    assert late.level == "urgent"


async def test_a_new_level_is_promised_anew(ward: Ward, database: Database, deadlines: Deadlines) -> None:
    desk = Desk(ward, database, deadlines)
    contact_id = await ward.arrive("routine")
    await desk.tell(contact_id)
    await ward.assess(contact_id, "urgent")
    assert await desk.keeper.look() == 1
    assert (await desk.tell(contact_id)).promise is not None
    assert [(one.level, one.result) for one in await desk.rows.of(contact_id)] == [
        ("routine", "moved"),
        ("urgent", None),
    ]


async def test_rows_that_a_dead_node_left_out_are_made_from_the_log(
    ward: Ward, database: Database, deadlines: Deadlines
) -> None:
    desk = Desk(ward, database, deadlines)
    contact_id = await ward.arrive("urgent")
    ward.clock.advance(minutes=3)
    claim = await ward.claims.claim_next(nurse("sara"), ["hamnen"], client_id="1")
    ward.clock.advance(minutes=7)
    await ward.claims.close(
        nurse("sara"), contact_id, claim.claim_no, reason="self_care_advice", safety_net="Ring", client_id="2"
    )
    dead = desk.waited
    desk.waited = WaitedKeeper(ward.log, desk.waits, deadlines, describe=_about)
    assert await desk.waited.fill() == 1
    (made,) = await desk.waits.ended("hamnen", 0)
    assert _lengths(made) == (3, 10)
    assert (made.first, made.taken, made.level, made.age_group) == (True, True, "urgent", "18-44")
    assert made.target_ms == made.arrived_ms + 30 * MINUTE_MS
    await dead.write()  # it was not dead after all: what it has is the same
    assert await desk.waits.ended("hamnen", 0) == [made]
    assert await desk.waited.fill() == 0


def _lengths(wait: EndedWait) -> tuple[int, int]:
    assert wait.closed_ms is not None
    return (wait.ended_ms - wait.began_ms) // MINUTE_MS, (wait.closed_ms - wait.began_ms) // MINUTE_MS

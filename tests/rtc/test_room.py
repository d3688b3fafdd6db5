"""The law of the door: who may be in a visit is in it by staff alone, whatever lines are lost meanwhile."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.storage.sql import Database
from rtc.missed import GRACE_MS, MissedKeeper, due_ms
from rtc.room.room import Rooms
from rtc.state import Member, Visit
from rtc.visit import RETURN_MS, participant_id
from tests.rtc.test_guests import LINK_MS, LIVE, NURSE, PATIENT, START, House, houses

MOVES = ("send_back", "set_aside", "bring_back", "remove")


@dataclass
class Door:
    """The nurse at the door of one visit, the patient before it, and what may be of the patient."""

    node: House
    clock: ManualClock
    contact_id: ContactId
    visit_id: str
    place: str = "left"
    admitted: bool = False
    aside: bool = False
    removed: bool = False
    since_ms: int = 0

    @property
    def patient(self) -> str:
        return participant_id(self.visit_id, PATIENT.id)

    async def member(self) -> Member | None:
        head = await self.node.log.head(contact_stream(self.contact_id))
        return head.state.get(Visit).member(self.patient)

    async def step(self, what: str) -> None:
        """Do it, and hold the answer against what the law says of it."""
        if what.startswith("wait"):
            self.clock.advance(seconds=int(what.removeprefix("wait")))
            return
        expected = self._expect(what)
        assert await self._does(what) == expected, what

    async def _does(self, what: str) -> str:
        access = await self.node.access(PATIENT if what in ("enter", "leave") else NURSE, self.contact_id)
        try:
            if what == "enter":
                await self.node.visits.enter(access, self.visit_id)
            elif what == "leave":
                await self.node.visits.leave(access, self.visit_id)
            elif what == "admit":
                await self.node.visits.admit(access, self.visit_id, self.patient)
            else:
                await getattr(Rooms(self.node.log, self.clock), what)(access, self.visit_id, self.patient)
        except FyrError as refusal:
            return refusal.code
        return ""

    def _expect(self, what: str) -> str:
        if what == "enter":
            return self._enters()
        if what == "leave":
            if self.place != "left":
                self._to("left")
            return ""
        takes_from = {
            "admit": ("lobby", "in"),
            "send_back": ("in", "aside"),
            "set_aside": ("in",),
            "remove": ("lobby", "in", "aside"),
        }
        if what == "bring_back":
            if not self.aside:
                return "not_found"
            self.aside = False
            if self.place == "aside":
                self._to("in")
            return ""
        if self.place not in takes_from[what]:
            return "not_found"
        self._to({"admit": "in", "send_back": "lobby", "set_aside": "aside", "remove": "left"}[what])
        self.admitted = what in ("admit", "set_aside")
        self.aside = what == "set_aside"
        self.removed = what == "remove"
        return ""

    def _enters(self) -> str:
        if self.removed:
            return "removed"
        if self.place == "left":
            late = self.clock.ms() - self.since_ms > RETURN_MS
            if not self.admitted or late:
                self.admitted = self.aside = False
                self._to("lobby")
            else:
                self._to("aside" if self.aside else "in")
        return ""

    def _to(self, place: str) -> None:
        self.place, self.since_ms = place, self.clock.ms()

    async def holds(self) -> None:
        """Where they are is where the law has them, since when too."""
        member = await self.member()
        if member is None:
            assert self.place == "left"
            return
        found = (member.place, member.admitted, member.aside, member.removed, member.role)
        assert found == (self.place, self.admitted, self.aside, self.removed, "patient")
        assert member.since_ms == self.since_ms


STEPS = st.lists(
    st.sampled_from(("enter", "enter", "enter", "leave", "leave", "admit", "admit", *MOVES, "wait60", "wait601")),
    min_size=4,
    max_size=16,
)


@settings(max_examples=25, suppress_health_check=LIVE)
@given(steps=STEPS)
async def test_nobody_is_in_a_visit_but_by_staff(database: Database, steps: list[str]) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        door = Door(node, clock, contact_id, await node.start(contact_id))
        for step in steps:
            await door.step(step)
            await door.holds()


async def test_a_role_and_what_is_known_of_somebody_outlive_their_line(database: Database) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        door = Door(node, clock, contact_id, await node.start(contact_id))
        rooms = Rooms(node.log, clock)
        await door.step("enter")
        patient, nurse = await node.access(PATIENT, contact_id), await node.access(NURSE, contact_id)
        for wrong in (
            (),
            ("nobody", "child"),
            ("child",) * 9 + ("other", "carer", "relative", "interpreter", "nobody"),
        ):
            with pytest.raises(FyrError, match="bad_request"):
                await rooms.tell_company(patient, door.visit_id, wrong)
        await rooms.tell_company(patient, door.visit_id, ("relative", "child"))
        await rooms.identify(nurse, door.visit_id, door.patient, how="document")
        for step in ("admit", "leave", "wait60", "enter", "leave", "wait601", "enter"):
            await door.step(step)
            known = await door.member()
            assert known is not None
            assert (known.role, known.identity, known.company) == ("patient", "document", ("relative", "child"))
        own = participant_id(door.visit_id, NURSE.id)
        nurse = await node.access(NURSE, contact_id)
        with pytest.raises(FyrError, match="wrong_state"):  # nobody puts a clinician anywhere
            await rooms.remove(nurse, door.visit_id, own)
        await node.visits.leave(nurse, door.visit_id)
        nurse = await node.access(NURSE, contact_id)
        with pytest.raises(FyrError, match="not_connected"):  # who is not in it moves nobody
            await rooms.remove(nurse, door.visit_id, door.patient)
        with pytest.raises(FyrError, match="visit_over"):
            await rooms.expect(nurse, "0" * 32, 5)
        with pytest.raises(FyrError, match="bad_request"):
            await rooms.expect(nurse, door.visit_id, 0)


async def test_who_never_comes_is_noted_once_and_by_itself(database: Database) -> None:
    clock = ManualClock(START)
    async with houses(database, clock, 2) as [node, other]:
        contact_id = await node.contact()
        visit_id = await node.start(contact_id)
        came, never = await node.invite(contact_id, visit_id), await node.invite(contact_id, visit_id)
        assert await node.open(came.token, came.code) is not None
        await Rooms(node.log, clock).expect(await node.access(NURSE, contact_id), visit_id, 15)
        stream = contact_stream(contact_id)

        async def missed() -> list[tuple[str, str]]:
            return [
                (one.body.role, one.body.name)  # type: ignore[union-attr]
                for one in await node.log.entries(stream)
                if one.header.kind == "visit_missed"
            ]

        head = await node.log.head(stream)
        assert due_ms(head) == clock.ms() + 15 * 60_000 + GRACE_MS
        clock.advance(minutes=25)
        for one in (node, other):  # both nodes' timers look at the same moment
            await MissedKeeper(one.log).act(head)
        assert await missed() == [("patient", "")]
        head = await node.log.head(stream)
        assert due_ms(head) == never.until_ms == int(START.timestamp() * 1000) + LINK_MS
        clock.advance(minutes=5)
        await MissedKeeper(node.log).act(head)
        await MissedKeeper(other.log).act(head)
        assert await missed() == [("patient", ""), ("interpreter", "Leyla")]
        assert due_ms(await node.log.head(stream)) is None
        again = await node.invite(contact_id, visit_id)
        clock.advance(minutes=1)
        await node.end(contact_id, visit_id)  # not come yet when it ends: it is said before the end
        assert (await missed())[-1] == ("interpreter", "Leyla")
        assert len(await missed()) == 3
        assert not await node.is_guest(again.guest_id)
        assert due_ms(await node.log.head(stream)) is None


async def test_who_comes_by_an_old_look_is_where_staff_have_them_now(database: Database) -> None:
    """Another page of theirs was let in, or they were put out for good, while this one was on its way."""
    clock = ManualClock(START)
    async with houses(database, clock, 1) as [node]:
        contact_id = await node.contact()
        door = Door(node, clock, contact_id, await node.start(contact_id))
        before = await node.access(PATIENT, contact_id)
        for step in ("enter", "admit"):
            await door.step(step)
        assert (await node.visits.enter(before, door.visit_id)).place == "in"
        await door.step("remove")
        with pytest.raises(FyrError, match="removed"):
            await node.visits.enter(before, door.visit_id)
        await door.holds()

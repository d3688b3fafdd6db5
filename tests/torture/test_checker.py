"""The reckoning itself: a sound story passes, and every harm that is planted is seen and counted as what it is."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from carequeue.deadlines import load_deadlines
from carequeue.entries import Claimed, Queued
from carequeue.store import place_table
from chat.entries import Message, Opened
from core.actor import Actor, Role
from core.clock import ManualClock
from core.ids import ContactId, contact_stream
from core.log.append import Append
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys
from core.log.state import State
from core.storage.sql import Database
from tests.torture.checker import Findings, Screen, check
from tests.torture.journal import Journal, Sent
from tests.torture.record import on_the_wire, read_record
from tests.torture.view import BoardView, ContactView
from web.app import KINDS
from web.push.views import entry_views, summary

PATIENT = Actor(id="patient:p", kind="patient", name="P", person_id="p")
NURSE = Actor(
    id="staff:n",
    kind="staff",
    name="N",
    staff_id="n",
    roles=(Role(unit_id="u00", provider_id="storm", role="nurse"),),
)
CONTACT = ContactId("c")
STREAM = contact_stream(CONTACT)
SCOPE = Scope(person_id="p", opener_id=PATIENT.id, unit_id="u00", provider_id="storm")
CLAIM = Claimed(staff_id="n", name="N", role="nurse", claim_no=1)


class Story:
    """A contact, the journal of those who wrote it, and a patient's and a nurse's screen."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.journal = Journal()
        self._masters = MasterKeys.parse(MasterKeys.generate())
        self._turns = 0
        self.log = self._new_log()

    def _new_log(self) -> Log:
        clock, tables = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC)), [place_table(load_deadlines("se"))]
        return Log(self.database, KINDS, masters=self._masters, clock=clock, state_tables=tables)

    async def restart(self) -> None:
        """The node ends and another begins, remembering nothing."""
        await self.log.stop()
        self.log = self._new_log()
        await self.log.start()

    async def say(self, actor: Actor, call: str, client_id: str, *bodies: Body, seen_no: int | None = None) -> Sent:
        """A command, committed and acknowledged."""
        self._turns += 1
        says = next((body.text for body in bodies if isinstance(body, Message)), "")
        sent = self.journal.begin(Sent(self._turns, actor.id, client_id, call, says, seen_no=seen_no))
        done = await self.log.append(Append(STREAM, bodies, actor, client_id, create=SCOPE))
        number = done.last_no if actor is NURSE else done.patient_no
        told = {"claim_no": 1} if call == "queue:claim_next" else {"no": number}
        self.journal.acknowledge(sent, {**told, "contact_id": CONTACT})
        return sent

    async def screens(self) -> list[Screen]:
        """Both screens as they are now."""
        entries, head = await self.log.entries(STREAM), await self.log.head(STREAM)
        contacts = []
        for audience, actor in (("patient", PATIENT), ("staff", NURSE)):
            view = ContactView(CONTACT)
            shown = on_the_wire(entry_views(KINDS, entries, audience=audience, reader=actor.id, protected=False))  # type: ignore[arg-type]
            view.take(shown, on_the_wire(summary(head, audience=audience, unit="Unit u00")))  # type: ignore[arg-type]
            contacts.append(view)
        board = BoardView("u00")
        record = await read_record(self.log, self.database, load_deadlines("se"), ["u00"])
        board.take(1, list(record.boards["u00"].values()))
        return [Screen(PATIENT.id, (contacts[0],), ()), Screen(NURSE.id, (contacts[1],), (board,))]

    async def reckon(self, screens: list[Screen] | None = None) -> Findings:
        """What the checker finds."""
        record = await read_record(self.log, self.database, load_deadlines("se"), ["u00"])
        return check(record, self.journal, screens or await self.screens(), KINDS)


@pytest.fixture
async def story(database: Database) -> AsyncIterator[Story]:
    story = Story(database)
    await story.log.start()
    opened = (Opened(subject="self", lang="sv"), Queued(unit_id="u00"), Message(text="one"))
    await story.say(PATIENT, "contact:open", "a", *opened)
    await story.say(NURSE, "queue:claim_next", "b", CLAIM)
    await story.say(PATIENT, "message:post", "c", Message(text="two"))
    await story.say(NURSE, "message:post", "d", Message(text="three"), seen_no=5)
    yield story
    await story.log.stop()


async def test_a_sound_story_passes(story: Story) -> None:
    found = await story.reckon()
    assert found.told == []
    assert found.acknowledged == 4


SQL_HARMS = {
    "an acknowledged row is dropped": ("DELETE FROM entry WHERE no = 5", ("lost", "broken_chains")),
    "the tail is cut off": ("DELETE FROM entry WHERE no = 6", ("lost", "broken_chains")),
    "a link is broken": (
        "UPDATE entry SET link = (SELECT other.link FROM entry AS other WHERE other.no = 1) WHERE no = 4",
        ("broken_chains",),
    ),
    "a body is put in another's place": (
        "UPDATE entry SET body = (SELECT other.body FROM entry AS other WHERE other.no = 3) WHERE no = 5",
        ("lost", "broken_chains"),
    ),
}


@pytest.mark.parametrize(("change", "counted"), SQL_HARMS.values(), ids=SQL_HARMS)
async def test_a_row_changed_behind_its_back_is_counted(story: Story, change: str, counted: tuple[str, ...]) -> None:
    screens = await story.screens()
    async with story.database.write() as connection:
        await connection.execute(text(change))
    found = await story.reckon(screens)
    assert {what for what in counted if getattr(found, what) > 0} == set(counted)


async def carried_out_twice(story: Story) -> None:
    async with story.database.write() as connection:
        await connection.execute(text("DELETE FROM once WHERE client_id = 'c'"))
    await story.restart()  # what the node remembers would answer for the table
    await story.log.append(Append(STREAM, (Message(text="two"),), PATIENT, "c"))


async def said_again_under_another_id(story: Story) -> None:
    await story.log.append(Append(STREAM, (Message(text="two"),), PATIENT, "other"))


async def repeat_told_otherwise(story: Story) -> None:
    story.journal.acknowledge(story.journal.sent[2], {"no": 99, "contact_id": CONTACT})
    story.journal.acknowledge(story.journal.sent[2], {"no": 5, "contact_id": CONTACT})


async def two_swapped(story: Story) -> None:
    later, earlier = [await story.say(PATIENT, "message:post", name, Message(text=name)) for name in ("e", "f")]
    later.turn, earlier.turn = earlier.turn, later.turn


async def told_another_number(story: Story) -> None:
    story.journal.sent[2].no = 4


async def acknowledged_and_never_written(story: Story) -> None:
    story.journal.begin(Sent(9, PATIENT.id, "z", "message:post", "never", contact_id=CONTACT, no=7))


async def claimed_from_another(story: Story) -> None:
    await story.log.append(Append(STREAM, (CLAIM,), NURSE, "again"))


async def written_unseen(story: Story) -> None:
    story.journal.sent[3].seen_no = 4


HARMS: dict[Callable[[Story], Awaitable[None]], str] = {
    carried_out_twice: "duplicated",
    said_again_under_another_id: "duplicated",
    repeat_told_otherwise: "duplicated",
    two_swapped: "reordered",
    told_another_number: "lost",
    acknowledged_and_never_written: "lost",
    claimed_from_another: "claims_shared",
    written_unseen: "guard_broken",
}


@pytest.mark.parametrize(("harm", "counted"), HARMS.items(), ids=[harm.__name__ for harm in HARMS])
async def test_a_harm_is_counted_as_what_it_is(
    story: Story, harm: Callable[[Story], Awaitable[None]], counted: str
) -> None:
    await harm(story)
    found = await story.reckon()
    assert {told.partition(":")[0] for told in found.told} == {counted}


async def test_a_screen_that_shows_something_else_is_counted(story: Story) -> None:
    screens = await story.screens()
    patient, nurse = screens[0].contacts[0], screens[1].contacts[0]
    patient.entries[-1] = {**patient.entries[-1], "body": {"kind": "message", "text": "other"}}
    nurse.entries.pop()
    screens[1].boards[0].rows[CONTACT]["claim_no"] = 7
    found = await story.reckon(screens)
    assert (found.views_differ, found.lost, found.broken_chains) == (3, 0, 0)


async def test_a_state_that_is_not_what_the_entries_make_of_it_is_counted(story: Story) -> None:
    screens = await story.screens()
    record = await read_record(story.log, story.database, load_deadlines("se"), ["u00"])
    record.heads[CONTACT].state = State()
    found = check(record, story.journal, screens, KINDS)
    assert "views_differ: state of c" in found.told

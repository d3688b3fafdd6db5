"""What has had its time is erased once, everywhere, and told; what has not, or is held, stays. On both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

import core.retention.kinds
from care.booking.entries import ScheduleSet, SeatOf, SlotBooked, WishMade
from care.booking.schedule import Schedule, Window
from care.booking.store import seat_stream
from carequeue.entries import Closed, Queued
from chat.entries import Message, Opened
from core.actor import Actor
from core.audit.entries import Accessed
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append
from core.log.ending import Ending
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.check import record_faults
from core.record.heads import Signed
from core.record.store import RecordRows
from core.retention.entries import Erased, Erasing, HeldBack, LetGo
from core.retention.eraser import Eraser
from core.retention.rules import load_rules
from core.settings import Settings
from core.storage.sql import Database
from core.storage.tables import stream
from web.app import KINDS, kept_tables
from web.retention import CLASSES, retention_rows

PATIENT = Actor(id="patient:astrid", kind="patient", name="Astrid", person_id="astrid")
NURSE = Actor(id="staff:sara", kind="staff", name="Sara", staff_id="sara")
LEAD = Actor(id="staff:lead", kind="staff", name="Lena", staff_id="lead")
START = datetime(2026, 11, 26, 8, tzinfo=UTC)
OLD, OPEN, NEW = StreamId("contact:old"), StreamId("contact:open"), StreamId("contact:new")
WORDS = "kanariegul zeppelinare"
YEARS_11 = timedelta(days=11 * 366)


class Record:
    """A record with a closed contact, an open one and a day's audit, and nodes that erase in it."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, ManualClock(START)
        self.masters = MasterKeys.parse(MasterKeys.generate())
        self.forgotten: list[StreamId] = []
        self.files_gone: list[StreamId] = []
        self.nodes = [self.node(), self.node()] if not database.is_sqlite else [self.node()]

    def node(self) -> Log:
        tables = kept_tables(Settings())
        return Log(self.database, KINDS, masters=self.masters, clock=self.clock, state_tables=tables)

    async def take_files(self, name: StreamId) -> int:
        """Files go only once nothing can hold the stream back any more."""
        head = await self.nodes[0].head(name)
        assert head.state.get(Ending).begun_ms is not None
        self.files_gone.append(name)
        return 0

    def eraser(self, log: Log) -> Eraser:
        return Eraser(
            log,
            retention_rows(self.database),
            load_rules("se"),
            masters=self.masters,
            clock=self.clock,
            classes=CLASSES,
            attachments=self.take_files,
            forgotten=self.forgotten.append,
        )

    async def say(self, name: StreamId, *bodies: object, actor: Actor = PATIENT) -> None:
        scope = Scope(person_id="astrid", opener_id=PATIENT.id, unit_id="hamnen", provider_id="region")
        number = len(self.forgotten) + self.clock.ms()
        client_id = f"{name}/{type(bodies[0]).__name__}/{number}"
        await self.nodes[0].append(Append(name, tuple(bodies), actor, client_id, create=scope))  # type: ignore[arg-type]

    async def contact(self, name: StreamId, *, closed: bool) -> None:
        await self.say(name, Opened(subject="self", lang="sv"), Message(text=WORDS), Queued(unit_id="hamnen"))
        if closed:
            await self.say(name, Closed(reason="self_care_advice", safety_net=WORDS, claim_no=0), actor=NURSE)

    async def faults(self) -> list[object]:
        found = record_faults(self.nodes[0], RecordRows(self.database), Signed())
        return [fault async for fault in found]

    async def values(self, query: str, **given: object) -> list[Any]:
        async with self.database.read() as connection:
            return list((await connection.execute(text(query), given)).scalars())


@pytest.fixture
async def record(database: Database) -> AsyncIterator[Record]:
    made = Record(database)
    for node in made.nodes:
        await node.start()
    await made.contact(OLD, closed=True)
    await made.contact(OPEN, closed=False)
    accessed = Accessed(action="contact:follow", about=OLD, person_id="astrid", outcome="allowed")
    await made.say(StreamId("audit:north:2026-11-26"), accessed, actor=NURSE)
    yield made
    for node in made.nodes:
        await node.stop()


def later(record: Record, by: timedelta = YEARS_11) -> None:
    record.clock.advance(days=by.days)


async def test_before_its_time_nothing_goes(record: Record) -> None:
    later(record, timedelta(days=3_652))
    assert (await record.eraser(record.nodes[0]).run())["journal"] == 0
    assert all(row.body for row in await record.nodes[0].entries(OLD))


async def test_after_its_time_words_key_person_and_rows_are_gone_and_it_is_told(record: Record) -> None:
    bodies = await record.values("SELECT body FROM entry WHERE stream_id = :s", s=OLD)
    keys = await record.values("SELECT wrapped_key FROM stream WHERE id = :s", s=OLD)
    later(record)
    assert (await record.eraser(record.nodes[0]).due())["journal"] == 1
    erased = await record.eraser(record.nodes[0]).run()
    assert (erased["journal"], erased["audit_log"]) == (1, 1)
    assert OLD in record.files_gone
    entries = await record.nodes[0].entries(OLD)
    assert [row.body is None for row in entries] == [True] * 4 + [False, False]
    begun, done = entries[-2].body, entries[-1].body
    assert isinstance(begun, Erasing)
    assert (begun.data_class, begun.rules_version, begun.last_ms) == ("journal", 1, int(START.timestamp() * 1000))
    assert done == Erased(data_class="journal", rules_version=1, entries=4, attachments=0)
    assert {row.header.author.name for row in entries} == {""} | {"retention"}
    head = await record.nodes[0].head(OLD)
    assert (head.scope.person_id, head.scope.opener_id) == ("", "")
    assert head.state.get(Ending).erased_ms == record.clock.ms()
    assert await record.values("SELECT contact_id FROM place") == ["open"]
    assert await record.values("SELECT stream_id FROM timer WHERE stream_id = :s", s=OLD) == []
    assert await record.nodes[0].streams_opened_by(PATIENT.id, "astrid") == [OPEN]
    assert OLD in record.forgotten
    assert await record.faults() == []
    kept = await record.values("SELECT body FROM entry WHERE stream_id = :s", s=OLD)
    assert not {bytes(body) for body in bodies} & {bytes(body) for body in kept if body is not None}
    assert await record.values("SELECT wrapped_key FROM stream WHERE id = :s", s=OLD) != keys


async def test_erased_bytes_lie_in_no_file_of_sqlite(record: Record, tmp_path: Path) -> None:
    if not record.database.is_sqlite:
        return
    (body, *_) = await record.values("SELECT body FROM entry WHERE stream_id = :s", s=OLD)
    (key,) = await record.values("SELECT wrapped_key FROM stream WHERE id = :s", s=OLD)
    files = [tmp_path / "fyr.db", tmp_path / "fyr.db-wal"]

    def lying() -> list[bool]:
        held = b"".join(path.read_bytes() for path in files)
        return [bytes(one)[12:60] in held for one in (body, key)]

    assert lying() == [True, True]
    later(record)
    await record.eraser(record.nodes[0]).run()
    assert lying() == [False, False]


async def test_what_is_held_stays_until_it_is_let_go(record: Record) -> None:
    await record.say(OLD, HeldBack(reason="Anmälan till IVO"), actor=LEAD)
    later(record)
    assert (await record.eraser(record.nodes[0]).due())["journal"] == 0
    assert (await record.eraser(record.nodes[0]).run())["journal"] == 0
    await record.say(OLD, LetGo(reason="Avslutad"), actor=LEAD)
    assert (await record.eraser(record.nodes[0]).run())["journal"] == 0  # its time is counted from the last entry
    later(record)
    assert (await record.eraser(record.nodes[0]).run())["journal"] == 1


async def test_a_hold_that_comes_after_it_was_found_wins(record: Record) -> None:
    later(record)
    eraser = record.eraser(record.nodes[0])
    await eraser.look()
    await record.say(OLD, HeldBack(reason="Anmälan"), actor=LEAD)
    assert (await eraser.run())["journal"] == 0
    assert [row.body is None for row in await record.nodes[0].entries(OLD)] == [False] * 5
    assert OLD not in record.files_gone


async def test_what_was_held_and_let_go_since_it_was_found_has_its_whole_time_again(record: Record) -> None:
    later(record)
    eraser = record.eraser(record.nodes[0])
    await eraser.look()
    await record.say(OLD, HeldBack(reason="Anmälan"), actor=LEAD)
    await record.say(OLD, LetGo(reason="Avslutad"), actor=LEAD)
    assert (await eraser.run())["journal"] == 0
    assert OLD not in record.files_gone


async def test_several_nodes_erase_once(record: Record) -> None:
    for number in range(6):
        await record.contact(StreamId(f"contact:more{number}"), closed=True)
    later(record)
    ran = await asyncio.gather(*(record.eraser(node).run() for node in record.nodes))
    assert sum(run["journal"] for run in ran) == 7
    async with record.database.read() as connection:
        names = list(
            (await connection.execute(select(stream.c.id).where(stream.c.id.startswith("contact:")))).scalars()
        )
    for name in map(StreamId, names):
        kinds = [row.header.kind for row in await record.nodes[0].entries(name)]
        assert kinds.count("erased") == (name != OPEN)
    assert await record.faults() == []


@pytest.mark.parametrize("step", ["strip", "done"])
async def test_a_node_that_dies_half_way_is_finished_by_another(
    record: Record, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(record)
    dying = record.eraser(record.nodes[0])

    async def die(*_: object) -> None:
        raise FyrError("unreachable", what="PostgreSQL")

    with monkeypatch.context() as patch:
        patch.setattr(dying._rows, step, die)
        assert (await dying.run())["journal"] == 0
    other = record.eraser(record.nodes[-1])
    assert (await other.run())["journal"] == 0  # leased
    record.clock.advance(minutes=11)
    assert (await other.run())["journal"] == 1
    kinds = [row.header.kind for row in await record.nodes[0].entries(OLD)]
    assert (kinds.count("erasing"), kinds.count("erased")) == (1, 1)
    last = (await record.nodes[0].entries(OLD))[-1].body
    assert isinstance(last, Erased)
    assert last.entries == 4
    assert await record.faults() == []


async def test_nobody_writes_to_what_ends(record: Record) -> None:
    later(record)
    await record.eraser(record.nodes[0]).run()
    for node in record.nodes:
        late = Append(OLD, (Message(text="sen"),), PATIENT, f"late{id(node)}")
        with pytest.raises(FyrError, match="not_found"):
            await node.append(late)
    assert await record.faults() == []


async def test_old_rows_of_sessions_go(record: Record) -> None:
    async with record.database.write() as connection:
        for name, ends_ms in (("gone", record.clock.ms() - 2 * 86_400_000), ("here", record.clock.ms())):
            await connection.execute(
                text(
                    "INSERT INTO session (token_digest, actor_id, made_ms, seen_ms, ends_ms) VALUES (:n, 'a', 0, 0, :e)"
                ),
                {"n": name, "e": ends_ms},
            )
    assert (await record.eraser(record.nodes[0]).due())["sessions"] == 1
    assert (await record.eraser(record.nodes[0]).run())["sessions"] == 1
    assert await record.values("SELECT token_digest FROM session") == ["here"]


RULES = (Path(core.retention.kinds.__file__).parent / "content" / "retention_se.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  sessions:", "  sesions:", "sesions is no class of data"),
        ("  sessions:", "  sesions:", "sessions is missing"),
        ("keep_days: 3653", "keep_days: 3000", "journal.keep_days is at least 3652"),
        ("keep_days: 1827", "keep_days: 100", "audit_log.keep_days is at least 1826"),
        ("keep_days: 30", "keep_days: -1", "staff_seen.keep_days is a number of days"),
        ("keep_days: 30", "keep_day: 30", "unknown field"),
    ],
)
def test_rules_that_do_not_hold_stop_the_start(tmp_path: Path, old: str, new: str, problem: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(RULES.replace(old, new))
    with pytest.raises(FyrError, match="content_invalid") as refused:
        load_rules("se", own)
    assert problem in str(refused.value)


@pytest.mark.parametrize("country", ["se", "no"])
def test_the_rules_we_ship_hold(country: str) -> None:
    assert load_rules(country).classes["journal"].keep_days == 3_653  # type: ignore[arg-type]


async def test_booked_times_wishes_and_schedules_go_when_they_have_been_over_for_long(record: Record) -> None:
    begins_ms = record.clock.ms() + 3_600_000
    seat = SeatOf(
        unit_id="hamnen",
        schedule_id="s",
        clinician_id="sara",
        type="phone",
        start_ms=begins_ms,
        end_ms=begins_ms + 1_800_000,
        number=1,
    )
    slot, wish, plan = seat_stream(seat.seat_id), StreamId("wish:w"), StreamId("schedule:s")
    until = START.date() + timedelta(days=27)
    schedule = Schedule(
        unit_id="hamnen",
        clinician_id="sara",
        type="phone",
        length_min=30,
        windows=(Window(weekday=5, from_min=600, until_min=720),),
        from_day=START.date(),
        until_day=until,
    )
    waits = WishMade(
        person_id="astrid", unit_id="hamnen", types=("phone",), from_ms=begins_ms, until_ms=begins_ms + 1, lang="sv"
    )
    await record.say(slot, SlotBooked(booking_id="b", person_id="astrid", seat=seat, lang="sv", phone="0701234567"))
    await record.say(wish, waits)
    await record.say(plan, ScheduleSet(schedule=schedule))
    eraser = record.eraser(record.nodes[0])
    classes = ("bookings", "booking_wishes", "schedules")

    async def gone() -> list[int]:
        done = await eraser.run()
        return [done[one] for one in classes]

    assert await gone() == [0, 0, 0]
    record.clock.advance(days=40)
    assert await gone() == [0, 1, 0]
    record.clock.advance(days=400)
    assert await gone() == [1, 0, 1]
    assert (
        await record.values(
            "SELECT unit_id FROM booking_seat UNION ALL SELECT unit_id FROM booking_wish "
            "UNION ALL SELECT unit_id FROM booking_schedule"
        )
        == []
    )
    assert [entry.body for entry in await record.nodes[0].entries(slot)][:1] == [None]
    assert await record.faults() == []

"""Every change of a single row behind the service's back is found and named, or the table below says why it is none.

Made from the tables' own metadata: a table or a column that is new is tried by existing.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, delete, insert, select, update

from carequeue.deadlines import load_deadlines
from carequeue.entries import Queued
from carequeue.store import place_table
from chat.entries import Message, Opened
from chat.post import Chat
from core.access.doors import Doorkeeper
from core.access.entries import Blocked
from core.access.store import Doors, block_table, door_table
from core.actor import Actor, Role
from core.audit.check import audit_faults
from core.audit.index import audit_index
from core.audit.judging import CHECK
from core.audit.mark import Period
from core.audit.spot_check import SpotChecks
from core.audit.store import AuditRows, check_table
from core.audit.trail import AuditTrail
from core.clock import ManualClock
from core.ids import contact_stream
from core.log.append import Append
from core.log.entry import Scope
from core.log.log import Log
from core.log.rows import KeptTable
from core.log.seal import MasterKeys
from core.record.check import record_faults
from core.record.heads import Signed, SignedHead, Slot, read_signed
from core.record.store import RecordRows
from core.storage.sql import Database
from core.storage.tables import metadata
from triage.versions.entries import Rehearsed
from triage.versions.pack import Pack
from triage.versions.store import ContentSets, content_table
from triage.versions.versions import Versions
from web.app import KINDS
from web.following import followed_tables

NO_EVIDENCE: dict[str, str] = {
    "about": "what the database says of itself: which release changed it last",
    "outbox": "work that is left to do; a job that is lost is found by `assess` and `index` when they look at all",
    "timer": "due times: a sweep asks the state before anything is done, and rows are taken away when they are done",
    "unit_head": "how far a board has been told; a board that was not told asks every five seconds",
    "unit_change": "what to tell a board of; what a board shows is the places, which are checked",
    "staff_seen": "when a member of staff was last reached; written anew every few seconds",
    "provider": "the directory, loaded from the region's own file, which is the evidence",
    "unit": "the directory",
    "person": "the directory",
    "staff": "the directory",
    "staff_role": "the directory; each look says the role it was made in",
    "login_subject": "the directory: by what members of staff are known at sign-in; each sign-in is in the audit",
    "login_once": "sign-ins under way, sealed; a row is taken away when it is used",
    "person_standing": "the directory: protection and what else is told of a person by the population register",
    "identity": "the directory: numbers by which a person is looked up",
    "proxy": "the directory: who stands for whom, with its dates",
    "person_change": "which changes to show; how each stands is told by its own stream, which is evidence",
    "erasure": "work that is left to do; the stream itself says that it was erased, and when",
    "kept_key": "keys for chains begun under an old master key: an altered one opens nothing, and every chain says so",
    "session_end": "sessions that have ended; each sign-out is in the audit",
    "lockout": "wrong guesses of late, counted for a while",
    "guest_link": "in which contact to look for a link's visit, which alone decides; who was invited is in the contact",
    "hand_over": "which contact to look at for an offer, which alone decides; what was offered is in the contact",
    "session": "who is signed in now; each sign-in, sign-out and look is in the audit",
    "template": "texts kept ready: versions that name who answers for them; what was sent of them is in the contact",
    "attachment": "how far an upload has come; the contact tells what became of it, and its bytes are sealed",
    "attachment_piece": "an upload under way",
    "content_pack": "files of content sets: what was approved is named by their fingerprint, and others do not start",
    "shadow": "what a candidate content set would have said: it decides nothing",
    "waited": "how long waits were: figures made from entries, which are evidence, and made anew from them",
    "promise": "what patients were told of how long it would be: it decides the next interval and nothing of care",
    "review_item": "in which contacts something waits to be reviewed; what was marked lies in the contact itself",
    "booking_seat": "held against its streams by `fyr verify-log`: tests/care/test_bookings.py alters one of its rows",
    "booking_schedule": "the same: which schedules to look at; what each offers lies in its own stream",
    "booking_wish": "the same: who waits for a time; what for lies in its own stream",
    "agreement": "the same: which agreements there are; what was agreed lies in each one's own stream",
    "benefit_round": "figures made from contacts' entries, which are evidence, and made anew from them",
    "follow_up": "held against its streams by `fyr verify-log`: tests/care/followup alters one of its rows",
    "place.no": "the entry it was written at; the state says the rest, whatever entry it was of",
    "place.due_ms": "follows the deadlines in force, which are restated at every start",
}
"""Tables and columns that are no evidence of what happened, each with why."""
NURSE = Actor(
    id="staff:sara",
    kind="staff",
    name="Sara",
    staff_id="sara",
    roles=(Role(unit_id="hamnen", provider_id="region", role="nurse"),),
    session_id="7" * 64,
)
AUDITOR = Actor(id="staff:alva", kind="staff", name="Alva", staff_id="alva")
PATIENTS = tuple(
    Actor(id=f"patient:{name}", kind="patient", name=name, person_id=name) for name in ("astrid", "bo", "cia")
)
NEIGHBOURS = 1
Row = dict[str, Any]


@dataclass
class Record:
    """A record with something in every table that is evidence."""

    database: Database
    log: Log
    heads: Path
    masters: MasterKeys

    async def faults(self) -> set[str]:
        """The streams that the two commands name."""
        rows, signed = RecordRows(self.database), read_signed(self.heads, self.masters)
        found = [fault async for fault in record_faults(self.log, rows, signed, followed=followed_tables("se"))]
        found += [fault async for fault in audit_faults(self.log, rows, AuditRows(self.database), signed=signed)]
        return {fault.stream for fault in found}

    async def rows(self, table: Table) -> list[Row]:
        keys = list(table.primary_key.columns)
        async with self.database.read() as connection:
            return [dict(row) for row in (await connection.execute(select(table).order_by(*keys))).mappings()]


@pytest.fixture
async def record(database: Database, tmp_path: Path) -> AsyncIterator[Record]:
    clock, masters = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC)), MasterKeys.parse(MasterKeys.generate())
    tables: list[KeptTable] = [
        place_table(load_deadlines("se")),
        door_table(),
        block_table(),
        audit_index(),
        check_table(),
        content_table(),
    ]
    log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
    await log.start()
    await _fill(log, clock, database, masters)
    slot = Slot(tmp_path / "heads", masters)
    async for page in RecordRows(database).heads():
        slot.write(page, clock.ms())
    slot.close()
    yield Record(database, log, tmp_path / "heads", masters)
    await log.stop()


async def _fill(log: Log, clock: ManualClock, database: Database, masters: MasterKeys) -> None:
    chat, trail = Chat(log), AuditTrail(log, clock=clock, node="here", masters=masters)
    keeper = Doorkeeper(log, Doors(database), clock)
    versions = Versions(log, ContentSets(database))
    for name in ("0.1+a", "0.2+b"):
        made = Pack(name, name, b"")
        await versions.propose(NURSE, made, reason="words", rehearsed=Rehearsed(), client_id=f"propose-{name}")
    for patient in PATIENTS:
        clock.advance(seconds=1)
        contact_id, _ = await chat.open(
            patient,
            Opened(subject="self", lang="sv"),
            text="ont i magen",
            client_id="open",
            queued=Queued(unit_id="lyktan"),
            provider_id="region",
        )
        stream = contact_stream(contact_id)
        scope = Scope(person_id=patient.person_id or "", unit_id="lyktan", provider_id="region")
        await log.append(Append(stream, (Message(text="mer"), Message(text="och mer")), patient, f"{stream}/two"))
        await trail.record(NURSE, action="contact:follow", about=stream, scope=scope, outcome="allowed", basis="unit")
        about = patient.person_id or ""
        shut = Blocked(person_id=about, unit_id="hamnen", provider_id="region")
        await keeper.block(patient, shut, client_id="block")
        await keeper.block(patient, Blocked(person_id=about, provider_id="", staff_id="sara"), client_id="keep-out")
        await keeper.open(NURSE, about, at_unit_id="hamnen", basis="care", reason="jour", client_id=stream)
    clock.advance(seconds=1)
    checks = SpotChecks(log, AuditRows(database), clock)
    for number in ("one", "two"):
        drawn = await checks.draw(AUDITOR, "region", Period(0, 2**52), unit_id="", per_stratum=2, client_id=number)
        await checks.judge(AUDITOR, drawn, 0, verdict="in_order", reason="", client_id=f"{number}/0")


def streams_of(table: Table, row: Row) -> set[str]:
    """How the commands may name a row."""
    prefixes = {
        "place": ("contact:", "contact_id"),
        "door": ("door:", "door_id"),
        "block": ("block:", "block_id"),
        "spot_check": (CHECK, "check_key"),
        "content_set": ("content:", "version"),
    }
    if table.name in prefixes:
        prefix, column = prefixes[table.name]
        return {f"{prefix}{row[column]}"}
    return {row["id"] if table.name == "stream" else row["stream_id"]}


def others(column: Column[Any], value: Any, rows: list[Row]) -> Iterator[Any]:
    """What might be written in its place: a neighbour's value, something close by, nothing."""
    yield from sorted({row[column.name] for row in rows if row[column.name] not in (value, None)})[:NEIGHBOURS]
    if isinstance(column.type, BigInteger | Integer):
        yield from (1,) if value is None else (value + 1, value - 1)
    elif isinstance(column.type, LargeBinary):
        yield from (b"x",) if not value else (bytes([value[0] ^ 1]) + value[1:], value[:-1], b"")
    elif isinstance(column.type, String):
        yield f"{value}x"
    elif isinstance(column.type, Boolean):
        yield not value
    if column.nullable and value is not None:
        yield None


def key_of(table: Table, row: Row) -> Any:
    return [column == row[column.name] for column in table.primary_key.columns]


def evidence() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in NO_EVIDENCE]


def named(table: Table) -> str:
    return table.name


judged_alike = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What is judged are the rows that came out, and no database's own: rows taken away are tried on both kinds."""


def test_what_is_no_evidence_is_there_and_says_why() -> None:
    known = {table.name for table in metadata.sorted_tables}
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    assert NO_EVIDENCE.keys() <= known | columns
    assert all(NO_EVIDENCE.values())


async def test_a_record_nobody_touched_has_no_fault(record: Record) -> None:
    assert await record.faults() == set()
    assert all([await record.rows(table) for table in evidence()])


@judged_alike
@pytest.mark.parametrize("table", evidence(), ids=named)
async def test_each_changed_value_is_found(record: Record, table: Table) -> None:
    rows = await record.rows(table)
    unseen = []
    for row in (rows[0], rows[-1]):
        for column in table.columns:
            if f"{table.name}.{column.name}" in NO_EVIDENCE:
                continue
            for value in others(column, row[column.name], rows):
                changed = {**row, column.name: value}
                keys = {column.name for column in table.primary_key.columns}
                if column.name in keys and any(all(one[k] == changed[k] for k in keys) for one in rows):
                    continue  # no database would take a second row of one key
                where = key_of(table, row)
                await _write(record, update(table).where(*where).values({column.name: value}))
                if not await record.faults() & (streams_of(table, row) | streams_of(table, changed)):
                    unseen.append((column.name, row[column.name], value))
                await _write(record, delete(table).where(*key_of(table, changed)), insert(table).values(row))
    assert unseen == []
    assert await record.faults() == set()


@pytest.mark.parametrize("table", evidence(), ids=named)
async def test_each_row_taken_away_is_found(record: Record, table: Table) -> None:
    unseen = []
    for row in await record.rows(table):
        await _write(record, delete(table).where(*key_of(table, row)))
        if not await record.faults() & streams_of(table, row):
            unseen.append(row)
        await _write(record, insert(table).values(row))
    assert unseen == []


@judged_alike
@pytest.mark.parametrize("table", evidence(), ids=named)
async def test_each_row_added_is_found(record: Record, table: Table) -> None:
    """A copy under each key that is free: another number, another name, the end of another stream."""
    rows = await record.rows(table)
    unseen = []
    for row in (rows[0], rows[-1]):
        for column in table.primary_key.columns:
            for value in _free(column, row, rows):
                added = {**row, column.name: value}
                await _write(record, insert(table).values(added))
                if not await record.faults() & streams_of(table, added):
                    unseen.append(added)
                await _write(record, delete(table).where(*key_of(table, added)))
    assert unseen == []


@judged_alike
@pytest.mark.parametrize("table", evidence(), ids=named)
async def test_two_rows_that_changed_places_are_found(record: Record, table: Table) -> None:
    rows = await record.rows(table)
    unseen = []
    for one, two in pairwise(rows):
        keys = {column.name for column in table.primary_key.columns}
        swapped = [{**two, **{key: one[key] for key in keys}}, {**one, **{key: two[key] for key in keys}}]
        if swapped == [one, two] or _alike(table, swapped, [one, two]):
            continue
        for row in swapped:
            values = {name: value for name, value in row.items() if name not in keys}
            await _write(record, update(table).where(*key_of(table, row)).values(values))
        if not await record.faults() & (streams_of(table, one) | streams_of(table, two)):
            unseen.append((one, two))
        for row in (one, two):
            values = {name: value for name, value in row.items() if name not in keys}
            await _write(record, update(table).where(*key_of(table, row)).values(values))
    assert unseen == []


def _alike(table: Table, swapped: list[Row], before: list[Row]) -> bool:
    """Whether only what is no evidence differs."""
    told = [one.name for one in table.columns if f"{table.name}.{one.name}" not in NO_EVIDENCE]
    return [[row[name] for name in told] for row in swapped] == [[row[name] for name in told] for row in before]


def _free(column: Column[Any], row: Row, rows: list[Row]) -> list[Any]:
    taken = {tuple(one[key.name] for key in column.table.primary_key.columns) for one in rows}

    def key(value: Any) -> tuple[Any, ...]:
        return tuple({**row, column.name: value}[one.name] for one in column.table.primary_key.columns)

    return [value for value in others(column, row[column.name], rows) if value is not None and key(value) not in taken]


async def _write(record: Record, *statements: Any) -> None:
    async with record.database.write() as connection:
        for statement in statements:
            await connection.execute(statement)


Change = Callable[[list[bytes]], list[bytes]]


def _said(change: Callable[[list[Any]], None]) -> Change:
    """A change of what the second line says, its signature left as it is."""

    def changed(lines: list[bytes]) -> list[bytes]:
        said, _, signature = lines[1].rpartition(b"\t")
        statement = json.loads(said)
        change(statement)
        return [lines[0], json.dumps(statement, separators=(",", ":")).encode() + b"\t" + signature, *lines[2:]]

    return changed


FIELDS = {name: place for place, name in enumerate(("at_ms", "key", "before", "heads"))}
ON_LINES: dict[str, Change] = {
    "at_ms": _said(lambda said: said.__setitem__(0, said[0] + 1)),
    "key": _said(lambda said: said.__setitem__(1, "k9")),
    "before": _said(lambda said: said.__setitem__(2, "0" * 64)),
    "a head's stream": _said(lambda said: said[3][0].__setitem__(0, "contact:other")),
    "a head's number": _said(lambda said: said[3][0].__setitem__(1, 1)),
    "a head's link": _said(lambda said: said[3][0].__setitem__(2, "0" * 64)),
    "a head less": _said(lambda said: said[3].pop()),
    "its signature": lambda lines: [lines[0], lines[1].rpartition(b"\t")[0] + b"\t" + b"0" * 64, *lines[2:]],
    "taken away": lambda lines: [lines[0], *lines[2:]],
    "the first taken away": lambda lines: lines[1:],
    "said twice": lambda lines: [*lines[:2], *lines[1:]],
    "added": lambda lines: [*lines[:2], b'[1,"k1","",[]]\t' + b"0" * 64, *lines[2:]],
    "changed places": lambda lines: [lines[1], lines[0], *lines[2:]],
}


@pytest.mark.parametrize("kind", ON_LINES)
def test_each_change_of_the_signed_heads_is_found(tmp_path: Path, kind: str) -> None:
    masters = MasterKeys.parse(MasterKeys.generate())
    slot = Slot(tmp_path, masters)
    for number in (1, 2, 3):
        heads = [SignedHead(contact_stream(name), number, "ab" * 32) for name in ("one", "two")]  # type: ignore[arg-type]
        slot.write(heads, number)
    slot.close()
    assert read_signed(tmp_path, masters).faults == []
    lines = slot.path.read_bytes().splitlines()
    slot.path.write_bytes(b"".join(line + b"\n" for line in ON_LINES[kind](lines)))
    assert {(fault.stream, fault.why) for fault in read_signed(tmp_path, masters).faults} == {
        (slot.path.name, "heads_altered")
    }


def test_every_field_of_a_statement_is_tried() -> None:
    from core.record.heads import Statement

    assert set(FIELDS) == set(Statement.__struct_fields__)
    assert Signed().faults == []

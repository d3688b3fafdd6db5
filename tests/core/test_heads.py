"""Signed heads: what was cut off, vanished or put back from an older copy is found; the file cannot be forged."""

import errno
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

import chat.kinds
from chat.entries import Message
from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append
from core.log.entry import Scope
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.record.check import record_faults, told
from core.record.heads import SignedHead, Slot, read_signed
from core.record.keeper import HeadKeeper
from core.record.store import RecordRows
from core.storage.sql import Database

PATIENT = Actor(id="patient:astrid", kind="patient", person_id="astrid")
ONE, TWO = StreamId("contact:one"), StreamId("contact:two")
CLOCK = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
MASTERS = MasterKeys.parse(MasterKeys.generate())
OF_STREAM = {"stream": "id", "entry": "stream_id", "once": "stream_id"}


@pytest.fixture
async def log(database: Database) -> AsyncIterator[Log]:
    log = Log(database, Kinds(chat.kinds.KINDS), masters=MASTERS, clock=CLOCK)
    await log.start()
    yield log
    await log.stop()


@pytest.fixture
async def make_keeper(log: Log, database: Database, tmp_path: Path) -> AsyncIterator[Callable[[], HeadKeeper]]:
    """Makes a keeper that hears the log from then on."""
    made: list[HeadKeeper] = []

    def make() -> HeadKeeper:
        made.append(HeadKeeper(RecordRows(database), MASTERS, folder=tmp_path, clock=CLOCK))
        log.on_commit(made[-1].heard)
        return made[-1]

    yield make
    for keeper in made:
        await keeper.stop()


@pytest.fixture
def keeper(make_keeper: Callable[[], HeadKeeper]) -> HeadKeeper:
    """One that hears the log from its beginning."""
    return make_keeper()


async def say(log: Log, stream: StreamId, *words: str) -> None:
    for one in words:
        await log.append(Append(stream, (Message(text=one),), PATIENT, f"{stream}/{one}", create=Scope()))


async def faults(log: Log, database: Database, folder: Path) -> list[tuple[str, int, str]]:
    found = record_faults(log, RecordRows(database), read_signed(folder, MASTERS))
    return [(fault.stream, fault.no, fault.why) async for fault in found]


async def put_back(database: Database, stream: StreamId, last_no: int, row: dict[str, object]) -> None:
    """The stream as it was when it had `last_no` entries: what a restored older copy holds, sound in itself."""
    async with database.write() as connection:
        await connection.execute(
            text("DELETE FROM entry WHERE stream_id = :s AND no > :n"), {"s": stream, "n": last_no}
        )
        await connection.execute(
            text("DELETE FROM once WHERE stream_id = :s AND last_no > :n"), {"s": stream, "n": last_no}
        )
        columns = ", ".join(f"{name} = :{name}" for name in row)
        await connection.execute(text(f"UPDATE stream SET {columns} WHERE id = :id"), row)  # noqa: S608


async def row_of(database: Database, stream: StreamId) -> dict[str, object]:
    async with database.read() as connection:
        found = await connection.execute(text("SELECT * FROM stream WHERE id = :s"), {"s": stream})
        return dict(found.mappings().one())


async def test_what_was_signed_and_is_there_has_no_fault(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    await say(log, ONE, "a", "b")
    await say(log, TWO, "a")
    assert await keeper.sign() == 2
    await say(log, ONE, "c")
    assert await keeper.sign() == 1
    assert await keeper.sign() == 0
    assert await faults(log, database, tmp_path) == []
    assert {stream: sorted(heads) for stream, heads in read_signed(tmp_path, MASTERS).heads.items()} == {
        ONE: [2, 3],
        TWO: [1],
    }


async def test_a_tail_cut_off_with_its_head_is_found(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    await say(log, ONE, "a", "b")
    older = await row_of(database, ONE)
    await say(log, ONE, "c", "d")
    await keeper.sign()
    await put_back(database, ONE, 2, older)
    assert await faults(log, database, tmp_path) == [(ONE, 4, "cut")]


async def test_an_older_database_that_went_on_is_found(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    await say(log, ONE, "a", "b")
    older = await row_of(database, ONE)
    await say(log, ONE, "lost")
    await keeper.sign()
    await put_back(database, ONE, 2, older)
    restarted = Log(database, Kinds(chat.kinds.KINDS), masters=MASTERS, clock=CLOCK)
    await restarted.start()
    restarted.on_commit(keeper.heard)
    await say(restarted, ONE, "new", "newer")
    await restarted.stop()
    await keeper.sign()
    await keeper.compact()
    assert await faults(log, database, tmp_path) == [(ONE, 3, "rewritten")]


async def test_a_stream_that_vanished_is_found(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    await say(log, ONE, "a")
    await say(log, TWO, "a", "b")
    await keeper.sign()
    async with database.write() as connection:
        for table, column in OF_STREAM.items():
            await connection.execute(text(f"DELETE FROM {table} WHERE {column} = :s"), {"s": TWO})  # noqa: S608
    assert await faults(log, database, tmp_path) == [(TWO, 2, "vanished")]


async def test_a_killed_node_s_unsigned_heads_are_signed_at_the_next_start(
    log: Log, make_keeper: Callable[[], HeadKeeper], tmp_path: Path
) -> None:
    await say(log, ONE, "a", "b")
    keeper = make_keeper()
    await keeper.catch_up()
    await keeper.sign()
    assert read_signed(tmp_path, MASTERS).newest(ONE) == 2


async def test_a_start_on_an_older_database_is_told_and_signs_nothing_over_it(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    await say(log, ONE, "a", "b")
    older = await row_of(database, ONE)
    await say(log, ONE, "c")
    await keeper.sign()
    await put_back(database, ONE, 2, older)
    with capture_logs() as lines:
        await keeper.catch_up()
    assert [(line["event"], line["streams"], line["first"]) for line in lines] == [("record_behind_its_heads", 1, ONE)]
    assert await keeper.sign() == 0


async def test_a_compacted_file_says_as_much_in_less(
    log: Log, database: Database, keeper: HeadKeeper, tmp_path: Path
) -> None:
    for number in range(30):
        await say(log, ONE, f"{number}")
        await keeper.sign()
    before = (tmp_path / "1.jsonl").stat().st_size
    await keeper.compact()
    assert (tmp_path / "1.jsonl").stat().st_size < before / 10
    signed = read_signed(tmp_path, MASTERS)
    assert (signed.faults, list(signed.heads[ONE])) == ([], [30])
    await say(log, ONE, "on")
    await keeper.sign()
    assert await faults(log, database, tmp_path) == []


def slot(folder: Path, masters: MasterKeys = MASTERS) -> Slot:
    return Slot(folder, masters)


def heads(*numbers: int) -> list[SignedHead]:
    return [SignedHead(ONE, number, "00") for number in numbers]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file of three statements, closed."""
    one = slot(tmp_path)
    for number in (1, 2, 3):
        one.write(heads(number), 1_000 * number)
    one.close()
    return one.path


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([0, 1, 2], []),
        ([0, 2], [2]),
        ([1, 2], [1]),
        ([0, 2, 1], [2, 3]),
        ([0, 0, 1, 2], [2]),
        ([0, 1], []),
    ],
)
def test_lines_that_are_missing_or_out_of_order_are_named(written: Path, lines: list[int], found: list[int]) -> None:
    """But for the last ones: that they are gone no file can say of itself."""
    whole = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(b"".join(whole[line] for line in lines))
    signed = read_signed(written.parent, MASTERS)
    assert [(fault.stream, fault.no, fault.why) for fault in signed.faults] == [
        ("1.jsonl", number, "heads_altered") for number in found
    ]


def test_an_altered_line_and_another_key_are_named_and_said_nothing(written: Path) -> None:
    written.write_bytes(written.read_bytes().replace(b'"00"', b'"ff"', 1))
    signed = read_signed(written.parent, MASTERS)
    assert [fault.no for fault in signed.faults] == [1]
    assert signed.heads[ONE] == {2: "00", 3: "00"}
    stranger = read_signed(written.parent, MasterKeys.parse(MasterKeys.generate()))
    assert ([fault.no for fault in stranger.faults], stranger.heads) == ([1, 2, 3], {})


def test_a_line_torn_by_a_crash_is_left_out_and_written_over(written: Path) -> None:
    with written.open("ab") as file:
        file.write(b'[4000,"k1"')
    assert read_signed(written.parent, MASTERS).faults == []
    again = slot(written.parent)
    again.write(heads(4), 4_000)
    again.close()
    signed = read_signed(written.parent, MASTERS)
    assert (signed.faults, signed.newest(ONE)) == ([], 4)


def test_after_a_rotation_of_keys_the_old_lines_still_hold(written: Path) -> None:
    old = MasterKeys.generate("old")
    both = MasterKeys.parse(f"{MasterKeys.generate('new')},{old}")
    folder = written.parent / "rotated"
    first = slot(folder, MasterKeys.parse(old))
    first.write(heads(1), 1)
    first.close()
    second = slot(folder, both)
    second.write(heads(2), 2)
    second.close()
    assert read_signed(folder, both).faults == []
    assert [fault.no for fault in read_signed(folder, MasterKeys.parse(old)).faults] == [2]


def test_processes_that_share_a_folder_write_a_file_each(tmp_path: Path) -> None:
    one, two = slot(tmp_path), slot(tmp_path)
    assert (one.path.name, two.path.name) == ("1.jsonl", "2.jsonl")
    one.close()
    again = slot(tmp_path)
    assert again.path.name == "1.jsonl"
    again.close()
    two.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FyrError, match="folder_unwritable"):
        slot(tmp_path / "file" / "heads")


async def test_every_fault_is_one_line(
    log: Log,
    database: Database,
    keeper: HeadKeeper,
    tmp_path: Path,
) -> None:
    await say(log, ONE, "a", "b")
    await keeper.sign()
    async with database.write() as connection:
        await connection.execute(text("DELETE FROM entry"))
    found = [told(fault) async for fault in record_faults(log, RecordRows(database), read_signed(tmp_path, MASTERS))]
    assert f"{ONE} 1: the entry is missing" in found
    assert not [line for line in found if "\n" in line]


async def test_a_disk_that_is_full_for_a_while_leaves_no_line_that_looks_altered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = Slot(tmp_path, MASTERS)
    slot.write([SignedHead(ONE, 1, "aa")], 0)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            slot.write([SignedHead(ONE, 2, "bb")], 0)
    slot.write([SignedHead(ONE, 3, "cc")], 0)
    slot.close()
    signed = read_signed(tmp_path, MASTERS)
    assert (signed.faults, sorted(signed.heads[ONE])) == ([], [1, 3])

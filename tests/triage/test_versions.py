"""Content sets: in force is what two different persons approved, byte for byte, whatever happens in between."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from core.actor import Actor
from core.clock import ManualClock
from core.errors import FyrError
from core.log.body import Author, Body
from core.log.entry import Header
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from triage.content import load_content
from triage.content.files import SHIPPED
from triage.versions.entries import ContentApproved, ContentProposed, ContentWithdrawn, Rehearsed
from triage.versions.kinds import APPROVALS, KINDS, ContentSet
from triage.versions.pack import Pack, pack, unpack
from triage.versions.store import ContentSets, content_pack, content_table
from triage.versions.versions import Versions, content_for, content_in_force

REHEARSED = Rehearsed(against="live", cases=3, up=1, down=0)
OPERATOR = Actor(id="system:operator:0", kind="system", name="operator")
ANNA, BO = (Actor(id=f"staff:{name}", kind="staff", name=name, staff_id=name) for name in ("anna", "bo"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The content we ship with one row worded in another way."""
    folder = changed_set(tmp_path_factory.mktemp("changed"))
    return pack(folder, load_content(folder).version)


def changed_set(folder: Path) -> Path:
    """A copy of the content we ship under another declared version."""
    copytree(SHIPPED, folder, dirs_exist_ok=True)
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace('version: "', 'version: "next-', 1), "utf-8")
    return folder


@pytest.fixture
async def versions(database: Database) -> AsyncIterator[tuple[Versions, ContentSets, ManualClock]]:
    clock = ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
    masters = MasterKeys.parse(MasterKeys.generate())
    log = Log(database, Kinds(KINDS), masters=masters, clock=clock, state_tables=[content_table()])
    await log.start()
    sets = ContentSets(database)
    yield Versions(log, sets), sets, clock
    await log.stop()


async def propose(versions: Versions, made: Pack, by: Actor = OPERATOR, once: str = "propose") -> ContentSet:
    return await versions.propose(by, made, reason="new words for cough", rehearsed=REHEARSED, client_id=once)


async def approve(versions: Versions, made: Pack, by: Actor, once: str = "approve") -> ContentSet:
    return await versions.approve(by, made.version, made.sha256, client_id=once)


async def test_two_persons_put_a_set_in_force(
    versions: tuple[Versions, ContentSets, ManualClock], changed: Pack
) -> None:
    commands, sets, _ = versions
    assert (await content_in_force(sets)).content is load_content()
    assert (await propose(commands, changed)).status == "proposed"
    assert (await approve(commands, changed, ANNA)).status == "proposed"
    assert (await content_in_force(sets)).content.version == load_content().version
    with pytest.raises(FyrError, match="second_person"):
        await approve(commands, changed, ANNA, "again")
    assert (await approve(commands, changed, BO)).approvers == ("anna", "bo")
    assert (await content_in_force(sets)).content.version == changed.version
    (standing,) = await commands.standing()
    assert (standing.status, standing.proposer, standing.rehearsed) == ("approved", "operator", REHEARSED)
    assert await content_for(sets, changed.version) is not None
    assert await content_for(sets, "never+seen") is None


async def test_who_proposed_does_not_approve_and_a_withdrawn_set_is_not_approved(
    versions: tuple[Versions, ContentSets, ManualClock], changed: Pack
) -> None:
    commands, sets, _ = versions
    await propose(commands, changed, ANNA)
    with pytest.raises(FyrError, match="second_person"):
        await approve(commands, changed, ANNA)
    await commands.withdraw(BO, changed.version, reason="wrong folder", client_id="withdraw")
    for command in (
        commands.approve(BO, changed.version, changed.sha256, client_id="late"),
        commands.withdraw(BO, changed.version, reason="twice", client_id="twice"),
        commands.approve(BO, "never+seen", changed.sha256, client_id="none"),
    ):
        with pytest.raises(FyrError, match=r"wrong_state|not_found"):
            await command
    assert (await content_in_force(sets)).content is load_content()


async def test_going_back_takes_two_persons_too(
    versions: tuple[Versions, ContentSets, ManualClock], changed: Pack
) -> None:
    commands, sets, clock = versions
    shipped = pack(SHIPPED, load_content().version)
    for number, made in enumerate((changed, shipped)):
        clock.advance(seconds=1)
        await propose(commands, made, once=f"propose-{number}")
        await approve(commands, made, ANNA, f"anna-{number}")
        assert (await content_in_force(sets)).content.version != made.version or number
        await approve(commands, made, BO, f"bo-{number}")
        assert (await content_in_force(sets)).content.version == made.version


async def test_files_that_are_not_those_approved_stop_the_start(
    versions: tuple[Versions, ContentSets, ManualClock], changed: Pack, database: Database
) -> None:
    commands, sets, _ = versions
    await propose(commands, changed)
    await approve(commands, changed, ANNA)
    await approve(commands, changed, BO)
    for altered in (changed.data[:-9], pack(SHIPPED, changed.version).data):
        async with database.write() as connection:
            await connection.execute(update(content_pack).values(data=altered))
        with pytest.raises(FyrError, match="content_invalid"):
            await content_in_force(sets)
    async with database.write() as connection:
        await connection.execute(delete(content_pack))
    with pytest.raises(FyrError, match="is not in the database"):
        await content_in_force(sets)


@pytest.mark.parametrize(("reason", "code"), [(" ", "empty"), ("x" * 1_001, "too_long")])
async def test_a_reason_is_needed(
    versions: tuple[Versions, ContentSets, ManualClock], changed: Pack, reason: str, code: str
) -> None:
    with pytest.raises(FyrError, match=code):
        await versions[0].propose(OPERATOR, changed, reason=reason, rehearsed=REHEARSED, client_id="propose")


def test_a_pack_has_every_file_as_it_was(changed: Pack) -> None:
    shipped = pack(SHIPPED, load_content().version)
    assert unpack(shipped.data, shipped.sha256).version == load_content().version
    assert unpack(changed.data).version == changed.version
    assert pack(SHIPPED, "x").sha256 == shipped.sha256 != changed.sha256


STEPS = st.lists(
    st.tuples(st.sampled_from(("propose", "approve", "withdraw")), st.sampled_from("abc"), st.sampled_from("12")),
    max_size=12,
)


@given(STEPS)
def test_in_force_is_only_what_two_others_approved_since_it_was_proposed(steps: list[tuple[str, str, str]]) -> None:
    """Whatever entries lie in the stream: the fold itself decides, not the command in front of it."""
    folds = {kind.body: kind.fold for kind in KINDS}
    part, proposer, files, approvals, is_open = ContentSet(), "", "", set[str](), False
    for no, (step, who, sha256) in enumerate(steps, start=1):
        body: Body = ContentWithdrawn(reason="why")
        if step == "propose":
            body = ContentProposed(version="v", sha256=sha256, reason="why", rehearsed=REHEARSED)
            proposer, files, approvals, is_open = who, sha256, set(), True
        elif step == "approve":
            body = ContentApproved(sha256=sha256)
            if is_open and files == sha256 and who != proposer:
                approvals.add(who)
        before = part.approved_ms
        part = folds[type(body)](part, body, header(no, who))
        is_open = is_open and step != "withdraw" and len(approvals) < APPROVALS
        assert (part.status == "approved") == (len(approvals) == APPROVALS)
        assert part.status == "approved" or part.approved_ms == before


def header(no: int, who: str) -> Header:
    return Header(
        stream="content:v",
        no=no,
        kind="",
        version=1,
        at_ms=no,
        actor_id=who,
        author=Author(kind="staff", name=who),
        purpose="",
        unit_id="",
        provider_id="",
        client_id="",
        patient_no=None,
        digest="",
    )

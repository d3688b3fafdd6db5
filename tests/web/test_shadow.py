"""A candidate judges beside the set in force: rows of its own, nothing in any log, and nobody waits for it."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.settings import Settings
from core.storage.sql import Database
from tests.triage.test_versions import changed_set
from tests.web.client import RefusedError, client_id, signed_in
from tests.web.test_content_in_force import NEW_RULE
from tests.web.test_story import opened
from triage.content import load_content
from triage.shadow.store import shadow
from triage.versions.entries import Rehearsed
from triage.versions.pack import Pack, pack
from web.app import NODE, run_node
from web.node import Node
from web.reading import aside
from web.reading import shadow as running
from web.rehearse import shadowed

THROAT = "Jag har ont i halsen sedan igår men ingen feber"
OPERATOR = Actor(id="system:operator:0", kind="system", name="operator")


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Our content with one rule more: whoever has a sore throat is urgent."""
    folder = changed_set(tmp_path_factory.mktemp("candidate"))
    (folder / "rules" / "throat.yaml").write_text(NEW_RULE, "utf-8")
    return pack(folder, load_content(folder).version)


@dataclass(slots=True)
class Serving:
    """A node with a candidate beside it."""

    url: str
    node: Node

    async def rows(self) -> list[tuple[str, str, str, str]]:
        """What it has said, once it has said something."""
        database = Database(self.node.settings.sql_url)
        columns = (shadow.c.stream_id, shadow.c.before, shadow.c.after, shadow.c.fires)
        async with database.read() as connection:
            found = (await connection.execute(select(*columns).order_by(shadow.c.stream_id, shadow.c.no))).all()
        await database.close()
        return [(stream, before, after, fires) for stream, before, after, fires in found]

    async def until(self, rows: int) -> None:
        """Once it has said so much."""
        async with asyncio.timeout(60):
            while len(await self.rows()) < rows:
                await asyncio.sleep(0.1)


@pytest.fixture
async def proposed(tmp_path: Path, made_sqlite: Path, candidate: Pack) -> Settings:
    """A record in which the candidate is proposed, and settings that name it."""
    shutil.copy(made_sqlite, tmp_path)
    settings = Settings(demo=True, data_dir=tmp_path, shadow=candidate.version)
    async with run_node(Settings(demo=True, data_dir=tmp_path)) as application:
        versions = application[NODE].versions
        await versions.propose(OPERATOR, candidate, reason="throats", rehearsed=Rehearsed(), client_id="propose")
    return settings


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Serving]:
    """A node on these settings, for as long."""
    async with AsyncExitStack() as stack:
        application = await stack.enter_async_context(run_node(settings))
        server = TestServer(application)
        await server.start_server()
        stack.push_async_callback(server.close)
        yield Serving(str(server.make_url("")).rstrip("/"), application[NODE])


async def kinds_of(node: Node, contact_id: str) -> list[str]:
    return [entry.header.kind for entry in await node.log.entries(contact_stream(ContactId(contact_id)))]


def niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


async def test_it_is_counted_and_shown_and_nothing_else_happens(
    proposed: Settings, candidate: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "EVERY_S", 0.05)
    async with serving(proposed) as one, AsyncExitStack() as stack:
        astrid = await stack.enter_async_context(signed_in(one.url, "patient:astrid"))
        contact_id = await opened(astrid, text=THROAT)
        level = (await astrid.kept(contact_id, "understood"))["body"]["urgency"]
        assert level not in ("immediate", "very_urgent", "urgent")
        gunnar = await stack.enter_async_context(signed_in(one.url, "patient:gunnar"))
        await opened(gunnar, text=THROAT)
        await one.until(2)
        (stream, before, after, fires), _ = sorted(await one.rows(), key=lambda row: contact_id not in row[0])
        assert (stream, before, after, fires.split()[0]) == (f"contact:{contact_id}", level, "urgent", "RF990")
        assert "halsen" not in str(await one.rows())
        assert await kinds_of(one.node, contact_id) == ["opened", "queued", "message", "assessed"]
        adam = await stack.enter_async_context(signed_in(one.url, "staff:adam"))
        told = await adam.call("content:shadow", content_version=candidate.version)
        assert (told["contacts"], told["up"], told["down"], told["other_reasons"]) == (1, 1, 0, 0)
        assert told["levels"] == [{"before": level, "after": "urgent", "contacts": 1}]
        assert {"rule": "RF990", "up": 1, "down": 0, "same": 0} in told["rules"]
        assert [move["contact_id"] for move in told["moved"]] == [contact_id]  # not another care giver's
        with pytest.raises(RefusedError, match="not_found"):
            await adam.call("contact:follow", contact_id=contact_id)  # the link goes through the gate
        sara = await stack.enter_async_context(signed_in(one.url, "staff:sara"))
        with pytest.raises(RefusedError, match="not_found"):
            await sara.call("content:shadow", content_version=candidate.version)
        text = list((await shadowed(proposed, "")).lines())
        assert text[0] == f"in force {load_content().version}, candidate {candidate.version}"
        assert text[1].startswith(f"up {contact_id}: {level} -> urgent +RF990")
        assert text[-1] == "RESULT n=2 up=2 down=0 other_reasons=0 same=0"


async def test_nobody_waits_for_it_and_it_gives_way_to_all(proposed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    readers: list[aside.ReaderAside] = []
    start = aside.ReaderAside.start

    def noted(reader: aside.ReaderAside) -> None:
        readers.append(reader)
        start(reader)

    monkeypatch.setattr(running, "EVERY_S", 0.05)
    monkeypatch.setattr(aside, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(aside.ReaderAside, "start", noted)
    async with serving(proposed) as one, signed_in(one.url, "patient:astrid") as astrid:
        (reader,) = readers
        await reader.ready()
        assert reader.pid is not None
        assert niceness(reader.pid) == 19
        os.kill(before := reader.pid, signal.SIGSTOP)
        contact_id = await opened(astrid, text=THROAT)
        await astrid.kept(contact_id, "understood")
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="och hosta")
        assert await one.rows() == []
        os.kill(before, signal.SIGKILL)
        while reader.pid in (before, None):
            await asyncio.sleep(0.05)
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="och snuva")
        await one.until(1)


async def test_what_is_no_candidate_any_more_does_not_run(proposed: Settings, candidate: Pack) -> None:
    async with serving(proposed) as one:
        await one.node.versions.withdraw(OPERATOR, candidate.version, reason="no", client_id="withdraw")
    async with serving(proposed) as one, signed_in(one.url, "patient:astrid") as astrid:
        contact_id = await opened(astrid, text=THROAT)
        await astrid.kept(contact_id, "understood")
        assert len(one.node.forgetting) == 3  # the log, and the reader in force with its assessor


async def test_a_set_that_nobody_has_proposed_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(FyrError, match="content_invalid"):
        async with run_node(Settings(demo=True, data_dir=tmp_path, shadow="0.1+nobody")):
            pass

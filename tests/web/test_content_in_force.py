"""What judged a contact is kept: another content set comes in force, and the contact is judged again as it was."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import delete, update

from core.actor import Actor
from core.settings import Settings
from core.storage.sql import Database
from tests.triage.test_versions import changed_set
from tests.web.client import signed_in
from tests.web.test_story import opened
from triage.content import load_content
from triage.versions.pack import pack
from triage.versions.store import content_pack
from web.app import NODE, run_node
from web.node import Node
from web.rehearse import propose, replay

THROAT = "Jag har ont i halsen sedan igår men ingen feber"
NEW_RULE = """
- id: RF990
  presentation: throat
  urgency: urgent
  disposition: video_or_phone_now
  when: {c: sore_throat}
  reason: {sv: "Ont i halsen", nb: "Vondt i halsen", en: "Sore throat"}
  rationale: "a rule for the rehearsal of rules"
  source: [PK]
  certainty: C
  review: unreviewed
"""


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our content with one rule more: whoever has a sore throat is urgent."""
    folder = changed_set(tmp_path_factory.mktemp("candidate"))
    (folder / "rules" / "throat.yaml").write_text(NEW_RULE, "utf-8")
    return folder


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[str, Node]]:
    """A demo on this folder, as often as it is started."""
    async with AsyncExitStack() as stack:
        application = await stack.enter_async_context(run_node(Settings(demo=True, data_dir=folder)))
        server = TestServer(application)
        await server.start_server()
        stack.push_async_callback(server.close)
        yield str(server.make_url("")).rstrip("/"), application[NODE]


async def told(folder: Path, text: str) -> tuple[str, str]:
    """A contact that begins with this text, and the level it got."""
    async with serving(folder) as (url, _), signed_in(url, "patient:astrid") as astrid:
        contact_id = await opened(astrid, text=text)
        understood = await astrid.kept(contact_id, "understood")
        return contact_id, understood["body"]["urgency"]


async def test_a_contact_keeps_what_judged_it(tmp_path: Path, candidate: Path) -> None:
    settings, said = Settings(demo=True, data_dir=tmp_path), list[str]()
    first, level = await told(tmp_path, THROAT)
    assert level not in ("immediate", "very_urgent", "urgent")
    await propose(settings, candidate, reason="sore throats came too late", say=said.append)
    assert any(line.startswith(f"up {first}: {level} -> urgent +RF990") for line in said)
    assert not any("halsen" in line for line in said)
    async with serving(tmp_path) as (_, node):
        (standing,) = await node.versions.standing()
        counted = standing.rehearsed
        assert (counted.against, counted.cases, counted.up, counted.down) == (load_content().version, 1, 1, 0)
        for name in ("anna", "bo"):
            actor = Actor(id=f"staff:{name}", kind="staff", name=name, staff_id=name)
            await node.versions.approve(actor, standing.version, standing.sha256, client_id=f"approve-{name}")
        assert node.content.version == load_content().version
    second, level = await told(tmp_path, THROAT)
    assert level == "urgent"
    for contact_id, version in ((first, load_content().version), (second, standing.version)):
        said.clear()
        assert await replay(settings, contact_id, say=said.append)
        assert said[:-1]
        assert all(line.endswith(f" by {version}: the same") for line in said[:-1])


async def test_what_other_files_would_have_said_is_no_replay(tmp_path: Path, candidate: Path) -> None:
    settings, said = Settings(demo=True, data_dir=tmp_path), list[str]()
    contact_id, _ = await told(tmp_path, THROAT)
    database = Database(settings.sql_url)
    async with database.write() as connection:
        await connection.execute(update(content_pack).values(data=pack(candidate, "other").data))
    assert not await replay(settings, contact_id, say=said.append)
    assert said[0].endswith(": different")
    async with database.write() as connection:
        await connection.execute(delete(content_pack))
    assert await replay(settings, contact_id, say=said.append)  # what we ship is at hand without a database
    await database.close()

"""How attachments lie in the store, and how they leave it; that nothing of them is told elsewhere."""

import asyncio
import hashlib

import msgspec
import pytest

from chat.attachment.inspector import LEASE_MS, LOST_AFTER_MS, Inspector
from core.attachments.blobs import Folder
from core.attachments.limits import UNFINISHED_MS
from core.attachments.row import Row
from core.attachments.store import AttachmentRows
from core.clock import ManualClock, from_ms
from core.ids import ContactId, contact_stream
from core.storage.sql import Database
from tests.core import attachment_files as files
from tests.web.attaching import entries, kept_files, patch, path_of, seen, send, start, told
from tests.web.client import RefusedError, Somebody
from tests.web.test_story import opened
from web.node import Node

PHOTO = files.photo()


async def test_erasing_a_contacts_files_leaves_neither_bytes_nor_names(
    astrid: Somebody, sara: Somebody, node: Node, contact: str
) -> None:
    done, begun = await send(astrid, contact, PHOTO), await start(astrid, contact, 1_000)
    await told(astrid, done, "clean")
    database = Database(node.settings.sql_url)
    rows = AttachmentRows(database)
    folder = Folder(node.settings.data_dir / "attachments")
    inspector = Inspector(node.log, rows, folder, clock=node.clock, scanner=None)
    stream = contact_stream(ContactId(contact))
    assert await inspector.erase(stream) == 2
    assert await inspector.erase(stream) == 0
    assert kept_files(node) == []
    assert [(row.state, row.about, row.due_ms) for row in await rows.of_stream(stream)] == [("erased", b"", None)] * 2
    bodies = await entries(sara, contact)
    assert seen(bodies, done) == ["received", "clean", "erased"]
    assert seen(bodies, begun["attachment"]) == ["erased"]
    async with sara.http.get(path_of(sara, contact, done)) as response:
        assert response.status == 404
    await database.close()


async def test_what_never_came_whole_is_taken_away_after_a_day(astrid: Somebody, node: Node, contact: str) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    async with patch(astrid, path_of(astrid, contact, begun["attachment"]), PHOTO[:300]) as response:
        assert response.status == 204
    database = Database(node.settings.sql_url)
    rows, folder = AttachmentRows(database), Folder(node.settings.data_dir / "attachments")
    clock = ManualClock(from_ms(node.now_ms() + UNFINISHED_MS - 60_000))
    inspector = Inspector(node.log, rows, folder, clock=clock, scanner=None)
    assert not await inspector.step()
    clock.advance(minutes=2)
    assert await inspector.step()
    assert kept_files(node) == []
    assert seen(await entries(astrid, contact), begun["attachment"]) == ["withdrawn"]
    row: Row | None = await rows.find(begun["attachment"])
    assert row is not None
    assert (row.why, row.due_ms) == ("not_finished", None)
    await database.close()


async def test_bytes_that_are_gone_from_the_store_are_looked_for_and_then_said_to_be_lost(
    astrid: Somebody, node: Node, contact: str
) -> None:
    begun = await start(astrid, contact, len(PHOTO))
    path = path_of(astrid, contact, begun["attachment"])
    async with patch(astrid, path, PHOTO[:300]) as response:
        assert response.status == 204
    for piece in kept_files(node):
        piece.unlink()
    async with patch(astrid, path, PHOTO[300:], at=300) as response:
        assert response.status == 204
    database = Database(node.settings.sql_url)
    rows, folder = AttachmentRows(database), Folder(node.settings.data_dir / "attachments")
    clock = ManualClock(from_ms(node.now_ms() + LOST_AFTER_MS - LEASE_MS))
    inspector = Inspector(node.log, rows, folder, clock=clock, scanner=None)
    while not await inspector.step():  # the node looks as well, and leases it for as long
        await asyncio.sleep(0.01)
    assert seen(await entries(astrid, contact), begun["attachment"]) == ["received"]
    clock.advance(minutes=5)
    assert await inspector.step()
    assert (await told(astrid, begun["attachment"], "refused"))["why"] == "lost"
    await database.close()


async def test_neither_names_nor_words_reach_the_log_of_the_service(
    astrid: Somebody, contact: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary = "Kanariefågel4711"
    for data in (files.png_bomb(), files.locked_document(), PHOTO):
        await told(astrid, await send(astrid, contact, data, name=f"{canary}.png", caption=canary), "clean", "refused")
    with pytest.raises(RefusedError):
        await start(astrid, contact, 9, name=canary * 100)
    said = capfd.readouterr()
    assert canary not in said.out + said.err + caplog.text
    assert msgspec.json.encode(canary).decode() not in said.out + said.err


async def test_the_same_bytes_twice_lie_in_one_place_and_nothing_lies_readable(
    astrid: Somebody, node: Node, contact: str
) -> None:
    ids = [await send(astrid, contact, PHOTO) for _ in range(2)]
    for attachment in ids:
        await told(astrid, attachment, "clean")
    assert ids[0] != ids[1]
    other = await opened(astrid)
    await astrid.call("contact:follow", contact_id=other)
    await told(astrid, await send(astrid, other, PHOTO), "clean")
    stored = [path for path in kept_files(node) if "quarantine" not in path.parts]  # which is emptied right after
    assert len(stored) == 4  # a picture and its thumbnail, in each of two contacts
    for path in stored:
        assert b"JFIF" not in path.read_bytes()
        assert hashlib.sha256(PHOTO).hexdigest() not in path.name

"""Erasure on a node that serves: files, index, what readers and assessors remember, and who follows the contact."""

from datetime import timedelta

import pytest

from chat.attachment.inspector import Inspector
from core.attachments.blobs import Folder
from core.attachments.store import AttachmentRows
from core.clock import ManualClock
from core.ids import ContactId, StreamId, contact_stream
from core.log.seal import MasterKeys
from core.retention.entries import Erased
from core.retention.eraser import Eraser
from core.retention.rules import load_rules
from core.storage.sql import Database
from tests.core import attachment_files as files
from tests.web.attaching import kept_files, send, told
from tests.web.client import RefusedError, Somebody, client_id
from web.node import Node
from web.retention import CLASSES, retention_rows


async def test_a_contact_whose_time_is_over_is_gone_from_everywhere(
    astrid: Somebody, sara: Somebody, node: Node, contact: str
) -> None:
    await told(astrid, await send(astrid, contact, files.photo()), "clean")
    ending = {"reason": "self_care_advice", "safety_net": "Ring om det blir värre.", "understood": "said"}
    await sara.call("contact:close", contact_id=contact, client_id=client_id(), claim_no=1, **ending)
    database = Database(node.settings.sql_url)
    folder = Folder(node.settings.data_dir / "attachments")
    stream, forgotten = contact_stream(ContactId(contact)), list[StreamId]()
    node.forgetting.append(forgotten.append)
    eraser = Eraser(
        node.log,
        retention_rows(database),
        load_rules("se"),
        masters=MasterKeys.parse((node.settings.data_dir / "keys").read_text("ascii").strip()),
        clock=ManualClock(node.clock.now() + timedelta(days=4_000)),
        classes=CLASSES[:1],  # the audit of today goes on
        attachments=Inspector(node.log, AttachmentRows(database), folder, clock=node.clock, scanner=None).erase,
        forgotten=lambda name: node.fanout.order("erased", name),
    )
    assert (await eraser.run())["journal"] == 1
    last = (await node.log.entries(stream))[-1].body
    assert isinstance(last, Erased)
    assert last.attachments == 1
    assert stream in forgotten
    assert kept_files(node) == []
    assert await node.log.streams_opened_by("patient:astrid", "astrid") == []
    with pytest.raises(RefusedError, match="not_found"):
        await astrid.call("message:post", contact_id=contact, client_id=client_id(), text="Hej")
    entries = (await sara.call("contact:follow", contact_id=contact))["entries"]
    assert not any("text" in (entry["body"] or {}) for entry in entries)
    await database.close()

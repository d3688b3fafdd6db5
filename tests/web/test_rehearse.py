"""`fyr replay` and `fyr rehearse` beside a node that serves: the same again, and who would move."""

import asyncio
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from carequeue.report import ASSESSOR
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Append
from tests.web.client import Somebody, client_id
from tests.web.test_story import opened
from triage.content import load_content
from triage.content.files import SHIPPED
from triage.entries import Assessed
from web.cli import main
from web.node import Node
from web.rehearse import rehearse, replay


def changed(folder: Path) -> Path:
    """The shipped content, but chest pain alone is only urgent."""
    copy = Path(shutil.copytree(SHIPPED, folder / "changed", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    rules = copy / "rules" / "heart_and_vessels.yaml"
    text = rules.read_text("utf-8")
    old = "- id: RF031\n  presentation: chest pain\n  urgency: very_urgent"
    assert old in text
    rules.write_text(text.replace(old, old.replace("very_urgent", "urgent")), "utf-8")
    return copy


async def assessed_times(node: Node, contact_id: str, times: int) -> None:
    """Once the contact has been assessed so often."""
    stream = contact_stream(ContactId(contact_id))
    async with asyncio.timeout(20):
        while sum(isinstance(entry.body, Assessed) for entry in await node.log.entries(stream)) < times:
            await asyncio.sleep(0.02)


async def test_a_contact_is_judged_again_bit_for_bit_by_the_content_that_judged_it(
    astrid: Somebody, node: Node
) -> None:
    contact_id = await opened(astrid, "ont i bröstet")
    await assessed_times(node, contact_id, 1)
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="kallsvettig också")
    await assessed_times(node, contact_id, 2)
    said: list[str] = []
    assert await replay(node.settings, contact_id, say=said.append)
    assert said[-1] == "RESULT n=2 same=yes"
    assert all(load_content().version in line and "ont" not in line for line in said[:-1])
    stream = contact_stream(ContactId(contact_id))
    last = next(entry.body for entry in reversed(await node.log.entries(stream)) if isinstance(entry.body, Assessed))
    other = msgspec.structs.replace(last, could_be="self_care")
    await node.log.append(Append(stream, (other,), ASSESSOR, client_id()))
    gone = msgspec.structs.replace(last, content_version="0.0+gone")
    await node.log.append(Append(stream, (gone,), ASSESSOR, client_id()))
    assert not await replay(node.settings, contact_id, say=said.append)
    assert [line.rpartition(": ")[2] for line in said[-3:-1]] == ["different", "its content is not kept"]
    with pytest.raises(FyrError, match="not_found"):
        await replay(node.settings, "nobody", say=said.append)


async def test_a_candidate_is_rehearsed_on_the_records_contacts(astrid: Somebody, node: Node, tmp_path: Path) -> None:
    contact_id = await opened(astrid, "ont i bröstet")
    told = await rehearse(node.settings, changed(tmp_path), None)
    (move,) = told.moves
    assert (move.id, move.before, move.after) == (contact_id, "very_urgent", "urgent")
    assert list(told.lines())[-1] == "RESULT n=1 up=0 down=1 other_reasons=0 same=0"
    same = await rehearse(node.settings, SHIPPED, None)
    assert (same.n, same.moves) == (1, ())


def test_the_command_rehearses_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "text": "ont i bröstet", "lang": "sv", "age_y": 50},
        {"id": "b", "text": "snuvig", "lang": "sv"},
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert main(["rehearse", str(changed(tmp_path)), "--file", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("down a: very_urgent -> urgent")
    assert lines[-1] == "RESULT n=2 up=0 down=1 other_reasons=0 same=1"

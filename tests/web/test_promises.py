"""What a patient is promised of their wait over a real line, that it was wrong, and what becomes of the rows."""

from pathlib import Path

from core.settings import Settings
from core.storage.sql import Database
from tests.web.client import Somebody, client_id
from tests.web.promised import learnt, put_back
from tests.web.test_duty import stand
from tests.web.test_story import opened
from web.node import Node


async def _wait(patient: Somebody, contact_id: str) -> dict[str, object]:
    found: dict[str, object] = (await patient.call("contact:follow", contact_id=contact_id))["summary"]["wait"]
    return found


async def _understood(patient: Somebody) -> str:
    contact_id = await opened(patient, text="Jag har ont i halsen sedan fyra dagar och feber, ingen hosta.")
    await patient.kept(contact_id, "understood")
    return contact_id


async def test_without_anything_to_go_on_nothing_is_promised(astrid: Somebody, sara: Somebody, node: Node) -> None:
    await stand(sara, "on")
    wait = await _wait(astrid, await _understood(astrid))
    assert (wait["place"], wait["low_min"], wait["high_min"], wait["broken"]) == (1, None, None, False)
    assert wait["nobody"] is False


async def test_a_promise_stands_and_when_it_was_wrong_it_is_said(
    astrid: Somebody, sara: Somebody, node: Node, tmp_path: Path
) -> None:
    await learnt(node)
    await stand(sara, "on")
    contact_id = await _understood(astrid)
    first = await _wait(astrid, contact_id)
    assert (first["low_min"], first["high_min"]) == (10, 25)
    assert await _wait(astrid, contact_id) == first
    assert first["slower"] is False
    database = Database(Settings(demo=True, data_dir=tmp_path).sql_url)
    await put_back(database, contact_id, 26)
    await database.close()
    later = await _wait(astrid, contact_id)
    assert later["broken"] is True
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    taken = await astrid.call("contact:follow", contact_id=contact_id)
    assert taken["summary"]["wait"] is None


async def test_nobody_on_duty_promises_nothing(astrid: Somebody, node: Node) -> None:
    await learnt(node)
    wait = await _wait(astrid, await _understood(astrid))
    assert (wait["nobody"], wait["high_min"]) == (True, None)


async def test_what_is_immediate_is_told_to_call_and_promised_nothing(
    astrid: Somebody, sara: Somebody, node: Node
) -> None:
    await learnt(node)
    await stand(sara, "on")
    contact_id = await opened(astrid, screen=["screen_chest"])
    wait = await _wait(astrid, contact_id)
    assert wait["high_min"] is None

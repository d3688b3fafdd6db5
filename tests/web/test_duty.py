"""Duty over real sockets: staff go on and off it, patients are told before they write and while they wait."""

from pathlib import Path

import pytest

from core.settings import Settings
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.node import Node


async def stand(nurse: Somebody, standing: str, unit_id: str = "hamnen") -> dict[str, object]:
    """Go on or off duty."""
    return await nurse.call("duty:set", unit_id=unit_id, client_id=client_id(), standing=standing)


async def test_colleagues_and_who_leads_see_who_is_on_duty(url: str, sara: Somebody) -> None:
    async with signed_in(url, "staff:karin") as karin:
        await karin.call("board:follow", unit_id="hamnen")
        assert (await stand(sara, "on"))["manned"] is True
        await karin.until("duty", lambda told: told["unit_id"] == "hamnen")
        (found,) = (await karin.call("duty:list", unit_id="hamnen"))["staff"]
        assert (found["name"], found["standing"], found["reached"]) == ("Sara Lind", "on", True)
        with pytest.raises(RefusedError, match="not_found"):
            await karin.call("duty:set", unit_id="hamnen", client_id=client_id(), standing="on")
        assert (await stand(sara, "paused"))["manned"] is False


async def test_a_patient_is_told_before_writing_and_while_waiting(astrid: Somebody, sara: Somebody) -> None:
    now = await astrid.call("duty:ask")
    assert (now["unit"], now["manned"], now["takes"]) == ("Hamnens hälsocentral", False, True)
    assert now["phone"] == "08-465 004 10"
    contact_id = await opened(astrid)
    seen = await astrid.call("contact:follow", contact_id=contact_id)
    assert seen["summary"]["wait"]["nobody"] is True
    await stand(sara, "on")
    assert (await astrid.call("duty:ask"))["manned"] is True
    seen = await astrid.call("contact:follow", contact_id=contact_id)
    assert seen["summary"]["wait"]["nobody"] is False


async def test_another_s_unit_is_asked_of_only_for_whom_one_stands(url: str) -> None:
    async with signed_in(url, "patient:nils") as nils:
        assert (await nils.call("duty:ask", for_person="elias"))["unit"] == "Hamnens hälsocentral"
        with pytest.raises(RefusedError, match="not_found"):
            await nils.call("duty:ask", for_person="gunnar")


def test_a_closed_unit_takes_nothing_where_nobody_would_read_it(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    opens = "2026-11-30T07:00:00.000Z"
    monkeypatch.setattr(node, "settings", Settings(data_dir=Path("unused")))
    monkeypatch.setattr(node, "opens_at", lambda _: opens)
    assert not node.takes_text("hamnen")
    monkeypatch.setattr(node.duties, "is_manned", lambda _: True)
    assert node.takes_text("hamnen")
    monkeypatch.setattr(node.duties, "is_manned", lambda _: False)
    monkeypatch.setattr(node, "opens_at", lambda _: None)
    assert node.takes_text("hamnen")

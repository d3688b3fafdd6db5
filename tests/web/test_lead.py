"""Who leads a unit: what they see, what they may turn on, and that nobody else may and no contact is in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from carequeue.steering.steerings import steering_stream
from core.settings import Settings
from core.storage.sql import Database
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.led import with_past
from tests.web.test_duty import stand
from tests.web.test_gates import audited
from tests.web.test_story import CHEST, opened
from web.fairness_command import fairness
from web.node import Node

TEXTS = {"sv": "Telefonerna är trasiga.", "en": "The telephones are out of order."}


@pytest.fixture
async def karin(url: str) -> AsyncIterator[Somebody]:
    """Who leads Hamnen."""
    async with signed_in(url, "staff:karin") as somebody:
        yield somebody


@pytest.fixture
async def past(node: Node, tmp_path: Path) -> AsyncIterator[Settings]:
    """Nine weeks of waits behind the unit."""
    settings = Settings(demo=True, data_dir=tmp_path)
    database = Database(settings.sql_url)
    await with_past(database, node.now_ms())
    yield settings
    await database.close()


async def test_what_waits_and_who_holds_what(astrid: Somebody, sara: Somebody, karin: Somebody) -> None:
    contact_id = await opened(astrid)
    await astrid.kept(contact_id, "understood")
    await stand(sara, "on")
    view = await karin.call("lead:show", unit_id="hamnen")
    alarm = view["levels"][0]
    assert (alarm["level"], alarm["waiting"], alarm["held"]) == ("immediate", 1, 0)
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    view = await karin.call("lead:show", unit_id="hamnen")
    assert view["levels"][0]["held"] == 1
    (nurse,) = view["nurses"]
    assert (nurse["name"], nurse["held"], nurse["load"], nurse["immediate"]) == ("Sara Lind", 1, 1.0, True)
    assert contact_id not in str(view)
    assert CHEST[:20] not in str(view)
    assert {hour["expected"] for hour in view["hours"]} == {None}


async def test_nobody_else_sees_or_steers(url: str, node: Node, sara: Somebody) -> None:
    for name, more in (("lead:show", {}), ("surge:set", {"client_id": "1", "minutes": 5, "reason": "x"})):
        for person in ("staff:sara", "staff:adam", "staff:petra"):
            async with signed_in(url, person) as somebody:
                with pytest.raises(RefusedError, match="not_found"):
                    await somebody.send(name, {"unit_id": "hamnen", **more})
    async with signed_in(url, "staff:karin") as karin:
        with pytest.raises(RefusedError, match="not_found"):
            await karin.call("lead:show", unit_id="lyktan")
    refused = [row for row in await audited(node) if row.outcome == "refused"]
    assert {row.action for row in refused} == {"lead:show", "surge:set"}


async def test_surge_and_a_text_reach_everybody_who_comes(
    node: Node, astrid: Somebody, sara: Somebody, karin: Somebody
) -> None:
    usual = (await karin.call("lead:show", unit_id="hamnen"))["at_once"]
    done = await karin.call("surge:set", unit_id="hamnen", client_id=client_id(), minutes=30, reason="Influensa")
    assert done["surge"]["reason"] == "Influensa"
    await karin.call("outage:set", unit_id="hamnen", client_id=client_id(), minutes=30, texts=TEXTS)
    view = await karin.call("lead:show", unit_id="hamnen")
    assert (view["at_once"], view["outage"]["texts"]) == (usual + 2, TEXTS)
    now = await astrid.call("duty:ask")
    assert (now["surge"], now["outage"]) == (True, TEXTS)
    contact_id = await opened(astrid)
    wait = (await astrid.call("contact:follow", contact_id=contact_id))["summary"]["wait"]
    assert (wait["surge"], wait["outage"]) == (True, TEXTS)
    assert (await sara.call("duty:list", unit_id="hamnen"))["surge_until"] is not None
    await karin.call("surge:set", unit_id="hamnen", client_id=client_id(), minutes=0)
    assert (await sara.call("duty:list", unit_id="hamnen"))["surge_until"] is None
    entries = await node.log.entries(steering_stream("hamnen"))
    assert [(entry.header.actor_id, entry.header.purpose) for entry in entries] == [
        ("staff:karin", "administration")
    ] * 3


async def test_the_hours_ahead_come_from_the_weeks_before(past: Settings, karin: Somebody) -> None:
    hours = (await karin.call("lead:show", unit_id="hamnen"))["hours"]
    assert len(hours) == 30
    assert [hour["came"] is None for hour in hours] == [False] * 7 + [True] * 23
    assert all(hour["low"] <= hour["expected"] <= hour["high"] for hour in hours)
    assert max(hour["expected"] for hour in hours) > 3


async def test_how_many_nurses_some_hours_need(past: Settings, karin: Somebody) -> None:
    asked = await karin.call("staffing:ask", unit_id="hamnen", weekday=0, from_hour=8, to_hour=10)
    assert asked["weeks"] >= 8
    assert asked["contacts"] > 100
    answer = await karin.until("staffing", lambda told: told["over"])
    assert len(answer["rows"]) == 15
    assert 1 < answer["enough"] < 8
    assert any(not told["over"] for name, told in karin.heard if name == "staffing")
    for wrong in ({"from_hour": 8, "to_hour": 8}, {"from_hour": 0, "to_hour": 13}, {"from_hour": 8, "to_hour": 25}):
        with pytest.raises(RefusedError, match="bad_request"):
            await karin.call("staffing:ask", unit_id="hamnen", weekday=0, **wrong)


async def test_the_sheet_is_the_same_on_the_page_as_a_file_and_by_the_command(
    past: Settings, karin: Somebody, url: str
) -> None:
    sheet = await karin.call("fairness:show", unit_id="hamnen", month="2026-10")
    arabic = next(cell for cell in sheet["cells"] if cell["group"] == "ar")
    assert arabic["in_time"] < arabic["expected"] - 0.05
    async with karin.http.get(f"{url}/api/units/hamnen/fairness.csv?month=2026-10") as response:
        assert response.headers["Content-Type"].startswith("text/csv")
        text = await response.text()
    assert f"hamnen,2026-10,lang,ar,{arabic['contacts']}," in text
    assert "past" not in text
    assert await fairness(past, "hamnen", "2026-10") == text

"""What digital care has led to at a unit: who leads it sees figures, nobody else does, and no patient is in them."""

import csv
import io
from typing import Any

import pytest

from care.benefits.baseline import baseline_stream
from care.benefits.keeper import BenefitKeeper
from care.benefits.round import Round
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited
from tests.web.test_story import opened
from web.benefits import SAID
from web.node import Node

MINUTE_MS = 60_000


def answered(number: int, began_ms: int) -> Round:
    """One of the unit's past, answered after so many minutes."""
    replied_ms = began_ms + number * MINUTE_MS
    return Round(
        contact_id=f"past{number}",
        no=2,
        unit_id="hamnen",
        provider_id="region",
        person_id="somebody",
        began_ms=began_ms,
        level="urgent",
        target_ms=began_ms + 8 * MINUTE_MS,
        replied_ms=replied_ms,
        closed_ms=replied_ms,
        reason="self_care_advice",
        move="kept",
        visits=0,
        forms=1,
        seen_no=9,
    )


def figure(view: dict[str, Any], name: str, level: str | None = None) -> dict[str, Any]:
    """One of the last column."""
    found: list[dict[str, Any]] = view["columns"][-1]["figures"]
    (one,) = [one for one in found if one["name"] == name and one["level"] == level]
    return one


async def held(lead: Somebody, node: Node) -> None:
    """A figure from before is held with its source, compared with, refused where it says nothing, and taken away."""
    asked = {"unit_id": "hamnen", "figure": "in_time", "was": 0.2, "among": 400, "source": "Web survey"}
    asked |= {"from_month": "2025-01", "until_month": "2025-12"}
    done = await lead.call("baseline:set", client_id=client_id(), **asked)
    (one,) = done["figures"]
    assert (one["by"], one["source"], one["value"]) == ("Karin Wallin", "Web survey", 0.2)
    view = await lead.call("benefits:show", unit_id="hamnen", function="seek_care_chat", lang="en")
    assert (figure(view, "in_time")["before"], figure(view, "in_time")["compared"]) == (0.2, "better")
    assert figure(view, "in_time", "urgent")["compared"] is None
    assert view["words"][2]["title"] == "Answered in time"
    wrongs = ({"figure": "use_chat"}, {"was": 1.5}, {"among": 4}, {"until_month": "2024-12"}, {"from_month": "2025"})
    for wrong in (*wrongs, {"source": " "}, {"source": "x" * 201}):
        with pytest.raises(RefusedError, match=r"bad_request|empty|too_long"):
            await lead.call("baseline:set", client_id=client_id(), **asked | wrong)
    gone = await lead.call("baseline:set", client_id=client_id(), **asked | {"was": None})
    assert gone["figures"] == []
    entries = await node.log.entries(baseline_stream("hamnen"))
    written = [(entry.header.actor_id, entry.header.purpose) for entry in entries]
    assert written == [("staff:karin", "administration")] * 2
    await lead.call("baseline:set", client_id=client_id(), **asked)


async def test_who_leads_sees_figures_and_nobody_else_does(
    node: Node, url: str, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await astrid.kept(contact_id, "understood")
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    keeper = BenefitKeeper(node.log, node.benefits, node.deadlines, said=SAID)
    assert await keeper.look() <= 1
    async with signed_in(url, "staff:karin") as karin:
        view = await karin.call("benefits:show", unit_id="hamnen")
        assert len(view["columns"]) == 6
        assert figure(view, "use_chat") == {**figure(view, "use_chat"), "few": True, "value": None}
        now_ms = node.now_ms()
        await node.benefits.put([answered(number, now_ms - number) for number in range(1, 11)])
        view = await karin.call("benefits:show", unit_id="hamnen", function="seek_care_chat")
        assert [column["state"] for column in view["columns"]] == ["on"]
        assert figure(view, "use_chat")["value"] == 11
        assert (figure(view, "use_forms")["value"], figure(view, "resolved_digitally")["numerator"]) == (10, 10)
        assert (figure(view, "reply_median")["value"], figure(view, "reply_p90", "urgent")["value"]) == (5, 9)
        in_time = figure(view, "in_time", "urgent")
        assert (in_time["numerator"], in_time["denominator"], in_time["better"]) == (8, 10, "up")
        assert figure(view, "came_back")["denominator"] == 0
        assert contact_id not in str(view)
        await held(karin, node)
        asked = f"{url}/api/units/hamnen/benefits.csv?function=seek_care_chat"
        async with karin.http.get(asked) as response:
            assert response.headers["Content-Type"].startswith("text/csv")
            rows = list(csv.reader(io.StringIO(await response.text())))
        assert [row[-2:] for row in rows if row[4:6] == ["in_time", "all"]] == [["0.200", "better"]]
        told = [row[4:6] for row in rows[1:]]
        assert told == [[one["name"], one["level"] or "all"] for one in view["columns"][0]["figures"]]
        async with karin.http.get(asked.replace(".csv", ".pdf") + "&lang=nb") as response:
            assert (response.status, (await response.read())[:4]) == (200, b"%PDF")
        for wrong in ({"from_month": "2026-13"}, {"from_month": "2020-01"}, {"until_month": "2020-01"}):
            with pytest.raises(RefusedError, match="bad_request"):
                await karin.call("benefits:show", unit_id="hamnen", **wrong)
        with pytest.raises(RefusedError, match="not_found"):
            await karin.call("benefits:show", unit_id="lyktan")
        async with sara.http.get(asked) as response:
            assert response.status == 404
    with pytest.raises(RefusedError, match="not_found"):
        await sara.call("benefits:show", unit_id="hamnen")
    setting = {"figure": "in_time", "was": 0.1, "source": "x", "from_month": "2025-01", "until_month": "2025-01"}
    with pytest.raises(RefusedError, match="not_found"):
        await sara.call("baseline:set", client_id=client_id(), unit_id="hamnen", **setting)
    refused = [row.action for row in await audited(node) if row.outcome == "refused"]
    file = "GET /api/units/{unit_id}/benefits.csv"
    assert sorted(refused) == [file, "baseline:set", "benefits:show", "benefits:show"]

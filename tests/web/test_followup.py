"""Follow-up at home over the wire: a nurse includes, a clinician signs, a patient types, and the queue hears of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from care.followup.programme import load_programmes
from core.rollout.functions import Decided, FunctionsSheet
from tests.web.client import WAIT_S, RefusedError, Somebody, client_id, signed_in
from web.node import Node

COPD = load_programmes()["copd"]


def included(node: Node, **changes: Any) -> dict[str, Any]:
    criteria = [
        *({"criterion": row.id, "holds": True} for row in COPD.inclusion),
        *({"criterion": row.id, "holds": False} for row in COPD.exclusion),
    ]
    wanted = {
        "client_id": client_id(),
        "unit_id": "hamnen",
        "person_id": "astrid",
        "programme": "copd",
        "referred_by": "gp",
        "criteria": criteria,
        "consent": "spoken",
        "consent_on": node.today().isoformat(),
        "goals": "Jag vill orka gå till affären.",
        "owners": [{"party": party, "name": party} for party in ("centre", "home_care", "gp", "hospital")],
        "told_in": "sv",
    }
    return {**wanted, **changes}


async def refusal(somebody: Somebody, call: str, **body: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await somebody.call(call, **body)
    return refused.value.code


async def alarmed(sara: Somebody, one: dict[str, Any]) -> dict[str, Any]:
    """The record once it has noted the alarm, which the contact is told of first."""
    async with asyncio.timeout(WAIT_S):
        while not (shown := await sara.call("followup:show", **one))["alarms"]:
            await asyncio.sleep(0.05)
    return shown


async def begun(url: str, node: Node, sara: Somebody, petra: Somebody) -> dict[str, Any]:
    """Astrid included by a nurse, her plan signed by a clinician; gives which follow-up it is."""
    assert await refusal(petra, "followup:include", **included(node)) == "not_found"
    made = await sara.call("followup:include", **included(node))
    one = {"unit_id": "hamnen", "record_id": made["row"]["record_id"]}
    review_on = (node.today() + timedelta(days=90)).isoformat()
    plan = {"baseline": {"spo2": "93"}, "numbers": {"spo2_low": ["85"]}, "review_on": review_on}
    proposed = await sara.call("followup:plan", client_id=client_id(), **one, **plan)
    assert proposed["row"]["waits_for_signature"]
    version = proposed["proposed"]["version"]
    assert await refusal(sara, "followup:sign", client_id=client_id(), **one, version=version) == "not_found"
    async with signed_in(url, "staff:leila") as leila:
        signed = await leila.call("followup:sign", client_id=client_id(), **one, version=version)
        assert (signed["plan"]["signed_by"], signed["proposed"]) == ("Leila Haddad", None)
    assert [limit["bounds"] for limit in signed["plan"]["limits"] if limit["limit"] == "spo2_low"] == [["<85"]]
    return one


async def test_from_the_inclusion_to_a_contact_in_the_queue(
    url: str, node: Node, astrid: Somebody, sara: Somebody, petra: Somebody
) -> None:
    one = await begun(url, node, sara, petra)
    for call in ("followup:show", "followup:list"):
        assert await refusal(petra, call, **one) == "not_found"

    (mine,) = (await astrid.call("followup:mine"))["follow_ups"]
    assert (mine["goals"], mine["zone"], mine["planned"]) == ("Jag vill orka gå till affären.", None, True)
    assert {task["measure"] for task in mine["tasks"] if task["due"]} == {"spo2", "hr", "symptom_score"}
    now = node.clock.now().isoformat()
    typed = {"record_id": one["record_id"], "client_id": client_id()}
    value = {"measure": "spo2", "value": "92,5", "unit": "%", "at": now}
    (mine,) = (await astrid.call("followup:tell", **typed, readings=[value]))["follow_ups"]
    assert [task["due"] for task in mine["tasks"] if task["measure"] == "spo2"] == [False]
    async with signed_in(url, "patient:nils") as nils:
        assert await refusal(nils, "followup:tell", **{**typed, "client_id": "x"}, readings=[value]) == "not_found"
        assert (await nils.call("followup:mine"))["follow_ups"] == []
    (row,) = (await sara.call("followup:list", unit_id="hamnen"))["rows"]
    assert (row["zone"], row["unread"]) == ("green", True)
    seen = [{"record_id": one["record_id"], "up_to": row["read_no"]}]
    (row,) = (await sara.call("followup:seen", unit_id="hamnen", client_id=client_id(), seen=seen))["rows"]
    assert not row["unread"]
    (mine,) = (await astrid.call("followup:mine"))["follow_ups"]
    assert (mine["seen_as_usual"], mine["seen_role"]) == (True, "nurse")

    await sara.call("board:follow", unit_id="hamnen")
    asked = {"question": "breathless_at_rest", "yes": True, "at": now}
    told = await astrid.call("followup:tell", **{**typed, "client_id": client_id()}, said=[asked])
    assert told["follow_ups"][0]["zone"] == "red"
    board = await sara.until("board", lambda data: any(row["urgency"] == "very_urgent" for row in data["rows"]))
    following = await sara.call("contact:follow", contact_id=board["rows"][0]["contact_id"])
    kinds = [entry["body"]["kind"] for entry in following["entries"]]
    assert kinds[:3] == ["follow_up_opened", "queued", "follow_up_alarm"]
    assert following["summary"]["urgency"] == "very_urgent"
    shown = await alarmed(sara, one)
    assert shown["row"]["contact_id"] == board["rows"][0]["contact_id"]
    assert (shown["row"]["zone"], len(shown["alarms"])) == ("red", 1)
    assert [(curve["measure"], curve["points"][0]["value"]) for curve in shown["curves"]] == [("spo2", 92.0)]

    node.functions.take("hamnen", FunctionsSheet(functions={"home_follow_up": Decided()}))
    assert (await astrid.call("followup:mine"))["follow_ups"] == []
    again = {**typed, "client_id": client_id()}
    assert await refusal(astrid, "followup:tell", **again, readings=[value]) == "function_off"

"""What to do if it gets worse, over real sockets: given by staff, seen and confirmed by the patient alone."""

from typing import Any

import pytest

from core.ids import ContactId, contact_stream
from tests.web.client import RefusedError, Somebody, client_id
from web.node import Node

TEXT = "Ring 112 om du får svårt att andas."


async def give(sara: Somebody, contact: str, **more: Any) -> dict[str, Any]:
    body = {"contact_id": contact, "client_id": client_id(), "claim_no": 1, "text": TEXT, **more}
    return await sara.call("safety_net:give", **body)


async def refusal(somebody: Somebody, name: str, **body: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await somebody.call(name, client_id=client_id(), **body)
    return refused.value.code


async def board_row(sara: Somebody, contact: str) -> dict[str, Any]:
    rows = (await sara.call("board:follow", unit_id="hamnen"))["rows"]
    found: dict[str, Any] = next(row for row in rows if row["contact_id"] == contact)
    return found


async def test_it_is_given_confirmed_and_ends_the_contact(astrid: Somebody, sara: Somebody, contact: str) -> None:
    await give(sara, contact, closes="booked_visit")
    given = await astrid.entry("safety_net_given")
    assert (given["body"]["text"], given["body"]["claim_no"]) == (TEXT, 0)
    assert (await board_row(sara, contact))["net"] == "waits"
    await astrid.call("safety_net:confirm", contact_id=contact, client_id=client_id(), given_no=given["no"])
    told = await astrid.entry("safety_net_confirmed")
    assert told["body"]["given_no"] == given["no"]
    closed = await sara.entry("closed")
    assert (closed["body"]["understood"], closed["body"]["reason"]) == ("confirmed", "booked_visit")


async def test_nobody_confirms_in_the_patients_place(sara: Somebody, contact: str) -> None:
    await give(sara, contact)
    assert await refusal(sara, "safety_net:confirm", contact_id=contact, given_no=5) == "not_found"


async def test_an_emergency_call_is_ended_by_a_person(sara: Somebody, contact: str) -> None:
    under = {"contact_id": contact, "claim_no": 1, "text": TEXT}
    assert await refusal(sara, "safety_net:give", **under, closes="called_112_113") == "wrong_state"
    shown = (await sara.call("guidance:show"))["closing"]
    by_hand = {one["reason"] for one in shown if not one["by_confirming"]}
    assert by_hand == {"called_112_113", "no_contact_after_attempts"}


async def test_a_contact_does_not_end_on_advice_nobody_has_understood(sara: Somebody, contact: str) -> None:
    ending = {"contact_id": contact, "claim_no": 1, "reason": "self_care_advice", "safety_net": TEXT}
    assert await refusal(sara, "contact:close", **ending, understood="not_needed") == "not_confirmed"
    assert await refusal(sara, "contact:close", **ending, understood="confirmed") == "not_confirmed"
    failed = {**ending, "reason": "no_contact_after_attempts", "understood": "not_needed"}
    assert await refusal(sara, "contact:close", **failed) == "calls_left"
    await sara.call("contact:close", **ending, understood="said", client_id=client_id())


async def test_a_note_is_drafted_saved_with_what_it_rests_on_and_kept_from_the_patient(
    astrid: Somebody, sara: Somebody, contact: str, node: Node
) -> None:
    draft = await sara.call("note:draft", contact_id=contact, lang="sv")
    assert draft["sentences"][0] == {
        "part": "situation",
        "text": "Gäller den som skriver: 58 år, kvinna.",
        "nos": [1],
    }
    note = {"contact_id": contact, "lang": "sv", "sentences": draft["sentences"]}
    await sara.call("note:add", **note, client_id=client_id())
    noted = await sara.entry("noted")
    assert noted["body"]["sentences"] == draft["sentences"]
    assert noted["body"]["text"].startswith("Situation: Gäller den som skriver")
    whole = await astrid.get(f"/api/contacts/{contact}")
    assert "noted" not in [entry["body"]["kind"] for entry in whole["entries"]]
    wrong = [{"part": "situation", "text": "Uppdiktat", "nos": [999]}]
    assert await refusal(sara, "note:add", contact_id=contact, sentences=wrong) == "bad_request"
    entries = await node.log.entries(contact_stream(ContactId(contact)))
    assert sum(entry.header.kind == "noted" for entry in entries) == 1


async def test_staff_see_what_they_follow(sara: Somebody) -> None:
    shown = await sara.call("guidance:show")
    assert {one["reason"]: one["safety_net"] for one in shown["closing"]}["self_care_advice"] == "needed"
    assert any("112" in step["do"]["sv"] for step in shown["emergency_call"])
    assert {one["urgency"] for one in shown["failed_contact"]} >= {"immediate", "routine"}

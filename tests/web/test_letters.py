"""A letter from its subject to a chat or a visit: promised its own time, risen when it gets worse, the same contact."""

from typing import Any

from core.ids import ContactId
from tests.canary import CANARY
from tests.web.client import Somebody, client_id
from tests.web.test_room import refused
from web.node import Node
from web.push.views import wire_time

RENEWAL = "Behöver förnya mitt recept på blodtrycksmedicin"
WORSE = "Nu har jag tryckande smärta i bröstet och det strålar ut i vänster arm"
LETTER = {"subject": "self", "age_y": 58, "sex": "f", "lang": "sv", "text": RENEWAL, "title": "Förnya recept"}


async def written(patient: Somebody, **more: Any) -> str:
    done = await patient.send("contact:open", {"client_id": client_id(), **LETTER, **more})
    contact_id: str = done["contact_id"]
    assert (await patient.kept(contact_id, "understood"))["body"]["urgency"]
    return contact_id


async def row_of(nurse: Somebody, contact_id: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = (await nurse.call("board:follow", unit_id="hamnen"))["rows"]
    [row] = [one for one in rows if one["contact_id"] == contact_id]
    return row


async def test_a_letter_waits_by_its_own_promise_and_rises_when_it_gets_worse(
    node: Node, astrid: Somebody, sara: Somebody
) -> None:
    opening = {"client_id": client_id(), **LETTER}
    assert await refused(astrid, "contact:open", **opening | {"title": " \n "}) == "empty"
    assert await refused(astrid, "contact:open", **opening | {"title": "x" * 121}) == "too_long"
    assert await refused(astrid, "contact:open", **opening | {"unit_id": "nowhere"}) == "not_found"
    contact_id = await written(astrid)
    contact = {"contact_id": contact_id}
    arrived_ms = (await node.places.get([ContactId(contact_id)]))[ContactId(contact_id)].arrived_ms
    by_ms = node.deadlines.target_ms("hamnen", "routine", arrived_ms=arrived_ms, letter=True)
    assert by_ms > node.deadlines.target_ms("hamnen", "routine", arrived_ms=arrived_ms)
    seen = await astrid.call("contact:follow", **contact)
    letter = {"title": "Förnya recept", "turned": False, "answer_by": wire_time(by_ms)}
    assert (seen["summary"]["letter"], seen["summary"]["wait"]) == (letter, None)
    assert [one["body"]["kind"] for one in seen["entries"]][:4] == ["opened", "queued", "letter_written", "message"]
    [listed] = await astrid.get("/api/contacts")
    assert (listed["letter"], listed["status"], listed["turn"]) == (letter, "waiting", "staff")
    row = await row_of(sara, contact_id)
    told = (row["letter"], row["title"], row["urgency"], row["target_at"])
    assert told == (True, "Förnya recept", "routine", wire_time(by_ms))

    chat = await astrid.send("contact:open", {**opening, "client_id": client_id(), "title": None, "text": "Boka tid"})
    claimed = await sara.call("queue:claim", client_id=client_id(), contact_id=chat["contact_id"])
    turn = {"client_id": client_id(), "claim_no": claimed["claim_no"]}
    assert await refused(sara, "letter:turn", **turn, contact_id=chat["contact_id"]) == "wrong_state"
    await astrid.call("message:post", **contact, client_id=client_id(), text=WORSE)
    await sara.until("board", lambda data: any(one["urgency"] == "immediate" for one in data["rows"]))
    risen = await row_of(sara, contact_id)
    assert (risen["letter"], risen["urgency"], risen["order"][0]) == (True, "immediate", "0")
    assert risen["target_at"] == wire_time(node.deadlines.target_ms("hamnen", "immediate", arrived_ms=arrived_ms))
    summary = (await astrid.call("contact:follow", **contact))["summary"]
    assert (summary["letter"]["answer_by"], summary["wait"]["place"]) == (None, 1)


async def test_one_press_makes_a_chat_or_a_visit_of_it_in_the_same_contact(astrid: Somebody, sara: Somebody) -> None:
    for into in ("chat", "video"):
        contact_id = await written(astrid, title=f"Recept {CANARY}")
        claimed = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        turn = {"contact_id": contact_id, "client_id": client_id(), "claim_no": claimed["claim_no"]}
        assert await refused(sara, "letter:turn", **turn | {"claim_no": 9}) == "stale_claim"
        if into == "chat":
            done = await sara.call("letter:turn", **turn)
            assert (await sara.call("letter:turn", **turn))["no"] == done["no"]
            assert await refused(sara, "letter:turn", **turn | {"client_id": client_id()}) == "wrong_state"
        else:
            assert (await sara.call("visit:start", **turn))["visit_id"]
        seen = await astrid.call("contact:follow", contact_id=contact_id)
        kinds = [one["body"]["kind"] for one in seen["entries"]]
        turned = seen["entries"][kinds.index("letter_turned")]["body"]
        assert (kinds.count("letter_turned"), turned["into"], turned["claim_no"]) == (1, into, 0)
        assert ("visit_started" in kinds[kinds.index("letter_turned") :]) == (into == "video")
        assert seen["summary"]["letter"]["turned"]
        assert not (await row_of(sara, contact_id))["letter"]

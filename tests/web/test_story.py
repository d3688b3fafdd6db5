"""One contact from its first words to its closing, over real sockets; and what bad input gets."""

import asyncio
from typing import Any

import pytest
import socketio

from tests.canary import CANARY
from tests.web.client import WAIT_S, RefusedError, Somebody, client_id

CHEST = f"Jag har tryckande smärta i bröstet och det strålar ut i vänster arm, {CANARY}"


async def opened(patient: Somebody, text: str = CHEST, **more: Any) -> str:
    body = {"client_id": client_id(), "subject": "self", "age_y": 58, "sex": "f", "lang": "sv", "text": text, **more}
    done = await patient.send("contact:open", body)
    contact_id: str = done["contact_id"]
    await patient.call("contact:follow", contact_id=contact_id)
    return contact_id


async def test_a_contact_from_first_words_to_closing(astrid: Somebody, sara: Somebody) -> None:
    board = await sara.call("board:follow", unit_id="hamnen")
    assert board["rows"] == []
    contact_id = await opened(astrid)
    understood = await astrid.kept(contact_id, "understood")
    assert understood["body"]["urgency"] == "immediate"
    safety_net = understood["body"]["safety_net"]
    assert "112" in safety_net
    assert "{" not in safety_net
    row = (await sara.until("board", lambda data: data["rows"][0]["urgency"] == "immediate"))["rows"][0]
    assert row["contact_id"] == contact_id
    assert row["rule"] == "RF030"
    claim = await sara.call("queue:claim_next", client_id=client_id(), unit_ids=["hamnen", "lyktan"])
    assert claim == {"contact_id": contact_id, "claim_no": 1}
    followed = await sara.call("contact:follow", contact_id=contact_id)
    assert CHEST in [entry["body"].get("text") for entry in followed["entries"]]
    seen = followed["summary"]["head"]
    said = {"contact_id": contact_id, "claim_no": 1, "seen_no": seen, "text": "Hej, jag är här."}
    await sara.call("message:post", client_id=client_id(), **said)
    heard = await astrid.entry("message")
    assert heard["body"]["text"] == "Hej, jag är här."
    assert heard["author"] == {"kind": "staff", "name": "Sara Lind", "role": "nurse"}
    await sara.call(
        "contact:close",
        contact_id=contact_id,
        client_id=client_id(),
        claim_no=1,
        reason="called_112_113",
        safety_net="Ring 112 igen om det blir värre.",
        understood="said",
    )
    whole = await astrid.get(f"/api/contacts/{contact_id}")
    kinds = [entry["body"]["kind"] for entry in whole["entries"]]
    assert kinds == ["opened", "queued", "message", "understood", "claimed", "message", "closed"]
    assert [entry["no"] for entry in whole["entries"]] == list(range(1, 8))
    assert whole["summary"]["closed"]["safety_net"] == "Ring 112 igen om det blir värre."


async def test_a_repeated_message_is_committed_once(astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    same = {"contact_id": contact_id, "client_id": client_id(), "text": "Det gör ont"}
    first, again = await astrid.call("message:post", **same), await astrid.call("message:post", **same)
    assert again == {**first, "repeated": True}


async def test_what_is_sent_without_waiting_lies_in_the_order_it_was_sent(astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    said = [f"rad {number}" for number in range(30)]
    await asyncio.gather(
        *(astrid.call("message:post", contact_id=contact_id, client_id=client_id(), text=text) for text in said)
    )
    whole = await astrid.get(f"/api/contacts/{contact_id}")
    texts = [entry["body"]["text"] for entry in whole["entries"] if entry["body"]["kind"] == "message"]
    assert texts == [CHEST, *said]


async def test_a_nurse_who_is_behind_cannot_send(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid)
    await astrid.kept(contact_id, "understood")
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    seen = (await sara.call("contact:follow", contact_id=contact_id))["summary"]["head"]
    await astrid.call("message:post", contact_id=contact_id, client_id=client_id(), text="En sak till")
    said = {"contact_id": contact_id, "claim_no": claim["claim_no"], "seen_no": seen, "text": "Vila en stund."}
    with pytest.raises(RefusedError, match="behind") as refused:
        await sara.call("message:post", client_id=client_id(), **said)
    assert refused.value.data["newer"] == 1


async def test_visit_lobby_and_signalling(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid)
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    await sara.call("contact:follow", contact_id=contact_id)
    to_start = {"contact_id": contact_id, "client_id": client_id(), "claim_no": claim["claim_no"]}
    started = await sara.call("visit:start", **to_start)
    visit_id = started["visit_id"]
    waiting = await astrid.call("visit:enter", contact_id=contact_id, visit_id=visit_id)
    assert waiting["place"] == "lobby"
    offer = {"type": "offer", "sdp": "v=0"}
    to_nurse = {"contact_id": contact_id, "visit_id": visit_id, "to": started["participant"], "description": offer}
    with pytest.raises(RefusedError, match="not_connected"):
        await astrid.call("visit:signal", **to_nurse)
    await sara.call("visit:admit", contact_id=contact_id, visit_id=visit_id, participant=waiting["participant"])
    await astrid.call("visit:signal", **to_nurse)
    signal = await sara.until("signal", lambda data: data["sender"] == waiting["participant"])
    assert signal["description"] == offer
    await astrid.call("visit:leave", contact_id=contact_id, visit_id=visit_id)
    assert (await astrid.call("visit:enter", contact_id=contact_id, visit_id=visit_id))["place"] == "in"
    await sara.call("visit:end", contact_id=contact_id, visit_id=visit_id)
    with pytest.raises(RefusedError, match="visit_over"):
        await astrid.call("visit:enter", contact_id=contact_id, visit_id=visit_id)
    with pytest.raises(RefusedError, match="visit_over"):
        await sara.call("visit:start", **to_start)


async def test_somebody_elses_contact_is_not_there(astrid: Somebody, petra: Somebody) -> None:
    contact_id = await opened(astrid)
    tried: list[tuple[str, dict[str, Any]]] = [
        ("contact:follow", {}),
        ("message:post", {"client_id": client_id(), "text": "hej", "claim_no": 1}),
        ("queue:claim", {"client_id": client_id()}),
    ]
    for name, body in tried:
        with pytest.raises(RefusedError, match="not_found") as there:
            await petra.call(name, contact_id=contact_id, **body)
        with pytest.raises(RefusedError, match="not_found") as nowhere:
            await petra.call(name, contact_id="0" * 32, **body)
        assert there.value.data == nowhere.value.data
    with pytest.raises(RefusedError, match="not_found"):
        await petra.call("board:follow", unit_id="hamnen")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("contact:open", {}, "bad_request"),
        ("contact:open", None, "bad_request"),
        ("contact:open", "text", "bad_request"),
        ("no:such", {}, "unknown_event"),
        ("message:post", {"contact_id": "x", "client_id": "y", "text": 5}, "bad_request"),
        ("queue:claim_next", {"client_id": "y", "unit_ids": ["hamnen"]}, "not_found"),
    ],
)
async def test_bad_input_gets_a_typed_error(astrid: Somebody, name: str, body: Any, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await astrid.send(name, body)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("   \n", "empty"), ("\u200b", "empty"), ("a" * 8_001, "too_long")]
)
async def test_texts_that_are_no_texts(astrid: Somebody, text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await opened(astrid, text)
    assert refused.value.code == code


async def test_wrong_language_and_wrong_screen_items(astrid: Somebody) -> None:
    with pytest.raises(RefusedError, match="bad_request") as refused:
        await opened(astrid, lang="klingon")
    assert "klingon" not in str(refused.value.data)
    with pytest.raises(RefusedError, match="bad_request"):
        await opened(astrid, screen=["canary"])


async def test_a_socket_without_a_session_is_refused(url: str) -> None:
    io = socketio.AsyncClient(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await io.connect(url, transports=["websocket"])


async def test_signing_out_ends_the_session_and_its_sockets(astrid: Somebody) -> None:
    async with astrid.http.delete(f"{astrid.url}/api/session") as response:
        assert response.status == 200
    async with asyncio.timeout(WAIT_S):
        await astrid.line_gone.wait()
    with pytest.raises(RefusedError, match="not_signed_in"):
        await astrid.get("/api/session")

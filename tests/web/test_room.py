"""The door of a visit by its calls: who is set aside reaches nobody, and where addresses are hidden none is told."""

import pytest

from tests.rtc.test_turn import HOST_LINE, RELAY_LINE
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.guesting import Meeting, guest, meeting
from tests.web.test_story import opened
from web.node import Node

DESCRIBED = {"type": "offer", "sdp": f"v=0\r\nc=IN IP4 192.168.7.20\r\na={HOST_LINE}\r\na={RELAY_LINE}\r\n"}


@pytest.fixture
async def visit(astrid: Somebody, sara: Somebody) -> Meeting:
    """Astrid's contact, in which Sara has opened a visit."""
    contact_id = await opened(astrid)
    await sara.call("contact:follow", contact_id=contact_id)
    return await meeting(sara, contact_id)


async def refused(somebody: Somebody, name: str, **body: object) -> str:
    """The code of a refusal."""
    with pytest.raises(RefusedError) as refusal:
        await somebody.call(name, **body)
    return str(refusal.value.code)


async def test_who_is_set_aside_reaches_nobody_and_comes_back(
    node: Node, url: str, visit: Meeting, astrid: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara, named = visit.nurse, visit.named
    waiting = await astrid.call("visit:enter", **named)
    own = {**named, "participant": waiting["participant"]}
    let_go: list[str] = []
    monkeypatch.setattr(node.relays.relay, "leave", lambda _, participant: let_go.append(participant))
    await astrid.call("visit:company", **named, company=["relative"])
    await sara.call("visit:expect", **named, minutes=10)
    told = await sara.call("contact:follow", contact_id=visit.contact_id)
    [member] = [one for one in told["summary"]["visit"]["members"] if one["role"] == "patient"]
    assert (member["company"], member["identity"], member["since"] != "") == (["relative"], None, True)
    assert told["summary"]["visit"]["expected"]
    seen = await astrid.call("contact:follow", contact_id=visit.contact_id)
    assert {one["since"] for one in seen["summary"]["visit"]["members"]} == {""}  # what staff see is theirs
    for name in ("visit:send_back", "visit:set_aside", "visit:bring_back"):
        assert await refused(sara, name, **own) == "not_found"
    await sara.call("visit:identify", **own, how="e_id")
    await sara.call("visit:admit", **own)
    nurse = next(one["participant"] for one in told["summary"]["visit"]["members"] if one["role"] == "clinician")
    signal = {**named, "to": nurse, "description": DESCRIBED}
    await astrid.call("visit:signal", **signal)
    for broken in ({"type": "offer", "sdp": "broken"}, {"type": "offer", "sdp": "v=0" + "a" * 70_000}):
        assert await refused(astrid, "visit:signal", **{**signal, "description": broken}) == "bad_request"
    candidate = {"candidate": "broken", "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": None}
    assert await refused(astrid, "visit:signal", **named, to=nurse, candidate=candidate) == "bad_request"
    assert await refused(astrid, "visit:signal", **{**signal, "visit_id": "0" * 32}) == "visit_over"
    await sara.call("visit:set_aside", **own)
    assert let_go == [waiting["participant"]]  # with the commit, and not at the relay's next look
    assert await refused(astrid, "visit:signal", **signal) == "not_connected"
    assert await refused(astrid, "relay:join", **named, session="s") == "not_connected"
    assert (await astrid.call("visit:enter", **named))["place"] == "aside"
    assert await refused(sara, "visit:admit", **own) == "not_found"
    async with guest(url, await visit.invite()) as leyla:
        me = await leyla.get("/api/guest")
        await leyla.call("visit:enter", **named)
        await sara.call("visit:remove", **named, participant=me["participant"])
        await leyla.line_gone.wait()  # a guest who is removed is a guest no more
    await sara.call("visit:bring_back", **own)
    await astrid.call("visit:signal", **signal)
    await sara.call("visit:remove", **own)
    assert await refused(astrid, "visit:enter", **named) == "removed"


async def test_where_a_unit_hides_addresses_nobody_is_told_one(
    node: Node, visit: Meeting, astrid: Somebody, url: str
) -> None:
    own = await astrid.call("visit:enter", **visit.named)
    assert not own["relay_only"]
    await visit.nurse.call("visit:admit", **visit.named, participant=own["participant"])
    async with signed_in(url, "staff:adam") as adam:
        asked = {
            "of": "unit",
            "of_id": "hamnen",
            "sheet": "visits",
            "value": {"visits": {"relay_only": True}},
            "base": 0,
        }
        wanted = {"client_id": client_id(), "asked": asked, "reason": "Kvinnojour"}
        assert await refused(adam, "directory:propose", **wanted) == "sheet_invalid"  # there is no TURN server
    node.visit_rules.take("hamnen", type(node.visit_rules.of(""))(relay_only=True))
    assert (await astrid.call("visit:enter", **visit.named))["relay_only"]
    seen = await visit.nurse.call("contact:follow", contact_id=visit.contact_id)
    [nurse] = [one["participant"] for one in seen["summary"]["visit"]["members"] if one["role"] == "clinician"]
    to = {**visit.named, "to": nurse}
    for line in (HOST_LINE, RELAY_LINE):
        candidate = {"candidate": line, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": None}
        await astrid.call("visit:signal", **to, candidate=candidate)
    await astrid.call("visit:signal", **to, description=DESCRIBED)
    first = await visit.nurse.until("signal", lambda data: bool(data["candidate"]))
    assert first["candidate"]["candidate"].endswith("typ relay raddr 0.0.0.0 rport 9")
    described = await visit.nurse.until("signal", lambda data: bool(data["description"]))
    assert "192.168.7.20" not in described["description"]["sdp"]

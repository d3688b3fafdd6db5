"""Guests of a visit: in by a link that opens once and its code, to this visit and nothing else, out within a second."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from core.identity.loading import LOADER
from core.ids import ContactId, contact_stream
from core.retention.rules import DAY_MS, load_rules
from core.settings import Settings
from core.storage.sql import Database
from rtc.state import MOST
from tests.core.post_office import http_end
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.guesting import Meeting, guest, meeting, opening
from tests.web.test_gates import audited
from tests.web.test_story import opened
from web.app import run_node
from web.node import Node
from web.retention import retention_rows

EVICTED_WITHIN_S = 1.0


@pytest.fixture
async def visit(astrid: Somebody, sara: Somebody) -> Meeting:
    """Astrid's contact, in which Sara has opened a visit."""
    contact_id = await opened(astrid)
    await sara.call("contact:follow", contact_id=contact_id)
    return await meeting(sara, contact_id)


@pytest.fixture
async def stranger() -> AsyncIterator[aiohttp.ClientSession]:
    """A browser of somebody nobody knows."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield http


async def until_out(somebody: Somebody, since: float) -> float:
    """How long after `since` their line was ended."""
    async with asyncio.timeout(5):
        await somebody.line_gone.wait()
    return time.monotonic() - since


async def is_in(somebody: Somebody) -> bool:
    async with somebody.http.get(f"{somebody.url}/api/guest") as response:
        return response.status == 200


async def kinds_by(node: Node, contact_id: str, actor_id: str) -> list[str]:
    entries = await node.log.entries(contact_stream(ContactId(contact_id)))
    return [entry.header.kind for entry in entries if entry.header.actor_id == actor_id]


async def test_from_the_invitation_to_the_visit_and_out(url: str, node: Node, visit: Meeting, astrid: Somebody) -> None:
    secrets = await visit.invite()
    assert len(secrets["code"]) == 6
    async with guest(url, secrets, name="Leyla  Aydin ") as leyla:
        me = await leyla.get("/api/guest")
        assert (me["name"], me["role"], me["lang"]) == ("Leyla Aydin", "interpreter", "tr")
        assert (await leyla.call("visit:enter", **visit.named))["place"] == "lobby"
        to_nurse = {**visit.named, "to": me["visit"]["members"][0]["participant"]}
        with pytest.raises(RefusedError, match="not_connected"):
            await leyla.call("visit:signal", **to_nurse, description={"type": "offer", "sdp": "v=0"})
        await visit.nurse.call("visit:admit", **visit.named, participant=me["participant"])
        let_in = await leyla.until("visit", lambda data: has(data, me["participant"], "in"))
        assert {one["role"] for one in let_in["visit"]["members"]} == {"clinician", "interpreter"}
        await leyla.call("visit:signal", **to_nurse, description={"type": "offer", "sdp": "v=0"})
        heard = await visit.nurse.until("signal", lambda data: data["sender"] == me["participant"])
        back = {"to": me["participant"], "description": {"type": "answer", "sdp": "v=0"}}
        await visit.nurse.call("visit:signal", **visit.named, **back)
        await leyla.until("signal", lambda data: data["description"]["type"] == "answer")
        assert heard["description"]["type"] == "offer"
        async with leyla.http.delete(f"{url}/api/guest") as response:
            assert response.status == 200
        await until_out(leyla, time.monotonic())
        assert not await is_in(leyla)
    by_guest = await kinds_by(node, visit.contact_id, f"guest:{secrets['guest_id']}")
    assert by_guest == ["guest_came", "visit_knocked", "visit_left"]
    seen = await astrid.call("contact:follow", contact_id=visit.contact_id)
    told = [entry["body"] for entry in seen["entries"] if entry["body"]["kind"] == "guest_invited"]
    assert [(one["name"], one["link"], one["code"]) for one in told] == [("Leyla Aydin", "", "")]
    looks = [(row.action, row.outcome, row.basis) for row in await audited(node) if "/api/guest" in row.action]
    assert looks == [("GET /api/guest", "allowed", "guest"), ("DELETE /api/guest", "allowed", "guest")]


def has(data: dict[str, Any], participant: str, place: str) -> bool:
    members = data["visit"]["members"] if data["visit"] else []
    return any(one["participant"] == participant and one["place"] == place for one in members)


async def test_a_guest_hears_of_the_visit_and_of_nothing_else(
    url: str, visit: Meeting, astrid: Somebody, sara: Somebody
) -> None:
    async with guest(url, await visit.invite()) as leyla:
        await leyla.call("visit:enter", **visit.named)
        await astrid.call("visit:enter", **visit.named)
        await sara.call("contact:follow", contact_id=visit.contact_id)
        await astrid.call("message:post", contact_id=visit.contact_id, client_id=client_id(), text="Hemligt ord")
        waiting = await leyla.until("visit", lambda data: len(data["visit"]["members"]) == 2)
        assert {one["role"] for one in waiting["visit"]["members"]} == {"clinician", "interpreter"}
        assert "Astrid" not in str(leyla.heard)
        me = await leyla.get("/api/guest")
        await visit.nurse.call("visit:admit", **visit.named, participant=me["participant"])
        told = await leyla.until("visit", lambda data: len(data["visit"]["members"]) == 3)
        names = {one["role"]: one["name"] for one in told["visit"]["members"]}
        assert names == {"clinician": "Sara Lind", "patient": "Astrid", "interpreter": "Leyla"}
        assert told["visit"]["guests"] == []
        body = {"contact_id": visit.contact_id, "client_id": client_id(), "text": "x", "up_to": 1, "state": "here"}
        for call in ("contact:follow", "read:mark", "presence:tell", "message:post"):
            with pytest.raises(RefusedError, match="not_found"):
                await leyla.send(call, body)
        for path in ("/api/session", "/api/contacts", f"/api/contacts/{visit.contact_id}", "/api/sessions"):
            with pytest.raises(RefusedError):
                await leyla.get(path)
        heard = json.dumps(leyla.heard, ensure_ascii=False)
        assert {name for name, _ in leyla.heard} <= {"visit", "heads"}
        assert "Hemligt" not in heard
        assert "Holm" not in heard


async def test_whatever_is_wrong_answers_alike(
    url: str, node: Node, visit: Meeting, stranger: aiohttp.ClientSession
) -> None:
    used, withdrawn, right = [await visit.invite(name=name) for name in ("Used", "Withdrawn", "Right")]
    async with guest(url, used):
        await visit.withdraw(withdrawn["guest_id"])
        other = f"{(int(right['code']) + 1) % 1_000_000:06}"
        tried = [
            (used["token"], used["code"]),
            (withdrawn["token"], withdrawn["code"]),
            (right["token"], other),
            (right["token"], withdrawn["code"]),
            ("made-up", right["code"]),
            ("", ""),
            ("\ud800" * 400, "💥" * 400),
        ]
        answers = {json.dumps(await opening(stranger, url, *one)) for one in tried if "\ud800" not in one[0]}
    assert len(answers) == 1
    assert '"not_found"' in answers.pop()
    refused = [row for row in await audited(node) if row.action == "POST /api/guest" and row.outcome == "refused"]
    assert len(refused) == len(tried) - 1
    about = {row.about for row in refused}
    assert about == {"anyone", f"contact:{visit.contact_id}"}
    status, _ = await opening(stranger, url, right["token"], f" {right['code'][:3]} {right['code'][3:]} ")
    assert status == 200


async def test_wrong_codes_end_in_a_lock_and_a_made_up_link_is_locked_the_same(
    url: str, visit: Meeting, stranger: aiohttp.ClientSession
) -> None:
    secrets = await visit.invite()
    for token in (secrets["token"], "made-up"):
        codes = [(await opening(stranger, url, token, "no"))[1]["code"] for _ in range(6)]
        assert codes == ["not_found"] * 5 + ["locked_out"]
    status, answer = await opening(stranger, url, secrets["token"], secrets["code"])
    assert (status, answer["code"]) == (429, "locked_out")


Ends = Callable[[Node, Meeting, str], Awaitable[None]]


async def withdrawn(_: Node, visit: Meeting, guest_id: str) -> None:
    await visit.withdraw(guest_id)


async def over(_: Node, visit: Meeting, __: str) -> None:
    await visit.nurse.call("visit:end", **visit.named)


async def protected(node: Node, _: Meeting, __: str) -> None:
    await node.register.protect(LOADER, "astrid", "sekretessmarkering", client_id=client_id())
    await node.protections.look()


@pytest.mark.parametrize("ends", [withdrawn, over, protected], ids=lambda one: one.__name__)
async def test_who_is_a_guest_no_more_is_out_within_a_second(url: str, node: Node, visit: Meeting, ends: Ends) -> None:
    secrets = await visit.invite()
    async with guest(url, secrets) as leyla:
        me = await leyla.get("/api/guest")
        await leyla.call("visit:enter", **visit.named)
        await visit.nurse.call("visit:admit", **visit.named, participant=me["participant"])
        await ends(node, visit, secrets["guest_id"])
        assert await until_out(leyla, time.monotonic()) < EVICTED_WITHIN_S
        assert leyla.heard[-1] == ("visit", {"visit": None})
        assert not await is_in(leyla)
        async with asyncio.timeout(EVICTED_WITHIN_S):
            while await node.sessions.own(f"guest:{secrets['guest_id']}"):
                await asyncio.sleep(0.01)
        if ends is not over:
            withdrawn = await visit.nurse.entry("guest_withdrawn")
            assert withdrawn["body"]["guest_id"] == secrets["guest_id"]
            assert (await visit.members())["Leyla Aydin"] == "left"
            with pytest.raises(RefusedError, match="not_found"):
                await visit.nurse.call("visit:admit", **visit.named, participant=me["participant"])
    entries = await node.log.entries(contact_stream(ContactId(visit.contact_id)))
    why = [getattr(entry.body, "why", None) for entry in entries if entry.header.kind == "guest_withdrawn"]
    assert why == {"withdrawn": ["staff"], "over": [], "protected": ["protected"]}[ends.__name__]


async def test_nobody_is_invited_to_who_is_protected(node: Node, visit: Meeting) -> None:
    await protected(node, visit, "")
    with pytest.raises(RefusedError, match="wrong_state") as refused:
        await visit.invite(role="relative")
    assert refused.value.data["state"] == "protected"


async def test_only_who_is_in_the_visit_invites_to_it(url: str, visit: Meeting) -> None:
    async with signed_in(url, "staff:jonas") as jonas:
        beside = visit._replace(nurse=jonas)
        with pytest.raises(RefusedError, match="not_connected"):
            await beside.invite()
        await jonas.call("visit:enter", **visit.named)
        secrets = await beside.invite()
        await visit.withdraw(secrets["guest_id"])
    with pytest.raises(RefusedError, match="visit_over"):
        await visit._replace(visit_id="0" * 32).invite()


async def test_a_visit_has_eight_places(visit: Meeting) -> None:
    made = [await visit.invite(name=f"Gäst {number}", role="relative") for number in range(MOST - 2)]
    with pytest.raises(RefusedError, match="too_many"):
        await visit.invite(role="relative")
    await visit.withdraw(made[0]["guest_id"])
    await visit.invite(role="consultant")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "  "}, "empty"),
        ({"name": "x" * 81}, "too_long"),
        ({"lang": "turkiska"}, "bad_request"),
        ({"role": "relative", "lang": "tr"}, "bad_request"),
        ({"role": "clinician"}, "bad_request"),
        ({"link_to": "070-1740605"}, "bad_request"),
        ({"code_to": "nobody"}, "bad_request"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(visit: Meeting, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        await visit.invite(**wrong)


async def test_the_same_command_twice_invites_once_and_tells_no_secret_again(visit: Meeting) -> None:
    said = {**visit.named, "client_id": client_id(), "name": "Leyla", "role": "relative"}
    await visit.nurse.send("guest:invite", said)
    with pytest.raises(RefusedError, match="wrong_state"):
        await visit.nurse.send("guest:invite", said)
    seen = await visit.nurse.call("contact:follow", contact_id=visit.contact_id)
    assert len(seen["summary"]["visit"]["guests"]) == 1


async def test_a_guest_link_signs_nobody_out_and_takes_over_no_session(url: str, visit: Meeting) -> None:
    """Somebody signed in opens a link in the same browser; and a cookie planted before is worth nothing after."""
    secrets = await visit.invite()
    async with signed_in(url, "patient:nils") as nils:
        planted = {"Cookie": f"{nils.cookie}; fyr-guest=planted"}
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            body = {"token": secrets["token"], "code": secrets["code"], "name": "Nils"}
            async with http.post(f"{url}/api/guest", json=body, headers=planted) as response:
                given = response.cookies["fyr-guest"]
        assert given.value != "planted"
        assert (given["httponly"], given["samesite"], given["path"]) == (True, "Strict", "/")
        assert (await nils.get("/api/session"))["id"] == "patient:nils"


async def test_where_a_link_led_is_erased_and_who_was_invited_stays(node: Node, visit: Meeting) -> None:
    await visit.invite()
    database, rules, now_ms = Database(node.settings.sql_url), load_rules("se"), node.now_ms()
    rows = retention_rows(database)
    assert await rows.old_rows("guest_links", rules.over_before_ms("guest_links", now_ms)) == 0
    in_two_days = rules.over_before_ms("guest_links", now_ms + 2 * DAY_MS)
    assert await rows.delete_old_rows("guest_links", in_two_days) == 1
    await database.close()
    seen = await visit.nurse.call("contact:follow", contact_id=visit.contact_id)
    assert [guest["name"] for guest in seen["summary"]["visit"]["guests"]] == ["Leyla Aydin"]


async def test_a_code_that_is_sent_is_shown_to_nobody_and_tells_nothing(tmp_path: Path) -> None:
    async with http_end(200) as (gateway, received):
        settings = Settings(demo=True, data_dir=tmp_path, sms_url=gateway, public_url="https://fyr.example")
        async with run_node(settings) as application:
            server = TestServer(application)
            await server.start_server()
            url = str(server.make_url("")).rstrip("/")
            async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "staff:sara") as sara:
                visit = await meeting(sara, await opened(astrid))
                with pytest.raises(RefusedError, match="bad_request"):
                    await visit.invite(link_to="0701740605", code_to="0701740605")
                made = await visit.invite(link_to="070-174 06 05", code_to="0701740606", told_in="en")
            await server.close()
    assert (made["code"], made["link_sent"]) == ("", True)
    link, code = [json.loads(body) for body in received.bodies]
    assert (link["to"], code["to"]) == ("0701740605", "0701740606")
    assert f"https://fyr.example/guest#{made['token']}" in link["text"]
    assert made["token"] not in code["text"]
    assert [word for word in code["text"].split() if word.strip(".").isdigit()]

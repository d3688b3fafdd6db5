"""The audit on its way out: AuditEvents for auditors, `fyr audit export`, and who has read mine for patients."""

import io
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from fhir.resources.R4B.auditevent import AuditEvent
from fhir.resources.R4B.bundle import Bundle

from core.audit.entries import Accessed
from core.settings import Settings
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.api.audit import period_of
from web.app import NODE, run_node
from web.fhir.export import export_audit
from web.node import Node

AUDITS = "/fhir/AuditEvent?patient=astrid"


async def looks(node: Node) -> list[Accessed]:
    entries = await node.log.entries(node.trail.stream())
    return [entry.body for entry in entries if isinstance(entry.body, Accessed)]


@pytest.fixture
async def read_contact(astrid: Somebody, sara: Somebody) -> str:
    """Astrid's contact: Sara looked, took it and wrote."""
    contact_id = await opened(astrid)
    await sara.call("contact:follow", contact_id=contact_id)
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    await sara.call(
        "message:post", client_id=client_id(), contact_id=contact_id, text="Hej", claim_no=claim["claim_no"], seen_no=99
    )
    return contact_id


async def fetched(who: Somebody, path: str) -> dict[str, Any]:
    async with who.http.get(who.url + path) as response:
        assert response.status == 200, await response.text()
        found: dict[str, Any] = await response.json(content_type=None)
        return found


def resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle.get("entry", [])]


async def test_an_auditor_gets_valid_audit_events_without_a_word_of_the_contact(
    url: str, node: Node, read_contact: str
) -> None:
    async with signed_in(url, "staff:alva") as alva:
        bundle = await fetched(alva, AUDITS)
    Bundle.model_validate(bundle)
    events = resources(bundle)
    for event in events:
        AuditEvent.model_validate(event)
        assert event["entity"][0]["what"]["identifier"] == {"system": "urn:fyr:person", "value": "astrid"}
    told = {(event["subtype"][1]["code"], event["agent"][0]["who"]["identifier"]["value"]) for event in events}
    assert {("contact:follow", "staff:sara"), ("message", "staff:sara"), ("claimed", "staff:sara")} <= told
    look = next(one for one in events if one["subtype"][1]["code"] == "contact:follow")
    assert look["agent"][0]["role"][0]["coding"][0]["code"] == "nurse"
    assert look["agent"][0]["network"]["address"] == "127.0.0.1"
    assert [one["who"]["display"] for one in look["agent"][1:]] == ["Hamnens hälsocentral", "Region Fyr"]
    assert "ont" not in msgspec.json.encode(bundle).decode().replace("contact", "")


async def test_the_search_is_audited_itself(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "staff:alva") as alva:
        await fetched(alva, AUDITS)
        again = resources(await fetched(alva, AUDITS))
    own = [row for row in await looks(node) if row.action == "GET /fhir/AuditEvent"]
    assert [(row.person_id, row.role, row.basis) for row in own] == [("astrid", "auditor", "audit")] * 2
    assert "GET /fhir/AuditEvent" in {event["subtype"][1]["code"] for event in again}


async def test_pages_join_up(url: str, read_contact: str) -> None:
    async with signed_in(url, "staff:alva") as alva:
        until = (await fetched(alva, AUDITS))["timestamp"].replace("+", "%2B")
        path, seen = f"{AUDITS}&_count=2&date=lt{until}", []
        whole = resources(await fetched(alva, f"{AUDITS}&date=lt{until}"))
        while path:
            bundle = await fetched(alva, path)
            assert len(resources(bundle)) <= 2
            seen += resources(bundle)
            path = next((link["url"] for link in bundle["link"] if link["relation"] == "next"), "")
    assert seen == whole
    assert len(whole) > 4


@pytest.mark.parametrize("who", ["staff:sara", "staff:petra", "patient:astrid"])
async def test_nobody_else_gets_any(url: str, node: Node, read_contact: str, who: str) -> None:
    async with signed_in(url, who) as somebody:
        with pytest.raises(RefusedError) as refused:
            await somebody.get(AUDITS)
    assert refused.value.code == "not_found"
    assert [row.outcome for row in await looks(node) if row.action == "GET /fhir/AuditEvent"] == ["refused"]


async def test_an_auditor_reads_the_audit_of_their_own_legal_care_giver_alone(
    url: str, astrid: Somebody, petra: Somebody
) -> None:
    contact_id = (await astrid.call("contact:open", client_id=client_id(), subject="self", lang="sv", text="hosta",
                                    unit_id="strand"))["contact_id"]  # fmt: skip
    await petra.call("contact:follow", contact_id=contact_id)
    async with signed_in(url, "staff:alva") as alva:
        actors = {event["agent"][0]["who"]["identifier"]["value"] for event in resources(await fetched(alva, AUDITS))}
        with pytest.raises(RefusedError):
            await alva.call("contact:follow", contact_id=contact_id)
    assert "staff:petra" not in actors


@pytest.mark.parametrize("query", ["date=2026", "date=ge2026-13-01", "date=ge2026-11-26T10:00", "_count=0", "page=%21"])
async def test_what_is_no_question_is_refused(url: str, query: str) -> None:
    async with signed_in(url, "staff:alva") as alva:
        with pytest.raises(RefusedError) as refused:
            await alva.get(f"{AUDITS}&{query}")
    assert refused.value.code == "bad_request"


def test_a_period_of_days_is_whole_days() -> None:
    first, last = period_of("ge2026-11-25,le2026-11-26")
    assert last - first == 2 * 24 * 60 * 60 * 1000
    assert period_of("gt2026-11-25,lt2026-11-26") == (first + 86_400_000, first + 86_400_000)


async def test_the_export_is_every_look_as_an_audit_event_a_line(tmp_path: Path) -> None:
    settings = Settings(demo=True, data_dir=tmp_path)
    async with run_node(settings) as application:
        node = application[NODE]
        sara = await node.standing.actor("staff:sara", address="192.0.2.7")
        assert sara is not None
        for _ in range(3):
            await node.gates.access_own(sara, action="GET /api/session")
    out = io.StringIO()
    assert await export_audit(settings, None, None, out=out) == 3
    lines = out.getvalue().splitlines()
    assert [AuditEvent.model_validate_json(line).action for line in lines] == ["R", "R", "R"]
    assert await export_audit(settings, "2099-01-01T00:00:00Z", None, out=io.StringIO()) == 0


async def test_a_patient_sees_who_has_read_theirs(astrid: Somebody, read_contact: str) -> None:
    told = (await astrid.call("looks:list"))["looks"]
    staff = [one for one in told if one["who"] == "staff"]
    assert {(one["does"], one["purpose"], one["role"], one["unit"], one["provider"]) for one in staff} == {
        ("look", "care", "nurse", "Hamnens hälsocentral", "Region Fyr"),
        ("change", "care", "nurse", "Hamnens hälsocentral", "Region Fyr"),
    }
    assert {one["contact_id"] for one in told} == {read_contact}
    assert {one["who"] for one in told} == {"self", "staff"}
    assert "Sara" not in str(told)


async def test_nobody_sees_who_has_read_another_s(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "patient:nils") as nils:
        with pytest.raises(RefusedError) as refused:
            await nils.call("looks:list", for_person="astrid")
        assert refused.value.code == "not_found"
        assert (await nils.call("looks:list"))["looks"] == []
        assert (await nils.call("looks:list", for_person="elias"))["looks"] == []
    rows = [(row.outcome, row.basis) for row in await looks(node) if row.action == "looks:list"]
    assert rows == [("refused", ""), ("allowed", "own"), ("allowed", "represents")]


async def test_a_representative_is_told_as_one(url: str) -> None:
    async with signed_in(url, "patient:nils") as nils:
        answer = await nils.call(
            "contact:open", client_id=client_id(), subject="child", for_person="elias", lang="sv", text="feber"
        )
        await nils.call("contact:follow", contact_id=answer["contact_id"])
        told = (await nils.call("looks:list", for_person="elias"))["looks"]
    assert {(one["who"], one["does"]) for one in told} == {("representative", "look"), ("representative", "change")}


async def test_where_a_call_came_from_is_what_trusted_proxies_say(tmp_path: Path) -> None:
    from aiohttp.test_utils import TestServer

    from core.settings import load_settings

    settings = load_settings({"FYR_DEMO": "1", "FYR_DATA_DIR": str(tmp_path), "FYR_TRUSTED_PROXIES": "127.0.0.1/32"})
    async with run_node(settings) as application:
        server = TestServer(application)
        await server.start_server()
        try:
            url = str(server.make_url("")).rstrip("/")
            async with aiohttp.ClientSession() as http:
                headers = {"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}
                async with http.post(f"{url}/api/session", data=b'{"person":"staff:sara"}', headers=headers) as answer:
                    assert answer.status == 200
            assert (await looks(application[NODE]))[0].address == "203.0.113.5"
        finally:
            await server.close()

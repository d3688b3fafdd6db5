"""Who may see what is known, and what is kept from whom: of oneself, of a child, of one unit, of a whole care giver."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from core.identity.loading import LOADER
from core.ids import ContactId, contact_stream
from core.settings import Settings
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_doors import open_door, refusal
from tests.web.test_gates import audited
from tests.web.test_story import opened
from web.app import NODE, run_node
from web.node import Node
from web.routing import Seekers


@pytest.fixture
async def nils(url: str) -> AsyncIterator[Somebody]:
    """A guardian: Elias is nine."""
    async with signed_in(url, "patient:nils") as somebody:
        yield somebody


async def of_elias(nils: Somebody) -> str:
    """A contact about Elias, at Hamnen."""
    told = {"subject": "child", "for_person": "elias", "lang": "sv", "text": "feber"}
    return str((await nils.call("contact:open", client_id=client_id(), **told))["contact_id"])


async def blocked(somebody: Somebody, *, on: bool = True, **what: str) -> dict[str, Any]:
    return await somebody.call("access:block", client_id=client_id(), blocked=on, **what)


async def test_a_guardian_sees_who_may_see_the_child_s_and_may_not_block_it_in_sweden(
    nils: Somebody, node: Node
) -> None:
    await of_elias(nils)
    seen = await nils.call("access:mine", for_person="elias")
    assert [(one["unit_id"], one["blocked"]) for one in seen["units"]] == [("hamnen", False)]
    assert [one["provider_id"] for one in seen["providers"]] == ["region-fyr"]
    assert seen["may_block"] is False
    body = {"client_id": client_id(), "unit_id": "hamnen", "blocked": True, "for_person": "elias"}
    assert await refusal(nils, "access:block", **body) == "not_found"
    assert (await nils.call("access:mine"))["may_block"] is True
    rows = [
        (row.action, row.outcome, row.basis, row.person_id) for row in await audited(node) if "access" in row.action
    ]
    assert rows == [
        ("access:mine", "allowed", "represents", "elias"),
        ("access:block", "refused", "", ""),
        ("access:mine", "allowed", "own", "nils"),
    ]


async def test_nobody_sees_it_of_somebody_they_do_not_stand_for(nils: Somebody, node: Node) -> None:
    for person in ("astrid", "nobody"):
        assert await refusal(nils, "access:mine", for_person=person) == "not_found"
    await node.register.end_proxy(LOADER, "elias", proxy_id="nils", basis="guardian", client_id="over")
    await node.watch.look()
    assert await refusal(nils, "access:mine", for_person="elias") == "not_found"


async def test_a_guardian_does_not_end_a_door_of_the_child_s_in_sweden(nils: Somebody, url: str) -> None:
    await of_elias(nils)
    async with signed_in(url, "staff:petra") as petra:
        await open_door(petra, "elias", basis="consent", unit="strand")
        (door,) = (await nils.call("access:mine", for_person="elias"))["doors"]
        assert await refusal(nils, "access:close", client_id=client_id(), door_id=door["door_id"]) == "not_found"


async def test_in_norway_a_parent_blocks_for_the_child_and_lifts_it(tmp_path: Path) -> None:
    async with run_node(Settings(demo=True, country="no", data_dir=tmp_path)) as application:
        server, node = TestServer(application), application[NODE]
        await server.start_server()
        url = str(server.make_url("")).rstrip("/")
        represents = {
            proxy.proxy_id: proxy.person_id
            for person in await node.directory.persons()
            for proxy in await node.register.rows.proxies_held_by(person.id)
        }
        ((parent, child), *_) = represents.items()
        try:
            async with signed_in(url, f"patient:{parent}") as somebody:
                await somebody.call(
                    "contact:open", client_id=client_id(), subject="child", for_person=child, lang="nb", text="feber"
                )
                seen = await somebody.call("access:mine", for_person=child)
                assert seen["may_block"] is True
                unit = seen["units"][0]["unit_id"]
                seen = await blocked(somebody, unit_id=unit, for_person=child)
                assert [one["blocked"] for one in seen["units"]] == [True]
                assert await node.doors.blocks_of(child)
                assert await node.doors.blocks_of(parent) == []
                seen = await blocked(somebody, on=False, unit_id=unit, for_person=child)
                assert [one["blocked"] for one in seen["units"]] == [False]
        finally:
            await server.close()


async def test_in_norway_a_patient_keeps_a_named_nurse_out_and_an_emergency_comes_in(tmp_path: Path) -> None:
    async with (
        run_node(Settings(demo=True, country="no", data_dir=tmp_path)) as application,
        TestServer(application) as server,
        signed_in(url := str(server.make_url("")).rstrip("/"), "patient:ingrid") as ingrid,
        signed_in(url, "staff:kari") as kari,
        signed_in(url, "staff:tone") as tone,
    ):
        contact_id = await opened(ingrid, unit_id="legevakt")
        assert (await ingrid.call("access:mine"))["staff"] == []
        once = {"client_id": client_id(), "unit_ids": ["legevakt"]}
        claim = await kari.call("queue:claim_next", **once)
        await kari.call("contact:follow", contact_id=contact_id)
        (nurse,) = (await ingrid.call("access:mine"))["staff"]
        assert nurse == {"staff_id": "kari", "staff": "Kari Vik", "blocked": False}
        assert (
            await refusal(ingrid, "access:block", client_id=client_id(), blocked=True, staff_id="tone") == "not_found"
        )
        own = await blocked(ingrid, staff_id="kari")
        assert [one["blocked"] for one in own["staff"]] == [True]
        await kari.until("access_ended", lambda told: told["contact_id"] == contact_id, wait_s=1)
        named = {"contact_id": contact_id, "client_id": client_id()}
        assert await refusal(kari, "message:post", **named, text="hei", claim_no=claim["claim_no"]) == "not_found"
        assert await refusal(kari, "queue:claim", contact_id=contact_id, client_id=client_id()) == "not_found"
        again = {"client_id": client_id(), "unit_ids": ["legevakt"]}
        assert await refusal(kari, "queue:claim_next", **again) == "nothing_waiting"
        assert (await tone.call("queue:claim_next", **again))["contact_id"] == contact_id
        assert (await kari.call("person:find", number="08856710077"))["persons"] == []
        at = {"person_id": "ingrid", "unit_id": "legevakt", "reason": "Svarer ikke."}
        assert await refusal(kari, "access:open", client_id=client_id(), basis="care", **at) == "not_found"
        assert await open_door(kari, "ingrid", basis="emergency", unit="legevakt") == [contact_id]
        assert await refusal(kari, "contact:follow", contact_id=contact_id) == "ok"
        told = await ingrid.kept(contact_id, "looked_in")
        assert told["body"]["at_unit_id"] == "legevakt"
        await blocked(ingrid, on=False, staff_id="kari")
        assert await refusal(kari, "queue:claim", contact_id=contact_id, client_id=client_id()) == "already_claimed"


async def test_nobody_is_waited_for_whom_the_patient_keeps_out(tmp_path: Path) -> None:
    async with (
        run_node(Settings(demo=True, country="no", data_dir=tmp_path)) as application,
        TestServer(application) as server,
        signed_in(url := str(server.make_url("")).rstrip("/"), "patient:ingrid") as ingrid,
        signed_in(url, "staff:kari") as kari,
    ):
        node = application[NODE]
        first = await opened(ingrid, unit_id="legevakt")
        await kari.call("queue:claim", contact_id=first, client_id=client_id())
        head = await node.log.head(contact_stream(ContactId(await opened(ingrid, unit_id="legevakt"))))
        assert (await Seekers(node).of(head)).known_to == ("kari",)
        await blocked(ingrid, staff_id="kari")
        assert (await Seekers(node).of(head)).known_to == ()


async def test_in_sweden_nobody_is_kept_out_by_name(astrid: Somebody, sara: Somebody, contact: str) -> None:
    assert (await astrid.call("access:mine"))["staff"] == []
    assert await refusal(astrid, "access:block", client_id=client_id(), blocked=True, staff_id="sara") == "not_found"
    assert await refusal(sara, "contact:follow", contact_id=contact) == "ok"


async def test_a_whole_care_giver_is_kept_from_others_and_from_nobody_of_its_own(url: str) -> None:
    """Maryam writes to Lyktan: Jonas is at Hamnen of the same region, Petra is elsewhere."""
    async with (
        signed_in(url, "patient:maryam") as maryam,
        signed_in(url, "staff:jonas") as jonas,
        signed_in(url, "staff:petra") as petra,
    ):
        contact_id = await opened(maryam)
        await open_door(petra, "maryam", basis="consent", unit="strand")
        await open_door(jonas, "maryam", basis="care", unit="hamnen")
        for somebody in (petra, jonas):
            assert await refusal(somebody, "contact:follow", contact_id=contact_id) == "ok"
        own = await blocked(maryam, provider_id="region-fyr")
        assert own["providers"] == [{"provider_id": "region-fyr", "provider": "Region Fyr", "blocked": True}]
        assert [one["blocked"] for one in own["units"]] == [False], "the unit itself is not blocked"
        assert await refusal(petra, "contact:follow", contact_id=contact_id) == "not_found"
        assert await refusal(jonas, "contact:follow", contact_id=contact_id) == "ok"
        consent = {"person_id": "maryam", "unit_id": "strand", "basis": "consent", "reason": "x"}
        assert await refusal(petra, "access:open", client_id=client_id(), **consent) == "not_found"
        assert await open_door(petra, "maryam", basis="emergency", unit="strand") == [contact_id]
        await blocked(maryam, on=False, provider_id="region-fyr")
        assert await refusal(petra, "access:open", client_id=client_id(), **consent) == "ok"


async def test_what_is_shared_within_a_care_giver_stays_so_when_it_is_blocked_whole(url: str) -> None:
    until = "2026-12-20T12:00:00Z"
    async with signed_in(url, "patient:maryam") as maryam, signed_in(url, "staff:leila") as leila:
        contact_id = await opened(maryam)
        for unit in ("hamnen", "strand"):
            agreed = {"contact_id": contact_id, "with_unit_id": unit, "until": until, "reason": "Båda."}
            await leila.call("access:share", client_id=client_id(), **agreed)
        async with signed_in(url, "staff:jonas") as jonas, signed_in(url, "staff:petra") as petra:
            assert await refusal(petra, "contact:follow", contact_id=contact_id) == "ok"
            await blocked(maryam, provider_id="region-fyr")
            assert await refusal(petra, "contact:follow", contact_id=contact_id) == "not_found"
            assert await refusal(jonas, "contact:follow", contact_id=contact_id) == "ok"


async def test_one_is_named_and_it_must_know_something(url: str) -> None:
    async with signed_in(url, "patient:maryam") as maryam:
        await opened(maryam)
        body = {"client_id": client_id(), "blocked": True}
        assert await refusal(maryam, "access:block", **body) == "bad_request"
        both = {"unit_id": "lyktan", "provider_id": "region-fyr"}
        assert await refusal(maryam, "access:block", **body, **both) == "bad_request"
        assert await refusal(maryam, "access:block", **body, unit_id="strand") == "not_found"
        assert await refusal(maryam, "access:block", **body, provider_id="strandkliniken") == "not_found"

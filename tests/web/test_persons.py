"""Finding, standing for, and protecting people: through the real wire."""

import asyncio
import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from core.identity.entries import Protection
from core.identity.loading import LOADER
from core.ids import ContactId, contact_stream, new_id
from core.lockout.rule import LOOKUPS
from core.storage import tables
from core.storage.sql import Database
from rtc.state import Member, Visit
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.guesting import meeting
from tests.web.test_doors import refusal
from tests.web.test_gates import audited
from tests.web.test_story import opened
from tests.web.test_transcript import fetched, text_of
from web.node import Node

ASTRID, VERA, ELIAS, GUNNAR = "97680314-AS25", "20000125-2386", "20170101-2393", "97430630GF15"
NOBODYS = "98240301AA06"
WITHIN_S = 2.5
OUT_WITHIN_S = 5.0


async def find(somebody: Somebody, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await somebody.call("person:find", number=number))["persons"]
    return found


async def opened_for(somebody: Somebody, person: str | None, **more: Any) -> str:
    body = {"client_id": client_id(), "subject": "child", "lang": "sv", "text": "Feber sedan i går.", **more}
    answer = await somebody.call("contact:open", for_person=person, **body)
    return str(answer["contact_id"])


async def until(somebody: Somebody, name: str, code: str, **body: Any) -> None:
    """What was changed is in force within a second, on open screens as well."""
    async with asyncio.timeout(WITHIN_S):
        while await refusal(somebody, name, **body) != code:
            await asyncio.sleep(0.05)


async def test_staff_find_a_person_and_open_what_they_may(sara: Somebody, astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    (found,) = await find(sara, " 97680314as25 ")
    assert (found["person_id"], found["name"], found["unit"]) == ("astrid", "Astrid Holm", "Hamnens hälsocentral")
    assert found["protection"] is None
    assert [one["contact_id"] for one in found["contacts"]] == [contact_id]
    assert await refusal(sara, "contact:follow", contact_id=contact_id, after=0) == "ok"


async def test_nobody_and_nobody_of_ones_own_look_the_same(sara: Somebody, petra: Somebody) -> None:
    """Gunnar is registered with another legal care giver, and nobody has the other number."""
    assert await find(sara, GUNNAR) == await find(sara, NOBODYS) == []
    assert [one["person_id"] for one in await find(petra, GUNNAR)] == ["gunnar"]
    assert await find(petra, ASTRID) == []


async def test_a_contact_with_ones_care_giver_makes_a_person_findable_there(
    url: str, sara: Somebody, petra: Somebody
) -> None:
    async with signed_in(url, "patient:gunnar") as gunnar:
        body = {"client_id": client_id(), "subject": "self", "lang": "sv", "text": "Ont i knät.", "unit_id": "hamnen"}
        contact_id = (await gunnar.call("contact:open", **body))["contact_id"]
    (found,) = await find(sara, GUNNAR)
    assert (found["unit"], [one["contact_id"] for one in found["contacts"]]) == ("", [contact_id])
    (elsewhere,) = await find(petra, GUNNAR)
    assert elsewhere["contacts"] == []


async def test_every_search_is_recorded_and_none_with_the_number(node: Node, sara: Somebody) -> None:
    before = len(await audited(node))
    for number in (ASTRID, NOBODYS):
        await find(sara, number)
    assert await refusal(sara, "person:find", number="199001012386") == "identity_invalid"
    rows = (await audited(node))[before:]
    assert [(row.action, row.person_id, row.found) for row in rows] == [
        ("person:find", "astrid", 1),
        ("person:find", "", 0),
        ("person:find", "", 0),
    ]
    assert all(row.searched for row in rows)
    assert len({row.searched for row in rows}) == 3
    for number in (ASTRID, NOBODYS, "199001012386"):
        assert number.replace("-", "")[-6:] not in repr(rows)


async def test_who_looks_up_one_after_the_other_that_is_not_there_is_locked_out(url: str, sara: Somebody) -> None:
    assert [await find(sara, NOBODYS) for _ in range(LOOKUPS.free + 1)] == [[]] * (LOOKUPS.free + 1)
    assert await refusal(sara, "person:find", number=ASTRID) == "locked_out"
    async with signed_in(url, "staff:leila") as leila:
        assert await find(leila, ASTRID)


@pytest.mark.parametrize("who", ["patient:nils", "patient:astrid"])
async def test_patients_find_nobody(url: str, who: str) -> None:
    async with signed_in(url, who) as somebody:
        assert await refusal(somebody, "person:find", number=ASTRID) == "not_found"


async def test_a_real_number_is_refused_in_a_demo(sara: Somebody) -> None:
    with pytest.raises(RefusedError) as refused:
        await find(sara, "701063-2391")
    assert (refused.value.code, refused.value.data) == ("identity_invalid", {"why": "real"})


async def test_a_guardian_opens_the_childs_contact_and_the_register_says_how_old(url: str, sara: Somebody) -> None:
    async with signed_in(url, "patient:nils") as nils:
        me = await nils.get("/api/session")
        assert [one["person_id"] for one in me["represents"]] == ["elias"]
        contact_id = await opened_for(nils, "elias", age_y=44, sex="f")
        (own,) = await nils.get("/api/contacts")
        assert (own["contact_id"], own["about"]) == (contact_id, "Elias Bergkvist")
    (found,) = await find(sara, ELIAS)
    assert [one["contact_id"] for one in found["contacts"]] == [contact_id]
    seen = await sara.call("contact:follow", contact_id=contact_id, after=0)
    about = next(entry["body"] for entry in seen["entries"] if entry["body"]["kind"] == "opened")
    assert (about["subject"], about["age_y"], about["sex"]) == ("child", me["represents"][0]["age_y"], "m")
    assert about["about"] == "Elias Bergkvist"
    assert {entry["author"]["role"] for entry in seen["entries"] if entry["author"]["kind"] == "patient"} == {"proxy"}
    bundle = await sara.get(f"/fhir/Communication?encounter={contact_id}&lang=sv")
    first = bundle["entry"][0]["resource"]
    assert first["sender"] == {"type": "RelatedPerson", "display": "Nils Bergkvist"}
    assert first["subject"]["identifier"]["value"] == "elias"


@pytest.mark.parametrize("whose", ["astrid", "nobody", "vera"])
async def test_nobody_opens_a_contact_for_whom_they_do_not_represent(url: str, whose: str) -> None:
    async with signed_in(url, "patient:nils") as nils:
        body = {"client_id": client_id(), "subject": "child", "lang": "sv", "text": "Hej", "for_person": whose}
        assert await refusal(nils, "contact:open", **body) == "not_found"


async def test_a_birthday_ends_it_also_in_the_middle_of_a_conversation(url: str, node: Node) -> None:
    async with signed_in(url, "patient:nils") as nils:
        contact_id = await opened_for(nils, "elias")
        await nils.call("contact:follow", contact_id=contact_id, after=0)
        birthday = node.today().replace(year=node.today().year - 13)
        await born(node, "elias", birthday)
        await node.register.let_stand(  # whatever changes in the register is looked at again within a second
            LOADER, "elias", proxy_id="nils", basis="guardian", client_id=new_id()
        )
        await until(nils, "message:post", "not_found", contact_id=contact_id, client_id=client_id(), text="Och nu?")
        await nils.until("access_ended", lambda data: data["contact_id"] == contact_id)
        assert await refusal(nils, "contact:follow", contact_id=contact_id, after=0) == "not_found"
        assert await nils.get("/api/contacts") == []
    async with signed_in(url, "patient:elias") as elias:
        (own,) = await elias.get("/api/contacts")
        assert (own["contact_id"], own["about"]) == (contact_id, "")


async def born(node: Node, person_id: str, day: date) -> None:
    """The register of another corrects a date of birth."""
    database = Database(node.settings.sql_url)
    async with database.write() as connection:
        row = update(tables.person).where(tables.person.c.id == person_id)
        await connection.execute(row.values(born_on=str(day)))
    await database.close()


async def test_a_child_too_young_cannot_sign_in(url: str, node: Node) -> None:
    with pytest.raises(AssertionError):
        async with signed_in(url, "patient:elias"):
            pass
    async with signed_in(url, "patient:nils") as nils:
        people = await nils.get("/api/demo/people")
    assert "patient:elias" not in [one["id"] for one in people]


async def test_no_guardian_once_the_child_is_protected(url: str, node: Node) -> None:
    async with signed_in(url, "patient:nils") as nils:
        contact_id = await opened_for(nils, "elias")
        await nils.call("contact:follow", contact_id=contact_id, after=0)
        await node.register.protect(LOADER, "elias", "sekretessmarkering", client_id=new_id())
        await nils.until("access_ended", lambda data: data["contact_id"] == contact_id)
        assert await refusal(nils, "contact:follow", contact_id=contact_id, after=0) == "not_found"


async def test_a_guardian_is_out_of_the_visit_at_once_when_the_child_is_protected(url: str, node: Node) -> None:
    async with signed_in(url, "patient:nils") as nils, signed_in(url, "staff:sara") as sara:
        contact_id = await opened_for(nils, "elias")
        await nils.call("contact:follow", contact_id=contact_id, after=0)
        visit = await meeting(sara, contact_id)
        own = (await nils.call("visit:enter", **visit.named))["participant"]
        await sara.call("visit:admit", **visit.named, participant=own)
        await node.register.protect(LOADER, "elias", "sekretessmarkering", client_id=new_id())
        async with asyncio.timeout(OUT_WITHIN_S):
            while (member := await in_visit(node, contact_id, own)).place == "in":
                await asyncio.sleep(0.05)
        assert (member.place, member.put_out, member.admitted) == ("left", True, False)


async def in_visit(node: Node, contact_id: str, participant: str) -> Member:
    head = await node.log.head(contact_stream(ContactId(contact_id)))
    member = head.state.get(Visit).member(participant)
    assert member is not None
    return member


async def test_merged_persons_act_as_one_and_as_two_again(url: str, node: Node, astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    merge = node.register.merge(LOADER, "astrid", into="maryam", reason="Dubblett.", client_id=new_id())
    await merge
    async with signed_in(url, "patient:maryam") as maryam:
        assert [one["contact_id"] for one in await maryam.get("/api/contacts")] == [contact_id]
        assert (await maryam.get("/api/session"))["represents"] == []
        await maryam.call("message:post", contact_id=contact_id, client_id=client_id(), text="Nu skriver jag här.")
        entries = (await maryam.get(f"/api/contacts/{contact_id}"))["entries"]
        assert entries[-1]["author"]["role"] != "proxy"
    async with signed_in(url, "patient:astrid") as same:
        assert (await same.get("/api/session"))["id"] == "patient:maryam"
    await node.register.part(LOADER, "astrid", reason="Två personer.", client_id=new_id())
    async with signed_in(url, "patient:maryam") as maryam:
        assert await maryam.get("/api/contacts") == []


@pytest.fixture
async def vera_contact(url: str) -> str:
    """A protected person's contact, in which she has told where she is."""
    async with signed_in(url, "patient:vera") as vera:
        contact_id = await opened(vera)
        await vera.call(
            "reach:set", contact_id=contact_id, client_id=client_id(), place="Hemlig gata 1", phone="070-1740605"
        )
        own = await vera.call("contact:follow", contact_id=contact_id, after=0)
        assert "Hemlig gata 1" in json.dumps(own, ensure_ascii=False)
        assert own["summary"]["protection"] is None
    return contact_id


SECRETS = ("Hemlig gata", "070-", "1740605")


async def test_nothing_that_leads_to_a_protected_person_is_on_a_colleagues_screen(
    node: Node, sara: Somebody, vera_contact: str
) -> None:
    board = await sara.call("board:follow", unit_id="hamnen", after=0)
    assert [row["protected"] for row in board["rows"] if row["contact_id"] == vera_contact] == [True]
    seen = await sara.call("contact:follow", contact_id=vera_contact, after=0)
    assert seen["summary"]["protection"] == "skyddad_folkbokforing"
    (found,) = await find(sara, VERA)
    assert (found["protection"], found["unit"]) == ("skyddad_folkbokforing", "")
    for told in (board, seen, found, await sara.get(f"/api/contacts/{vera_contact}")):
        assert not any(secret in json.dumps(told, ensure_ascii=False) for secret in SECRETS)


async def test_what_is_withheld_is_shown_to_who_asks_for_it_and_that_is_recorded(
    node: Node, url: str, sara: Somebody, vera_contact: str
) -> None:
    shown = await sara.call("reach:show", contact_id=vera_contact)
    assert shown == {"place": "Hemlig gata 1", "phone": "070-1740605"}
    assert ("reach:show", "vera", "allowed") in [
        (row.action, row.person_id, row.outcome) for row in await audited(node)
    ]
    async with signed_in(url, "staff:petra") as stranger:
        assert await refusal(stranger, "reach:show", contact_id=vera_contact) == "not_found"


async def test_pushed_entries_of_a_protected_person_are_withheld_too(url: str, sara: Somebody) -> None:
    async with signed_in(url, "patient:vera") as vera:
        contact_id = await opened(vera)
        await sara.call("contact:follow", contact_id=contact_id, after=0)
        body = {"contact_id": contact_id, "client_id": client_id()}
        await vera.call("reach:set", **body, place="Hemlig gata 1", phone="070-1740605")
        pushed = await sara.entry("reach")
    assert pushed["body"] == {"kind": "reach", "place": "", "phone": "", "withheld": True}


async def test_no_document_holds_the_name_or_the_place_of_somebody_protected(
    url: str, sara: Somebody, vera_contact: str
) -> None:
    async with signed_in(url, "patient:vera") as vera:
        for somebody in (sara, vera):
            bundle = await somebody.get(f"/fhir/Communication?encounter={vera_contact}&lang=sv")
            text = json.dumps(bundle, ensure_ascii=False)
            assert not any(secret in text for secret in (*SECRETS, "Vera", "Lund"))
            paper, _ = await fetched(somebody, f"/api/contacts/{vera_contact}/transcript.pdf?lang=sv")
            printed = text_of(paper)
            assert "Skyddade personuppgifter" in printed
            kept_out = (*SECRETS, "Vera", "Lund", "2000-01-25", "Hamnens")
            assert [secret for secret in kept_out if secret in printed] == []
            labels = [one["resource"]["meta"]["security"] for one in bundle["entry"]]
            assert all([label["code"] for label in one] == ["V", "skyddadFolkbokforing"] for one in labels)


async def test_a_protection_counts_at_once_for_a_contact_that_is_open(
    url: str, node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    body = {"contact_id": contact_id, "place": "Hemlig gata 1", "phone": "070-1740605"}
    await astrid.call("reach:set", **body, client_id=client_id())
    assert "Hemlig" in json.dumps(await sara.call("contact:follow", contact_id=contact_id, after=0))
    await node.register.protect(LOADER, "astrid", "fingerade_uppgifter", client_id=new_id())
    await node.protections.look()
    assert "Hemlig" not in json.dumps(await sara.call("contact:follow", contact_id=contact_id, after=0))
    await node.register.protect(LOADER, "astrid", None, client_id=new_id())
    await node.protections.look()
    assert "Hemlig" in json.dumps(await sara.call("contact:follow", contact_id=contact_id, after=0))


async def test_who_has_read_a_childs_contact_is_asked_of_the_child(url: str, sara: Somebody) -> None:
    async with signed_in(url, "patient:nils") as nils:
        contact_id = await opened_for(nils, "elias")
        await sara.call("contact:follow", contact_id=contact_id)
        followed = await nils.call("contact:follow", contact_id=contact_id)
        whom = followed["summary"]["person_id"]
        looks = (await nils.call("looks:list", for_person=whom))["looks"]
        assert (whom, "staff" in {one["who"] for one in looks}) == ("elias", True)
        own = (await nils.call("looks:list"))["looks"]
        assert "staff" not in {one["who"] for one in own}
    assert (await sara.call("contact:follow", contact_id=contact_id))["summary"]["person_id"] == ""


async def test_a_mark_is_in_an_open_contact_within_a_second_and_takes_what_leads_to_the_person_away(
    node: Node, astrid: Somebody, sara: Somebody, contact: str
) -> None:
    reach = {"contact_id": contact, "client_id": client_id(), "place": "Hemliga gatan 1", "phone": "070-1740605"}
    await astrid.call("reach:set", **reach)
    assert "Hemliga" in json.dumps(await sara.call("contact:follow", contact_id=contact, after=0))
    await node.register.protect(LOADER, "astrid", "sekretessmarkering", client_id=new_id())
    await sara.until("contact_anew", lambda told: told["contact_id"] == contact, wait_s=1.5)
    seen = await sara.call("contact:follow", contact_id=contact, after=0)
    assert seen["summary"]["protection"] == "sekretessmarkering"
    assert "Hemliga" not in json.dumps(seen)
    assert not [name for name, _ in astrid.heard if name == "contact_anew"], "hers shows what it did"


async def test_a_mark_is_on_open_boards_at_once_and_leaves_them_as_fast(
    node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await sara.call("board:follow", unit_id="hamnen")
    kinds: tuple[Protection | None, ...] = ("sekretessmarkering", None)
    for told, kind in enumerate(kinds, start=1):
        await node.register.protect(LOADER, "astrid", kind, client_id=f"mark-{told}")
        async with asyncio.timeout(WITHIN_S):
            while [name for name, _ in sara.heard].count("board_anew") < told:
                await asyncio.sleep(0.05)
        (row,) = (await sara.call("board:follow", unit_id="hamnen", after=0))["rows"]
        assert (row["contact_id"], row["protected"]) == (contact_id, kind is not None)
    assert {body["unit_id"] for name, body in sara.heard if name == "board_anew"} == {"hamnen"}

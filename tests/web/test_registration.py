"""The register of persons as administrators change it: what opens anything waits for a second person."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from core.clock import to_ms
from core.identity.entries import Change
from core.identity.loading import LOADER
from core.ids import new_id
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_doors import refusal
from tests.web.test_gates import audited
from tests.web.test_persons import ASTRID, ELIAS, GUNNAR, NOBODYS, VERA
from tests.web.test_story import opened
from web.node import Node

WHY = "Uppgift från folkbokföringen."


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[Somebody, Somebody]]:
    """Two administrators of one legal care giver."""
    async with AsyncExitStack() as stack:
        adam = await stack.enter_async_context(signed_in(url, "staff:adam"))
        yield adam, await stack.enter_async_context(signed_in(url, "staff:ida"))


def change(kind: str, person_id: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "person_id": person_id, **more}


async def proposed(somebody: Somebody, asked: dict[str, Any], **more: Any) -> dict[str, Any]:
    return await somebody.call("register:propose", client_id=client_id(), change=asked, reason=WHY, **more)


async def approved(somebody: Somebody, told: dict[str, Any], **more: Any) -> dict[str, Any]:
    change_id = told["changes"][0]["change_id"]
    return await somebody.call("register:approve", client_id=client_id(), change_id=change_id, **more)


async def follows(somebody: Somebody, contact_id: str) -> str:
    return await refusal(somebody, "contact:follow", contact_id=contact_id, after=0)


async def test_two_registrations_become_one_when_a_second_person_agrees(
    url: str, two: tuple[Somebody, Somebody], astrid: Somebody
) -> None:
    adam, ida = two
    contact_id = await opened(astrid)
    asked = change("merge", "astrid", other_id="maryam")
    foreseen = await adam.call("register:foresee", change=asked)
    assert (foreseen["second"], foreseen["contacts"], foreseen["differs"]) == (True, 1, ["born_on"])
    told = await proposed(adam, asked)
    assert told["merged_into"] == ""
    named = {"client_id": client_id(), "change_id": told["changes"][0]["change_id"]}
    assert await refusal(adam, "register:approve", **named) == "second_person"
    async with signed_in(url, "patient:maryam") as maryam:
        assert await follows(maryam, contact_id) == "not_found"
        (waiting,) = (await ida.call("register:list"))["waiting"]
        assert (waiting["person"], waiting["other"], waiting["foreseen"]) == ("Astrid Holm", "Maryam Azizi", foreseen)
        assert (await approved(ida, told))["merged_into"] == "maryam"
    async with signed_in(url, "patient:maryam") as maryam:
        assert await follows(maryam, contact_id) == "ok"
    assert (await ida.call("register:find", number=ASTRID))["registrations"][0]["merged"] == [
        {"person_id": "astrid", "name": "Astrid Holm"}
    ]
    parted = await proposed(ida, change("part", "astrid"))
    assert (parted["merged_into"], parted["changes"][0]["status"]) == ("", "done")


async def test_a_mark_is_set_at_once_and_lifted_by_two(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    marks = change("protect", "elias", protection="sekretessmarkering")
    assert (await adam.call("register:foresee", change=marks))["proxies"] == 1
    told = await proposed(adam, marks)
    assert (told["protection"], told["unit"], [one["name"] for one in told["proxies"]]) == (
        "sekretessmarkering",
        "",
        [""],
    )
    assert node.protections.of_person("elias") == "sekretessmarkering"
    assert await node.register.represented_by("nils") == ()
    told = await proposed(ida, change("lift", "elias"))
    assert node.protections.of_person("elias") == "sekretessmarkering"
    await approved(adam, told)
    assert node.protections.of_person("elias") is None
    bad = {"client_id": client_id(), "reason": WHY}
    assert await refusal(adam, "register:propose", change=change("lift", "elias"), **bad) == "wrong_state"
    foreign = change("protect", "elias", protection="kode_6")
    assert await refusal(adam, "register:propose", change=foreign, **bad) == "bad_request"


async def test_somebody_stands_for_a_child_until_the_day_that_was_said(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    day = node.today().replace(year=node.today().year + 1, day=1)
    asked = change("proxy", "elias", other_id="astrid", basis="guardian", until=str(day))
    told = await proposed(adam, asked)
    assert await node.register.represented_by("astrid") == ()
    await approved(ida, told)
    (stands,) = await node.register.represented_by("astrid")
    assert stands.until_ms > to_ms(node.clock.now())
    foreseen = await adam.call("register:foresee", change=change("proxy", "maryam", other_id="nils", basis="guardian"))
    assert foreseen["hindrance"] == "too_old"
    told = await proposed(adam, change("end_proxy", "elias", other_id="astrid", basis="guardian"))
    assert [one["proxy_id"] for one in told["proxies"]] == ["nils"]
    assert await node.register.represented_by("astrid") == ()


async def test_a_newborn_gets_its_number_later(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    once = {"client_id": client_id(), "unit_id": "hamnen", "name": "Flicka Bergkvist", "guardian_id": "nils"}
    asked = {**once, "born_on": "2026-11-02", "sex": "f"}
    told = await adam.send("register:newborn", asked)
    assert await adam.send("register:newborn", asked) == told
    child = told["person_id"]
    assert (told["temporary"], told["numbers"], told["proxies"][0]["name"]) == ("newborn", [], "Nils Bergkvist")
    assert [one["person_id"] for one in (await ida.call("register:list"))["numberless"]] == [child]
    other_day = change("number", child)
    number = NOBODYS  # tells another day of birth: somebody else has to look too
    told = await proposed(adam, other_day, number=number)
    assert (told["numbers"], told["changes"][0]["status"]) == ([], "proposed")
    told = await approved(ida, told, number=number)
    assert [one["kind"] for one in told["numbers"]] == ["reservnummer"]
    assert (await ida.call("register:list"))["numberless"] == []


async def test_a_newborns_first_number_of_the_right_day_is_given_by_anybody_but_who_registered_them(
    two: tuple[Somebody, Somebody],
) -> None:
    adam, ida = two
    child = await adam.send(
        "register:newborn",
        {"client_id": client_id(), "unit_id": "hamnen", "name": "Pojke Lund", "born_on": "2017-01-01"},
    )
    await proposed(adam, change("end_number", "elias", wrong=True), number=ELIAS)
    assert (await adam.call("register:find", number=ELIAS))["registrations"] == []
    asked = {"change": change("number", child["person_id"]), "number": ELIAS}
    assert [(await one.call("register:foresee", **asked))["second"] for one in (adam, ida)] == [True, False]
    told = await proposed(ida, change("number", child["person_id"]), number=ELIAS)
    assert ([one["kind"] for one in told["numbers"]], told["changes"][0]["status"]) == (["personnummer"], "done")


async def test_the_second_person_types_the_number_too(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    told = await proposed(adam, change("number", "astrid"), number=NOBODYS)
    named = {"client_id": client_id(), "change_id": told["changes"][0]["change_id"]}
    for typed in ("", "195009072553"):
        assert await refusal(ida, "register:approve", number=typed, **named) == "identity_differs"
    assert len((await approved(ida, told, number=NOBODYS))["numbers"]) == 2
    told = await proposed(adam, change("end_number", "astrid"), number=ASTRID)
    assert [one["until"] == "" for one in told["numbers"]] == [True, False]
    for kind, number, code in (("number", VERA, "identity_taken"), ("end_number", VERA, "not_found")):
        body = {"client_id": client_id(), "change": change(kind, "astrid"), "reason": WHY, "number": number}
        assert await refusal(adam, "register:propose", **body) == code


async def test_a_change_may_be_withdrawn_and_is_then_nobodys_to_do(two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    told = await proposed(adam, change("lift", "vera"))
    named = {"change_id": told["changes"][0]["change_id"]}
    told = await ida.call("register:withdraw", client_id=client_id(), reason="Fortfarande skyddad.", **named)
    assert (told["protection"], told["changes"][0]["status"]) == ("skyddad_folkbokforing", "withdrawn")
    assert await refusal(ida, "register:approve", client_id=client_id(), **named) == "wrong_state"


async def test_whom_another_care_giver_has_is_nobody_here(two: tuple[Somebody, Somebody], node: Node) -> None:
    adam, ida = two
    assert (await adam.call("register:find", number=GUNNAR))["registrations"] == []
    for asked in (change("merge", "gunnar", other_id="astrid"), change("merge", "astrid", other_id="gunnar")):
        body = {"client_id": client_id(), "change": asked, "reason": WHY}
        assert await refusal(adam, "register:propose", **body) == "not_found"
    there = await node.changes.propose(LOADER, Change(kind="lift", person_id="gunnar"), reason=WHY, client_id=new_id())
    for name in ("approve", "withdraw"):
        body = {"client_id": client_id(), "change_id": there}
        assert await refusal(ida, f"register:{name}", **body, **({"reason": WHY} if name == "withdraw" else {})) == (
            "not_found"
        )
    assert (await ida.call("register:list"))["waiting"] == []


async def test_what_an_administrator_does_is_recorded_and_no_number_is(
    node: Node, two: tuple[Somebody, Somebody], url: str
) -> None:
    adam, _ = two
    before = len(await audited(node))
    await adam.call("register:find", number=ELIAS)
    await proposed(adam, change("protect", "astrid", protection="sekretessmarkering"))
    rows = (await audited(node))[before:]
    assert [(row.action, row.person_id, row.basis) for row in rows] == [
        ("register:find", "elias", "administer"),
        ("register:propose", "astrid", "administer"),
    ]
    kept = json.dumps([row.searched for row in rows])
    assert ELIAS[-4:] not in kept
    async with signed_in(url, "patient:astrid") as astrid:
        looks = (await astrid.call("looks:list"))["looks"]
        administered = {(one["does"], one["role"]) for one in looks if one["purpose"] == "administration"}
        assert administered == {("look", "administrator"), ("change", "")}

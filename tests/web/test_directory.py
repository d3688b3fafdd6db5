"""The directory is changed while it runs: by one, by two where safety can be lowered, by nobody for themself."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest

from core.actor import system_actor
from core.clock import ManualClock
from core.errors import FyrError
from core.identity.reading import read_number
from core.sheets.administration import Asked, Effect, Key
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_doors import refusal
from tests.web.test_gates import audited
from tests.web.test_story import opened
from web.node import Node

WHY = "Beslut av verksamhetschefen."


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[Somebody, Somebody]]:
    """Two administrators of one legal care giver."""
    async with AsyncExitStack() as stack:
        adam = await stack.enter_async_context(signed_in(url, "staff:adam"))
        yield adam, await stack.enter_async_context(signed_in(url, "staff:ida"))


async def sheet_of(somebody: Somebody, subject: str, subject_id: str, name: str) -> dict[str, Any]:
    told = await somebody.call("directory:show", of=subject, of_id=subject_id)
    return next(one for one in told["sheets"] if one["sheet"] == name)


def altered(sheet: dict[str, Any], /, **more: Any) -> dict[str, Any]:
    """The sheet with some of it as it is to be."""
    name = sheet["sheet"]
    return {"sheet": name, "base": sheet["base"], "value": {name: {**(sheet["value"][name] or {}), **more}}}


async def propose(somebody: Somebody, subject: str, subject_id: str, change: dict[str, Any]) -> dict[str, Any]:
    asked = {"of": subject, "of_id": subject_id, **change}
    return await somebody.call("directory:propose", client_id=client_id(), asked=asked, reason=WHY)


async def change(somebody: Somebody, subject: str, subject_id: str, sheet: str, /, **more: Any) -> dict[str, Any]:
    return await propose(
        somebody, subject, subject_id, altered(await sheet_of(somebody, subject, subject_id, sheet), **more)
    )


async def approve(somebody: Somebody, told: dict[str, Any], **more: Any) -> dict[str, Any]:
    return await somebody.call("directory:approve", client_id=client_id(), **one_of(told), **more)


async def test_one_person_changes_what_lowers_nothing(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    answer_min = (await sheet_of(adam, "unit", "hamnen", "hand_over"))["value"]["hand_over"]["answer_min"]
    told = await change(adam, "unit", "hamnen", "hand_over", answer_min={**answer_min, "urgent": 4})
    assert (told["waiting"], node.hand_over_times.answer_ms("hamnen", "urgent")) == ([], 4 * 60_000)
    held = await sheet_of(ida, "unit", "hamnen", "hand_over")
    assert (held["proposed_by"], held["approved_by"], held["reason"]) == ("Adam Berg", "", WHY)


async def test_what_lowers_safety_waits_for_another_and_names_both(
    node: Node, two: tuple[Somebody, Somebody], astrid: Somebody
) -> None:
    adam, ida = two
    contact_id = await opened(astrid)
    due_ms = node.deadlines.target_ms("hamnen", "immediate", arrived_ms=0)
    levels = (await sheet_of(adam, "unit", "hamnen", "targets"))["value"]["targets"]["levels"]
    levels["immediate"]["target_min"] += 2
    told = await change(adam, "unit", "hamnen", "targets", levels=levels)
    assert [one["lowers"] for one in told["waiting"]] == [["grace_changed", "longer_target"]]
    assert node.deadlines.target_ms("hamnen", "immediate", arrived_ms=0) == due_ms
    with pytest.raises(RefusedError, match="second_person"):
        await approve(adam, told)
    (waiting,) = (await ida.call("directory:list"))["waiting"]
    assert (waiting["proposed_by"], waiting["may_approve"], waiting["name"]) == (
        "Adam Berg",
        True,
        "Hamnens hälsocentral",
    )
    before = (await node.places.get([contact_id]))[contact_id].due_ms  # type: ignore[list-item,index]
    told = await approve(ida, told)
    held = next(one for one in told["sheets"] if one["sheet"] == "targets")
    assert (held["own"], held["proposed_by"], held["approved_by"]) == (True, "Adam Berg", "Ida Norell")
    assert node.deadlines.target_ms("hamnen", "immediate", arrived_ms=0) == due_ms + 2 * 60_000
    assert (await node.places.get([contact_id]))[contact_id].due_ms == before + 2 * 60_000  # type: ignore[list-item,index]
    (event,) = (await ida.call("directory:history", of="unit", of_id="hamnen", sheet="targets"))["events"]
    assert (event["status"], event["by"], event["settled_by"]) == ("approved", "Adam Berg", "Ida Norell")


async def test_nobody_gives_themself_anything_and_a_role_takes_two(
    url: str, node: Node, two: tuple[Somebody, Somebody], astrid: Somebody
) -> None:
    adam, ida = two
    roles = await sheet_of(adam, "staff", "karin", "roles")
    mine = {"of": "staff", "of_id": "adam", **altered(roles, roles={"hamnen": ["administrator", "nurse"]})}
    assert await refusal(adam, "directory:propose", client_id=client_id(), asked=mine, reason=WHY) == "oneself"
    contact_id = await opened(astrid)
    async with signed_in(url, "staff:karin") as karin:
        assert await refusal(karin, "contact:follow", contact_id=contact_id, after=0) == "not_found"
        told = await change(adam, "staff", "karin", "roles", roles={"hamnen": ["unit_lead", "nurse"]})
        assert await refusal(karin, "contact:follow", contact_id=contact_id, after=0) == "not_found"
        await approve(ida, told)
        assert await refusal(karin, "contact:follow", contact_id=contact_id, after=0) == "ok"
    assert [one.role for one in (await node.standing.actor("staff:karin")).roles] == ["unit_lead", "nurse"]  # type: ignore[union-attr]


async def test_the_last_with_a_skill_is_not_taken_away_by_one(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    for staff_id in ("sara", "jonas"):
        await approve(ida, await change(adam, "staff", staff_id, "staff", skills=["child"]))
    told = await change(adam, "staff", "jonas", "staff", ends_on="2026-01-31")
    assert told["waiting"] == []
    told = await change(adam, "staff", "sara", "staff", skills=[])
    assert [one["lowers"] for one in told["waiting"]] == [["last_with_skill"]]
    assert (await node.directory.members(["sara"]))[0].skills == ("child",)


async def test_whose_employment_has_ended_has_no_role_and_no_session(
    url: str, node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, _ = two
    async with signed_in(url, "staff:jonas"):
        told = await change(adam, "staff", "jonas", "staff", ends_on=str(node.today().replace(year=2025)))
        assert told["waiting"] == []
        assert await node.sessions.own("staff:jonas") == []
    actor = await node.standing.actor("staff:jonas")
    assert actor is not None
    assert actor.roles == ()
    assert "jonas" not in {one.staff_id for one in await node.directory.staff_at("hamnen")}


async def test_a_unit_closes_for_once_and_a_fault_is_named_with_its_place(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    hours = await sheet_of(adam, "unit", "hamnen", "hours")
    wrong = altered(hours, week={"mon": ["17:00-08:00"]})
    asked = {"of": "unit", "of_id": "hamnen", **wrong}
    foreseen = await adam.call("directory:foresee", asked=asked)
    assert foreseen["faults"] == [{"code": "closes_before_it_opens", "where": "week.mon"}]
    with pytest.raises(RefusedError, match="sheet_invalid"):
        await propose(adam, "unit", "hamnen", wrong)
    day = node.today().replace(year=node.today().year + 1)
    closing = {"begins": f"{day}T08:00:00", "ends": f"{day}T17:00:00", "why": "Planeringsdag", "text": {}}
    told = await change(adam, "unit", "hamnen", "hours", closed=[closing])
    assert [one["lowers"] for one in told["waiting"]] == [["fewer_hours"]]
    await approve(ida, told)
    assert [one.why for one in node.deadlines.hours("hamnen").written.closed] == ["Planeringsdag"]
    assert node.deadlines.hours("lyktan").written.closed == ()


async def test_while_it_is_closed_for_once_patients_read_what_the_unit_has_written(
    node: Node, two: tuple[Somebody, Somebody], astrid: Somebody
) -> None:
    adam, ida = two
    days = [str(node.today() + timedelta(days=n)) for n in (-1, 2)]
    text = {"sv": "Vi har en vattenläcka. Ring 1177.", "nb": "Vannlekkasje. Ring 1177.", "en": "A leak. Call 1177."}
    closing = {"begins": f"{days[0]}T00:00:00", "ends": f"{days[1]}T00:00:00", "why": "Läcka", "text": text}
    await approve(ida, await change(adam, "unit", "hamnen", "hours", closed=[closing]))
    told = await astrid.call("duty:ask")
    assert (told["told"], told["opens_at"] is None) == (text, False)


async def test_an_approval_of_what_was_overtaken_comes_to_nothing(two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    first = await change(adam, "unit", "hamnen", "unit", phone="08-465 004 99")
    second = {**first, "waiting": (await change(ida, "unit", "hamnen", "unit", name="Hamnen"))["waiting"][1:]}
    await approve(adam, second)
    with pytest.raises(RefusedError, match="wrong_state"):
        await approve(ida, first)
    named = {"of": "unit", "of_id": "hamnen", "no": first["waiting"][0]["no"]}
    told = await adam.call("directory:withdraw", client_id=client_id(), **named, reason="Överspelad.")
    assert told["waiting"] == []


async def test_another_care_givers_look_like_nothing(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, _ = two
    told = await adam.call("directory:list")
    assert {one["unit_id"] for one in told["units"]} == {"hamnen", "lyktan"}
    assert "petra" not in {one["staff_id"] for one in told["staff"]}
    for subject, subject_id in (("unit", "strand"), ("staff", "petra"), ("provider", "strandkliniken"), ("unit", "no")):
        assert await refusal(adam, "directory:show", of=subject, of_id=subject_id) == "not_found"
    refused = [row for row in await audited(node) if row.action == "directory:show" and row.outcome == "refused"]
    assert len(refused) == 4
    roles = altered(await sheet_of(adam, "staff", "sara", "roles"), roles={"hamnen": ["nurse"], "strand": ["nurse"]})
    asked = {"of": "staff", "of_id": "sara", **roles}
    assert await refusal(adam, "directory:propose", client_id=client_id(), asked=asked, reason=WHY) == "not_found"


async def test_somebody_new_signs_in_once_two_have_typed_their_number(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    who = {"name": "Nora Nyberg", "provider_id": "region-fyr"}
    asked = {"of": "staff", "of_id": "", "sheet": "staff", "value": {"staff": who}}
    once = {"client_id": client_id(), "asked": asked, "reason": WHY}
    told = await adam.send("directory:propose", once)
    assert await adam.send("directory:propose", once) == told
    nora, number = told["of_id"], "97680314-AS25"
    way = {"kind": "number", "digest": "", "shown": number}
    told = await change(adam, "staff", nora, "ways", ways=[way])
    assert told["waiting"][0]["asks_number"]
    assert number not in str(told)
    with pytest.raises(RefusedError, match="identity_differs"):
        await approve(ida, told, typed="97910902-NB17")
    assert await node.login.logins.actor_of("number", "97680314AS25") is None
    await approve(ida, told, typed=number)
    found = await node.login.logins.actor_of("number", (await _canonical(node, number)))
    assert found == f"staff:{nora}"
    (held,) = (await sheet_of(ida, "staff", nora, "ways"))["value"]["ways"]["ways"]
    assert (held["kind"], held["shown"]) == ("number", "")
    told = await change(ida, "staff", nora, "ways", ways=[])
    assert told["waiting"] == []
    assert await node.login.logins.actor_of("number", (await _canonical(node, number))) is None


async def test_an_id_is_not_let_in_under_another_that_is_shown(two: tuple[Somebody, Somebody]) -> None:
    """A digest is sent back as it is in force, or not at all: else the second person approves what they cannot see."""
    adam, ida = two
    way = {"kind": "number", "digest": "", "shown": "97680314-AS25"}
    told = await change(adam, "staff", "sara", "ways", ways=[way])
    (pending,) = told["waiting"][0]["after"]["ways"]["ways"]
    shown = {"kind": "hsa_id", "digest": pending["digest"], "shown": "SE2321000016-1ABC"}
    with pytest.raises(RefusedError, match="sheet_invalid"):
        await change(adam, "staff", "sara", "ways", ways=[shown])
    told = await approve(ida, told, typed="97680314-AS25")
    held = next(one for one in told["sheets"] if one["sheet"] == "ways")["value"]["ways"]["ways"]
    with pytest.raises(RefusedError, match="sheet_invalid"):
        await change(adam, "staff", "sara", "ways", ways=[shown])
    other = {"kind": "hpr", "digest": "", "shown": "9144900"}
    assert (await change(adam, "staff", "sara", "ways", ways=[*held, other]))["waiting"][0]["lowers"] == ["way_given"]


async def test_an_approval_that_would_now_lower_more_than_was_proposed_is_proposed_anew(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    told = await change(adam, "staff", "jonas", "roles", roles={"hamnen": ["integrator"]})
    assert told["waiting"][0]["lowers"] == ["role_given"]
    for staff_id in ("sara", "leila"):  # whoever else takes contacts there
        roles = await sheet_of(ida, "staff", staff_id, "roles")
        left = {unit: held for unit, held in roles["value"]["roles"]["roles"].items() if unit != "hamnen"}
        gone = await propose(ida, "staff", staff_id, {"sheet": "roles", "base": 0, "value": {"roles": {"roles": left}}})
        assert gone["waiting"] == []
    with pytest.raises(RefusedError, match="wrong_state"):
        await approve(ida, told)
    assert [one.role for one in (await node.standing.actor("staff:jonas")).roles] == ["nurse"]  # type: ignore[union-attr]


async def test_whoever_works_at_two_care_givers_is_their_employers(
    url: str, node: Node, two: tuple[Somebody, Somebody]
) -> None:
    """What somebody is at a unit is for its care giver to say; who they are and how they sign in, for the employer."""
    adam, _ = two
    for staff_id, held in (
        ("sara", {"hamnen": ["nurse"], "strand": ["nurse"]}),
        ("petra", {"strand": ["administrator"]}),
    ):
        await node.administration.propose(
            system_actor("operator"),
            Key("staff", staff_id),
            Asked("roles", {"roles": held}),
            reason=WHY,
            client_id=client_id(),
            provider_id="region-fyr",
            founding=True,
        )
    told = await change(adam, "staff", "sara", "staff", skills=["child"])
    named = {"of": "staff", "of_id": "sara", "no": told["waiting"][0]["no"]}
    asked = {"client_id": client_id(), "reason": WHY}
    async with signed_in(url, "staff:petra") as petra:
        shown = await petra.call("directory:show", of="staff", of_id="sara")
        assert [one["may_approve"] for one in shown["waiting"]] == [False]
        assert await refusal(petra, "directory:approve", client_id=client_id(), **named) == "not_found"
        assert await refusal(petra, "directory:withdraw", **asked, **named) == "not_found"
        way, more_here = {"kind": "hpr", "digest": "", "shown": "9144900"}, {"roles": {"hamnen": ["clinician"]}}
        for sheet, value in (("staff", {"ends_on": "2026-01-01"}), ("ways", {"ways": [way]}), ("roles", more_here)):
            more = altered(await sheet_of(petra, "staff", "sara", sheet), **value)
            body = {"of": "staff", "of_id": "sara", **more}
            assert await refusal(petra, "directory:propose", **asked, asked=body) == "not_found"
        assert (await sheet_of(petra, "staff", "sara", "roles"))["value"]["roles"]["roles"] == {"strand": ["nurse"]}
        told = await petra.call("directory:history", of="staff", of_id="sara", sheet="roles")
        assert told["events"][0]["value"]["roles"]["roles"] == {"strand": ["nurse"]}
        left = await change(petra, "staff", "sara", "roles", roles={})
        assert left["waiting"][-1]["after"]["roles"]["roles"] == {}
    state = await node.administration.state(Key("staff", "sara"))
    assert state.waiting[left["waiting"][-1]["no"]].value == {"roles": {"hamnen": ["nurse"]}}
    handed = altered(await sheet_of(adam, "staff", "sara", "staff"), provider_id="strandkliniken")
    body = {"of": "staff", "of_id": "sara", **handed}
    assert await refusal(adam, "directory:propose", **asked, asked=body) == "not_found"


async def test_what_an_approval_that_broke_off_has_let_in_is_let_in_no_more_once_it_is_withdrawn(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, ida = two
    told = await change(adam, "staff", "sara", "ways", ways=[{"kind": "hpr", "digest": "", "shown": "9144900"}])
    carry_out = node.administration.effects["ways"]

    async def breaks_off(effect: Effect) -> None:
        await carry_out(effect)
        raise FyrError("unreachable", what="PostgreSQL")

    node.administration.effects["ways"] = breaks_off
    assert await refusal(ida, "directory:approve", client_id=client_id(), **one_of(told)) == "unreachable"
    assert await node.login.logins.actor_of("hpr", "9144900") == "staff:sara"
    node.administration.effects["ways"] = carry_out
    await adam.call("directory:withdraw", client_id=client_id(), **one_of(told), reason=WHY)
    assert await node.login.logins.actor_of("hpr", "9144900") is None


async def test_of_two_ids_none_is_let_in_where_one_is_anothers(node: Node, two: tuple[Somebody, Somebody]) -> None:
    adam, ida = two
    ways = [{"kind": "hpr", "digest": "", "shown": shown} for shown in ("9144900", "9144901", "9144902")]
    await approve(ida, await change(adam, "staff", "jonas", "ways", ways=ways[1:2]))
    told = await change(adam, "staff", "sara", "ways", ways=ways)
    with pytest.raises(RefusedError, match="sheet_invalid"):
        await approve(ida, told)
    found = [await node.login.logins.actor_of("hpr", one["shown"]) for one in ways]
    assert found == [None, "staff:jonas", None]


async def test_whoever_waits_stands_by_new_promises_also_where_the_database_was_away_between(
    node: Node, two: tuple[Somebody, Somebody], astrid: Somebody
) -> None:
    adam, ida = two
    contact_id = await opened(astrid)
    await astrid.kept(contact_id, "understood")
    before = (await node.places.get([contact_id]))[contact_id].due_ms  # type: ignore[list-item,index]
    levels = (await sheet_of(adam, "unit", "hamnen", "targets"))["value"]["targets"]["levels"]
    levels["immediate"]["target_min"] += 2
    told = await change(adam, "unit", "hamnen", "targets", levels=levels)
    tried: list[str] = []

    async def away() -> None:
        tried.append("mend")
        if len(tried) == 1:
            raise FyrError("unreachable", what="Redis")

    node.unit_sheets.mend_index = away
    await refusal(ida, "directory:approve", client_id=client_id(), **one_of(told))
    await node.unit_sheets.look()
    assert tried == ["mend", "mend"]
    await node.unit_sheets.look()
    assert tried == ["mend", "mend"]
    assert (await node.places.get([contact_id]))[contact_id].due_ms == before + 2 * 60_000  # type: ignore[list-item,index]


async def test_what_was_decided_while_the_database_was_away_is_seen_however_long_that_was(url: str, node: Node) -> None:
    async with signed_in(url, "staff:karin"):
        await node.watch.stop()
        await node.watch.look()
        await node.administration.propose(
            system_actor("elsewhere"),
            Key("staff", "karin"),
            Asked("roles", {"roles": {"hamnen": ["unit_lead", "nurse"]}}),
            reason=WHY,
            client_id=client_id(),
            provider_id="region-fyr",
            founding=True,
        )
        node.clock = ManualClock(node.clock.now() + timedelta(minutes=5))
        await node.watch.look()
        (karin,) = [one.actor for one in node.follows.everyone() if one.actor.staff_id == "karin"]
        assert [one.role for one in karin.roles] == ["unit_lead", "nurse"]


def one_of(told: dict[str, Any]) -> dict[str, Any]:
    """How the one proposal that waits is named."""
    (waiting,) = told["waiting"]
    return {"of": told["of"], "of_id": told["of_id"], "no": waiting["no"]}


async def _canonical(node: Node, number: str) -> str:
    return read_number(number, today=node.today()).value


async def test_another_node_goes_by_it_within_a_second(node: Node, two: tuple[Somebody, Somebody]) -> None:
    """What another node has committed is looked for in SQL, also where Redis told nothing."""
    adam, _ = two
    before = node.capacity.limit("hamnen")
    held = await sheet_of(adam, "unit", "hamnen", "capacity")
    key = Key("unit", "hamnen")
    value = {**held["value"]["capacity"], "at_once": before - 1}
    await node.administration.propose(
        system_actor("elsewhere"),
        key,
        Asked("capacity", value, held["base"]),
        reason=WHY,
        client_id=client_id(),
        provider_id="region-fyr",
    )
    await node.unit_sheets.look()
    assert node.capacity.limit("hamnen") == before - 1

"""The auditor's own view: found, shown, drawn by lot, judged; within their own legal care giver; all of it audited."""

from typing import Any

import pytest
from sqlalchemy import insert

from core.audit.entries import Accessed
from core.audit.judging import CHECK, LookJudged
from core.audit.mark import Period
from core.ids import StreamId
from core.storage.sql import Database
from core.storage.tables import login_subject
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.node import Node
from web.paging import token_of

ASTRIDS, VERAS, NOBODYS = "97680314-AS25", "20000125-2386", "98240301-AA06"
ALWAYS = {"since": "2026-01-01T00:00:00Z", "until": "2126-01-01T00:00:00Z"}
SECRET = "ont i magen"


async def looks(node: Node) -> list[Accessed]:
    entries = await node.log.entries(node.trail.stream())
    return [entry.body for entry in entries if isinstance(entry.body, Accessed)]


@pytest.fixture
async def read_contact(astrid: Somebody, sara: Somebody) -> str:
    """Astrid's contact, which Sara has looked at three times."""
    contact_id = await opened(astrid)
    for _ in range(3):
        await sara.call("contact:follow", contact_id=contact_id)
    return contact_id


async def refusal(who: Somebody, name: str, **body: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        await who.call(name, **body)
    return refused.value.code


async def drawn(alva: Somebody, *, per_stratum: int = 2, **more: Any) -> dict[str, Any]:
    return await alva.call("check:draw", client_id=client_id(), per_stratum=per_stratum, **{**ALWAYS, **more})


async def test_looks_are_found_by_whom_they_concerned_and_say_nothing_of_them(
    url: str, node: Node, read_contact: str
) -> None:
    async with signed_in(url, "staff:alva") as alva:
        found = (await alva.call("audit:search", number=ASTRIDS, staff="sara"))["looks"]
        assert [(one["action"], one["name"], one["role"], one["unit"]) for one in found] == [
            ("contact:follow", "Sara Lind", "nurse", "Hamnens hälsocentral")
        ] * 3
        everyone = (await alva.call("audit:search", number=ASTRIDS))["looks"]
        assert {one["role"] for one in everyone} == {"nurse", "patient", "auditor"}
        assert "Astrid" not in str(everyone)
        assert "astrid" not in str(everyone)
        assert read_contact not in str(found)
        assert (await alva.call("audit:search", number=NOBODYS))["looks"] == []
    searches = [row for row in await looks(node) if row.action == "audit:search"]
    assert [(row.person_id, row.found) for row in searches] == [("astrid", 3), ("astrid", len(everyone)), ("", 0)]
    assert len({row.searched for row in searches}) == 2
    assert all(row.searched and "0314" not in row.searched for row in searches)


async def test_filters_narrow_and_pages_join_up(url: str, node: Node, read_contact: str, sara: Somebody) -> None:
    await refusal(sara, "contact:follow", contact_id="f" * 32)
    for _ in range(60):
        await sara.call("contact:follow", contact_id=read_contact)
    async with signed_in(url, "staff:alva") as alva:
        own = {"staff": "sara", **ALWAYS}
        refused = (await alva.call("audit:search", stratum="refused", **own))["looks"]
        assert [(one["outcome"], one["of_person"]) for one in refused] == [("refused", False)]
        assert (await alva.call("audit:search", at_unit="lyktan", **own))["looks"] == []
        assert (await alva.call("audit:search", basis="consent", **own))["looks"] == []
        assert (await alva.call("audit:search", staff="sara", until="2026-01-01T00:00:00Z"))["looks"] == []
        seen, page = list[str](), ""
        while True:
            answer = await alva.call("audit:search", page=page, basis="unit", **own)
            seen += [one["look_id"] for one in answer["looks"]]
            page = answer["next"]
            if not page:
                break
    assert len(seen) == len(set(seen)) == 63


async def test_one_look_is_shown_whole_and_that_is_a_look_at_the_person(
    url: str, node: Node, read_contact: str
) -> None:
    async with signed_in(url, "staff:alva") as alva:
        (first, *_) = (await alva.call("audit:search", number=ASTRIDS, staff="sara"))["looks"]
        shown = await alva.call("audit:show", look_id=first["look_id"])
        assert (shown["about"], shown["about_id"], shown["person"]) == ("contact", read_contact, "Astrid Holm")
        assert (shown["address"], shown["works_at"]) == ("127.0.0.1", "Hamnens hälsocentral")
        assert await refusal(alva, "audit:show", look_id="") == "not_found"
        assert await refusal(alva, "audit:show", look_id="!") == "bad_request"
    rows = [(row.person_id, row.outcome, row.role) for row in await looks(node) if row.action == "audit:show"]
    assert rows == [("astrid", "allowed", "auditor"), ("", "refused", "auditor")]


async def test_what_an_auditor_does_is_for_the_audit_and_not_for_care(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "staff:alva") as alva:
        await alva.call("audit:search", number=ASTRIDS)
        async with alva.http.get(f"{url}/fhir/AuditEvent?patient=astrid") as response:
            events = (await response.json(content_type=None))["entry"]
    entries = await node.log.entries(node.trail.stream())
    purposes = {(entry.header.actor_id, entry.header.purpose) for entry in entries}
    assert {("staff:alva", "audit"), ("staff:sara", "care"), ("patient:astrid", "own")} <= purposes
    assert ("staff:alva", "care") not in purposes
    codes = {
        (one["resource"]["agent"][0]["who"]["identifier"]["value"], coding["code"])
        for one in events
        for coding in one["resource"]["purposeOfEvent"][0]["coding"][:1]
    }
    assert {("staff:alva", "HCOMPL"), ("staff:sara", "TREAT"), ("patient:astrid", "PATRQT")} <= codes


async def test_an_emergency_is_shown_with_its_reason(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "staff:petra") as petra:
        emergency = {"person_id": "astrid", "unit_id": "strand", "basis": "emergency", "reason": "Ambulans på väg."}
        await petra.call("access:open", client_id=client_id(), **emergency)
        await petra.call("contact:follow", contact_id=read_contact)
    async with signed_in(url, "staff:alva") as alva:
        (look,) = (await alva.call("audit:search", stratum="emergency"))["looks"]
        assert (look["basis"], look["unit"], look["staff_id"]) == ("emergency", "Hamnens hälsocentral", "petra")
        (door,) = (await alva.call("audit:show", look_id=look["look_id"]))["doors"]
    assert (door["reason"], door["from_unit"], door["basis"]) == ("Ambulans på väg.", "Strandkliniken", "emergency")


async def test_oneself_a_colleague_a_namesake_and_somebody_protected_are_told_apart(
    url: str, node: Node, sara: Somebody
) -> None:
    """Sara is Vera Lund by her number here, Jonas is Nils; Astrid turns out to be a Lind."""
    database = Database(node.settings.sql_url)
    numbers = {"staff:sara": "vera", "staff:jonas": "nils"}
    async with database.write() as connection:
        for actor_id, person_id in numbers.items():
            (number,) = await node.register.numbers_of(person_id)
            await connection.execute(insert(login_subject), node.login.logins.rows(actor_id, [("number", number)]))
    await database.close()
    ties = {}
    actor = await node.standing.actor("staff:sara")
    assert actor is not None
    for person_id in ("vera", "nils", "maryam"):
        ties[person_id] = await node.trail.ties_of(actor, person_id)
    assert ties == {"vera": ("self", "protected"), "nils": ("colleague",), "maryam": ()}
    async with signed_in(url, "patient:nils") as nils:
        await sara.call("contact:follow", contact_id=await opened(nils))
    async with signed_in(url, "staff:alva") as alva:
        (look,) = (await alva.call("audit:search", stratum="colleague", staff="sara"))["looks"]
    assert look["ties"] == ["colleague"]


async def test_what_is_drawn_is_judged_and_the_judgement_is_an_entry(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "staff:alva") as alva:
        check = await drawn(alva)
        check_id, items = check["check"]["check_id"], check["items"]
        assert [(one["item"], one["stratum"], one["look"]["staff_id"]) for one in items] == [
            (0, "other", "sara"),
            (1, "other", "sara"),
        ]
        assert check["strata"] == [{"name": "other", "looks": 3, "drawn": 2, "judged": 0}]
        judge = {"check_id": check_id, "client_id": client_id()}
        assert await refusal(alva, "check:judge", **judge, item=0, verdict="ask_manager", reason=" ") == "empty"
        assert await refusal(alva, "check:judge", **judge, item=2, verdict="in_order") == "not_found"
        assert await refusal(alva, "check:judge", **judge, item=-1, verdict="in_order") == "not_found"
        await alva.call("check:judge", **judge, item=0, verdict="ask_manager", reason="Varför i natt?")
        judge["client_id"] = client_id()
        after = await alva.call("check:judge", **judge, item=0, verdict="in_order")
        assert after["items"][0]["judged"]["verdict"] == "in_order"
        assert after["units"] == [{"name": "Hamnens hälsocentral", "looks": 3, "drawn": 2, "judged": 1}]
        (summary,) = (await alva.call("check:list"))["checks"]
        assert (summary["items"], summary["judged"], summary["not_in_order"]) == (2, 1, 0)
        assert await alva.call("check:show", check_id=check_id) == after
    entries = await node.log.entries(StreamId(f"{CHECK}region-fyr:{check_id}"))
    assert [(entry.header.kind, entry.header.actor_id, entry.header.purpose) for entry in entries] == [
        ("check_drawn", "staff:alva", "audit"),
        ("look_judged", "staff:alva", "audit"),
        ("look_judged", "staff:alva", "audit"),
    ]
    assert [entry.body.reason for entry in entries if isinstance(entry.body, LookJudged)] == ["Varför i natt?", ""]


async def test_the_seed_that_was_recorded_draws_the_same_again(url: str, node: Node, read_contact: str) -> None:
    async with signed_in(url, "staff:alva") as alva, signed_in(url, "staff:sara") as sara:
        check = await drawn(alva, per_stratum=1)
        assert len(check["seed"]) == 32
        await sara.call("contact:follow", contact_id=read_contact)  # later than the period that was drawn from
        again = await alva.call("check:redraw", check_id=check["check"]["check_id"])
        assert again == {"same": 1, "items": 1}
        other = await drawn(alva, per_stratum=1)
        assert other["seed"] != check["seed"]
        assert other["strata"][0]["looks"] == 4


async def test_patients_own_looks_and_boards_are_not_drawn_from(url: str, node: Node, astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    await astrid.call("contact:follow", contact_id=contact_id)
    async with signed_in(url, "staff:sara") as sara, signed_in(url, "staff:alva") as alva:
        await sara.call("board:follow", unit_id="hamnen")
        assert await refusal(alva, "check:draw", client_id=client_id(), per_stratum=1, **ALWAYS) == "empty"
        wrong = {"client_id": client_id(), **ALWAYS}
        assert await refusal(alva, "check:draw", **wrong, per_stratum=0) == "bad_request"
        assert await refusal(alva, "check:draw", **wrong, per_stratum=51) == "bad_request"
        assert await refusal(alva, "check:draw", **wrong, per_stratum=1, at_unit="strand") == "not_found"
        assert await refusal(alva, "check:draw", **wrong, per_stratum=1, provider_id="strandkliniken") == "not_found"


async def test_another_legal_care_giver_s_looks_are_not_there(url: str, node: Node, astrid: Somebody) -> None:
    strand = {"subject": "self", "lang": "sv", "text": SECRET, "unit_id": "strand"}
    contact_id = (await astrid.call("contact:open", client_id=client_id(), **strand))["contact_id"]
    async with signed_in(url, "staff:petra") as petra:
        await petra.call("contact:follow", contact_id=contact_id)
    hers = next(one for one in await node.audit.by("staff:petra", Period(0, 2**52), limit=9) if one.person_id)
    look_id = token_of(hers.mark)
    async with signed_in(url, "staff:alva") as alva:
        for asked in ({"number": ASTRIDS}, {"staff": "petra"}, {"at_unit": "strand"}):
            assert "petra" not in str((await alva.call("audit:search", **asked))["looks"])
        assert await refusal(alva, "audit:show", look_id=look_id) == "not_found"
        scope = await alva.call("audit:scope")
        assert {one["provider_id"] for one in scope["units"]} == {"region-fyr"}
        assert "petra" not in {one["staff_id"] for one in scope["staff"]}


async def test_a_protected_person_has_no_name_here(url: str, node: Node) -> None:
    async with signed_in(url, "patient:vera") as vera, signed_in(url, "staff:sara") as sara:
        await sara.call("contact:follow", contact_id=await opened(vera))
    async with signed_in(url, "staff:alva") as alva:
        (look,) = (await alva.call("audit:search", stratum="protected", staff="sara"))["looks"]
        shown = await alva.call("audit:show", look_id=look["look_id"])
    assert (shown["person"], shown["protected"], look["ties"]) == ("", True, ["protected"])


@pytest.mark.parametrize("who", ["staff:sara", "staff:leila"])
async def test_nobody_else_has_the_view(url: str, node: Node, who: str) -> None:
    async with signed_in(url, who) as somebody:
        assert await refusal(somebody, "audit:search", number=ASTRIDS) == "not_found"
        assert await refusal(somebody, "check:list") == "not_found"
        assert await refusal(somebody, "check:draw", client_id=client_id(), per_stratum=1, **ALWAYS) == "not_found"

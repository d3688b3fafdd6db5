"""What is on where: decided by two, asked wherever somebody comes in, begun by its day."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.clock import ManualClock
from core.directory.store import Member
from core.rollout.functions import FUNCTIONS
from core.rollout.readiness import ReadinessSheet
from core.sheets.sheet import read
from tests.web.client import RefusedError, Somebody, client_id
from tests.web.test_directory import WHY, altered, approve, change, sheet_of, two
from tests.web.test_story import opened
from tests.web.test_two_persons import SHEETS, around, lowers
from web.node import Node

__all__ = ["two"]
BY_NAME = {one.name: one for one in SHEETS}
SARA = Member(staff_id="sara", name="Sara", roles={"hamnen": ("unit_lead",)})
READY = ReadinessSheet(contact_persons=("sara",), test_visit_on=date(2026, 11, 1))
BEFORE = ("video_visit", "booking", "forms", "messages", "seek_care_chat", "home_follow_up")
TOLD = {"sv": "Chatt kommer i juni.", "nb": "Chat kommer i juni.", "en": "Chat comes in June."}


def phase(node: Node, state: str, *, days: int) -> dict[str, Any]:
    return {"state": state, "from_on": str(node.today() + timedelta(days=days))}


async def refused(somebody: Somebody, name: str, **body: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(RefusedError) as told:
        await somebody.call(name, **body)
    return told.value.code, told.value.data


async def decide(two: tuple[Somebody, Somebody], unit_id: str, **functions: Any) -> None:
    adam, ida = two
    held = (await sheet_of(adam, "unit", unit_id, "functions"))["value"]["functions"]["functions"]
    await approve(ida, await change(adam, "unit", unit_id, "functions", functions={**held, **functions}))


async def make_ready(two: tuple[Somebody, Somebody], node: Node, unit_id: str, **more: Any) -> None:
    """By one person: nothing is opened by it."""
    staff = {one.staff_id: str(node.today()) for one in await node.directory.staff_at(unit_id)}
    day = {"test_visit_on": str(node.today()), "contact_persons": ["sara"]}
    assert not (await change(two[0], "unit", unit_id, "readiness", trained=staff, **day, **more))["waiting"]


async def test_a_function_is_off_everywhere_at_once_and_begins_with_its_day(
    node: Node, two: tuple[Somebody, Somebody], astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    claimed = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    begin = {"client_id": client_id(), "contact_id": contact_id, "claim_no": claimed["claim_no"]}
    own = (await astrid.get("/api/functions"))[0]
    assert (own["unit_id"], own["persons"], set(own["functions"])) == ("hamnen", ["astrid"], set(BEFORE))
    await make_ready(two, node, "hamnen", safety_signed_on=str(node.today()), drill_on=str(node.today()))
    chat = {"phases": [phase(node, "off", days=0), phase(node, "on", days=3)], "closed_text": TOLD}
    await decide(
        two, "hamnen", seek_care_chat=chat, video_visit={}, booking={}, forms={}, messages={}, home_follow_up={}
    )

    off = ("function_off", {"function": "seek_care_chat", "text": TOLD})
    ask = {"subject": "self", "age_y": 58, "sex": "f", "lang": "sv", "text": "Jag har ont i halsen"}
    assert await refused(astrid, "contact:open", client_id=client_id(), **ask) == off
    assert await refused(astrid, "contact:open", client_id=client_id(), **ask, unit_id="hamnen") == off
    no_letters = ("function_off", {"function": "messages", "text": {}})
    assert await refused(astrid, "contact:open", client_id=client_id(), **ask, title="Ont i halsen") == no_letters
    assert await refused(astrid, "duty:ask", unit_id="", for_person="", service="") == off
    assert (await refused(sara, "visit:start", **begin))[0] == "function_off"
    shown = await sara.call("contact:follow", contact_id=contact_id, after=0)
    assert not shown["summary"]["video"], "what would be refused is not shown"
    weeks = {"since": f"{node.today()}T00:00:00Z", "until": f"{node.today() + timedelta(days=9)}T00:00:00Z"}
    assert (await refused(astrid, "booking:free", unit_id="hamnen", **weeks))[0] == "function_off"
    wish = {"client_id": client_id(), "unit_id": "", "types": ["phone"], "lang": "sv", **weeks}
    assert (await refused(astrid, "booking:wish", **wish))[0] == "function_off"
    assert "hamnen" not in {one["id"] for one in await astrid.get("/api/units")}
    [shown] = await astrid.get("/api/functions")
    assert (shown["functions"], shown["closed"]) == ([], {"seek_care_chat": TOLD})
    text = {"client_id": client_id(), "contact_id": contact_id, "text": "Det går inte över"}
    assert (await astrid.call("message:post", **text))["no"], "what was begun goes on"

    node.clock = ManualClock(node.clock.now() + timedelta(days=3))
    assert (await astrid.get("/api/functions"))[0]["functions"] == ["seek_care_chat"]
    assert (await astrid.call("contact:open", client_id=client_id(), **ask))["contact_id"]
    await decide(two, "hamnen", seek_care_chat=chat, video_visit={"phases": [phase(node, "on", days=0)]})
    assert (await sara.call("visit:start", **begin | {"client_id": client_id()}))["visit_id"]
    held = (await sheet_of(two[0], "unit", "hamnen", "functions"))["value"]["functions"]["functions"]
    assert [one["decided_by"] for one in held["video_visit"]["phases"]] == ["administrator"]


async def test_a_unit_that_is_added_offers_nothing_and_what_is_wrong_is_named(
    node: Node, two: tuple[Somebody, Somebody]
) -> None:
    adam, _ = two
    value = {"unit": {"name": "Fyrens vårdcentral", "provider_id": "region-fyr", "takes_chat": False}}
    asked = {"of": "unit", "of_id": "", "sheet": "unit", "value": value}
    made = await adam.call("directory:propose", client_id=client_id(), asked=asked, reason=WHY)
    unit_id, now_ms = made["of_id"], node.now_ms()
    assert {node.functions.function_at(unit_id, one, at_ms=now_ms) for one in FUNCTIONS} == {"off"}
    assert {one for one in FUNCTIONS if node.functions.is_offered("lyktan", one, at_ms=now_ms)} == set(BEFORE)
    await decide(two, "lyktan", messages={})
    later = {"messages": {"phases": [phase(node, "on", days=9)]}}
    with pytest.raises(RefusedError) as at_lyktan:
        await change(adam, "unit", "lyktan", "functions", functions=later)
    shut = {(one["code"], one["where"]) for one in at_lyktan.value.data["faults"]}
    gates = ("contact_person", "staff_trained", "test_visit")
    assert shut == {(f"gate_{one}", "functions.messages") for one in gates}
    sheet = await sheet_of(adam, "unit", unit_id, "functions")
    chat = {"seek_care_chat": {"phases": [phase(node, "on", days=0)]}}
    with pytest.raises(RefusedError) as told_no:
        await change(adam, "unit", unit_id, "functions", functions=chat)
    shut_gates = [one["code"] for one in told_no.value.data["faults"]]
    assert shut_gates == ["gate_contact_person", "gate_test_visit", "gate_safety_signed", "gate_drill"]
    wrong = {
        "booking": {"phases": [phase(node, "on", days=9), phase(node, "off", days=9)]},
        "forms": {"phases": [phase(node, "on", days=4000)], "closed_text": {"sv": "Inte än"}},
    }
    told = await adam.call(
        "directory:foresee", asked={"of": "unit", "of_id": unit_id, **altered(sheet, functions=wrong)}
    )
    assert {(one["code"], one["where"]) for one in told["faults"]} == {
        *((f"gate_{one}", "functions.forms") for one in ("contact_person", "test_visit")),
        ("phases_out_of_order", "functions.booking"),
        ("too_far", "functions.forms"),
        ("not_in_every_language", "functions.forms"),
    }


def test_who_is_reached_and_what_is_told_takes_two_and_what_is_over_takes_one() -> None:
    def sheet(*phases: tuple[str, str], text: str = "") -> dict[str, Any]:
        decided = {"phases": [{"state": state, "from_on": day} for state, day in phases]}
        return {"functions": {"booking": {**decided, "closed_text": dict.fromkeys(TOLD, text) if text else {}}}}

    off, later = sheet(), sheet(("on", "2027-03-01"))
    invited = sheet(("invited", "2026-11-01"), ("on", "2027-03-01"))
    for before, after, expected in (
        (off, later, ("function_opened",)),
        (later, off, ("function_closed",)),
        (later, invited, ("function_opened",)),
        (invited, sheet(("invited", "2026-11-01")), ("function_closed",)),
        (later, sheet(("on", "2027-04-01")), ("function_closed",)),
        (invited, sheet(("on", "2026-10-01"), ("invited", "2026-11-01"), ("on", "2027-03-01")), ()),
        (off, sheet(text="Ring"), ("closed_text_changed",)),
    ):
        assert (
            lowers(
                "functions", before, after, around(SARA, readiness=READY, functions=read(BY_NAME["functions"], before))
            )
            == expected
        )

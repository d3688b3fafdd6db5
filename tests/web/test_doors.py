"""The walls between units and legal care givers, and what opens and shuts them: through the real wire."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from core.access.doors import HOUR_MS
from core.identity.loading import LOADER
from core.log.entry import Entry
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited, written_by
from tests.web.test_story import opened
from web.node import Node

SOON = (datetime.now(UTC) + timedelta(days=30)).isoformat()
WITHIN_S = 1.5
"""Access ends on open screens within a second; the rest is the way."""


async def open_door(somebody: Somebody, person: str, *, basis: str, unit: str) -> list[str]:
    """The contacts that the door lets them see."""
    answer = await somebody.call(
        "access:open", client_id=client_id(), person_id=person, unit_id=unit, basis=basis, reason="Svarar inte, 112."
    )
    return [row["contact_id"] for row in answer["contacts"]]


async def refusal(somebody: Somebody, name: str, **body: object) -> str:
    """The code it was refused with, or "ok"."""
    try:
        await somebody.send(name, body)
    except RefusedError as refused:
        return refused.code
    return "ok"


async def until_follows(somebody: Somebody, contact_id: str) -> None:
    """A door somebody else opened is heard of within a second."""
    async with asyncio.timeout(WITHIN_S):
        while await refusal(somebody, "contact:follow", contact_id=contact_id, after=0) != "ok":
            await asyncio.sleep(0.05)


@pytest.fixture
async def maryam_contact(url: str) -> str:
    """A contact at Lyktan, where Jonas has no role."""
    async with signed_in(url, "patient:maryam") as maryam:
        return await opened(maryam)


@pytest.fixture
async def jonas(url: str) -> AsyncIterator[Somebody]:
    """A nurse at Hamnen only: of the same legal care giver as Lyktan."""
    async with signed_in(url, "staff:jonas") as somebody:
        yield somebody


async def test_care_opens_other_units_of_ones_own_care_giver(jonas: Somebody, maryam_contact: str) -> None:
    assert await refusal(jonas, "contact:follow", contact_id=maryam_contact, after=0) == "not_found"
    assert await open_door(jonas, "maryam", basis="care", unit="hamnen") == [maryam_contact]
    seen = await jonas.call("contact:follow", contact_id=maryam_contact, after=0)
    assert seen["entries"]
    note = {"client_id": client_id(), "contact_id": maryam_contact, "text": "Läst."}
    assert await refusal(jonas, "note:add", **note) == "not_found", "it lets one read and no more"
    claim = {"client_id": client_id(), "contact_id": maryam_contact}
    assert await refusal(jonas, "queue:claim", **claim) == "not_found"


async def test_another_care_giver_needs_consent(url: str, petra: Somebody, maryam_contact: str) -> None:
    care = {"client_id": client_id(), "person_id": "maryam", "unit_id": "strand", "basis": "care", "reason": "x"}
    assert await refusal(petra, "access:open", **care) == "not_found"
    assert await open_door(petra, "maryam", basis="consent", unit="strand") == [maryam_contact]
    assert (await petra.call("contact:follow", contact_id=maryam_contact, after=0))["entries"]


async def test_nobody_and_nothing_there_look_the_same(jonas: Somebody, maryam_contact: str) -> None:
    for person in ("nobody", "nils", "gunnar"):
        body = {"client_id": client_id(), "person_id": person, "unit_id": "hamnen", "basis": "care", "reason": "x"}
        assert await refusal(jonas, "access:open", **body) == "not_found"


async def test_a_reason_is_needed_and_a_unit_of_ones_own(jonas: Somebody, maryam_contact: str) -> None:
    body = {"client_id": client_id(), "person_id": "maryam", "basis": "emergency"}
    assert await refusal(jonas, "access:open", **body, unit_id="hamnen", reason=" \n") == "empty"
    assert await refusal(jonas, "access:open", **body, unit_id="hamnen", reason="x" * 501) == "too_long"
    assert await refusal(jonas, "access:open", **body, unit_id="lyktan", reason="x") == "not_found"


async def test_a_block_shuts_all_but_an_emergency_at_once(url: str, jonas: Somebody, maryam_contact: str) -> None:
    await open_door(jonas, "maryam", basis="care", unit="hamnen")
    await jonas.call("contact:follow", contact_id=maryam_contact, after=0)
    async with signed_in(url, "patient:maryam") as maryam, signed_in(url, "staff:sara") as sara:
        own = await maryam.call("access:mine")
        assert [(row["unit_id"], row["blocked"]) for row in own["units"]] == [("lyktan", False)]
        assert [row["basis"] for row in own["doors"]] == ["care"]
        own = await maryam.call("access:block", client_id=client_id(), unit_id="lyktan", blocked=True)
        assert own["units"][0]["blocked"]
        ended = await jonas.until("access_ended", lambda told: told["contact_id"] == maryam_contact, wait_s=WITHIN_S)
        assert ended["unit_id"] == ""
        assert await refusal(jonas, "contact:follow", contact_id=maryam_contact, after=0) == "not_found"
        care = {"person_id": "maryam", "unit_id": "hamnen", "basis": "care", "reason": "x"}
        assert await refusal(jonas, "access:open", client_id=client_id(), **care) == "not_found"
        assert (await sara.call("contact:follow", contact_id=maryam_contact, after=0))["entries"], "her own unit's"
        assert await open_door(jonas, "maryam", basis="emergency", unit="hamnen") == [maryam_contact]
        await maryam.call("access:block", client_id=client_id(), unit_id="lyktan", blocked=False)
        assert await refusal(jonas, "access:open", client_id=client_id(), **care) == "ok"


MARYAMS, GUNNARS, NOBODYS = "97841221-MA29", "97430630-GF15", "98240301-AA06"


async def test_an_emergency_opens_by_number_in_full_and_says_so_everywhere(
    url: str, petra: Somebody, maryam_contact: str, node: Node
) -> None:
    """Petra's care giver knows nothing of Maryam: she looks like nobody, until life is in danger."""
    assert (await petra.call("person:find", number=MARYAMS))["persons"] == []
    ambulance = {"unit_id": "strand", "basis": "emergency", "reason": "Medvetslös i väntrummet."}
    opened = await petra.call("access:open", client_id=client_id(), number=MARYAMS, **ambulance)
    assert [row["contact_id"] for row in opened["contacts"]] == [maryam_contact]
    look = next(row for row in await audited(node) if row.action == "access:open")
    assert (look.outcome, look.person_id, look.basis, look.found, look.unit_id) == (
        ("allowed", "maryam", "emergency", 1, "strand")
    )
    assert look.searched
    assert "1221" not in str(look)
    async with signed_in(url, "patient:maryam") as maryam:
        assert (await maryam.kept(maryam_contact, "looked_in"))["author"]["kind"] == "system"
        assert [row["basis"] for row in (await maryam.call("access:mine"))["doors"]] == ["emergency"]


@pytest.mark.parametrize("basis", ["care", "consent", "emergency"])
async def test_by_number_nobody_and_nothing_there_look_the_same(petra: Somebody, node: Node, basis: str) -> None:
    asked = {"unit_id": "strand", "basis": basis, "reason": "Ambulans."}
    answers = set()
    for number in (NOBODYS, GUNNARS, MARYAMS):
        with pytest.raises(RefusedError) as refused:
            await petra.call("access:open", client_id=client_id(), number=number, **asked)
        answers.add((refused.value.code, str(refused.value.data)))
    assert answers == {("not_found", "{}")}
    rows = [row for row in await audited(node) if row.action == "access:open"]
    assert [(row.outcome, row.person_id) for row in rows] == [
        ("refused", ""),
        ("refused", "gunnar"),
        ("refused", "maryam"),
    ]
    assert len({row.searched for row in rows}) == 3


async def test_who_tries_one_number_after_the_other_is_slowed(petra: Somebody) -> None:
    asked = {"unit_id": "strand", "basis": "emergency", "reason": "Ambulans.", "number": NOBODYS}
    codes = [await refusal(petra, "access:open", client_id=client_id(), **asked) for _ in range(40)]
    assert codes[0] == "not_found"
    assert codes[-1] == "locked_out"
    assert await refusal(petra, "person:find", number=NOBODYS) == "locked_out", "one count for both"


async def test_a_person_is_named_in_one_way(petra: Somebody, maryam_contact: str) -> None:
    asked = {"client_id": client_id(), "unit_id": "strand", "basis": "emergency", "reason": "Ambulans."}
    for named in ({}, {"number": MARYAMS, "person_id": "maryam"}, {"number": MARYAMS, "contact_id": maryam_contact}):
        assert await refusal(petra, "access:open", **asked, **named) == "bad_request"
    assert await refusal(petra, "access:open", **asked, number="1221") == "identity_invalid"


async def test_an_emergency_is_told_in_the_contact(url: str, petra: Somebody, maryam_contact: str, node: Node) -> None:
    async with signed_in(url, "patient:maryam") as maryam:
        await maryam.call("contact:follow", contact_id=maryam_contact, after=0)
        assert await open_door(petra, "maryam", basis="emergency", unit="strand") == [maryam_contact]
        assert (await maryam.entry("looked_in"))["author"]["kind"] == "system", "who it was, the audit trail knows"
        note = {"client_id": client_id(), "contact_id": maryam_contact, "text": "Ambulans kallad."}
        assert await refusal(petra, "note:add", **note) == "ok"
    looks: list[Entry] = await written_by(node, maryam_contact, "system:doorkeeper")
    assert len(looks) == 1


async def test_an_emergency_ends_by_itself(petra: Somebody, maryam_contact: str, node: Node) -> None:
    await open_door(petra, "maryam", basis="emergency", unit="strand")
    (row,) = await node.doors.concerning("maryam", now_ms=node.now_ms())
    assert row.until_ms - row.from_ms == pytest.approx(HOUR_MS, abs=1_000)
    assert await node.doors.open_to("petra", ["strand"], now_ms=row.until_ms - 1)
    assert not await node.doors.open_to("petra", ["strand"], now_ms=row.until_ms)


async def test_whoever_opened_it_or_whom_it_concerns_ends_it(url: str, jonas: Somebody, maryam_contact: str) -> None:
    await open_door(jonas, "maryam", basis="care", unit="hamnen")
    await jonas.call("contact:follow", contact_id=maryam_contact, after=0)
    async with signed_in(url, "patient:maryam") as maryam, signed_in(url, "patient:astrid") as astrid:
        door_id = (await maryam.call("access:mine"))["doors"][0]["door_id"]
        close = {"client_id": client_id(), "door_id": door_id}
        assert await refusal(astrid, "access:close", **close) == "not_found"
        async with signed_in(url, "staff:sara") as sara:
            assert await refusal(sara, "access:close", **close) == "not_found"
        assert await refusal(maryam, "access:close", **close) == "ok"
        assert (await maryam.call("access:mine"))["doors"] == []
    await jonas.until("access_ended", lambda told: told["contact_id"] == maryam_contact, wait_s=WITHIN_S)
    assert (await jonas.call("access:list"))["contacts"] == []


async def test_units_that_share_the_responsibility_read_and_write(
    url: str, petra: Somebody, maryam_contact: str
) -> None:
    share = {"contact_id": maryam_contact, "with_unit_id": "strand", "reason": "Hemuppföljning.", "until": SOON}
    async with signed_in(url, "staff:sara") as sara:
        assert await refusal(sara, "access:share", client_id=client_id(), **share) == "not_found", "a nurse may not"
    async with signed_in(url, "staff:leila") as leila:
        door_id = (await leila.call("access:share", client_id=client_id(), **share))["door_id"]
        await until_follows(petra, maryam_contact)
        note = {"contact_id": maryam_contact, "text": "Vi ringer i morgon."}
        assert await refusal(petra, "note:add", client_id=client_id(), **note) == "ok"
        assert await refusal(petra, "access:unshare", client_id=client_id(), door_id=door_id) == "not_found"
        await leila.call("access:unshare", client_id=client_id(), door_id=door_id)
    await petra.until("access_ended", lambda told: told["contact_id"] == maryam_contact, wait_s=WITHIN_S)
    assert await refusal(petra, "note:add", client_id=client_id(), **note) == "not_found"


async def test_a_repeat_opens_no_second_door(jonas: Somebody, maryam_contact: str, node: Node) -> None:
    body = {"client_id": client_id(), "person_id": "maryam", "unit_id": "hamnen", "basis": "care", "reason": "x"}
    for _ in range(2):
        await jonas.send("access:open", body)
    assert len(await node.doors.concerning("maryam", now_ms=node.now_ms())) == 1


async def test_a_door_opens_from_a_contact_one_may_read(url: str, jonas: Somebody, node: Node) -> None:
    """Whom a contact is about, staff's page does not know: the contact says it, to who may read it."""
    async with signed_in(url, "patient:astrid") as astrid:
        here = await opened(astrid)
        there = await opened(astrid, unit_id="lyktan")
    body = {"unit_id": "hamnen", "basis": "care", "reason": "Samma besvär i dag."}
    for named in ({"contact_id": there}, {"contact_id": "f" * 32}):
        assert await refusal(jonas, "access:open", client_id=client_id(), **named, **body) == "not_found"
    for named in ({}, {"contact_id": here, "person_id": "astrid"}):
        assert await refusal(jonas, "access:open", client_id=client_id(), **named, **body) == "bad_request"
    answer = await jonas.call("access:open", client_id=client_id(), contact_id=here, **body)
    (row,) = answer["contacts"]
    (door,) = await node.doors.concerning("astrid", now_ms=node.now_ms())
    assert (row["contact_id"], row["door_ids"]) == (there, [door.door_id])
    looks = [one for one in await audited(node) if one.action == "access:open" and one.about == f"contact:{here}"]
    assert [one.outcome for one in looks] == ["allowed"], "that the contact was looked into stands in the trail"


async def test_a_contact_that_names_nobody_opens_no_door(url: str, jonas: Somebody) -> None:
    async with signed_in(url, "patient:nils") as nils:
        about_another = await opened(nils, subject="other")
    body = {"contact_id": about_another, "unit_id": "hamnen", "basis": "emergency", "reason": "x"}
    assert (await jonas.call("contact:follow", contact_id=about_another, after=0))["entries"]
    assert await refusal(jonas, "access:open", client_id=client_id(), **body) == "not_found"


async def test_doors_that_open_or_shut_are_told_to_whom_they_let_in(
    url: str, petra: Somebody, maryam_contact: str
) -> None:
    async with signed_in(url, "staff:leila") as leila:
        assert (await leila.call("access:shares", contact_id=maryam_contact))["agreements"] == []
        share = {"contact_id": maryam_contact, "with_unit_id": "strand", "reason": "Hemuppföljning.", "until": SOON}
        door_id = (await leila.call("access:share", client_id=client_id(), **share))["door_id"]
        await petra.until("access_changed", lambda _: True, wait_s=WITHIN_S)
        (behind,) = (await petra.call("access:list"))["contacts"]
        assert (behind["basis"], behind["door_ids"]) == ("shared", []), "one ends no agreement as one's own door"
        shares = await leila.call("access:shares", contact_id=maryam_contact)
        assert [(row["door_id"], row["unit"]) for row in shares["agreements"]] == [(door_id, "Strandkliniken")]
        assert [row["unit_id"] for row in shares["units"]] == ["hamnen", "strand"]
        assert await refusal(petra, "access:shares", contact_id=maryam_contact) == "not_found"


async def test_who_reads_through_a_door_marks_nothing_as_read(
    url: str, jonas: Somebody, maryam_contact: str, node: Node
) -> None:
    """The patient is told that those have read who answer for them."""
    await open_door(jonas, "maryam", basis="care", unit="hamnen")
    head = (await jonas.call("contact:follow", contact_id=maryam_contact, after=0))["summary"]["head"]
    assert await refusal(jonas, "read:mark", contact_id=maryam_contact, up_to=head) == "ok"
    assert await written_by(node, maryam_contact, "staff:jonas") == []


async def test_a_door_reaches_contacts_from_before_two_were_merged(
    url: str, jonas: Somebody, maryam_contact: str, node: Node
) -> None:
    """Maryam turns out to be Astrid: who opens to Astrid sees what was Maryam's, and it is told there too."""
    await node.register.merge(LOADER, "maryam", into="astrid", reason="Samma person.", client_id="merge")
    assert await open_door(jonas, "astrid", basis="care", unit="hamnen") == [maryam_contact]
    assert (await jonas.call("contact:follow", contact_id=maryam_contact))["entries"]
    assert [row["contact_id"] for row in (await jonas.call("access:list"))["contacts"]] == [maryam_contact]
    async with signed_in(url, "staff:petra") as petra, signed_in(url, "patient:astrid") as astrid:
        assert await open_door(petra, "maryam", basis="emergency", unit="strand") == [maryam_contact]
        assert await astrid.kept(maryam_contact, "looked_in")
        own = await astrid.call("access:mine")
        assert [row["unit_id"] for row in own["units"]] == ["lyktan"]
        await astrid.call("access:block", client_id=client_id(), unit_id="lyktan", blocked=True)
        assert await refusal(jonas, "contact:follow", contact_id=maryam_contact) == "not_found"
        assert await refusal(petra, "contact:follow", contact_id=maryam_contact) == "ok"


async def test_a_block_from_before_a_merge_holds(url: str, jonas: Somebody, maryam_contact: str, node: Node) -> None:
    async with signed_in(url, "patient:maryam") as maryam, signed_in(url, "patient:astrid") as astrid:
        await maryam.call("access:block", client_id=client_id(), unit_id="lyktan", blocked=True)
        hers = await opened(astrid, unit_id="lyktan")
        assert await open_door(jonas, "astrid", basis="care", unit="hamnen") == [hers]
        await node.register.merge(LOADER, "maryam", into="astrid", reason="Samma person.", client_id="merge")
        await node.watch.look()
        assert await refusal(jonas, "contact:follow", contact_id=hers) == "ok"
        assert await refusal(jonas, "contact:follow", contact_id=maryam_contact) == "not_found"
        care = {"person_id": "astrid", "unit_id": "hamnen", "basis": "care", "reason": "x"}
        assert await refusal(jonas, "access:open", client_id=client_id(), **care) == "not_found"

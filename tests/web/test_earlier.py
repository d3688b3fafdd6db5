"""Other contacts of the same patient: those one may enter, recorded with how many before they are shown."""

import pytest

from core.identity.loading import LOADER
from core.ids import new_id
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited
from tests.web.test_story import opened
from web.node import Node


async def test_the_other_contacts_of_the_patient_the_newest_first(astrid: Somebody, sara: Somebody, node: Node) -> None:
    first, second, here = [await opened(astrid, f"Ont i halsen {at}") for at in range(3)]
    await astrid.kept(second, "understood")
    claim = await sara.call("queue:claim", contact_id=first, client_id=client_id())
    ending = {"reason": "duplicate", "safety_net": "", "understood": "not_needed", "claim_no": claim["claim_no"]}
    await sara.call("contact:close", contact_id=first, client_id=client_id(), **ending)
    found = (await sara.call("contact:earlier", contact_id=here))["contacts"]
    assert [(one["contact_id"], one["status"], one["closed"]) for one in found] == [
        (second, "waiting", None),
        (first, "closed", "duplicate"),
    ]
    looks = [row for row in await audited(node) if row.action == "contact:earlier"]
    assert [(row.found, row.person_id, row.about) for row in looks][-1] == (2, "astrid", f"contact:{here}")
    asked = {"unit_id": "hamnen", "contact_ids": [here, second, "nobody"]}
    marks = (await sara.call("board:earlier", **asked))["marks"]
    assert {one["contact_id"]: one["count"] for one in marks} == {here: 2, second: 2}
    assert [one["last_at"] for one in marks if one["contact_id"] == here] == [found[0]["opened_at"]]
    looks = [row for row in await audited(node) if row.action == "board:earlier" and row.person_id]
    assert {(row.found, row.person_id, row.about) for row in looks} == {
        (2, "astrid", f"contact:{one}") for one in (here, second)
    }
    with pytest.raises(RefusedError, match="bad_request"):
        await sara.call("board:earlier", unit_id="hamnen", contact_ids=["x"] * 41)


async def test_what_is_blocked_or_anothers_is_as_if_it_were_not_there(
    astrid: Somebody, url: str, sara: Somebody
) -> None:
    here = await opened(astrid)
    there = await opened(astrid, unit_id="strand")
    assert (await sara.call("contact:earlier", contact_id=here))["contacts"] == []
    assert (await sara.call("board:earlier", unit_id="hamnen", contact_ids=[here, there]))["marks"] == []
    async with signed_in(url, "staff:petra") as petra:
        assert (await petra.call("contact:earlier", contact_id=there))["contacts"] == []


async def test_those_from_before_two_persons_turned_out_to_be_one_are_there(
    astrid: Somebody, url: str, sara: Somebody, node: Node
) -> None:
    here = await opened(astrid)
    async with signed_in(url, "patient:maryam") as maryam:
        other = await opened(maryam)
    assert (await sara.call("contact:earlier", contact_id=here))["contacts"] == []
    await node.register.merge(LOADER, "astrid", into="maryam", reason="Dubblett.", client_id=new_id())
    for asked, found in ((here, other), (other, here)):
        contacts = (await sara.call("contact:earlier", contact_id=asked))["contacts"]
        assert [one["contact_id"] for one in contacts] == [found]

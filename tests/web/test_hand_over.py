"""Handing over, over real sockets: who hears of an offer, who may answer it, and what the patient is told."""

from typing import Any

import pytest

from core.ids import ContactId, contact_stream
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited
from tests.web.test_talk import claimed, kinds_in, view
from web.node import Node

SBAR = {
    "situation": "Tryck över bröstet sedan i morse",
    "background": "Medicin mot högt blodtryck",
    "assessment": "Kan vara hjärtat",
    "recommendation": "EKG i dag",
}


async def offer(nurse: Somebody, contact_id: str, *, claim_no: int = 1, **more: Any) -> dict[str, Any]:
    """Offer what the nurse holds."""
    named = {"contact_id": contact_id, "client_id": client_id(), "claim_no": claim_no}
    return await nurse.call("hand_over:offer", **named, **SBAR, **more)


async def offers(nurse: Somebody, unit_id: str) -> list[dict[str, Any]]:
    """What is offered to the nurse at a unit."""
    found: list[dict[str, Any]] = (await nurse.call("hand_over:list", unit_id=unit_id))["offers"]
    return found


async def accept(nurse: Somebody, unit_id: str, offer_id: str) -> dict[str, Any]:
    """Take over."""
    return await nurse.call("hand_over:accept", unit_id=unit_id, offer_id=offer_id, client_id=client_id())


async def test_a_colleague_hears_of_it_accepts_and_the_patient_is_told_who(
    url: str, node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    async with signed_in(url, "staff:jonas") as jonas:
        await jonas.call("board:follow", unit_id="hamnen")
        takers = await sara.call("hand_over:takers", unit_id="hamnen")
        assert [(one["staff_id"], one["here"]) for one in takers["colleagues"]] == [("jonas", True), ("leila", False)]
        assert [one["unit_id"] for one in takers["units"]] == ["lyktan"]
        await offer(sara, contact_id, to_staff="jonas")
        await jonas.until("offers", lambda told: told["unit_id"] == "hamnen")
        (found,) = await offers(jonas, "hamnen")
        assert {name: found[name] for name in SBAR} == SBAR
        assert (found["from_name"], found["to_me"], found["urgency"]) == ("Sara Lind", True, "immediate")
        assert await offers(sara, "hamnen") == []
        row = (await sara.call("board:follow", unit_id="hamnen"))["rows"][0]
        assert (row["offer"]["to"], row["holder"]["id"]) == ("Jonas Ek", "sara")
        assert (await accept(jonas, "hamnen", found["offer_id"])) == {"contact_id": contact_id, "claim_no": 2}
        message = {"contact_id": contact_id, "text": "Hej, jag tar över.", "claim_no": 2}
        await jonas.call("message:post", client_id=client_id(), **message)
        with pytest.raises(RefusedError, match="stale_claim"):
            await sara.call("message:post", client_id=client_id(), **{**message, "claim_no": 1})
    seen = await view(astrid, contact_id)
    assert kinds_in(seen)[-3:] == ["claimed", "handed_over", "message"]
    assert seen["summary"]["clinician"] == {"name": "Jonas Ek", "role": "nurse"}
    assert SBAR["assessment"] not in str(astrid.heard) + str(seen)
    looks = [row for row in await audited(node) if row.action == "hand_over:list"]
    assert sorted(row.found or 0 for row in looks) == [0, 1]
    head = await node.log.head(contact_stream(ContactId(contact_id)))
    assert SBAR["assessment"] not in str(head.state.plain())


async def test_in_a_warm_one_both_write_and_the_patient_hears_who_comes(
    url: str, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    async with signed_in(url, "staff:jonas") as jonas:
        written = {"contact_id": contact_id, "text": "Hej"}
        with pytest.raises(RefusedError, match="stale_claim"):
            await jonas.call("message:post", client_id=client_id(), claim_no=1, **written)
        await offer(sara, contact_id, to_staff="jonas", warm=True)
        assert (await view(jonas, contact_id))["summary"]["beside"] == "jonas"
        for nurse in (jonas, sara):
            await nurse.call("message:post", client_id=client_id(), claim_no=1, **written)
        (found,) = await offers(jonas, "hamnen")
        await accept(jonas, "hamnen", found["offer_id"])
        for nurse in (jonas, sara):
            await nurse.call("message:post", client_id=client_id(), claim_no=2, **written)
        assert (await view(sara, contact_id))["summary"]["beside"] == "sara"
    told = await view(astrid, contact_id)
    assert kinds_in(told)[-6:] == ["hand_over_offered", "message", "message", "handed_over", "message", "message"]
    (warm,) = (one["body"] for one in told["entries"] if one["body"]["kind"] == "hand_over_offered")
    assert (warm["to_name"], warm["situation"], warm["to_staff"]) == ("Jonas Ek", "", None)
    assert told["summary"]["beside"] is None


async def test_another_unit_sees_what_is_offered_and_no_more_until_it_accepts(
    url: str, node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    async with signed_in(url, "staff:jonas") as jonas, signed_in(url, "staff:leila") as leila:
        await jonas.call("contact:follow", contact_id=contact_id)
        await jonas.call("board:follow", unit_id="hamnen")
        await offer(sara, contact_id, unit_id="lyktan")
        assert await offers(jonas, "hamnen") == []
        with pytest.raises(RefusedError, match="not_found"):
            await offers(jonas, "lyktan")
        (found,) = await offers(leila, "lyktan")
        assert (found["from_unit"], found["to_me"]) == ("Hamnens hälsocentral", False)
        await accept(leila, "lyktan", found["offer_id"])
        gone = await jonas.until("board", lambda told: contact_id in told["gone"])
        assert gone["unit_id"] == "hamnen"
        with pytest.raises(RefusedError, match="not_found"):
            await view(jonas, contact_id)
        assert (await view(leila, contact_id))["summary"]["unit"] == "Lyktans hälsocentral"
    seen = await view(astrid, contact_id)
    told = next(one["body"] for one in seen["entries"] if one["body"]["kind"] == "handed_over")
    assert (told["moved"], told["unit_name"], told["staff_id"]) == (True, "Lyktans hälsocentral", "")


@pytest.mark.parametrize(
    "to",
    [
        {"unit_id": "strand"},
        {"unit_id": "nowhere"},
        {"to_staff": "petra"},
        {"to_staff": "sara"},
        {"to_staff": "karin"},
        {"to_staff": "leila", "unit_id": "lyktan"},
        {"unit_id": "lyktan", "warm": True},
    ],
    ids=str,
)
async def test_it_is_offered_only_to_who_could_take_it(astrid: Somebody, sara: Somebody, to: dict[str, Any]) -> None:
    contact_id = await claimed(astrid, sara)
    with pytest.raises(RefusedError, match="bad_request"):
        await offer(sara, contact_id, **to)


async def test_a_nurse_asks_for_it_and_is_given_it(url: str, astrid: Somebody, sara: Somebody) -> None:
    contact_id = await claimed(astrid, sara)
    named = {"contact_id": contact_id}
    async with signed_in(url, "staff:jonas") as jonas:
        await jonas.call("hand_over:ask", client_id=client_id(), reason="Jag har träffat henne", **named)
        row = (await sara.call("board:follow", unit_id="hamnen"))["rows"][0]
        assert [one["staff_id"] for one in row["requests"]] == ["jonas"]
        with pytest.raises(RefusedError, match="bad_request"):
            await sara.call("hand_over:give", client_id=client_id(), claim_no=1, to_staff="petra", **named)
        await sara.call("hand_over:give", client_id=client_id(), claim_no=1, to_staff="jonas", **named)
        assert (await view(jonas, contact_id))["summary"]["holder_id"] == "jonas"
    assert kinds_in(await view(astrid, contact_id))[-1] == "handed_over"
    assert "case_asked" not in kinds_in(await view(astrid, contact_id))


async def test_a_patient_s_block_keeps_it_at_its_unit(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await claimed(astrid, sara)
    await astrid.call("access:block", client_id=client_id(), unit_id="hamnen", blocked=True)
    with pytest.raises(RefusedError, match="wrong_state"):
        await offer(sara, contact_id, unit_id="lyktan")
    await offer(sara, contact_id, to_staff="jonas")

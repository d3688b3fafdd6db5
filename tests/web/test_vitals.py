"""What is measured in a visit is read by triage, and nobody is photographed without a yes."""

from typing import Any

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.observation import Observation

from tests.web.client import Somebody, client_id
from tests.web.guesting import Meeting, guest
from tests.web.test_room import refused, visit
from tests.web.test_transcript import fetched

__all__ = ["visit"]
LOW_SATURATION = "RF011"
LOW = {"spo2": 86, "hr": 118, "sbp": 92, "dbp": 58, "temp": 39.4, "weight": 71.5}


async def held_by(sara: Somebody, contact_id: str) -> int:
    """The number of her claim."""
    told = await sara.call("contact:follow", contact_id=contact_id)
    return int(told["summary"]["claim_no"])


async def test_vital_signs_are_read_by_triage_and_are_observations(visit: Meeting, astrid: Somebody) -> None:
    sara, contact_id = visit.nurse, visit.contact_id
    said = {"contact_id": contact_id, "client_id": client_id()}
    for odd in ({"spo2": 400}, {"temp": 4}, {"weight": 0}, {"dbp": 80}, {"sbp": 80, "dbp": 90}):
        assert await refused(astrid, "vitals:tell", **said, vitals=odd) == "bad_request"
    assert await refused(astrid, "vitals:tell", **said, vitals={}) == "empty"
    assert await refused(sara, "vitals:tell", **said, vitals=LOW) == "bad_request"  # staff name their claim
    first = await astrid.call("vitals:tell", **said, vitals=LOW)
    again = await astrid.call("vitals:tell", **said, vitals=LOW)
    assert (again["no"], again["repeated"]) == (first["no"], True)
    claim_no = await held_by(sara, contact_id)
    more = {"contact_id": contact_id, "client_id": client_id(), "claim_no": claim_no}
    assert await refused(sara, "vitals:tell", **{**more, "claim_no": claim_no + 1}, vitals={"rr": 24}) == "stale_claim"
    await sara.call("vitals:tell", **more, vitals={"rr": 24})

    def reads_it(heard: dict[str, Any]) -> bool:
        bodies = [entry["body"] for entry in heard["entries"]]
        reasons = [one["rule"] for body in bodies if body["kind"] == "assessed" for one in body["reasons"]]
        return LOW_SATURATION in reasons

    await sara.until("entry", reads_it)

    data, _ = await fetched(sara, f"/fhir/Communication?encounter={contact_id}")
    beside: list[Any] = [entry.resource for entry in Bundle.model_validate_json(data).entry or []]
    found: dict[str | None, Any] = {one.code.text: one for one in beside if isinstance(one, Observation)}
    assert {name: float(one.valueQuantity.value) for name, one in found.items() if one.valueQuantity} == {
        "Oxygen saturation": 86,
        "Heart rate": 118,
        "Body temperature": 39.4,
        "Body weight": 71.5,
        "Respiratory rate": 24,
    }
    pressure = found["Blood pressure panel"]
    assert [float(part.valueQuantity.value) for part in pressure.component] == [92, 58]
    assert (pressure.performer[0].type, found["Respiratory rate"].performer[0].display) == ("Patient", "Sara Lind")


async def test_nobody_is_photographed_without_a_yes(url: str, visit: Meeting, astrid: Somebody) -> None:
    sara, named = visit.nurse, visit.named
    entered = await astrid.call("visit:enter", **named)
    own = {**named, "participant": entered["participant"]}
    assert await refused(sara, "photo:ask", **own) == "not_found"  # nobody is asked in the lobby
    await sara.call("visit:admit", **own)
    assert await refused(astrid, "photo:answer", **named, yes=True) == "not_found"  # nothing was asked
    async with guest(url, await visit.invite(role="relative")) as nils:
        theirs = await nils.call("visit:enter", **named)
        await sara.call("visit:admit", **named, participant=theirs["participant"])
        asked = {**named, "participant": theirs["participant"]}
        assert await refused(sara, "photo:ask", **asked) == "not_found"  # a guest has no contact to put it into
    await sara.call("photo:ask", **own)
    await sara.call("photo:ask", **own)  # the same question
    seen = await astrid.call("contact:follow", contact_id=visit.contact_id)
    assert [one["photo_asked"] for one in seen["summary"]["visit"]["members"] if one["role"] == "patient"] == [True]
    assert await refused(sara, "photo:answer", **named, yes=True) == "not_found"
    await astrid.call("photo:answer", **named, yes=True)
    assert await refused(astrid, "photo:answer", **named, yes=True) == "not_found"  # one yes, one picture
    told = await sara.call("contact:follow", contact_id=visit.contact_id)
    kinds = [one["body"]["kind"] for one in told["entries"]]
    assert (kinds.count("photo_asked"), kinds.count("photo_answered")) == (1, 1)

"""A form in a contact: sent, saved as it is filled in, resumed elsewhere, submitted once, read by triage."""

from typing import Any

from fhir.resources.R4B.bundle import Bundle

from tests.web.client import Somebody, client_id
from tests.web.guesting import Meeting
from tests.web.test_room import refused, visit
from tests.web.test_transcript import fetched
from tests.web.test_vitals import held_by

__all__ = ["visit"]
DANGER = {"saliva": [True]}
WHOLE = {
    "days": [2],
    "saliva": [True],
    "drooling": [False],
    "gape": [False],
    "breathing": [False],
    "fever": [False],
    "temperature": [39.5],
    "also": [{"type": "coding", "system": "urn:fyr:form-option", "code": "cough"}],
    "immune": [False],
}


def bodies(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["body"] for one in told["entries"] if one["body"]["kind"] == kind]


async def test_a_form_is_sent_saved_resumed_and_submitted_once(visit: Meeting, astrid: Somebody) -> None:
    sara, contact = visit.nurse, {"contact_id": visit.contact_id}
    listed = (await sara.call("form:list"))["forms"]
    assert {(one["form_id"], one["review"]) for one in listed} >= {("sore-throat", "unconfirmed")}
    claim_no = await held_by(sara, visit.contact_id)
    sent = {**contact, "client_id": client_id(), "claim_no": claim_no, "form_id": "sore-throat"}
    assert await refused(sara, "form:assign", **{**sent, "form_id": "none"}) == "not_found"
    assert await refused(sara, "form:assign", **{**sent, "claim_no": claim_no + 1}) == "stale_claim"
    first = await sara.call("form:assign", **sent)
    assert (await sara.call("form:assign", **sent))["no"] == first["no"]
    seen = await astrid.call("contact:follow", **contact)
    [assigned] = bodies(seen, "form_assigned")
    assert [one["title"]["nb"] for one in bodies(seen, "form_news")] == ["Vondt i halsen"]
    own = {**contact, "assignment_id": assigned["assignment_id"]}

    wrong = {**own, "client_id": client_id(), "answers": {"days": [900]}}
    assert await refused(astrid, "form:save", **wrong) == "answers_invalid"
    await astrid.call("form:save", **own, client_id=client_id(), answers=DANGER)

    def rises(heard: dict[str, Any]) -> bool:
        told = [one["body"] for one in heard["entries"] if one["body"]["kind"] == "assessed"]
        return any(one["urgency"] in ("immediate", "very_urgent") for one in told)

    await sara.until("entry", rises)
    seen = await sara.call("contact:follow", **contact)
    assert [(one["answers"], one["carried"]) for one in bodies(seen, "form_saved")] == [({}, [])]
    assert [one["no"] for one in seen["entries"]] == list(range(1, len(seen["entries"]) + 1))
    elsewhere = await astrid.call("contact:follow", **contact)
    assert [one["answers"] for one in bodies(elsewhere, "form_saved")] == [DANGER]

    submit = {**own, "client_id": client_id(), "answers": WHOLE, "lang": "nb"}
    assert await refused(astrid, "form:submit", **{**submit, "answers": DANGER}) == "answers_invalid"
    done = await astrid.call("form:submit", **submit)
    assert (await astrid.call("form:submit", **submit))["no"] == done["no"]
    again = {**submit, "client_id": client_id()}
    assert await refused(astrid, "form:submit", **again) == "wrong_state"
    assert await refused(sara, "form:withdraw", **own, client_id=client_id(), claim_no=claim_no) == "wrong_state"

    told = await sara.call("contact:follow", **contact)
    [submitted] = bodies(told, "form_submitted")
    assert submitted["answers"] == {name: one for name, one in WHOLE.items() if name != "temperature"}
    lines = {one["link_id"]: (one["question"], one["answer"]) for one in submitted["lines"]}
    assert lines["saliva"] == ("Er det så vanskelig å svelge at du må spytte ut spyttet?", "Ja")
    assert lines["also"][1] == "Hoste"
    assert told["summary"]["turn"] == "staff"
    data, _ = await fetched(sara, f"/fhir/Communication?encounter={visit.contact_id}")
    assert "spytte ut spyttet" in data.decode()
    assert Bundle.model_validate_json(data).entry


async def test_a_form_that_is_taken_back_is_not_answered(visit: Meeting, astrid: Somebody) -> None:
    sara, contact = visit.nurse, {"contact_id": visit.contact_id}
    claim = {**contact, "claim_no": await held_by(sara, visit.contact_id)}
    await sara.call("form:assign", **claim, client_id=client_id(), form_id="sleep")
    [assigned] = bodies(await astrid.call("contact:follow", **contact), "form_assigned")
    one = {"assignment_id": assigned["assignment_id"]}
    await sara.call("form:withdraw", **claim, **one, client_id=client_id())
    saved = {**contact, **one, "client_id": client_id(), "answers": {}}
    assert await refused(astrid, "form:save", **saved) == "wrong_state"
    assert await refused(astrid, "form:save", **{**saved, "assignment_id": "0" * 32}) == "wrong_state"

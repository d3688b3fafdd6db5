"""A unit invites, a patient answers, either ends it: only who has agreed comes in, whatever the entrance."""

from typing import Any

from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_booking import weeks
from tests.web.test_directory import two
from tests.web.test_rollout import decide, make_ready, phase, refused
from tests.web.test_story import opened
from web.node import Node

__all__ = ["two"]
ASKED = ["video_visit", "booking", "forms", "seek_care_chat"]
TO = {"unit_id": "hamnen", "person_id": "astrid", "told_in": "sv"}
ASK = {"subject": "self", "age_y": 58, "sex": "f", "lang": "sv", "text": "Jag har ont i halsen"}


def standings(told: dict[str, Any]) -> dict[str, str]:
    """How each service of the only agreement stands."""
    [one] = told["agreements"]
    return {service["function"]: service["standing"] for service in one["services"]}


async def entered(patient: Somebody, node: Node) -> set[str]:
    """Which ways in are open to a patient: each is tried."""
    tries: dict[str, tuple[str, dict[str, Any]]] = {
        "booking": ("booking:free", {"unit_id": "hamnen", **weeks(node)}),
        "seek_care_chat": ("contact:open", {"client_id": client_id(), **ASK}),
    }
    found = set()
    for function, (call, body) in tries.items():
        if function in (await patient.get("/api/functions"))[0]["functions"]:
            await patient.call(call, **body)
            found.add(function)
        else:
            assert (await refused(patient, call, **body))[0] == "function_off"
    asked = {"unit_id": "", "for_person": "", "service": ""}
    if "seek_care_chat" in found:
        assert (await patient.call("duty:ask", **asked))["unit"]
    else:
        assert (await refused(patient, "duty:ask", **asked))[0] == "function_off"
    assert ("hamnen" in {one["id"] for one in await patient.get("/api/units")}) == ("seek_care_chat" in found)
    return found


async def test_who_was_invited_and_has_agreed_comes_in_and_nobody_else(
    url: str, node: Node, two: tuple[Somebody, Somebody], astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    claim_no = (await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id))["claim_no"]
    held = {"contact_id": contact_id, "claim_no": claim_no}
    early = await refused(sara, "agreement:invite", client_id=client_id(), functions=["booking"], **TO)
    assert early[0] == "function_off", "what is on for everybody takes no agreement"
    await make_ready(two, node, "hamnen", safety_signed_on=str(node.today()), drill_on=str(node.today()))
    soon, now = ({"phases": [phase(node, "invited", days=days)]} for days in (3, 0))
    await decide(two, "hamnen", **dict.fromkeys(ASKED, now), messages=soon)
    assert await entered(astrid, node) == set()
    assert (await refused(sara, "visit:start", client_id=client_id(), **held))[0] == "function_off"

    code = await invited(sara)
    told = await astrid.call("agreement:mine")
    assert standings(told) == dict.fromkeys([*ASKED, "messages"], "invited")
    assert await entered(astrid, node) == set(), "an invitation alone opens nothing"
    [mine] = told["agreements"]
    begins = {one["function"]: one["begins_on"] for one in mine["services"]}
    assert (begins["messages"], begins["booking"]) == (soon["phases"][0]["from_on"], "")
    own = {"agreement_id": mine["agreement_id"]}
    await answered(url, astrid, code, **own)
    assert await entered(astrid, node) == {"booking", "seek_care_chat"}
    sent = {"client_id": client_id(), **held, "form_id": "sore-throat"}
    assert (await refused(sara, "form:assign", **sent))[0] == "function_off"
    assert (await sara.call("visit:start", client_id=client_id(), **held))["visit_id"]

    told = await astrid.call("agreement:end", client_id=client_id(), functions=["booking"], **own)
    assert standings(told)["booking"] == "ended"
    assert await entered(astrid, node) == {"seek_care_chat"}
    await revoked(url, sara, **own)
    assert await entered(astrid, node) == set()


async def invited(sara: Somebody) -> str:
    """Sara invites Astrid to everything; gives the code."""
    asked = {"client_id": "first", "functions": [*ASKED, "messages"], **TO}
    made = await sara.call("agreement:invite", **asked)
    assert await sara.call("agreement:invite", **asked) == made, "an answer that was lost is given again"
    assert (len(made["code"]), made["sent"]) == (6, False)
    wrong = await refused(sara, "agreement:invite", **{**asked, "client_id": "two", "to": "no address"})
    assert wrong[0] == "bad_request"
    return str(made["code"])


async def answered(url: str, astrid: Somebody, code: str, **own: str) -> None:
    """Nobody else answers, nor does she without the code; then she does, and has the first three of them."""
    answer = {"accepted": ["booking", "seek_care_chat", "video_visit"], "declined": ["forms"], **own}
    tries = ({"code": f"{(int(code) + 1) % 10**6:06}"}, "code_wrong"), ({"declined": ["booking"]}, "bad_request")
    for wrong, why in tries:
        asked = {"client_id": client_id(), **answer, "code": code, **wrong}
        assert (await refused(astrid, "agreement:answer", **asked))[0] == why
    async with signed_in(url, "patient:nils") as nils:
        assert (await nils.call("agreement:mine"))["agreements"] == []
        stolen = await refused(nils, "agreement:answer", client_id=client_id(), **answer, code=code)
        assert stolen[0] == "not_found"
    as_read = f"{code[:3]} {code[3:]}"
    told = await astrid.call("agreement:answer", client_id=client_id(), **answer, code=as_read)
    accepted = dict.fromkeys(answer["accepted"], "accepted")
    assert standings(told) == {**accepted, "forms": "declined", "messages": "invited"}


async def revoked(url: str, sara: Somebody, **own: str) -> None:
    """Who works at the unit sees with whom it has agreed on what, and ends it; nobody else does."""
    at_unit = {"unit_id": "hamnen", **own}
    listed = await sara.call("agreement:list", unit_id="hamnen")
    assert [(one["person_id"], one["name"]) for one in listed["agreements"]] == [("astrid", "Astrid Holm")]
    assert listed["functions"] == ["video_visit", "booking", "forms", "messages", "seek_care_chat"]
    ended = ["seek_care_chat", "messages"]
    left = await sara.call("agreement:revoke", client_id=client_id(), functions=ended, **at_unit)
    assert standings(left)["messages"] == "ended"
    again = await refused(sara, "agreement:revoke", client_id=client_id(), functions=["forms"], **at_unit)
    assert again[0] == "wrong_state"
    async with signed_in(url, "staff:petra") as petra:
        assert (await refused(petra, "agreement:list", unit_id="hamnen"))[0] == "not_found"
        elsewhere = {**at_unit, "unit_id": "lyktan", "functions": ["forms"], "client_id": client_id()}
        assert (await refused(petra, "agreement:revoke", **elsewhere))[0] == "not_found"

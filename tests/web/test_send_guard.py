"""The send-guard: who answers, closes or lowers has seen what the patient wrote; raising and asking never wait."""

from typing import Any

import pytest

from tests.web.client import RefusedError, Somebody, client_id
from tests.web.test_story import opened


async def held(astrid: Somebody, sara: Somebody) -> tuple[dict[str, Any], int]:
    """A claimed contact, and the number of the newest entry the nurse has seen before the patient writes on."""
    contact_id = await opened(astrid)
    claim = await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    seen = await sara.call("contact:follow", contact_id=contact_id)
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Nu svimmar jag nästan")
    return {"contact_id": contact_id, "claim_no": claim["claim_no"]}, seen["summary"]["head"]


async def attempt(somebody: Somebody, name: str, under: dict[str, Any], **more: Any) -> str:
    try:
        await somebody.call(name, client_id=client_id(), **under, **more)
    except RefusedError as refused:
        return refused.code
    return "ok"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("message:post", {"text": "Då väntar vi."}),
        ("contact:close", {"reason": "self_care_advice", "safety_net": "Hör av dig igen.", "understood": "said"}),
        ("urgency:set", {"urgency": "self_care", "reason": "Lindrigt"}),
    ],
)
async def test_what_could_harm_waits_until_the_newer_words_have_been_seen(
    astrid: Somebody, sara: Somebody, name: str, more: dict[str, Any]
) -> None:
    under, seen_no = await held(astrid, sara)
    assert await attempt(sara, name, under, seen_no=seen_no, **more) == "behind"
    newer = await sara.call("contact:follow", contact_id=under["contact_id"], after=seen_no)
    assert [entry["body"]["text"] for entry in newer["entries"] if entry["body"]["kind"] == "message"] == [
        "Nu svimmar jag nästan"
    ]
    assert await attempt(sara, name, under, seen_no=newer["summary"]["head"], **more) == "ok"


async def test_raising_never_waits(astrid: Somebody, sara: Somebody) -> None:
    under, seen_no = await held(astrid, sara)
    more = {"urgency": "immediate", "reason": "Svimmar"}
    assert await attempt(sara, "urgency:set", under, seen_no=seen_no, **more) == "ok"


async def test_a_colleague_may_be_asked_without_having_read_everything(astrid: Somebody, sara: Somebody) -> None:
    under, _ = await held(astrid, sara)
    of = {"contact_id": under["contact_id"]}
    assert await attempt(sara, "colleague:ask", of, text="Kan du titta?", to_role="clinician") == "ok"
    assert await attempt(sara, "note:add", of, text="Jag ringer.") == "ok"

"""Notes, questions between colleagues, addenda, read marks and presence, over real sockets."""

from typing import Any

import msgspec
import pytest

from carequeue.state import Place
from chat.entries import ColleagueAnswered, ColleagueAsked, Noted
from chat.state import Conversation
from core.ids import ContactId, contact_stream
from core.log.kinds import AUDIENCES, Kind
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import CHEST, opened
from web.app import KINDS
from web.node import Node
from web.push.summaries import Summaries

BETWEEN_COLLEAGUES = (Noted, ColleagueAsked, ColleagueAnswered)
SECRET = "Orolig anhörig ringde, säg inget till patienten"


async def claimed(patient: Somebody, nurse: Somebody, **more: Any) -> str:
    """A contact the nurse holds and both follow."""
    contact_id = await opened(patient, **more)
    await patient.kept(contact_id, "understood")
    await nurse.call("contact:follow", contact_id=contact_id)
    await nurse.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    return contact_id


async def view(somebody: Somebody, contact_id: str) -> dict[str, Any]:
    """The contact as this reader sees it now."""
    return await somebody.call("contact:follow", contact_id=contact_id)


def kinds_in(seen: dict[str, Any]) -> list[str]:
    """The kinds of its entries, in order."""
    return [entry["body"]["kind"] for entry in seen["entries"]]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.body in BETWEEN_COLLEAGUES], ids=lambda kind: kind.name
)
def test_what_colleagues_say_has_no_view_for_patients(kind: Kind[Any, Any]) -> None:
    assert set(kind.views) == {"staff"}
    assert set(kind.reads) == {"staff"}
    assert kind.says is None


async def test_what_is_pushed_is_the_summary_as_it_is_made_anew(node: Node, astrid: Somebody, sara: Somebody) -> None:
    contact_id = await claimed(astrid, sara)
    stream = contact_stream(ContactId(contact_id))
    summaries = Summaries(node)
    for speaker, name, body in (
        (astrid, "message:post", {"text": 'Släpp inte ,"head":7,'}),
        (sara, "message:post", {"text": "Jag läser", "claim_no": 1, "seen_no": 2**40}),
        (sara, "colleague:ask", {"text": "Vad tror du?", "to_staff": "jonas"}),
        (astrid, "message:post", {"text": "Tack"}),
        (sara, "note:add", {"text": "Mellan oss"}),
    ):
        await speaker.call(name, contact_id=contact_id, client_id=client_id(), **body)
        head = await node.log.head(stream)
        for audience in AUDIENCES:
            for _ in range(2):
                made = msgspec.json.encode(node.known_summary(head, audience, None))
                assert summaries.of(head, audience, None) == made


async def test_colleagues_ask_and_answer_and_the_patient_hears_nothing(
    url: str, node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    async with signed_in(url, "staff:jonas") as jonas:
        found = await sara.call("colleague:list", unit_id="hamnen")
        assert {"staff_id": "jonas", "name": "Jonas Ek", "role": "nurse"} in found["colleagues"]
        await sara.call("note:add", contact_id=contact_id, client_id=client_id(), text=SECRET)
        asked = await sara.call(
            "colleague:ask", contact_id=contact_id, client_id=client_id(), text=SECRET, to_staff="jonas"
        )
        board = await jonas.call("board:follow", unit_id="hamnen")
        assert board["rows"][0]["asks_staff"] == ["jonas"]
        assert (await view(jonas, contact_id))["summary"]["open_questions"] == [asked["no"]]
        answer = {"contact_id": contact_id, "question_no": asked["no"], "text": SECRET}
        await jonas.call("colleague:answer", client_id=client_id(), **answer)
        with pytest.raises(RefusedError, match="not_found"):
            await jonas.call("colleague:answer", client_id=client_id(), **answer)
    assert kinds_in(await view(sara, contact_id))[-3:] == ["noted", "colleague_asked", "colleague_answered"]
    seen = await view(astrid, contact_id)
    assert kinds_in(seen) == ["opened", "queued", "message", "understood", "claimed"]
    assert [entry["no"] for entry in seen["entries"]] == [1, 2, 3, 4, 5]
    assert seen["summary"]["open_questions"] == []
    assert SECRET not in str(astrid.heard) + str(seen) + str(await astrid.get(f"/api/contacts/{contact_id}"))
    head = await node.log.head(contact_stream(ContactId(contact_id)))
    assert SECRET not in str(head.state.plain())


@pytest.mark.parametrize(
    "to", [{"to_staff": "petra"}, {"to_staff": "nobody"}, {"to_role": "surgeon"}, {}], ids=lambda to: str(to)
)
async def test_nobody_outside_the_unit_is_asked(astrid: Somebody, sara: Somebody, to: dict[str, str]) -> None:
    contact_id = await claimed(astrid, sara)
    with pytest.raises(RefusedError, match="bad_request"):
        await sara.call("colleague:ask", contact_id=contact_id, client_id=client_id(), text="Kan du titta?", **to)


async def test_patients_write_no_notes(astrid: Somebody) -> None:
    contact_id = await opened(astrid)
    with pytest.raises(RefusedError, match="not_found"):
        await astrid.call("note:add", contact_id=contact_id, client_id=client_id(), text="hej")


async def test_an_addendum_stands_beside_the_message_and_is_read_by_the_assessor(
    node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid, text="Jag har ont i halsen sedan i går, ingen feber")
    await astrid.kept(contact_id, "understood")
    own = next(entry for entry in (await view(astrid, contact_id))["entries"] if entry["body"]["kind"] == "message")
    amended = {"contact_id": contact_id, "of_no": own["no"], "text": CHEST}
    await astrid.call("message:amend", client_id=client_id(), **amended)
    raised = await astrid.until("entry", lambda data: data["summary"]["urgency"] == "immediate")
    assert raised["summary"]["assessed"]
    entries = (await view(astrid, contact_id))["entries"]
    assert own in entries
    addendum = next(entry for entry in entries if entry["body"]["kind"] == "amended")
    assert (addendum["body"]["of_no"], addendum["body"]["text"]) == (own["no"], CHEST)
    with pytest.raises(RefusedError, match="not_found"):  # not their message
        await sara.call("message:amend", client_id=client_id(), **amended)
    with pytest.raises(RefusedError, match="not_found"):  # not a message
        await astrid.call("message:amend", client_id=client_id(), **{**amended, "of_no": 1})
    with pytest.raises(RefusedError, match="empty"):
        await astrid.call("message:amend", client_id=client_id(), **{**amended, "text": "  "})


async def test_read_marks_tell_the_other_side_once_and_hold_nobody_back(
    node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    head = (await view(sara, contact_id))["summary"]["head"]
    for _ in range(3):
        await sara.call("read:mark", contact_id=contact_id, up_to=head)
    mark = await astrid.entry("read")
    seen = await view(astrid, contact_id)
    assert kinds_in(seen).count("read") == 1
    written = next(entry for entry in seen["entries"] if entry["body"]["kind"] == "message")
    assert written["no"] <= mark["body"]["up_to_no"] < mark["no"]
    said = {"contact_id": contact_id, "claim_no": 1, "text": "Hej, jag är här.", "seen_no": head}
    await sara.call("message:post", client_id=client_id(), **said)  # a mark is no news to be shown first
    heard = await astrid.entry("message")
    await astrid.call("read:mark", contact_id=contact_id, up_to=heard["no"])
    back = await sara.until(
        "entry", lambda data: data["entries"][0]["body"]["kind"] == "read" and not data["entries"][0]["mine"]
    )
    assert back["entries"][0]["author"]["kind"] == "patient"
    await astrid.call("read:mark", contact_id=contact_id, up_to=heard["no"] - 1)  # older than before: says nothing
    part = (await node.log.head(contact_stream(ContactId(contact_id)))).state.get(Conversation)
    assert set(part.read_by) == {"staff:sara", "patient:astrid"}
    assert kinds_in(await view(astrid, contact_id)).count("read") == 2


async def test_who_only_looks_is_not_told_to_the_patient(url: str, astrid: Somebody, sara: Somebody) -> None:
    contact_id = await claimed(astrid, sara)
    head = (await view(sara, contact_id))["summary"]["head"]
    async with signed_in(url, "staff:jonas") as jonas:
        await view(jonas, contact_id)
        await jonas.call("read:mark", contact_id=contact_id, up_to=head)
    assert "read" not in kinds_in(await view(astrid, contact_id))
    await sara.call("read:mark", contact_id=contact_id, up_to=head)
    assert kinds_in(await view(astrid, contact_id)).count("read") == 1
    assert "Jonas" not in str(await view(astrid, contact_id)) + str(astrid.heard)


async def test_the_patient_hears_of_the_holder_and_of_no_other_reader(
    url: str, node: Node, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await claimed(astrid, sara)
    async with signed_in(url, "staff:jonas") as jonas:
        await view(jonas, contact_id)
        await jonas.call("presence:tell", contact_id=contact_id, state="here", greets=True)
        own = await sara.call("presence:tell", contact_id=contact_id, state="typing")
        typing = await astrid.until("presence", lambda data: data["state"] == "typing")
        assert typing == {
            "contact_id": contact_id,
            "key": own["key"],
            "who": {"kind": "staff", "name": "Sara Lind", "role": "nurse"},
            "state": "typing",
            "greets": False,
        }
        colleague = await sara.until("presence", lambda data: data["greets"])
        assert colleague["who"]["name"] == "Jonas Ek"
        await astrid.call("presence:tell", contact_id=contact_id, state="here")
        assert (await jonas.until("presence", lambda data: data["who"]["kind"] == "patient"))["state"] == "here"
    left = await sara.until("presence", lambda data: data["key"] == colleague["key"] and data["state"] == "away")
    assert left["who"]["name"] == ""
    assert "Jonas" not in str(astrid.heard)
    assert (await node.log.head(contact_stream(ContactId(contact_id)))).state.get(Place).holder_id == "sara"


async def test_a_note_behind_an_unread_message_does_not_make_that_one_read(
    node: Node, astrid: Somebody, sara: Somebody
) -> None:
    """The patient would not be told of the message, and the nurse would believe that it was read."""
    contact_id = await claimed(astrid, sara)
    stream, numbers = contact_stream(ContactId(contact_id)), []
    for text in ("Hej, jag är här.", "Ring 112 om det blir värre."):
        seen_no = (await view(sara, contact_id))["summary"]["head"]
        said = {"contact_id": contact_id, "claim_no": 1, "text": text, "seen_no": seen_no}
        await sara.call("message:post", client_id=client_id(), **said)
        numbers.append((await view(astrid, contact_id))["summary"]["head"])
    await sara.call("note:add", contact_id=contact_id, client_id=client_id(), text=SECRET)
    first, second = numbers
    await astrid.call("read:mark", contact_id=contact_id, up_to=first)
    part = (await node.log.head(stream)).state.get(Conversation)
    assert part.read_by["patient:astrid"] < part.last_said["staff"]
    await astrid.call("read:mark", contact_id=contact_id, up_to=second)
    part = (await node.log.head(stream)).state.get(Conversation)
    assert part.read_by["patient:astrid"] >= part.last_said["staff"]

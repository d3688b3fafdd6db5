"""What to do if it gets worse: given, confirmed, and never silently forgotten."""

import pytest

import chat.guidance.guidance
from carequeue.entries import CloseReason, Understood
from carequeue.handover.entries import CaseAsked, HandOverOffered
from chat.entries import Answered, Corrected, Noted
from chat.guidance.ending import Endings
from chat.guidance.guidance import load_guidance, parse_guidance
from chat.safety_net.entries import SafetyNetGiven
from chat.safety_net.nets import SafetyNets
from chat.state import Conversation
from chat.waiting.steps import Meeting, on_call_list
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Head
from tests.chat.waiting_room import NURSE, PATIENT, WaitingRoom
from triage.entries import Level

GUIDANCE = load_guidance("se", emergency="112", advice="1177")
TEXT = "Ring 1177 om febern inte har gått ner i morgon."


class Adviser:
    """What a nurse and a patient do with a safety net."""

    def __init__(self, room: WaitingRoom, contact_id: ContactId) -> None:
        self.room, self.contact_id = room, contact_id
        self.nets = SafetyNets(room.log, room.steps.meets, GUIDANCE)

    async def give(self, *, closes: CloseReason | None = None, text: str = TEXT, seen_no: int | None = None) -> int:
        access = await self.room.access(NURSE, self.contact_id)
        claim_no = (await self.room.place(self.contact_id)).claim_no
        await self.nets.give(
            access, text, lang="sv", closes=closes, claim_no=claim_no, client_id=new_id(), seen_no=seen_no
        )
        net = (await self.head()).state.get(Conversation).net
        assert net is not None
        return net.patient_no

    async def confirm(self, given_no: int, client_id: str | None = None) -> list[str]:
        """The kinds of the entries that the patient has written by it."""
        access = await self.room.access(PATIENT, self.contact_id)
        done = await self.nets.confirm(access, given_no, client_id=client_id or new_id())
        entries = await self.room.log.entries(contact_stream(self.contact_id), done.first_no - 1)
        return [entry.header.kind for entry in entries if entry.header.actor_id == PATIENT.id]

    async def head(self) -> Head:
        return await self.room.log.head(contact_stream(self.contact_id))

    async def status(self) -> str:
        return (await self.room.place(self.contact_id)).status


async def advising(room: WaitingRoom, level: Level = "routine") -> Adviser:
    return Adviser(room, await room.answered(level))


async def test_a_confirmed_one_ends_what_was_to_end_with_it(room: WaitingRoom) -> None:
    adviser = await advising(room)
    given_no = await adviser.give(closes="self_care_advice")
    assert await adviser.status() == "held"
    assert await adviser.confirm(given_no) == ["safety_net_confirmed", "closed"]
    closed = (await room.place(adviser.contact_id)).closed
    assert closed is not None
    assert (closed.reason, closed.safety_net, closed.understood) == ("self_care_advice", TEXT, "confirmed")


async def test_sent_again_it_gives_the_first_answer(room: WaitingRoom) -> None:
    adviser = await advising(room)
    given_no, client_id = await adviser.give(), new_id()
    first = await adviser.confirm(given_no, client_id)
    assert await adviser.confirm(given_no, client_id) == first
    with pytest.raises(FyrError, match="wrong_state"):
        await adviser.confirm(given_no)


async def test_only_the_newest_can_be_confirmed(room: WaitingRoom) -> None:
    adviser = await advising(room)
    first = await adviser.give()
    second = await adviser.give(text="Ring 112 om du får svårt att andas.")
    with pytest.raises(FyrError, match="wrong_state"):
        await adviser.confirm(first)
    assert await adviser.confirm(second) == ["safety_net_confirmed"]


async def said(adviser: Adviser) -> None:
    await adviser.room.say(adviser.contact_id, PATIENT, "Nu har jag ont i bröstet")


async def risen(adviser: Adviser) -> None:
    await adviser.room.assess(adviser.contact_id, "urgent")


async def asked(adviser: Adviser) -> None:
    await adviser.room.ask_colleague(adviser.contact_id)


async def handed_back(adviser: Adviser) -> None:
    claim_no = (await adviser.room.place(adviser.contact_id)).claim_no
    await adviser.room.claims.hand_back(NURSE, adviser.contact_id, claim_no, reason="Rast", client_id=new_id())


async def claimed_anew(adviser: Adviser) -> None:
    await handed_back(adviser)
    await adviser.room.claim(adviser.contact_id)


async def in_a_visit(adviser: Adviser) -> None:
    adviser.nets = SafetyNets(adviser.room.log, lambda _: Meeting(going_on=True), GUIDANCE)


async def after_a_visit(adviser: Adviser) -> None:
    met_ms = adviser.room.clock.ms() + 1
    adviser.nets = SafetyNets(adviser.room.log, lambda _: Meeting(last_ms=met_ms), GUIDANCE)


async def answered(adviser: Adviser) -> None:
    body = Answered(question="has_dyspnoea", wording="Har du svårt att andas?", value=True)
    await adviser.room.write(adviser.contact_id, body, PATIENT)


async def corrected(adviser: Adviser) -> None:
    await adviser.room.write(adviser.contact_id, Corrected(added=("chest_pain",)), PATIENT)


async def was_asked(adviser: Adviser) -> None:
    await adviser.room.say(adviser.contact_id, NURSE, "En sak till: har du feber?")


async def offered(adviser: Adviser) -> None:
    claim_no = (await adviser.room.place(adviser.contact_id)).claim_no
    body = HandOverOffered(
        offer_id="o",
        to_unit="hamnen",
        unit_name="Hamnen",
        situation="x",
        background="x",
        assessment="x",
        recommendation="x",
        claim_no=claim_no,
    )
    await adviser.room.write(adviser.contact_id, body, NURSE)


async def asked_for(adviser: Adviser) -> None:
    claim_no = (await adviser.room.place(adviser.contact_id)).claim_no
    body = CaseAsked(staff_id="olle", name="Olle", role="doctor", reason="Känner patienten", claim_no=claim_no)
    await adviser.room.write(adviser.contact_id, body, NURSE)


HAPPENS = [
    said,
    answered,
    corrected,
    was_asked,
    risen,
    asked,
    offered,
    asked_for,
    handed_back,
    claimed_anew,
    in_a_visit,
    after_a_visit,
]


@pytest.mark.parametrize("happens", HAPPENS)
async def test_what_happens_meanwhile_keeps_it_open(room: WaitingRoom, happens: object) -> None:
    adviser = await advising(room)
    given_no = await adviser.give(closes="self_care_advice")
    await happens(adviser)  # type: ignore[operator]
    assert await adviser.confirm(given_no) == ["safety_net_confirmed"]
    assert await adviser.status() != "closed"


async def test_a_note_between_colleagues_changes_nothing(room: WaitingRoom) -> None:
    adviser = await advising(room)
    given_no = await adviser.give(closes="self_care_advice")
    await room.write(adviser.contact_id, Noted(text="Rådgivning"), NURSE)
    assert await adviser.confirm(given_no) == ["safety_net_confirmed", "closed"]


@pytest.mark.parametrize("reason", ["called_112_113", "no_contact_after_attempts"])
async def test_what_only_a_person_may_end_is_not_ended_by_a_press(room: WaitingRoom, reason: CloseReason) -> None:
    adviser = await advising(room)
    with pytest.raises(FyrError, match="wrong_state"):
        await adviser.give(closes=reason)
    claim_no = (await room.place(adviser.contact_id)).claim_no
    await room.write(adviser.contact_id, SafetyNetGiven(text=TEXT, closes=reason, claim_no=claim_no), NURSE)
    net = (await adviser.head()).state.get(Conversation).net
    assert net is not None
    assert await adviser.confirm(net.patient_no) == ["safety_net_confirmed"]
    assert await adviser.status() == "held"


@pytest.mark.parametrize("level", ["very_urgent", "urgent", "within_24h", "routine", "self_care"])
async def test_unconfirmed_it_is_called_about_and_never_closes_by_itself(room: WaitingRoom, level: Level) -> None:
    adviser = await advising(room, level)
    given_no = await adviser.give(closes="self_care_advice")
    times = room.steps.times_of((await adviser.head()).state)
    await room.pass_time(times.confirm_after_min - 1)
    assert not on_call_list((await adviser.head()).state)
    await room.pass_time(2)
    listed = [entry.body for entry in await room.by_itself(adviser.contact_id) if entry.header.kind == "call_listed"]
    assert [body.why for body in listed if body is not None] == ["unconfirmed"]  # type: ignore[attr-defined]
    await room.pass_time(60 * 24 * 60)
    assert await adviser.status() == "held"
    assert on_call_list((await adviser.head()).state)
    assert await adviser.confirm(given_no) == ["safety_net_confirmed", "closed"]
    assert not on_call_list((await adviser.head()).state)


async def test_what_came_unseen_holds_it_back(room: WaitingRoom) -> None:
    adviser = await advising(room)
    seen_no = (await adviser.head()).last_no
    await said(adviser)
    with pytest.raises(FyrError, match="behind"):
        await adviser.give(seen_no=seen_no)


async def end(room: WaitingRoom, contact_id: ContactId, reason: CloseReason, *, understood: Understood) -> None:
    may_end = Endings(GUIDANCE, room.steps).may_end(reason, safety_net=TEXT, understood=understood)
    claim_no = (await room.place(contact_id)).claim_no
    await room.claims.close(
        NURSE,
        contact_id,
        claim_no,
        reason=reason,
        safety_net=TEXT,
        understood=understood,
        client_id=new_id(),
        require=may_end,
    )


async def test_advice_ends_nothing_before_it_was_understood(room: WaitingRoom) -> None:
    adviser = await advising(room)
    for understood in ("not_needed", "confirmed"):
        with pytest.raises(FyrError, match="not_confirmed"):
            await end(room, adviser.contact_id, "self_care_advice", understood=understood)
    given_no = await adviser.give(text="Något annat")
    await adviser.confirm(given_no)
    with pytest.raises(FyrError, match="not_confirmed"):
        await end(room, adviser.contact_id, "self_care_advice", understood="confirmed")
    await adviser.confirm(await adviser.give())
    await end(room, adviser.contact_id, "self_care_advice", understood="confirmed")
    assert await adviser.status() == "closed"


async def test_nobody_counts_as_not_reached_before_every_call_was_made(room: WaitingRoom) -> None:
    adviser = await advising(room)
    calls = room.steps.times_of((await adviser.head()).state).attempts
    for tried in range(calls):
        with pytest.raises(FyrError) as refused:
            await end(room, adviser.contact_id, "no_contact_after_attempts", understood="not_needed")
        assert (refused.value.code, refused.value.data) == ("calls_left", {"tried": tried, "calls": calls})
        await room.calls.tried(await room.access(NURSE, adviser.contact_id), "no_answer", "", client_id=new_id())
    await end(room, adviser.contact_id, "no_contact_after_attempts", understood="not_needed")


async def test_a_reason_that_leaves_nothing_to_watch_for_ends_at_once(room: WaitingRoom) -> None:
    adviser = await advising(room)
    await end(room, adviser.contact_id, "duplicate", understood="not_needed")
    assert await adviser.status() == "closed"


@pytest.mark.parametrize("country", ["se", "no"])
def test_what_staff_follow_is_whole_in_every_language(country: chat.guidance.guidance.Country) -> None:
    guidance = load_guidance(country, emergency="112", advice="1177")
    assert all("{" not in text.do.sv for text in guidance.emergency_call)
    assert any("112" in text.do.en for text in guidance.emergency_call)


BROKEN = """
version: 1
closing:
  duplicate: {safety_net: free, source: "", review: proposed}
  no_contact_after_attempts: {safety_net: free, after_calls: true, source: s, review: proposed}
emergency_call:
  - {id: where, do: {sv: "Ring {police}", nb: "", en: x}, source: s, review: proposed}
failed_contact: {}
"""


def test_every_problem_of_the_guidance_is_told_at_the_start() -> None:
    with pytest.raises(FyrError) as refused:
        parse_guidance(BROKEN, emergency="112", advice="1177")
    told = "\n".join(refused.value.data["problems"])  # type: ignore[arg-type]
    for problem in (
        "closing self_care_advice is missing",
        "closing duplicate: no source",
        "closing no_contact_after_attempts: whom nobody has reached confirms nothing",
        "failed_contact routine is missing",
        "a field other than emergency, advice",
        "a language is missing",
    ):
        assert problem in told

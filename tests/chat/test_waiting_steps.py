"""What happens by itself to a patient who waits or is silent, and what does not."""

import asyncio

import pytest
from redis.asyncio import Redis

from carequeue.state import Place
from chat.entries import Read
from chat.waiting.state import Silence
from chat.waiting.steps import on_call_list
from core.errors import FyrError
from core.ids import contact_stream, new_id
from tests.carequeue.ward import FLUSH
from tests.chat.waiting_room import NURSE, PATIENT, WaitingRoom

DAY = 24 * 60
ROUTINE = ["told", "reminded", "reminded", "safety_net", "closed"]


async def test_a_silent_patient_is_told_reminded_advised_and_then_the_contact_closes(room: WaitingRoom) -> None:
    contact_id = await room.answered("routine")
    await room.pass_time(3 * DAY + 60)
    assert await room.steps_taken(contact_id) == ROUTINE
    closed = (await room.place(contact_id)).closed
    assert closed is not None
    assert closed.reason == "abandoned"
    assert "1177" in closed.safety_net
    assert "112" in closed.safety_net


@pytest.mark.parametrize("sign", ["writes", "reads"])
async def test_any_sign_of_life_begins_the_silence_anew(room: WaitingRoom, sign: str) -> None:
    contact_id = await room.answered("routine")
    await room.pass_time(2 * DAY + 60)
    assert (await room.steps_taken(contact_id))[-1] == "safety_net"
    if sign == "writes":
        await room.say(contact_id, PATIENT, "Jag är här")
        await room.say(contact_id, NURSE, "Bra")
    else:
        no = (await room.log.head(contact_stream(contact_id))).last_no
        await room.write(contact_id, Read(up_to_no=no, up_to_patient_no=no), PATIENT)
    await room.pass_time(DAY + 60)
    assert (await room.place(contact_id)).status == "held"
    again = (await room.steps_taken(contact_id))[4:]
    assert again == (["told", "reminded", "reminded"] if sign == "writes" else ["reminded", "reminded"])


async def test_one_whom_nobody_answers_is_reminded_and_called(room: WaitingRoom) -> None:
    contact_id = await room.arrive("within_24h")
    await room.pass_time(30 * DAY)
    assert await room.steps_taken(contact_id) == ["still_waiting", "still_waiting", "call_listed"]
    state = await room.state(contact_id)
    assert state.get(Place).status == "waiting"
    assert on_call_list(state)
    assert state.get(Silence).why == "unanswered"


async def test_what_was_ever_urgent_stays_on_the_list_until_a_named_person_ends_it(room: WaitingRoom) -> None:
    contact_id = await room.answered("urgent")
    await room.set_level(contact_id, "self_care")
    await room.pass_time(20 * DAY)
    assert (await room.steps_taken(contact_id))[-1] == "call_listed"
    access = await room.access(NURSE, contact_id)
    for _ in range(5):
        await room.calls.tried(access, "no_answer", "", client_id=new_id())
    await room.say(contact_id, PATIENT, "Nu är jag här")
    await room.pass_time(DAY)
    assert on_call_list(await room.state(contact_id))
    await room.calls.ended(access, "Talat med anhörig", client_id=new_id())
    assert not on_call_list(await room.state(contact_id))
    assert (await room.place(contact_id)).status == "held"


async def test_nobody_is_closed_off_the_list_who_has_not_been_called(room: WaitingRoom) -> None:
    contact_id = await room.answered("within_24h")
    await room.pass_time(20 * DAY)
    assert (await room.steps_taken(contact_id))[-1] == "call_listed"
    access = await room.access(NURSE, contact_id)
    for _ in range(3):
        await room.calls.tried(access, "no_answer", "", client_id=new_id())
    await room.pass_time(2 * DAY)
    assert (await room.steps_taken(contact_id))[-2:] == ["safety_net", "closed"]
    closed = (await room.place(contact_id)).closed
    assert closed is not None
    assert closed.reason == "no_contact_after_attempts"


async def test_reached_by_telephone_is_a_sign_of_life_and_leaves_the_list(room: WaitingRoom) -> None:
    contact_id = await room.answered("urgent")
    await room.pass_time(2 * 60)
    access = await room.access(NURSE, contact_id)
    assert on_call_list(await room.state(contact_id))
    await room.calls.tried(access, "reached", "Mår bättre", client_id=new_id())
    assert not on_call_list(await room.state(contact_id))
    with pytest.raises(FyrError, match="wrong_state"):
        await room.calls.ended(access, "Klart", client_id=new_id())


@pytest.mark.parametrize("why", ["handed_back", "colleague_asked"])
async def test_what_somebody_here_still_owes_does_not_close(room: WaitingRoom, why: str) -> None:
    contact_id = await room.answered("routine")
    if why == "handed_back":
        claim_no = (await room.place(contact_id)).claim_no
        await room.claims.hand_back(NURSE, contact_id, claim_no, reason="Läkare", client_id=new_id())
    else:
        await room.ask_colleague(contact_id)
    await room.pass_time(20 * DAY)
    assert (await room.steps_taken(contact_id))[-1] == "call_listed"


async def test_after_days_without_the_service_the_steps_keep_their_distance(room: WaitingRoom) -> None:
    """A service that was away does not remind, advise and close in one breath."""
    contact_id = await room.answered("routine")
    room.clock.advance(days=9)
    await room.settle()
    assert await room.steps_taken(contact_id) == ["told"]
    await room.pass_time(3 * DAY + 60)
    assert await room.steps_taken(contact_id) == ROUTINE


async def test_a_flushed_index_and_a_restart_lose_no_timer(room: WaitingRoom, redis: Redis) -> None:
    contact_id = await room.answered("routine")
    await redis.eval(FLUSH, 0)
    async with room.node().running() as after_restart:
        await after_restart.pass_time(3 * DAY + 60)
        assert await after_restart.steps_taken(contact_id) == ROUTINE


async def test_two_nodes_take_each_step_once(room: WaitingRoom) -> None:
    contacts = [await room.answered("routine") for _ in range(5)]
    async with room.node().running() as other:
        for _ in range(3 * 24 + 2):
            room.clock.advance(hours=1)
            await asyncio.gather(room.settle(), other.settle())
    for contact_id in contacts:
        assert await room.steps_taken(contact_id) == ROUTINE


async def test_two_nodes_that_act_on_the_same_row_write_one_entry(room: WaitingRoom) -> None:
    """Even without the lease: the append asks the state again."""
    contact_id = await room.answered("routine")
    room.clock.advance(hours=1)
    head = await room.log.head(contact_stream(contact_id))
    async with room.node().running() as other:
        await asyncio.gather(room.keeper.act(head), other.keeper.act(head))
    assert await room.steps_taken(contact_id) == ["told"]


async def test_a_closed_contact_is_opened_again_with_its_level_and_its_words(room: WaitingRoom) -> None:
    contact_id = await room.answered("within_24h")
    claim_no = (await room.place(contact_id)).claim_no
    await room.claims.close(
        NURSE, contact_id, claim_no, reason="self_care_advice", safety_net="Ring", client_id=new_id()
    )
    room.clock.advance(days=2)
    access = await room.access(PATIENT, contact_id)
    await room.calls.reopen(access, "Det blev värre", lang="sv", client_id=new_id())
    place = await room.place(contact_id)
    assert (place.status, place.closed, place.answered_ms) == ("waiting", None, None)
    assert place.arrived_ms == int(room.clock.now().timestamp() * 1000)
    entries = await room.log.entries(contact_stream(contact_id))
    assert [entry.header.kind for entry in entries[-2:]] == ["reopened", "message"]
    assert await room.claim(contact_id) == claim_no + 1


@pytest.mark.parametrize("why", ["late", "open", "duplicate"])
async def test_not_every_contact_is_opened_again(room: WaitingRoom, why: str) -> None:
    contact_id = await room.answered("routine")
    claim_no = (await room.place(contact_id)).claim_no
    if why != "open":
        reason = "duplicate" if why == "duplicate" else "admin_info"
        await room.claims.close(
            NURSE,
            contact_id,
            claim_no,
            reason=reason,  # type: ignore[arg-type]
            safety_net="",
            client_id=new_id(),
        )
    if why == "late":
        room.clock.advance(days=8)
    access = await room.access(PATIENT, contact_id)
    with pytest.raises(FyrError, match="wrong_state"):
        await room.calls.reopen(access, "Igen", lang="sv", client_id=new_id())

"""A question that was shown and left unanswered raises once, by one level, and a person is to call."""

import pytest

from chat.waiting.state import Silence
from chat.waiting.steps import on_call_list
from tests.chat.waiting_room import NURSE, PATIENT, WaitingRoom
from triage.entries import Level
from triage.state import Triage

LONG_MIN = 600


@pytest.mark.parametrize(("level", "to"), [("urgent", "very_urgent"), ("self_care", "routine")])
async def test_a_question_left_unanswered_raises_once_and_is_called_about(
    room: WaitingRoom, level: Level, to: Level
) -> None:
    contact_id = await room.arrive()
    await room.assess(contact_id, level, if_silent=to)
    await room.pass_time(14)
    assert (await room.state(contact_id)).get(Triage).urgency == level
    await room.pass_time(LONG_MIN)
    state = await room.state(contact_id)
    assert (state.get(Triage).urgency, state.get(Triage).raised_silent) == (to, True)
    assert (on_call_list(state), state.get(Silence).why) == (True, "question")
    await room.assess(contact_id, level, if_silent=to)
    await room.pass_time(LONG_MIN)
    taken = await room.steps_taken(contact_id)
    assert (taken.count("silence_raised"), taken.count("call_listed")) == (1, 1)


async def test_reminders_of_the_wait_go_on_as_before(room: WaitingRoom) -> None:
    contact_id = await room.arrive()
    await room.assess(contact_id, "within_24h", if_silent="urgent")
    await room.pass_time(4 * 24 * 60)
    taken = await room.steps_taken(contact_id)
    assert taken.count("still_waiting") == 2
    assert taken.count("call_listed") == 1


async def test_an_answer_that_settles_it_ends_the_question(room: WaitingRoom) -> None:
    contact_id = await room.arrive()
    await room.assess(contact_id, "routine", if_silent="within_24h")
    await room.say(contact_id, PATIENT, "Nej")
    await room.assess(contact_id, "routine", if_silent="routine")
    await room.pass_time(LONG_MIN)
    assert "silence_raised" not in await room.steps_taken(contact_id)


async def test_the_time_runs_from_when_it_was_first_shown(room: WaitingRoom) -> None:
    contact_id = await room.arrive()
    await room.assess(contact_id, "urgent", if_silent="very_urgent")
    await room.pass_time(10)
    await room.say(contact_id, PATIENT, "Jag mår likadant")
    await room.assess(contact_id, "urgent", if_silent="very_urgent")
    await room.pass_time(6)
    assert (await room.state(contact_id)).get(Triage).urgency == "very_urgent"


@pytest.mark.parametrize("who", ["holds", "set"])
async def test_where_a_person_has_taken_over_silence_raises_nothing(room: WaitingRoom, who: str) -> None:
    contact_id = await room.arrive()
    await room.assess(contact_id, "routine", if_silent="within_24h")
    await room.claim(contact_id)
    if who == "set":
        await room.set_level(contact_id, "routine")
    else:
        await room.say(contact_id, NURSE)
    await room.pass_time(LONG_MIN)
    assert "silence_raised" not in await room.steps_taken(contact_id)

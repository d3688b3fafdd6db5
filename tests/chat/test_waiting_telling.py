"""What follows a step: the notice a patient chose, once they are away, and never after they are back."""

import pytest

from carequeue.entries import Closed, LetterTurned
from chat.waiting.telling import Teller
from core.errors import FyrError
from core.ids import contact_stream, new_id
from core.log.append import Append
from core.log.entry import Scope
from core.notices.channel import GoneError, Notice
from core.notices.entries import ChannelName, NoticeChosen
from core.notices.notices import Notices
from core.notices.state import NoticeWish
from core.notices.texts import load_texts
from core.outbox.store import OutboxRows
from core.outbox.worker import OutboxWorker
from core.storage.sql import Database
from tests.chat.waiting_room import NURSE, PATIENT, WaitingRoom


class Telephone:
    """A channel that keeps what it is given, or fails as it is told."""

    name: ChannelName = "sms"

    def __init__(self) -> None:
        self.rang: list[Notice] = []
        self.fails: Exception | None = None

    async def send(self, notice: Notice, _: NoticeWish) -> None:
        if self.fails is not None:
            raise self.fails
        self.rang.append(notice)


class Told:
    """The room's notices, with the worker that sends them."""

    def __init__(self, room: WaitingRoom, database: Database) -> None:
        self.telephone = Telephone()
        self._room = room
        port = Notices({"sms": self.telephone}, load_texts(), url="https://fyr.example", offered=["sms"])
        self.seers = {PATIENT.id}
        handlers = {"notice": Teller(room.log, port, room.clock, may_see=self._may_see)}
        self.worker = OutboxWorker(OutboxRows(database), handlers, clock=room.clock)

    async def _may_see(self, actor_id: str, _: Scope) -> bool:
        return actor_id in self.seers

    async def names(self) -> list[str]:
        await self.worker.drain()
        return [notice.name for notice in self.telephone.rang]


@pytest.fixture
def told(room: WaitingRoom, database: Database) -> Told:
    return Told(room, database)


async def choose(room: WaitingRoom, contact_id: str, channel: ChannelName) -> None:
    body = NoticeChosen(channel=channel, address="" if channel == "none" else "+46701740605")
    await room.log.append(Append(contact_stream(contact_id), (body,), PATIENT, new_id()))  # type: ignore[arg-type]


async def test_who_wrote_a_letter_is_told_at_once_that_somebody_wants_to_talk_and_is_not_hurried(
    room: WaitingRoom, told: Told
) -> None:
    contact_id = await room.arrive("routine", letter=True)
    await choose(room, contact_id, "sms")
    await room.pass_time(60 * 60)
    assert await told.names() == [], "they know by when they are answered"
    claim_no = await room.claim(contact_id)
    await room.write(contact_id, LetterTurned(into="chat", claim_no=claim_no), NURSE)
    assert await told.names() == ["conversation"]
    assert "prata med dig" in told.telephone.rang[0].text


async def test_a_patient_who_left_is_told_of_the_answer(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.arrive("routine")
    await choose(room, contact_id, "sms")
    await room.claim(contact_id)
    await room.say(contact_id, NURSE, "Hur mår du nu?")
    await room.pass_time(2)
    assert await told.names() == ["message"]
    [notice] = told.telephone.rang
    assert "Hur mår" not in notice.text
    assert contact_id not in notice.text


async def test_who_may_see_the_contact_no_more_is_told_nothing_and_their_address_is_forgotten(
    room: WaitingRoom, told: Told
) -> None:
    """A guardian chose it, and the child has had a birthday."""
    contact_id = await room.arrive("routine")
    await choose(room, contact_id, "sms")
    await room.claim(contact_id)
    await room.say(contact_id, NURSE, "Hur mår du nu?")
    told.seers.clear()
    await room.pass_time(2)
    assert await told.names() == []
    wish = (await room.log.head(contact_stream(contact_id))).state.get(NoticeWish)
    assert (wish.channel, wish.address) == ("none", "")


async def test_each_step_is_told_as_it_is_taken(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.arrive("routine")
    await choose(room, contact_id, "sms")
    await room.claim(contact_id)
    await room.say(contact_id, NURSE)
    names: list[str] = []
    for _ in range(60):
        await room.pass_time(60)
        names = await told.names()
    assert names == ["message", "reminder", "reminder", "closing"]


async def test_one_who_is_back_is_told_nothing_more(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.answered()
    await choose(room, contact_id, "sms")
    await room.pass_time(2)
    room.clock.advance(seconds=1)
    await room.say(contact_id, PATIENT, "Jag är här")
    assert await told.names() == []


async def test_who_took_it_back_is_told_nothing(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.answered()
    await choose(room, contact_id, "sms")
    await choose(room, contact_id, "none")
    await room.pass_time(2 * 24 * 60 + 60)
    assert await told.names() == []


async def test_a_gateway_that_is_away_is_tried_again_and_then_given_up(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.answered()
    await choose(room, contact_id, "sms")
    await room.pass_time(2)
    told.telephone.fails = FyrError("unreachable", what="sms")
    assert await told.names() == []
    told.telephone.fails = None
    room.clock.advance(minutes=1)
    assert await told.names() == ["message"]
    await room.pass_time(180)
    told.telephone.fails = FyrError("unreachable", what="sms")
    await told.names()
    room.clock.advance(minutes=31)
    await told.names()
    told.telephone.fails = None
    room.clock.advance(minutes=31)
    assert await told.names() == ["message"]


async def test_an_address_that_is_no_more_is_forgotten(room: WaitingRoom, told: Told) -> None:
    contact_id = await room.answered()
    await choose(room, contact_id, "sms")
    told.telephone.fails = GoneError()
    await room.pass_time(2)
    await told.names()
    assert (await room.state(contact_id)).get(NoticeWish).channel == "none"


async def test_an_address_is_kept_as_long_as_the_contact_may_be_opened_again(room: WaitingRoom) -> None:
    contact_id = await room.answered("routine")
    await choose(room, contact_id, "sms")
    ended = Closed(reason="self_care_advice", safety_net="Ring om det blir värre.", claim_no=1)
    await room.write(contact_id, ended, NURSE)
    await room.pass_time(7 * 24 * 60 - 1)
    assert (await room.state(contact_id)).get(NoticeWish).address == "+46701740605"
    await room.pass_time(2)
    wish = (await room.state(contact_id)).get(NoticeWish)
    assert (wish.channel, wish.address, wish.push) == ("none", "", None)
    await room.pass_time(30 * 24 * 60)
    assert await room.steps_taken(contact_id) == ["notice_chosen"]

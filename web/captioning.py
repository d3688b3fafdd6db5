"""Voices on their way to the recogniser, and what it makes of them on its way back: one talk for each who speaks.

A talk belongs to the node that a speaker's line is at, and ends when nothing has come for a while. Nothing here waits
for the recogniser but the talk itself: a call only lays sound in its queue, and what finds no room there is not heard.
Neither sound nor text is kept, or logged.
"""

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, NamedTuple

import structlog

from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Head
from core.outbound import Talk
from rtc.captions.captions import is_heard
from rtc.captions.recogniser import BEGIN, END, Heard, address_for, read_answer
from rtc.state import Visit
from web.push.rooms import participant_room
from web.wire.captions import CaptionSaid

if TYPE_CHECKING:
    from web.node import Node

MOST = 64
"""Who is heard at once by one node."""
QUEUED_MOST = 16
"""Pieces of sound that wait for a slow recogniser: some four seconds. What is later would be no help to who reads."""
SILENT_S = 10.0
"""A talk in which nothing was said for so long ends; another begins with the next word."""
SETTLES_S = 3.0
"""How long a recogniser is given for its last words."""
AGAIN_S = 5.0
"""One that could not be reached is left alone for so long."""
log = structlog.get_logger(__name__)


class Speaker(NamedTuple):
    """Who is heard."""

    contact_id: str
    visit_id: str
    participant: str


def may_caption(node: "Node", head: Head) -> bool:
    """Whether there is a recogniser and the contact's unit has decided to use it."""
    return bool(node.settings.captions_url) and node.visit_rules.of(head.scope.unit_id).captions


def require_captions(node: "Node", head: Head) -> None:
    """Raises `function_off`."""
    if not may_caption(node, head):
        raise FyrError("function_off", function="captions")


class Captioning:
    """Every talk of this node. `stop` at the end."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._queues: dict[Speaker, asyncio.Queue[bytes]] = {}
        self._talks: dict[Speaker, asyncio.Task[None]] = {}
        self._away_until = 0.0

    @property
    def count(self) -> int:
        """Talks that go on."""
        return len(self._talks)

    def take(self, speaker: Speaker, lang: str, sound: bytes) -> None:
        """Hear this, at once or never. Raises `unreachable` while the recogniser is away, `too_many`."""
        if time.monotonic() < self._away_until:
            raise FyrError("unreachable", what="recogniser")
        queue = self._queues.get(speaker)
        if queue is None:
            if len(self._talks) >= MOST:
                raise FyrError("too_many", limit=MOST)
            queue = self._queues[speaker] = asyncio.Queue(QUEUED_MOST)
            talk = asyncio.create_task(self._talk(speaker, lang, queue), name="captions")
            self._talks[speaker] = talk
            talk.add_done_callback(lambda done: self._ended(speaker, done))
        with contextlib.suppress(asyncio.QueueFull):
            queue.put_nowait(sound)

    def end(self, speaker: Speaker) -> None:
        """Hear no more of them, and tell no more of what was heard."""
        talk = self._talks.get(speaker)
        if talk is not None:
            talk.cancel()

    async def stop(self) -> None:
        """End every talk."""
        talks = list(self._talks.values())
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    def _ended(self, speaker: Speaker, talk: asyncio.Task[None]) -> None:
        if self._talks.get(speaker) is talk:
            del self._talks[speaker], self._queues[speaker]

    async def _talk(self, speaker: Speaker, lang: str, queue: asyncio.Queue[bytes]) -> None:
        try:
            line = await self._node.outbound.talk(address_for(self._node.settings.captions_url, lang))
        except FyrError:
            self._away_until = time.monotonic() + AGAIN_S
            log.warning("recogniser_away")
            return
        sending = asyncio.create_task(_send(line, queue), name="captions to the recogniser")
        try:
            while (told := await line.hear()) is not None:
                heard = read_answer(told)
                if heard is not None and not await self._tell(speaker, heard):
                    return
        except Exception:  # whatever it was, the next word begins another talk
            log.exception("captions_failed")
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await line.close()

    async def _tell(self, speaker: Speaker, heard: Heard) -> bool:
        """Tell everybody who is in the visit now; False once this speaker is not to be heard any more."""
        contact_id, visit_id, participant = speaker
        head = await self._node.log.head(contact_stream(ContactId(contact_id)))
        visit = head.state.get(Visit)
        member = visit.member(participant)
        heard_still = visit.visit_id == visit_id and member is not None and is_heard(visit, member)
        if not heard_still or not may_caption(self._node, head):
            return False
        said = CaptionSaid(visit_id=visit_id, sender=participant, text=heard.text, final=heard.final)
        for other in visit.members:
            if other.place == "in":
                room = participant_room(ContactId(contact_id), visit_id, other.participant)
                self._node.fanout.tell(room, "caption_said", said)
        return True


async def _send(line: Talk, queue: asyncio.Queue[bytes]) -> None:
    """Until nothing comes any more: then the recogniser says its last, and the line ends, and with it the talk."""
    with contextlib.suppress(FyrError):
        await line.send(BEGIN)
        with contextlib.suppress(TimeoutError):
            while True:
                async with asyncio.timeout(SILENT_S):
                    sound = await queue.get()
                await line.send(sound)
        await line.send(END)
        await asyncio.sleep(SETTLES_S)
    await line.close()

"""Two nodes: what is said in a contact is written by the node it is at home at, and by the other when that fails."""

import asyncio
from typing import Any

import msgspec
import pytest
from redis.asyncio import Redis

from core.ids import ContactId, StreamId, contact_stream
from core.log.append import Commit
from core.log.seal import MasterKeys
from core.storage.valkey import Valkey
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_story import opened
from tests.web.test_two_nodes import astrid, claimed, nodes, sara, says, shared
from web.node import Node
from web.push.errands import LATE_MS, NOT_CARRIED_OUT, SILENT_S, Answer, Errand
from web.push.packet import CHANNEL, Envelope, Packet

__all__ = ["astrid", "nodes", "sara", "shared"]  # the patient is at the first node, the nurse at the second
ANSWERED_WITHIN_S = SILENT_S + 2.0


async def at_home_at(there: Node, here: Node, patient: Somebody) -> str:
    """A contact that is at home at `there`, as `here` sees it."""
    while True:
        contact_id = await opened(patient)
        if here.fanout.homes.elsewhere(contact_id) == there.fanout.node:
            assert there.fanout.homes.elsewhere(contact_id) is None
            return contact_id


def writers(*watched: Node) -> list[tuple[int, str]]:
    """Which of the nodes commits each message, as it happens, and its text."""
    found: list[tuple[int, str]] = []

    def listen(number: int) -> None:
        def heard(commit: Commit) -> None:
            texts = [getattr(entry.body, "text", None) for entry in commit.entries if entry.header.kind == "message"]
            found.extend((number, text) for text in texts if text is not None)

        watched[number].log.on_commit(heard)

    for number in range(len(watched)):
        listen(number)
    return found


async def told(node: Node, contact_id: str, text: str) -> list[int]:
    """The numbers of every entry of the contact that says this."""
    entries = await node.log.entries(contact_stream(ContactId(contact_id)))
    return [entry.no for entry in entries if getattr(entry.body, "text", None) == text]


async def test_what_both_say_is_written_at_home(nodes: Any, astrid: Somebody, sara: Somebody) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    seen = await claimed(sara, contact_id)
    said = writers(here, there)
    done = await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Tack")
    own = await astrid.until("entry", says("Tack"))
    assert own["entries"][0]["mine"]
    assert own["entries"][0]["no"] == done["no"]
    await sara.until("entry", says("Tack"))
    nurse = {"contact_id": contact_id, "claim_no": 1, "seen_no": seen + 1, "text": "Hej"}
    await sara.call("message:post", client_id=client_id(), **nurse)
    await astrid.until("entry", says("Hej"))
    assert said == [(1, "Tack"), (1, "Hej")]
    assert not len(here.fanout.errands)


async def test_a_refusal_comes_back_as_it_is_and_nothing_is_written(
    nodes: Any, astrid: Somebody, sara: Somebody
) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(here, there, astrid)
    seen = await claimed(sara, contact_id)
    newer = {"contact_id": contact_id, "text": "nytt"}
    await astrid.call("message:post", client_id=client_id(), **newer)
    blind = {"contact_id": contact_id, "claim_no": 1, "seen_no": seen, "text": "blint"}
    with pytest.raises(RefusedError) as refused:
        await sara.call("message:post", client_id=client_id(), **blind)
    assert refused.value.code == "behind"
    with pytest.raises(RefusedError) as empty:
        await sara.call("message:post", client_id=client_id(), **{**blind, "text": " "})
    assert empty.value.code == "empty"
    assert await told(here, contact_id, "blint") == []


async def test_who_may_not_is_refused_at_home_and_it_is_recorded(nodes: Any, astrid: Somebody) -> None:
    (url, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    async with signed_in(url, "patient:maryam") as stranger:
        with pytest.raises(RefusedError) as refused:
            await stranger.call("message:post", client_id=client_id(), contact_id=contact_id, text="Hej")
    assert refused.value.code == "not_found"
    assert await told(here, contact_id, "Hej") == []


async def test_a_home_that_is_silent_keeps_nobody_waiting_and_nothing_is_written_twice(
    nodes: Any, astrid: Somebody, sara: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    await claimed(sara, contact_id)
    kept: list[tuple[str, Errand]] = []
    monkeypatch.setattr(there.fanout.errands, "carry_out", lambda *asked: kept.append(asked))
    said = writers(here, there)
    posting = astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Tack")
    done = await asyncio.wait_for(posting, ANSWERED_WITHIN_S)
    assert said == [(0, "Tack")]
    monkeypatch.undo()
    for asked in kept:  # it wakes up and does what it was asked to
        there.fanout.errands.carry_out(*asked)
    await sara.until("entry", says("Tack"))
    await asyncio.sleep(0.05)
    assert done["no"] > 0
    assert len(await told(here, contact_id, "Tack")) == 1
    assert said == [(0, "Tack")]


async def test_a_home_that_has_doubts_hands_it_back(
    nodes: Any, astrid: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    said = writers(here, there)
    answers: list[Answer] = []
    answered = here.fanout.errands.answered

    def noted(answer: Answer) -> None:
        answers.append(answer)
        answered(answer)

    monkeypatch.setattr(here.fanout.errands, "answered", noted)
    monkeypatch.setattr(there.fanout.errands, "_clock", _Later(there.clock.ms))
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="sent i tid")
    assert [one.answer for one in answers] == [NOT_CARRIED_OUT]
    assert said == [(0, "sent i tid")]


class _Later:
    """A clock that is past the time at which an errand is still begun."""

    def __init__(self, now_ms: Any) -> None:
        self._now_ms = now_ms

    def ms(self) -> int:
        late: int = self._now_ms() + LATE_MS + 1
        return late


async def test_what_waits_when_redis_goes_is_carried_out_here(
    nodes: Any, valkey: Valkey, astrid: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    monkeypatch.setattr(there.fanout.errands, "carry_out", lambda *_: None)
    said = writers(here, there)
    posting = asyncio.create_task(
        astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Tack")
    )
    while not len(here.fanout.errands):
        await asyncio.sleep(0.001)
    await valkey.stop()
    await asyncio.wait_for(posting, ANSWERED_WITHIN_S)
    assert said == [(0, "Tack")]
    for number in range(3):
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=f"{number}")
    assert [text for _, text in said] == ["Tack", "0", "1", "2"]


async def test_no_other_call_is_carried_out_for_another_node(nodes: Any, astrid: Somebody) -> None:
    (_, here), _ = nodes
    actor = await here.directory.actor("patient:astrid")
    assert actor is not None
    answers: list[bytes] = []
    for name, body in (
        ("contact:follow", b'{"contact_id":"a"}'),
        ("nothing:such", b"{}"),
        ("message:post", b"nonsense"),
    ):
        assert not here.sockets.carry(name, actor, body, tell=answers.append)
    assert not answers


async def test_many_at_once_from_both_sides_come_once_and_in_order(
    nodes: Any, astrid: Somebody, sara: Somebody
) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    await claimed(sara, contact_id)
    sides: tuple[tuple[Somebody, dict[str, Any]], ...] = ((astrid, {}), (sara, {"claim_no": 1}))

    async def speak(somebody: Somebody, more: dict[str, Any]) -> None:
        # On one line the next is sent before the one before is answered.
        await asyncio.gather(
            *(
                somebody.call(
                    "message:post", client_id=client_id(), contact_id=contact_id, text=f"{somebody.kind} {n}", **more
                )
                for n in range(30)
            )
        )

    await asyncio.gather(*(speak(*side) for side in sides))
    entries = await here.log.entries(StreamId(f"contact:{contact_id}"))
    texts = [getattr(entry.body, "text", "") for entry in entries]
    for somebody, _ in sides:
        assert [text for text in texts if text.startswith(f"{somebody.kind} ")] == [
            f"{somebody.kind} {n}" for n in range(30)
        ]
    assert [fault async for fault in here.log.faults()] == []


async def test_nobody_at_redis_writes_in_anothers_name(nodes: Any, redis: Redis, astrid: Somebody) -> None:
    (_, here), (_, there) = nodes
    contact_id = await at_home_at(there, here, astrid)
    heard: list[bytes] = []
    async with redis.pubsub() as line:
        await line.subscribe(CHANNEL)
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Tack")
        while (message := await line.get_message(timeout=0.2)) is not None:
            heard += [message["data"]] if message["type"] == "message" else []
    before = await here.log.head(contact_stream(ContactId(contact_id)))
    body = b'{"contact_id":"%b","client_id":"forged","text":"falskt"}' % contact_id.encode()
    actor = msgspec.msgpack.encode(await here.directory.actor("patient:astrid"))
    errand = Errand(there.fanout.node, 1, there.clock.ms(), "message:post", actor, body)
    empty: tuple[Any, ...] = ()
    packet = Packet("forged", 1, None, news=empty, told=empty, orders=empty, errands=(errand,))
    own = Envelope(MasterKeys.parse(MasterKeys.generate())).seal(packet)
    named = heard[0].partition(b"|")[0] + b"|" + own.partition(b"|")[2]
    for data in (own, named, *heard, *(one[:-1] + bytes([one[-1] ^ 1]) for one in heard)):
        await redis.publish(CHANNEL, data)
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="och mer")
    after = await here.log.head(contact_stream(ContactId(contact_id)))
    texts = [getattr(entry.body, "text", "") for entry in await here.log.entries(contact_stream(ContactId(contact_id)))]
    assert before.last_no < after.last_no
    assert texts.count("Tack") == texts.count("och mer") == 1
    assert "falskt" not in texts

"""Errands: calls that one node carries out for another, because the contact is at home there.

Who sends one keeps it until its answer comes, and carries it out itself wherever that is in doubt: Redis is away, a
packet was missed, the home is silent, leaves, or takes too long. So a call may be carried out twice, as one that a
client repeats may be: it is written once (`client_id`), and the second gets the first result.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec
import structlog

from core.actor import Actor
from core.clock import Clock
from web.push.homes import Homes
from web.push.peers import Peers

SILENT_S = 0.5
"""A home that says nothing for so long while an errand waits is away: it tells that it is there until it answers."""
LONGEST_S = 5.0
"""So long is it waited for an errand's answer from a home that goes on to say other things."""
LATE_MS = 2_000
"""An errand that comes so late is not begun: who sent it has seen to it."""
LOOK_EVERY_S = 0.1
"""How often it is looked for silence, and said that this one is there, while anything waits."""
ACTORS = 4_096
NOT_CARRIED_OUT = b""
Tell = Callable[[bytes], None]
"""Answers a call, in JSON; heard once."""


class Errand(msgspec.Struct, frozen=True, array_like=True):
    """A call for another node to carry out."""

    home: str
    number: int
    at_ms: int
    name: str
    actor: bytes
    """Whoever makes the call, as the node at which they are signed in knows them."""
    body: bytes
    """JSON, as it came."""


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What became of an errand."""

    sender: str
    """The node whose errand it was."""
    number: int
    answer: bytes
    """JSON, as it goes to the browser; empty when it was not carried out."""


class Post(Protocol):
    """What takes errands and answers to the other nodes."""

    node: str
    peers: Peers
    homes: Homes

    def send(self, errand: Errand) -> None:
        """To its home."""
        ...

    def answer(self, answer: Answer) -> None:
        """To whose errand it was."""
        ...

    def alive(self) -> None:
        """To all: this node is there, though it has nothing to say."""
        ...


class Carry(Protocol):
    """Carries out a call here."""

    def __call__(self, name: str, actor: Actor, body: bytes, *, tell: Tell) -> bool:
        """Have the call of this name and body answered once; False: there is no such call."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """An errand that waits for its answer."""

    errand: Errand
    actor: Actor
    tell: Tell
    at_s: float


class Errands:
    """One node's errands, both those it has sent and those it is sent. Everything happens in one thread."""

    def __init__(self, post: Post, carry: Carry, clock: Clock) -> None:
        self._post = post
        self._carry = carry
        self._clock = clock
        self._number = 0
        self._sent: dict[int, Sent] = {}
        """In the order in which they were sent."""
        self._carrying = 0
        """Errands of others that are not answered yet."""
        self._heard_s: dict[str, float] = {}
        self._encoded: dict[int, tuple[Actor, bytes]] = {}
        self._decoded: dict[bytes, Actor] = {}
        self._looking: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._sent)

    def send(self, contact_id: str, name: str, *, actor: Actor, body: bytes, tell: Tell) -> bool:
        """Have a call about the contact carried out at its home. False: that is here."""
        home = self._post.homes.elsewhere(contact_id)
        if home is None:
            return False
        self._number += 1
        errand = Errand(home, self._number, self._clock.ms(), name, self._actor_bytes(actor), body)
        self._sent[errand.number] = Sent(errand, actor, tell, asyncio.get_running_loop().time())
        self._post.send(errand)
        self._look_later()
        return True

    def answered(self, answer: Answer) -> None:
        """An answer came to some node."""
        if answer.sender != self._post.node:
            return
        sent = self._sent.pop(answer.number, None)
        if sent is None:  # it was carried out here meanwhile
            return
        if answer.answer == NOT_CARRIED_OUT:
            self._carry_out_here(sent)
        else:
            sent.tell(answer.answer)

    def carry_out(self, sender: str, errand: Errand) -> None:
        """An errand came to some node."""
        if errand.home != self._post.node:
            return

        def tell(answer: bytes) -> None:
            self._carrying -= 1
            self._post.answer(Answer(sender, errand.number, answer))

        self._carrying += 1
        self._look_later()
        late = self._clock.ms() - errand.at_ms > LATE_MS
        actor = None if late else self._actor(errand.actor)
        if actor is None or not self._carry(errand.name, actor, errand.body, tell=tell):
            tell(NOT_CARRIED_OUT)

    def heard(self, node: str, *, missed: bool) -> None:
        """Another node has said something. `missed`: it, or this one, may not have heard everything."""
        self._heard_s[node] = asyncio.get_running_loop().time()
        if missed and self._sent:
            self._take_back(node)

    def unheard(self) -> None:
        """Nobody may have heard what this node said, or this node what others did."""
        for home in {sent.errand.home for sent in self._sent.values()}:
            self._take_back(home)

    def stop(self) -> None:
        """Wait for no answer any more; whoever sent what waits will repeat it elsewhere."""
        if self._looking is not None:
            self._looking.cancel()
        self._sent.clear()
        self._carrying = 0

    def _take_back(self, home: str) -> None:
        """Carry out here whatever waits there, in order."""
        self._post.peers.doubt(home)
        waiting = [sent for sent in self._sent.values() if sent.errand.home == home]
        if waiting:
            log.warning("errands_taken_back", count=len(waiting))
        for sent in waiting:
            del self._sent[sent.errand.number]
            self._carry_out_here(sent)

    def _carry_out_here(self, sent: Sent) -> None:
        self._carry(sent.errand.name, sent.actor, sent.errand.body, tell=sent.tell)

    def _look_later(self) -> None:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        """Take back what waits at a home that is silent, or has waited too long."""
        self._looking = None
        now_s = asyncio.get_running_loop().time()
        oldest: dict[str, float] = {}
        for sent in self._sent.values():
            oldest.setdefault(sent.errand.home, sent.at_s)
        for home, at_s in oldest.items():
            if now_s - at_s > LONGEST_S or now_s - max(at_s, self._heard_s.get(home, 0.0)) > SILENT_S:
                self._take_back(home)
        if self._carrying:
            self._post.alive()
        if self._sent or self._carrying:
            self._look_later()

    def _actor_bytes(self, actor: Actor) -> bytes:
        known = self._encoded.get(id(actor))
        if known is not None and known[0] is actor:
            return known[1]
        if len(self._encoded) >= ACTORS:
            self._encoded.clear()
        encoded = _encode(actor)
        self._encoded[id(actor)] = actor, encoded
        return encoded

    def _actor(self, encoded: bytes) -> Actor | None:
        """The same object for the same actor: gates remember whom they have let in. None for one this version does not
        know how to read."""
        actor = self._decoded.get(encoded)
        if actor is None:
            try:
                actor = _decode(encoded)
            except msgspec.DecodeError as failure:
                log.warning("errand_refused", why=type(failure).__name__)
                return None
            if len(self._decoded) >= ACTORS:
                self._decoded.clear()
            self._decoded[encoded] = actor
        return actor


log = structlog.get_logger(__name__)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Actor).decode

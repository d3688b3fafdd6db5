"""Several nodes behave as one: what is pushed on one reaches who follows it on the others, one sealed PUBLISH a flush.

Four things travel: commits (`web.push.news`), what is told without being committed (typing, presence, signals of a
visit), orders between nodes (end this session everywhere), and errands with their answers (`web.push.errands`). Redis
sees none of it: a packet is sealed with a key derived from the master keys. Nothing is dropped silently: packets are
numbered, and a node that misses one, or whose line to Redis comes back, tells its followers the head numbers from SQL
at once, as it does every five seconds anyway.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec
import structlog

from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Commit
from core.log.kinds import Kinds
from core.log.seal import MasterKeys
from core.storage.channel import Channel
from web.push.errands import Answer, Carry, Errand, Errands
from web.push.homes import Homes
from web.push.news import News, PackedNews, news_of, packed, unpacked
from web.push.packet import CHANNEL, Envelope, Order, Packet, Told
from web.push.peers import Here, Peers
from web.push.rooms import Room
from web.wire.base import Wire

BEAT_S = 5.0
BEAT_MS = 4_900
"""A little less, so that a beat that wakes a moment early is not put off to the next."""
FLUSH_LIMIT = 1_000
"""Commits in one packet at most."""
WAITING_LIMIT = 20_000
"""Commits that wait for Redis at most; what is over is left to the head numbers."""
OWN_LIMIT = 1_000
"""Packets of our own that have not come back yet; more, and they are opened like others'."""
SEAL = slice(-16, None)
"""The tag of the seal: no two packets have the same."""
log = structlog.get_logger(__name__)


class Receiver(Protocol):
    """What this node does with what it hears."""

    def overtaken(self, stream: str) -> None:
        """Another node has written to the stream: what this one remembers of it is old."""
        ...

    def caught_up(self, news: News) -> None:
        """The same, and this is how the stream is now."""
        ...

    def follows(self, told: PackedNews) -> bool:
        """Whether anybody here follows what it is about."""
        ...

    def take(self, news: News) -> None:
        """Push it to who follows it here."""
        ...

    def deliver(self, room: Room, event: str, body: bytes) -> None:
        """Tell everyone of this node who is in the room."""
        ...

    def boards(self) -> dict[str, tuple[str, ...]]:
        """Staff who have each unit's board open here."""
        ...

    def compare(self) -> None:
        """Something may have been missed: tell the head numbers now."""
        ...


class Fanout:
    """The line between the nodes. `start` before use, `stop` after; without Redis everything here still works alone."""

    def __init__(
        self,
        url: str,
        receiver: Receiver,
        *,
        carry: Carry,
        carries: bool,
        kinds: Kinds,
        masters: MasterKeys,
        clock: Clock,
    ) -> None:
        """`carries`: whether other nodes may send errands here, for `carry` to carry out."""
        self.node = new_id()
        self.peers = Peers(clock)
        self.homes = Homes(self.node, self.peers)
        self.errands = Errands(self, carry, clock)
        self._carries = carries
        self._receiver = receiver
        self._kinds = kinds
        self._envelope = Envelope(masters)
        self._channel = Channel(url, CHANNEL, hear=self._hear, back=self._back)
        self._publishing = Background("fan-out", self._flush, every_s=BEAT_S)
        self._number = 0
        self._asks = False
        self._clock = clock
        self._here_due_ms = 0
        self._news: list[News] = []
        self._told: list[Told] = []
        self._orders: list[Order] = []
        self._errands: list[Errand] = []
        self._answers: list[Answer] = []
        self._is_alive = False
        self._own: set[bytes] = set()
        self._on_order: dict[str, Callable[..., None]] = {}

    def start(self) -> None:
        """Begin to listen and to publish."""
        self._channel.start()
        self._publishing.start()

    async def stop(self) -> None:
        """Say goodbye, and be silent."""
        await self._publishing.stop()
        await self._publish(Here(leaves=True))
        self.errands.stop()
        await self._channel.stop()

    def on(self, topic: str, carry_out: Callable[..., None]) -> None:
        """What this node does when any node, itself included, orders `topic`."""
        self._on_order[topic] = carry_out

    def order(self, topic: str, *args: str) -> None:
        """Let every node do it: this one now, the others in milliseconds, or never when Redis is away."""
        self._on_order[topic](*args)
        self._orders.append(Order(topic, args))
        self._publishing.wake()

    def tell(self, room: Room, event: str, body: Wire) -> None:
        """Tell everyone in the room, on every node, once and without keeping it."""
        told = Told(room, event, msgspec.json.encode(body))
        self._receiver.deliver(room, event, told.body)
        if self.peers.others():
            self._told.append(told)
            self._publishing.wake()

    def send(self, errand: Errand) -> None:
        """Let a contact's home carry it out."""
        self._errands.append(errand)
        self._publishing.wake()

    def answer(self, answer: Answer) -> None:
        """Tell the node whose errand it was."""
        self._answers.append(answer)
        self._publishing.wake()

    def alive(self) -> None:
        """Let the others know that this node is there."""
        self._is_alive = True
        self._publishing.wake()

    def committed(self, commit: Commit) -> None:
        """A listener for the log: others may follow what this node has committed."""
        if commit.stream.startswith("contact:") and self.peers.others():
            if len(self._news) < WAITING_LIMIT:
                self._news.append(news_of(commit))
            else:
                self._number += 1  # a gap, so that the others ask
            self._publishing.wake()

    def changed(self) -> None:
        """Who is here has changed."""
        self._here_due_ms = 0
        self._publishing.wake()

    async def _flush(self) -> bool:
        now_ms = self._clock.ms()
        if now_ms >= self._here_due_ms:
            self._here_due_ms = now_ms + BEAT_MS
            here = Here(asks=self._asks, boards=self._receiver.boards(), carries=self._carries)
            await self._publish(here)
        elif self._is_alive or self._news or self._told or self._orders or self._errands or self._answers:
            await self._publish(None)
        return bool(self._news)

    async def _publish(self, here: Here | None) -> None:
        news, self._news = self._news[:FLUSH_LIMIT], self._news[FLUSH_LIMIT:]
        told, self._told = self._told, []
        orders, self._orders = self._orders, []
        errands, self._errands = self._errands, []
        answers, self._answers = self._answers, []
        self._is_alive = False
        self._asks, self._number = self._asks and here is None, self._number + 1
        packet = Packet(
            node=self.node,
            number=self._number,
            here=here,
            news=tuple(packed(one) for one in news),
            told=tuple(told),
            orders=tuple(orders),
            errands=tuple(errands),
            answers=tuple(answers),
        )
        data = self._envelope.seal(packet)
        if len(self._own) >= OWN_LIMIT:
            self._own.clear()
        self._own.add(data[SEAL])
        if not await self._channel.publish(data):
            self.errands.unheard()

    def _hear(self, data: bytes) -> None:
        if data[SEAL] in self._own:
            self._own.discard(data[SEAL])
            return
        try:
            packet = self._envelope.open(data)
            if packet.node != self.node:
                self._take(packet)
        except (FyrError, msgspec.DecodeError, UnicodeDecodeError) as failure:
            log.warning("packet_refused", why=type(failure).__name__)
            self._receiver.compare()

    def _take(self, packet: Packet) -> None:
        here, joined = packet.here, self.peers.heard(packet.node, packet.number, packet.here)
        if not joined:
            self._receiver.compare()
        if here is not None and here.asks:
            self.changed()
        self.errands.heard(packet.node, missed=not joined or (here is not None and (here.asks or here.leaves)))
        self._take_news(packet)
        for event in packet.told:
            self._receiver.deliver(Room(event.room), event.event, event.body)
        for order in packet.orders:
            if order.topic in self._on_order:  # a later version may order what this one does not know
                self._on_order[order.topic](*order.args)
        for answer in packet.answers:
            self.errands.answered(answer)
        for errand in packet.errands:
            self.errands.carry_out(packet.node, errand)

    def _take_news(self, packet: Packet) -> None:
        for told in packet.news:
            if self._receiver.follows(told):
                news = unpacked(told, self._kinds)
                self._receiver.caught_up(news)
                self._receiver.take(news)
            else:
                self._receiver.overtaken(told.stream)

    def _back(self) -> None:
        self._asks = True
        self.changed()
        self._receiver.compare()
        self.errands.unheard()

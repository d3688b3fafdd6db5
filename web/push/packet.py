"""What one node says to the others in one flush, and the envelope it goes in: Redis sees none of it."""

import msgspec

from core.log.seal import MasterKeys, Sealer
from web.push.errands import Answer, Errand
from web.push.news import PackedNews
from web.push.peers import Here

CHANNEL = "fyr/fanout"
KEY_USE = "fan-out"


class Told(msgspec.Struct, frozen=True, array_like=True):
    """An event for everyone in a room."""

    room: str
    event: str
    body: bytes
    """JSON, as it goes to the browser."""


class Order(msgspec.Struct, frozen=True, array_like=True):
    """Something every node does."""

    topic: str
    args: tuple[str, ...]


class Packet(msgspec.Struct, frozen=True, array_like=True):
    """One flush of one node."""

    node: str
    number: int
    here: Here | None
    news: tuple[PackedNews, ...]
    told: tuple[Told, ...]
    orders: tuple[Order, ...]
    errands: tuple[Errand, ...] = ()
    answers: tuple[Answer, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Packet).decode


class Envelope:
    """Seals packets with a key derived from the current master key, which it names, and opens others'."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters
        self._key = masters.current
        self._sealers: dict[str, Sealer] = {}

    def seal(self, packet: Packet) -> bytes:
        """As it is published."""
        return self._key.encode() + b"|" + self._sealer(self._key).seal(_encode(packet), CHANNEL)

    def open(self, data: bytes) -> Packet:
        """Raises `log_broken` when it was altered, `msgspec.DecodeError` when it is none."""
        name, _, sealed = data.partition(b"|")
        return _decode(self._sealer(name.decode()).open(sealed, CHANNEL))

    def _sealer(self, name: str) -> Sealer:
        sealer = self._sealers.get(name)
        if sealer is None:
            sealer = self._sealers[name] = Sealer(self._masters.derived(name, KEY_USE))
        return sealer

"""A small UDP forwarder of our own between one peer and the relay: it loses, delays, and can change its address."""

import asyncio
import random
from typing import Any


class Lossy(asyncio.DatagramProtocol):
    """Both ways of one peer. `loses` is the share of media packets lost on the way to the peer, `loses_up` from it."""

    def __init__(
        self, relay: tuple[str, int], *, loses: float = 0.0, loses_up: float = 0.0, delay_s: float = 0.0
    ) -> None:
        self.loses, self.loses_up, self.delay_s = loses, loses_up, delay_s
        self.dropped = 0
        self._relay = relay
        self._chance = random.Random(7)
        self._peer: Any = None
        self._near: Any = None
        self._far: Any = None

    async def start(self) -> int:
        """The port that the peer is told."""
        loop = asyncio.get_running_loop()
        self._near, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(self._relay[0], 0))
        await self.move()
        return int(self._near.get_extra_info("sockname")[1])

    async def move(self) -> None:
        """Reach the relay from another address from now on."""
        if self._far is not None:
            self._far.close()
        loop = asyncio.get_running_loop()
        self._far, _ = await loop.create_datagram_endpoint(lambda: _Back(self), local_addr=(self._relay[0], 0))

    def close(self) -> None:
        for one in (self._near, self._far):
            one.close()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._peer = addr
        self._pass(data, self.loses_up, lambda: self._far.sendto(data, self._relay))

    def came_back(self, data: bytes) -> None:
        self._pass(data, self.loses, lambda: self._near.sendto(data, self._peer))

    def _pass(self, data: bytes, loses: float, send: Any) -> None:
        media = 127 < data[0] < 192 and not 191 < data[1] < 224
        if media and self._chance.random() < loses:
            self.dropped += 1
        elif self.delay_s:
            asyncio.get_running_loop().call_later(self.delay_s, send)
        else:
            send()


class _Back(asyncio.DatagramProtocol):
    def __init__(self, owner: Lossy) -> None:
        self._owner = owner

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._owner.came_back(data)

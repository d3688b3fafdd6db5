"""A small UDP forwarder of our own between one peer and the relay: it loses, delays, queues, changes its address."""

import asyncio
import random
from typing import Any


class Lossy(asyncio.DatagramProtocol):
    """Both ways of one peer. `loses` is the share of media packets lost on the way to the peer, `loses_up` from it.

    `carries_up`: bits a second that the way from the peer carries; what is too much waits and is not lost. 0: any.
    """

    def __init__(
        self, relay: tuple[str, int], *, loses: float = 0.0, loses_up: float = 0.0, delay_s: float = 0.0
    ) -> None:
        self.loses, self.loses_up, self.delay_s = loses, loses_up, delay_s
        self.carries_up = 0
        self.dropped = 0
        self._free_at = 0.0
        self._over = False
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
        self._over = True
        for one in (self._near, self._far):
            one.close()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._peer = addr
        self._pass(data, self.loses_up, lambda: self._far.sendto(data, self._relay), waits_s=self._queue(len(data)))

    def came_back(self, data: bytes) -> None:
        self._pass(data, self.loses, lambda: self._near.sendto(data, self._peer))

    @property
    def waits_s(self) -> float:
        """How long who sends now waits on the way up."""
        return max(0.0, self._free_at - asyncio.get_running_loop().time())

    def _queue(self, size: int) -> float:
        if self.carries_up:
            self._free_at = asyncio.get_running_loop().time() + self.waits_s + size * 8 / self.carries_up
        return self.waits_s

    def _pass(self, data: bytes, loses: float, send: Any, *, waits_s: float = 0.0) -> None:
        media = 127 < data[0] < 192 and not 191 < data[1] < 224
        if media and self._chance.random() < loses:
            self.dropped += 1
        elif self.delay_s + waits_s:
            asyncio.get_running_loop().call_later(self.delay_s + waits_s, self._late, send)
        else:
            send()

    def _late(self, send: Any) -> None:
        if not self._over:
            send()


class _Back(asyncio.DatagramProtocol):
    def __init__(self, owner: Lossy) -> None:
        self._owner = owner

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._owner.came_back(data)

"""What waits for a client's next poll. An `asyncio.Queue` would do the same, for three kilobytes of every client."""

import asyncio

from engineio.packet import Packet


class Mailbox:
    """The part of a queue that engineio uses: one takes, anyone puts, nothing is counted."""

    __slots__ = ("_taker", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Packet | None] = []
        self._taker: asyncio.Future[None] | None = None

    async def put(self, packet: Packet | None) -> None:
        """Add one."""
        self.put_nowait(packet)

    def put_nowait(self, packet: Packet | None) -> None:
        """Add one."""
        self._waiting.append(packet)
        if self._taker is not None and not self._taker.done():
            self._taker.set_result(None)

    async def get(self) -> Packet | None:
        """Take the first, as soon as there is one."""
        while not self._waiting:
            self._taker = asyncio.get_running_loop().create_future()
            try:
                await self._taker
            finally:
                self._taker = None
        return self._waiting.pop(0)

    def get_nowait(self) -> Packet | None:
        """Take the first. Raises asyncio.QueueEmpty."""
        if not self._waiting:
            raise asyncio.QueueEmpty
        return self._waiting.pop(0)

    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def task_done(self) -> None:
        """Engineio counts; nobody asks for the count."""

    async def join(self) -> None:
        """Who closes a line does not wait for it to be read."""

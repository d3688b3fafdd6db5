"""The line between people and nodes: a relay that gives each connection a node, and can be cut or made deaf."""

import asyncio
import random
from collections.abc import Callable
from typing import cast


class _End(asyncio.Protocol):
    """One end of a connection; `other` is the end its bytes come out of."""

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection
        self.transport: asyncio.Transport | None = None
        self.other: _End | None = None
        self.deaf = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self.deaf:
            return
        if self.other is None or self.other.transport is None:
            self._connection.early.append(data)
        else:
            self.other.transport.write(data)

    def connection_lost(self, _: Exception | None) -> None:
        self._connection.cut()


class _Connection:
    """A person's connection and the one to the node behind it."""

    def __init__(self, line: "Line") -> None:
        self._line = line
        self.early: list[bytes] = []
        """What the person sent before the node answered the call."""
        self.near = _End(self)
        self.far = _End(self)

    async def join(self) -> None:
        port = self._line.choose()
        try:
            if port is None:
                raise ConnectionError
            await asyncio.get_running_loop().create_connection(lambda: self.far, "127.0.0.1", port)
        except OSError:
            self.cut()
            return
        assert self.far.transport is not None
        self.far.other, self.near.other = self.near, self.far
        for data in self.early:
            self.far.transport.write(data)
        if self not in self._line.open:  # the person hung up meanwhile
            self.cut()

    def cut(self) -> None:
        """Both ends at once, with no farewell."""
        self._line.open.discard(self)
        for end in (self.near, self.far):
            if end.transport is not None and not end.transport.is_closing():
                end.transport.abort()


class Line:
    """One port in front of every node. `choose` names the port of a node that takes connections now."""

    def __init__(self, choose: Callable[[], int | None]) -> None:
        self.choose = choose
        self.open: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Listen; gives the address people use."""
        self._server = await asyncio.get_running_loop().create_server(self._accept, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Cut everything and listen no more."""
        self._server.close()
        for connection in list(self.open):
            connection.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut_some(self, share: float, rng: random.Random) -> int:
        """Cut this share of the connections; gives how many."""
        chosen = self._some(share, rng)
        for connection in chosen:
            connection.cut()
        return len(chosen)

    async def swallow_answers(self, share: float, rng: random.Random, *, for_s: float) -> int:
        """What the nodes say is lost while what people say still arrives; then the line is cut."""
        chosen = self._some(share, rng)
        for connection in chosen:
            connection.far.deaf = True
        await asyncio.sleep(for_s)
        for connection in chosen:
            connection.cut()
        return len(chosen)

    def _some(self, share: float, rng: random.Random) -> list[_Connection]:
        joined = [connection for connection in self.open if connection.far.transport is not None]
        return rng.sample(joined, max(1, round(len(joined) * share))) if joined else []

    def _accept(self) -> asyncio.Protocol:
        connection = _Connection(self)
        self.open.add(connection)
        task = asyncio.get_running_loop().create_task(connection.join())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return connection.near

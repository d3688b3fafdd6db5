"""One connection to Redis for many small calls at once: what is asked in one turn of the loop goes out in one write.

Answers come in the order of the calls. A call whose answer is lost fails, and is never sent again: nobody knows whether
it was carried out.
"""

import asyncio
from collections import deque
from typing import Any, NamedTuple

from hiredis import pack_command
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as LineLostError
from redis.exceptions import RedisError, ResponseError


class _Asked(NamedTuple):
    """A call on its way."""

    command: tuple[Any, ...]
    answer: asyncio.Future[Any]


class RedisLine:
    """A line of the client's own kind: address, password, TLS and time limits are the client's."""

    def __init__(self, client: Redis) -> None:
        self._pool: Any = client.connection_pool
        self._connection: AbstractConnection | None = None
        self._asked: list[_Asked] = []
        self._sent: deque[_Asked] = deque()
        self._working: asyncio.Task[None] | None = None

    async def call(self, *command: Any) -> Any:
        """Send one command and give its answer. Raises `RedisError` or `OSError`."""
        return await self.ask(*command)

    def ask(self, *command: Any) -> asyncio.Future[Any]:
        """The same for who does not wait; the answer, or what came instead of one, is to be looked at."""
        asked = _Asked(command, asyncio.get_running_loop().create_future())
        self._asked.append(asked)
        if self._working is None:
            self._working = asyncio.create_task(self._work(), name="redis line")
        return asked.answer

    async def hang_up(self) -> None:
        """End the connection; the next call makes a new one. Calls on their way fail."""
        working = self._working
        if working is not None and working is not asyncio.current_task():
            working.cancel()
            await asyncio.wait([working])
            self._fail_all()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.disconnect(nowait=True)
            await self._pool.release(connection)

    async def _work(self) -> None:
        """Send and hear until nobody waits for anything."""
        try:
            while self._asked or self._sent:
                if self._asked:
                    await self._send()
                await self._hear()
        except (RedisError, OSError):
            await self.hang_up()
        finally:
            self._fail_all()

    def _fail_all(self) -> None:
        lost, self._asked, self._working = [*self._sent, *self._asked], [], None
        self._sent.clear()
        for one in lost:
            if not one.answer.done():
                one.answer.set_exception(LineLostError("the answer was lost"))

    async def _send(self) -> None:
        if self._connection is None:
            self._connection = await self._pool.get_connection()
        connection, asked, self._asked = self._connection, self._asked, []
        self._sent += asked
        packed = b"".join([pack_command(one.command) for one in asked])
        await connection.send_packed_command(packed, check_health=False)

    async def _hear(self) -> None:
        assert self._connection is not None
        refusal: ResponseError | None = None
        answer: Any = None
        try:
            answer = await self._connection.read_response(disable_decoding=True)
        except ResponseError as refused:  # that call alone
            refusal = refused
        one = self._sent.popleft()
        if one.answer.done():  # who asked has gone
            return
        if refusal is not None:
            one.answer.set_exception(refusal)
        else:
            one.answer.set_result(answer)

"""Questions to the database that come one by one in the same moment, asked together: one statement for many.

After a network failure a thousand people come back within seconds, and each asks for their own session, their own row,
their own contact.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from core.errors import FyrError

MOST = 64
"""Questions in one statement."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Read = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""Answers each of these that has an answer; one may be named twice."""


class Asked(Generic[K, V]):
    """Questions that are asked together."""

    __slots__ = ("alone", "away", "found", "keys")

    def __init__(self) -> None:
        self.keys: list[K] = []
        self.found: Mapping[K, V] | None = None
        self.away: FyrError | None = None
        """Nobody could be asked."""
        self.alone = False
        """Something is wrong with one of the answers: who asked for another is to get theirs."""


class Together(Generic[K, V]):
    """Whatever is asked while an answer is awaited goes with the next question, so every answer is read after it was
    asked for."""

    def __init__(self, read: Read[K, V]) -> None:
        self._read = read
        self._next: Asked[K, V] = Asked()
        self._turn = asyncio.Lock()

    async def get(self, key: K) -> V | None:
        """The answer, if there is one. Raises what `read` raises of it."""
        asked = self._next
        asked.keys.append(key)
        if len(asked.keys) == MOST:
            self._next = Asked()
        async with self._turn:
            if asked.found is None and asked.away is None and not asked.alone:
                await self._ask(asked)
        if asked.away is not None:
            raise FyrError(asked.away.code, **asked.away.data)
        return (await self._read([key]) if asked.found is None else asked.found).get(key)

    async def _ask(self, asked: Asked[K, V]) -> None:
        """By the first of them to have the turn; when that one is broken off, by the next."""
        if self._next is asked:
            self._next = Asked()
        try:
            asked.found = await self._read(_filled(asked.keys))
        except FyrError as failure:
            if failure.code == "unreachable":
                asked.away = failure
            else:
                asked.alone = True
        except Exception:  # noqa: BLE001 - each hears of their own
            asked.alone = True


def _filled(keys: Sequence[K]) -> Sequence[K]:
    """As many as a power of two, the last one repeated: a statement is prepared for each number of them."""
    return [*keys, *[keys[-1]] * ((1 << (len(keys) - 1).bit_length()) - len(keys))]

"""What is asked one by one is read together, and never from before it was asked for."""

import asyncio
from collections.abc import Sequence

from core.errors import FyrError
from core.storage.together import MOST, Together

BROKEN = 1_000


class Shelf:
    """Answers with how many looks were begun; a look ends while `open`. `away`: these looks fail."""

    def __init__(self, *away: int) -> None:
        self.looks: list[list[int]] = []
        self.away = away
        self.open = asyncio.Event()

    async def read(self, keys: Sequence[int]) -> dict[int, int]:
        """One look."""
        self.looks.append(list(keys))
        number = len(self.looks)
        await self.open.wait()
        if number in self.away:
            raise FyrError("unreachable", what="the shelf")
        if BROKEN in keys:
            raise ValueError
        return {key: number for key in keys if key >= 0}


async def test_asked_together() -> None:
    shelf = Shelf()
    together = Together(shelf.read)
    asking = [asyncio.create_task(together.get(key)) for key in (0, 1, 2, 3, -1, 1)]
    await asyncio.sleep(0)  # the first is being read: whoever came meanwhile is not answered from that look
    shelf.open.set()
    assert await asyncio.gather(*asking) == [1, 2, 2, 2, None, 2]
    assert shelf.looks == [[0], [1, 2, 3, -1, 1, 1, 1, 1]]
    shelf.open.clear()
    asking = [asyncio.create_task(together.get(key)) for key in range(MOST + 2)]
    await asyncio.sleep(0)
    shelf.open.set()
    await asyncio.gather(*asking)
    assert [len(look) for look in shelf.looks[2:]] == [1, MOST, 1]


async def test_failed_or_broken_off() -> None:
    """Who asked together hears of the failure together; that one goes away nobody else hears."""
    shelf = Shelf(2)
    together = Together(shelf.read)
    leaving, *failing = [asyncio.create_task(together.get(key)) for key in range(4)]
    await asyncio.sleep(0)
    leaving.cancel()
    shelf.open.set()
    failed = await asyncio.gather(leaving, *failing, return_exceptions=True)
    assert [getattr(one, "code", type(one)) for one in failed] == [asyncio.CancelledError, *["unreachable"] * 3]
    shelf.open.clear()
    leaving, staying = (asyncio.create_task(together.get(key)) for key in (1, 1))
    await asyncio.sleep(0)
    leaving.cancel()
    shelf.open.set()
    assert (await staying, len(shelf.looks)) == (4, 4)


async def test_one_that_cannot_be_read() -> None:
    """It is a fault of its own: whoever asked with it gets their answer."""
    shelf = Shelf()
    together = Together(shelf.read)
    asking = [asyncio.create_task(together.get(key)) for key in (0, BROKEN, 1)]
    await asyncio.sleep(0)
    shelf.open.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [isinstance(one, ValueError) for one in answers] == [False, True, False]

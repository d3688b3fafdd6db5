"""Keeps a row of every round, made from the contact's entries, wherever those have gone on."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from care.benefits.round import Round, Said, rounds_of
from care.benefits.store import BenefitRows
from carequeue.deadlines import Deadlines
from core.background import Background
from core.ids import ContactId, contact_stream
from core.log.log import Log

LOOK_EVERY_S = 600.0
"""A look reads whole contacts, so it is not taken often: figures are of weeks and months."""
MOST_REST_S = 0.25
Page = Callable[[str], Awaitable[list[ContactId]]]


class BenefitKeeper:
    """Looks by itself after `start`; `stop` after. Any number of nodes may do it: each writes the same."""

    def __init__(self, log: Log, rows: BenefitRows, deadlines: Deadlines, *, said: Said) -> None:
        self._log = log
        self._rows = rows
        self._deadlines = deadlines
        self._said = said
        self._looking = Background("benefits", self._step, every_s=LOOK_EVERY_S)

    def start(self) -> None:
        """Begin with a look now."""
        self._looking.start()

    async def stop(self) -> None:
        """Let the look under way end."""
        await self._looking.stop()

    async def look(self) -> int:
        """Make what is missing or has gone on; gives how many contacts were read."""
        return await self._through(self._rows.gone_on) + await self._through(self._rows.lacking)

    async def _through(self, page: Page) -> int:
        read, after = 0, ""
        while found := await page(after):
            made = [one for contact_id in found for one in await self._at_leisure(contact_id)]
            if made:
                await self._rows.put(made)
            read, after = read + len(found), found[-1]
        return read

    async def _at_leisure(self, contact_id: ContactId) -> list[Round]:
        """Rests as long as it worked: calls share this processor."""
        began = time.perf_counter()
        made = await self._rounds(contact_id)
        await asyncio.sleep(min(MOST_REST_S, time.perf_counter() - began))
        return made

    async def _rounds(self, contact_id: ContactId) -> list[Round]:
        stream = contact_stream(contact_id)
        head, entries = await self._log.head(stream), await self._log.entries(stream)
        about = head.scope.person_id
        return rounds_of(entries, self._log.kinds, self._said, deadlines=self._deadlines, about=about)

    async def _step(self) -> bool:
        await self.look()
        return False

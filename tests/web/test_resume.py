"""Resuming: whatever was said and done, from every number a reader may hold they get exactly what they missed."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_story import opened
from tests.web.unlimited import unlimited
from web.app import run_node

DOES = ("patient_says", "nurse_says", "note", "reach", "patient_reads", "nurse_reads")
BEYOND = (-1, 2**63, 2**80)
"""Numbers nobody was ever told."""


class Room:
    """A patient and a nurse on a node of their own."""

    def __init__(self, astrid: Somebody, sara: Somebody) -> None:
        self.astrid, self.sara = astrid, sara

    async def holds(self, does: list[str]) -> None:
        """A contact in which this was done, looked at from every number by both."""
        contact_id = await opened(self.astrid)
        await self.sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        for what in does:
            await self._do(what, contact_id)
        for reader in (self.astrid, self.sara):
            whole = await self._after(reader, contact_id, 0)
            numbers = [entry["no"] for entry in whole]
            assert numbers == list(range(1, len(whole) + 1))
            for held in numbers:
                assert (await self._after(reader, contact_id, held))[: len(whole) - held] == whole[held:]
            for odd in BEYOND:
                assert (await self._after(reader, contact_id, odd))[: len(whole)] == (whole if odd < 0 else [])

    async def _after(self, reader: Somebody, contact_id: str, held: int) -> list[Any]:
        return list((await reader.call("contact:follow", contact_id=contact_id, after=held))["entries"])

    async def _do(self, what: str, contact_id: str) -> None:
        name: dict[str, Any] = {"contact_id": contact_id}
        head = (await self.sara.call("contact:follow", **name))["summary"]["head"]
        if what == "patient_says":
            await self.astrid.call("message:post", **name, client_id=client_id(), text="Det är likadant")
        elif what == "nurse_says":
            said = {"client_id": client_id(), "claim_no": 1, "seen_no": 2**40, "text": "Jag läser"}
            await self.sara.call("message:post", **name, **said)
        elif what == "note":
            await self.sara.call("note:add", **name, client_id=client_id(), text="Mellan oss")
        elif what == "reach":
            await self.astrid.call("reach:set", **name, client_id=client_id(), place="Hemma", phone="0701740605")
        else:
            reader = self.astrid if what == "patient_reads" else self.sara
            await reader.call("read:mark", **name, up_to=head)


async def _opened(stack: AsyncExitStack, folder: Path) -> Room:
    application = await stack.enter_async_context(run_node(unlimited(folder)))
    server = TestServer(application)
    await server.start_server()
    stack.push_async_callback(server.close)
    url = str(server.make_url("")).rstrip("/")
    people = [await stack.enter_async_context(signed_in(url, one)) for one in ("patient:astrid", "staff:sara")]
    return Room(*people)


def test_from_every_number_exactly_what_was_missed_comes(tmp_path: Path, made_sqlite: Path) -> None:
    shutil.copy(made_sqlite, tmp_path)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        room = runner.run(_opened(stack, tmp_path))

        @settings(max_examples=5)
        @given(st.lists(st.sampled_from(DOES), max_size=8))
        def law(does: list[str]) -> None:
            runner.run(room.holds(does))

        try:
            law()
        finally:
            runner.run(stack.aclose())

"""Whether the service goes on answering others while it is attacked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.attack.site import Site

EVERY_S = 0.25
ANSWER_WITHIN_S = 20.0
"""Far more than any answer takes, also on a machine that carries the attackers as well."""


@asynccontextmanager
async def probing(site: Site) -> AsyncIterator[None]:
    """Ask for a page, the shell and a board over and over; what goes unanswered is noted."""
    task = asyncio.create_task(_probe_for_ever(site))
    try:
        yield
        await _probe(site)  # and once more when it is over
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _probe_for_ever(site: Site) -> None:
    while True:
        await _probe(site)
        await asyncio.sleep(EVERY_S)


async def _probe(site: Site) -> None:
    for what in ("/", "/api/shell", "board:follow"):
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await (_get(site, what) if what.startswith("/") else site.sara.call(what, unit_id="hamnen"))
        except (TimeoutError, aiohttp.ClientError, OSError, ConnectionError) as failure:
            site.ledger.unanswered.append(f"{what}: {type(failure).__name__}")


async def _get(site: Site, path: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(site.url + path) as response:
        response.raise_for_status()
        await response.read()

"""A recogniser of our own, as small as it can be: it knows two words, told apart by how high a voice is.

It speaks the protocol of vosk-server, counts the waves of what it is really sent, and settles on a word when it is
followed by silence. `low` is a voice below 600 Hz, `high` one above.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from aiohttp import web
from aiohttp.test_utils import TestServer

BORDER_HZ = 600
QUIET = 200.0
"""Of samples to 32,767: below it nothing is said."""


class Recogniser:
    """What it heard, and whether it answers."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.samples = 0
        self.ended = asyncio.Event()
        self.url = ""

    def _word(self, sound: bytes, rate: int) -> str:
        samples = np.frombuffer(sound, "<i2").astype(float)
        self.samples += len(samples)
        if len(samples) == 0 or np.sqrt(np.mean(samples**2)) < QUIET:
            return ""
        hertz = np.count_nonzero(np.diff(samples >= 0)) / 2 * rate / len(samples)
        return "low" if hertz < BORDER_HZ else "high"

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        """One speaker's."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.languages.append(request.match_info["lang"])
        rate, said = 0, ""
        async for message in socket:
            told = json.loads(message.data) if isinstance(message.data, str) else None
            if told is not None and "config" in told:
                rate = told["config"]["sample_rate"]
            elif told == {"eof": 1}:
                await socket.send_str(json.dumps({"text": said}))
                break
            else:
                word = self._word(message.data, rate)
                final = said != "" and word == ""
                await socket.send_str(json.dumps({"text": said} if final else {"partial": word or said}))
                said = "" if final else word or said
        self.ended.set()
        return socket


@asynccontextmanager
async def recogniser() -> AsyncIterator[Recogniser]:
    """One that runs, at `url`."""
    made, application = Recogniser(), web.Application()
    application.add_routes([web.get("/{lang}", made.talk)])
    server = TestServer(application)
    await server.start_server()
    made.url = f"ws://{server.host}:{server.port}/{{lang}}"
    yield made
    await server.close()

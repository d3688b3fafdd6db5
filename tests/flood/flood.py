"""A flood: one person sends as fast as the line takes it, garbage comes beside it, and a nurse goes on working."""

import asyncio
import contextlib
import re
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import msgspec
import psutil

from tests.torture.nodes import NodeProcess
from tests.torture.service import events_of
from tests.web.client import Somebody, client_id, signed_in
from tests.web.garbage import FRAMES

KIB = 1024
CALM_EVERY_S = 0.1
FAULTS = frozenset({"call_failed", "request_failed", "step_failed", "job_failed", "crashed", "push_failed", "not JSON"})
CODE = re.compile(r'"code":"(\w+)"')


@dataclass(slots=True)
class Figures:
    """What was counted and measured."""

    sent: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    """What the flooder was answered, by code."""
    garbage: int = 0
    calm_alone_ms: list[float] = field(default_factory=list)
    calm_flooded_ms: list[float] = field(default_factory=list)
    resident_kib: list[int] = field(default_factory=list)
    """Memory of the node after each round."""
    faults: int = 0
    """Lines of the node's log that tell of a fault of ours."""

    @property
    def grown_kib(self) -> int:
        """In the second half of the rounds: the first fills what is filled once in a node's life."""
        return self.resident_kib[-1] - self.resident_kib[len(self.resident_kib) // 2]

    @property
    def result(self) -> str:
        """The line that counts."""
        let_through, refused = self.answers["ok"], self.answers["too_fast"]
        return (
            f"RESULT sent={self.sent} let_through={let_through} too_fast={refused} "
            f"other={self.answers.total() - let_through - refused} garbage={self.garbage} faults={self.faults} "
            f"grown_kib={self.grown_kib} calm_p50_ms={statistics.median(self.calm_alone_ms):.1f} "
            f"calm_flooded_p50_ms={statistics.median(self.calm_flooded_ms):.1f} "
            f"calm_flooded_worst_ms={max(self.calm_flooded_ms):.1f}"
        )


async def flood(folder: Path, *, rounds: int, messages: int, lasts_s: float) -> Figures:
    """`rounds` of at most so many messages and seconds each."""
    node, figures = NodeProcess("node", folder, {"FYR_DEMO": "1", "FYR_LOG_LEVEL": "warning"}), Figures()
    await node.start()
    try:
        url, process = f"http://127.0.0.1:{node.port}", psutil.Process(node.pid)
        async with signed_in(url, "patient:astrid") as flooder, signed_in(url, "staff:sara") as calm:
            contact_id = await _open(flooder)
            figures.calm_alone_ms = [await _calm_call(calm) for _ in range(20)]
            for _ in range(rounds):
                async with _measured(calm, figures.calm_flooded_ms):
                    await _send(url, flooder, contact_id, figures, most=(messages, lasts_s))
                    await _send_garbage(url, flooder, figures)
                figures.resident_kib.append(process.memory_info().rss // KIB)
    finally:
        await node.stop()
    figures.faults = sum(count for event, count in events_of(node.told).items() if event in FAULTS)
    return figures


async def _open(patient: Somebody) -> str:
    told = await patient.call("contact:open", client_id=client_id(), subject="self", lang="sv", text="Ont i halsen")
    contact_id: str = told["contact_id"]
    return contact_id


async def _calm_call(calm: Somebody) -> float:
    """From asking to the answer, with the audit's commit in between, in milliseconds."""
    began = time.perf_counter()
    await calm.call("board:follow", unit_id="hamnen", after=0)
    return (time.perf_counter() - began) * 1000


@contextlib.asynccontextmanager
async def _measured(calm: Somebody, into: list[float]) -> AsyncIterator[None]:
    async def go_on() -> None:
        while True:
            into.append(await _calm_call(calm))
            await asyncio.sleep(CALM_EVERY_S)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextlib.asynccontextmanager
async def _line(url: str, somebody: Somebody) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    cookies = {item.key: item.value for item in somebody.http.cookie_jar}
    async with aiohttp.ClientSession(cookies=cookies) as http:
        socket = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", autoping=False)
        await socket.receive()
        await socket.send_str("40")
        await socket.receive()
        yield socket
        socket._response.close()  # at once: a farewell would wait behind everything that was sent


async def _send(url: str, flooder: Somebody, contact_id: str, figures: Figures, *, most: tuple[int, float]) -> None:
    """As fast as the line takes them."""
    messages, lasts_s = most
    async with _line(url, flooder) as socket:
        hearing = asyncio.create_task(_hear(socket, figures.answers))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(lasts_s):
                for number in range(messages):
                    body = msgspec.json.encode({"contact_id": contact_id, "client_id": client_id(), "text": "Hej"})
                    await socket.send_str(f'42{number}["message:post",{body.decode()}]')
                    figures.sent += 1
                await hearing
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)


async def _hear(socket: aiohttp.ClientWebSocketResponse, answers: Counter[str]) -> None:
    async for message in socket:
        text = str(message.data)
        if text.startswith("43"):
            code = CODE.search(text)
            answers["ok" if '[{"ok"' in text else code[1] if code else "unread"] += 1


async def _send_garbage(url: str, flooder: Somebody, figures: Figures) -> None:
    for data in FRAMES:
        for kind in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            async with _line(url, flooder) as socket:
                await socket._writer.send_frame(data, kind)
                figures.garbage += 1

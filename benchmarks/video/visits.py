"""`make visits`: five hundred visits of three real peers, and what is left of them in the relay's process.

Each has a handshake, a sender of pictures and two receivers; ten visits go on at once. Tasks, files and addresses are
to be as many as before.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

import aiohttp

from benchmarks.video.bench import answers
from benchmarks.video.ear import ListeningLoop
from benchmarks.video.load import Counted, Load, count_only

VISITS, AT_ONCE, FIRST = 500, 10, 50
PORT = 8_643
URL = f"http://127.0.0.1:{PORT}"
WITHIN_S, FLOWS = 60.0, 200
"""Packets that come in each round at least."""


async def main() -> None:
    """Fifty to warm up, then the five hundred, and what is left of these."""
    count_only()
    async with aiohttp.ClientSession() as http:
        await answers(http, URL)
        await _visits(http, FIRST)
        before = await _left(http)
        await _visits(http, VISITS)
        after = await _left(http)
    print(f"before {before}\nafter {after}")
    more = {name: after[name] - before[name] for name in before}
    print(f"RESULT visits={VISITS} " + " ".join(f"{name}_more={count}" for name, count in more.items()))


async def _visits(http: aiohttp.ClientSession, count: int) -> None:
    folder = Path(".stamps")
    folder.mkdir(exist_ok=True)
    for _ in range(0, count, AT_ONCE):
        load, came = Load(folder, http, URL), Counted.packets
        await load.on_relay(AT_ONCE, 2)
        async with asyncio.timeout(WITHIN_S):
            while not load.all_connected or Counted.packets - came < FLOWS:
                await asyncio.sleep(0.05)
        for room in range(AT_ONCE):
            async with http.post(f"{URL}/say", json={"room": str(room), "ends": True}):
                pass
        await load.close()


async def _left(http: aiohttp.ClientSession) -> dict[str, int]:
    """Once what ends has ended."""
    await asyncio.sleep(2)
    async with http.get(f"{URL}/left") as response:
        found: dict[str, int] = await response.json()
    return found


if __name__ == "__main__":
    with subprocess.Popen([sys.executable, "-m", "benchmarks.video.server", "relay", str(PORT)]) as server:
        try:
            with asyncio.Runner(loop_factory=ListeningLoop) as runner:
                runner.run(main())
        finally:
            server.terminate()

"""`make bench-video`: our relay, Janus and aiortc's MediaRelay one after the other, alone on core 0.

Loads are on core 1. Prints what each gave, and last a line with the figures that are kept. Without Janus on the machine
its figures are `-`. Where it may (root, `chrt` of util-linux), what is measured goes before all else on its core
(SCHED_FIFO), so that others who use the machine are no part of a way; how long a server waited for it is told beside.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import aiohttp
import uvloop

from benchmarks.video.ear import ListeningLoop
from benchmarks.video.joining import joins_s
from benchmarks.video.load import Counted, Load, count_only
from web.addresses import addresses

ROOMS, RECEIVERS = 4, 5
OUT = ROOMS * RECEIVERS
SETTLE_S, SECONDS = 4.0, 8.0
PORT, JANUS_PORT = 8_641, 8_642
EXPECTED = 120
"""Packets a second of one picture at least: fewer, and something was not forwarded."""


JANUS = """
general: {{ debug_level = 2; configs_folder = "{folder}" }}
media: {{ rtp_port_range = "20000-30000" }}
nat: {{ ice_enforce_list = "{address}" }}
plugins: {{ disable = "libjanus_audiobridge.so,libjanus_sip.so,libjanus_nosip.so,libjanus_recordplay.so,\
libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so,libjanus_lua.so,\
libjanus_duktape.so,libjanus_echotest.so" }}
transports: {{ disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,\
libjanus_websockets.so" }}
"""


class Measured(NamedTuple):
    """One server under one load."""

    cpu_pct: float
    """Of a core, for each picture that goes out."""
    packets_s: float
    p50_ms: float
    p99_ms: float
    waited_ms: float
    """In each second, for a core that others had."""


def main() -> None:
    """Run, or with `--part` one part of it in a process of its own."""
    reading = argparse.ArgumentParser()
    reading.add_argument("--short", action="store_true")
    reading.add_argument("--part", default="")
    reading.add_argument("--pid", type=int, default=0)
    chosen = reading.parse_args()
    if chosen.part == "joins":
        print(json.dumps(uvloop.run(joins_s())))
    elif chosen.part:
        with asyncio.Runner(loop_factory=ListeningLoop) as runner:
            runner.run(_part(chosen.part, chosen.pid))
    else:
        _all(rounds=1 if chosen.short else 3)


def _all(*, rounds: int) -> None:
    found: dict[str, list[Measured]] = {"relay": [], "janus": [], "media_relay": []}
    for number in range(rounds):
        for kind, told in found.items():
            if kind != "janus" or shutil.which("janus"):
                told.append(_measure(kind))
                print(f"round {number + 1} {kind}: {told[-1]}", flush=True)
    joins = [float(one) for one in json.loads(_run("joins", 0))]
    print(f"joins: {[round(one, 3) for one in joins]}")
    print(_result(found, joins))


def _result(found: dict[str, list[Measured]], joins: list[float]) -> str:
    def middle(kind: str, field: str) -> float:
        return float(statistics.median(getattr(one, field) for one in found[kind]))

    ours, decoding = middle("relay", "cpu_pct"), middle("media_relay", "cpu_pct")
    janus = f"{middle('janus', 'cpu_pct'):.3f}" if found["janus"] else "-"
    ratio = f"{ours / middle('janus', 'cpu_pct'):.2f}" if found["janus"] else "-"
    return (
        f"RESULT cpu_pct_per_stream={ours:.3f} janus_pct_per_stream={janus} ratio_janus={ratio} "
        f"ratio_mediarelay={decoding / ours:.0f} streams_per_core={100 / ours:.0f} "
        f"added_p99_ms={middle('relay', 'p99_ms'):.2f} join_p95_ms={statistics.quantiles(joins, n=20)[-1] * 1000:.0f}"
    )


def _measure(kind: str) -> Measured:
    with _server(kind) as pid:
        return Measured(*json.loads(_run(kind, pid)))


def _run(part: str, pid: int) -> str:
    command = [*_on(1), sys.executable, "-m", "benchmarks.video.bench", "--part", part, "--pid", str(pid)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]


@contextlib.contextmanager
def _server(kind: str) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "out").open("w") as out:
        own = [sys.executable, "-m", "benchmarks.video.server", kind, str(PORT)]
        command = _janus(Path(folder)) if kind == "janus" else own
        process = subprocess.Popen([*_on(0), *command], stdout=out, stderr=out)
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def _on(core: int) -> list[str]:
    """What a command begins with that has a core, before everybody else where that is allowed."""
    first = ["chrt", "--fifo", "10"] if os.geteuid() == 0 and shutil.which("chrt") else []
    return [*first, "taskset", "-c", str(core)]


def _janus(folder: Path) -> list[str]:
    """Janus with its video room and HTTP alone, on this machine's own address."""
    (folder / "janus.jcfg").write_text(JANUS.format(folder=folder, address=addresses()[0]))
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: { }\n")
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ json = "compact"; base_path = "/janus"; http = true; port = {JANUS_PORT}; ip = "127.0.0.1"; '
        "https = false }\nadmin: { admin_http = false }\n"
    )
    return ["janus", "-F", str(folder)]


async def _part(part: str, pid: int) -> None:
    count_only()
    folder = Path(".stamps")
    folder.mkdir(exist_ok=True)
    url = f"http://127.0.0.1:{JANUS_PORT}/janus" if part == "janus" else f"http://127.0.0.1:{PORT}"
    async with aiohttp.ClientSession() as http:
        await answers(http, url)
        load = Load(folder, http, url)
        begins: dict[str, Callable[[], Awaitable[None]]] = {
            "relay": lambda: load.on_relay(ROOMS, RECEIVERS),
            "janus": lambda: load.on_janus(ROOMS, RECEIVERS),
            "media_relay": lambda: load.on_media_relay(2),
        }
        await begins[part]()
        print(json.dumps(await _counted(pid, part)))
        await load.close()


async def _counted(pid: int, part: str) -> Measured:
    """Ways are measured by what our own relay leaves in the packets; Janus has padding of its own there."""
    decodes = part == "media_relay"
    out = 2 if decodes else OUT
    await asyncio.sleep(SETTLE_S)
    Counted.ways_ms.clear()
    packets, used, waited = Counted.packets, _cpu_s(pid), _waited_ms(pid)
    await asyncio.sleep(SECONDS)
    cpu_pct = (_cpu_s(pid) - used) / SECONDS * 100 / out
    packets_s = (Counted.packets - packets) / SECONDS / out
    if packets_s < EXPECTED and not decodes:
        raise SystemExit(f"only {packets_s:.0f} packets a second of each picture arrived")
    ways = sorted(Counted.ways_ms) if part == "relay" else [0.0]
    waited_ms = (_waited_ms(pid) - waited) / SECONDS
    return Measured(cpu_pct, packets_s, ways[len(ways) // 2], ways[len(ways) * 99 // 100], waited_ms)


async def answers(http: aiohttp.ClientSession, url: str) -> None:
    """Wait until somebody listens there."""
    async with asyncio.timeout(15):
        while True:
            try:
                async with http.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _waited_ms(pid: int) -> float:
    """All its threads together, by the scheduler's own statistics (`schedstat`)."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[1]) for one in threads) / 1e6


if __name__ == "__main__":
    main()

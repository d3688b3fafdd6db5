"""Runs the rounds and prints them: `make bench-chat`, or `make bench-chat SHORT=1` for a quick look.

In each round every variant runs once, one after the other, so that what the machine does meanwhile strikes all alike;
a ratio is the median of the ratios within rounds.
"""

import argparse
import asyncio
import contextlib
import functools
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.chat import rig, ward
from benchmarks.chat.rig import Postgres, Server
from core.log.seal import MasterKeys
from core.settings import load_settings

PAIRS = 50
RATE = 2_000
TWO_NODE_RATE = 16_000
SATURATED_PCT = 85.0
"""A generator that uses more of its core than this measures itself."""
STORM = 50
"""Idle lines that connect in the same moment, as many do when a network is back."""
MOST = "1000000000"
PREPARED_WITHIN_S, CONNECTED_WITHIN_S = 240.0, 180.0
UNLIMITED = {f"FYR_{who}_CALLS_PER_MINUTE": MOST for who in ("PATIENT", "STAFF", "VISITOR")}
"""The limits count as ever, and let everything through: the generator is a hundred people who write thousands."""
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    rounds: int
    seconds: int
    idle: int


FULL, SHORT = Plan(5, 4, 10_000), Plan(1, 2, 2_000)


@dataclass(slots=True)
class Bench:
    """The stores that run, where files go, and what was measured."""

    plan: Plan
    folder: Path
    postgres: Postgres
    redis_url: str
    keys: str = field(default_factory=MasterKeys.generate)
    found: dict[str, list[Figures]] = field(default_factory=dict)
    made: int = 0

    def fresh(self) -> Path:
        """A new, empty folder."""
        self.made += 1
        path = self.folder / str(self.made)
        path.mkdir()
        return path

    def note(self, name: str, figures: Figures) -> None:
        """Keep and print one run."""
        self.found.setdefault(name, []).append(figures)
        print(f"{name:<24}", *(f"{key}={value}" for key, value in figures.items() if key != "mode"), flush=True)

    def fail(self, name: str, why: str) -> None:
        """Say that a run gave nothing: its figures are missing."""
        self.found.setdefault(name, []).append({})
        print(f"{name} failed: {why}", flush=True)

    def median(self, name: str, key: str) -> float:
        """Over the rounds; not a number when nothing was measured."""
        values = [float(figures[key]) for figures in self.found.get(name, []) if key in figures]
        return statistics.median(values) if values else float("nan")

    def ratio(self, name: str, to: str) -> float:
        """Median over the rounds of the ratio of acknowledged messages; none when the generator was the limit."""
        pairs = list(zip(self.found.get(name, []), self.found.get(to, []), strict=False))
        pairs = [pair for pair in pairs if all(pair)]
        saturated = [one["gen_core_pct"] for pair in pairs for one in pair if one["gen_core_pct"] >= SATURATED_PCT]
        if saturated:
            print(f"no ratio of {name} to {to}: the generator used {max(saturated)} % of its core", flush=True)
        if saturated or not pairs:
            return float("nan")
        return statistics.median(float(own["acks_s"]) / float(other["acks_s"]) for own, other in pairs)


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of server in the rounds."""

    name: str
    kind: str
    server: Callable[[Bench], tuple[Server, tuple[str, ...]]]
    """Prepares what it needs; gives the server and the generator's own options."""


def environ_of(bench: Bench, data: Path, database_url: str = "") -> dict[str, str]:
    """The settings of a node of the product."""
    stores = {"FYR_DATABASE_URL": database_url, "FYR_REDIS_URL": bench.redis_url} if database_url else {}
    return {"FYR_DATA_DIR": str(data), "FYR_KEYS": bench.keys, "FYR_LOG_LEVEL": "warning", **UNLIMITED, **stores}


def ours(
    bench: Bench, database_url: str = "", pairs: int = PAIRS, *, watchers: int = 0
) -> tuple[Server, tuple[str, ...]]:
    """The product, with people and open contacts in its record."""
    data = bench.fresh()
    environ = environ_of(bench, data, database_url)
    preparing = ward.prepare(load_settings(environ), pairs, data / "clients", watchers=watchers)
    asyncio.run(asyncio.wait_for(preparing, PREPARED_WITHIN_S))
    return Server((rig.FYR, "serve"), environ), ("-k", "fyr", "-f", str(data / "clients"))


VARIANTS = (
    Variant("ours_pg", "fyr", lambda bench: ours(bench, bench.postgres.new_database())),
    Variant("ours_sqlite", "fyr", ours),
    Variant("node", "relay", lambda _: (Server(("node", "node_relay.mjs", "{port}"), {}), ("-k", "relay"))),
    Variant("pysio", "relay", lambda _: (Server((sys.executable, "pysio_relay.py", "{port}"), {}), ("-k", "relay"))),
    Variant("line", "relay", lambda _: (Server((sys.executable, "line_relay.py", "{port}"), {}), ("-k", "relay"))),
)
"""`line` is no rival: our own transport relaying without the product, to tell the two costs apart."""


@contextlib.contextmanager
def served(bench: Bench, server: Server, nodes: int = 1) -> Iterator[tuple[list[int], list[int]]]:
    """Ports and process ids of so many nodes."""
    with contextlib.ExitStack() as stack:
        ports = [rig.free_port() for _ in range(nodes)]
        pids = [stack.enter_context(rig.running(server, port, bench.folder / "errors")) for port in ports]
        yield ports, [one for pid in pids for one in rig.settle(pid)]


def one_round(bench: Bench, variant: Variant) -> None:
    """One variant at saturation, and ours at the fixed rate too."""
    clients = ("-n", str(2 * PAIRS), "-t", str(bench.plan.seconds), "-u", "1.5")
    server, options = variant.server(bench)
    with served(bench, server) as (ports, pids):
        bench.note(variant.name, rig.generate(ports, pids, *options, *clients, "-m", "sat"))
    if variant.name == "ours_pg":
        server, options = variant.server(bench)
        with served(bench, server) as (ports, pids):
            rate = ("-m", "rate", "-r", str(RATE))
            bench.note("ours_pg at a rate", rig.generate(ports, pids, *options, *clients, *rate))


def idle(bench: Bench, name: str, *more: str) -> None:
    """Connections that say nothing: signed in, or also each following a contact."""
    count = bench.plan.idle
    server, options = ours(bench, bench.postgres.new_database(), watchers=count)
    with served(bench, server) as (ports, pids):
        many = (
            "-n",
            str(count),
            "-m",
            "idle",
            "-u",
            "5",
            "-t",
            "30",
            "-c",
            f"{CONNECTED_WITHIN_S:.0f}",
            "-s",
            str(STORM),
        )
        figures = rig.generate(ports, pids, *options, *many, *more)
    if figures["n"] < count:
        bench.fail(name, f"only {figures['n']} of {count} came to be connected in time: {figures}")
    else:
        bench.note(name, figures)


def two_nodes(bench: Bench) -> None:
    """Patient on one node, nurse on the other, both nodes on core 0: what they carry, at a rate, and at twice that."""
    clients = ("-n", str(4 * PAIRS), "-t", str(bench.plan.seconds), "-u", "1.5")

    def run(name: str, *mode: str) -> Figures:
        server, options = ours(bench, bench.postgres.new_database(), 2 * PAIRS)
        with served(bench, server, nodes=2) as (ports, pids):
            bench.note(name, rig.generate(ports, pids, *options, *clients, *mode))
        return bench.found[name][-1]

    carried = run("two nodes", "-m", "sat")["relays_s"]
    run("two nodes at a rate", "-m", "rate", "-r", str(min(TWO_NODE_RATE, int(carried * 0.8))))
    run("two nodes overloaded", "-m", "rate", "-r", str(int(2 * carried)))


def result(bench: Bench) -> str:
    """The last line."""
    generator = [one["gen_core_pct"] for runs in bench.found.values() for one in runs if "gen_core_pct" in one]
    figures = {
        **{name: f"{bench.median(name, 'acks_s'):.0f}" for name in ("ours_pg", "ours_sqlite", "node", "pysio")},
        "ratio_node_pg": f"{bench.ratio('ours_pg', 'node'):.2f}",
        "ratio_node_sqlite": f"{bench.ratio('ours_sqlite', 'node'):.2f}",
        "p99_ms": f"{bench.median('ours_pg at a rate', 'ack_p99_ms'):.1f}",
        "kib_per_conn": f"{bench.median('idle', 'kib_per_conn'):.1f}",
        "idle_core_pct": f"{bench.median('idle', 'idle_core_pct'):.1f}",
        "two_node_relays_s": f"{bench.median('two nodes', 'relays_s'):.0f}",
        "overload_relays_s": f"{bench.median('two nodes overloaded', 'relays_s'):.0f}",
        "gen_core_pct": f"{max(generator, default=float('nan')):.0f}",
    }
    return "RESULT " + " ".join(f"{key}={value}" for key, value in figures.items())


def attempt(bench: Bench, what: str, step: Callable[[], None]) -> None:
    """Go on with the rest when one part fails: its figures are then missing, and it is said why."""
    try:
        step()
    except Exception as failure:  # noqa: BLE001 - whatever it was, the rest is measured and the result told
        bench.fail(what, f"{type(failure).__name__}: {failure}")


def run_parts(bench: Bench, parts: Sequence[str], variants: Sequence[Variant], *, rounds: int) -> None:
    """The parts that were asked for."""
    for _ in range(rounds if "rounds" in parts else 0):
        for variant in variants:
            attempt(bench, variant.name, functools.partial(one_round, bench, variant))
    for part, name, more in (("idle", "idle", ()), ("following", "idle, following", ("-F",))):
        if part in parts:
            attempt(bench, name, functools.partial(idle, bench, name, *more))
    if "two" in parts:
        attempt(bench, "two nodes", functools.partial(two_nodes, bench))


def main() -> None:
    """Every part, then the result."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--short", action="store_true")
    chosen.add_argument("--parts", default="rounds,idle,following,two")
    chosen.add_argument("--variants", default=",".join(variant.name for variant in VARIANTS))
    chosen.add_argument("--rounds", type=int)
    options = chosen.parse_args()
    plan = SHORT if options.short else FULL
    rig.pin_ourselves()
    with (
        tempfile.TemporaryDirectory(prefix="fyr-bench-") as name,
        rig.postgres() as server,
        rig.valkey(Path(name)) as redis_url,
    ):
        bench = Bench(plan, Path(name), server, redis_url)
        variants = [variant for variant in VARIANTS if variant.name in options.variants.split(",")]
        run_parts(bench, options.parts.split(","), variants, rounds=options.rounds or plan.rounds)
        print(result(bench), flush=True)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.queue.bench [--short]`: who is next, how fast, in a short queue and in a very long one.

Four variants on one Valkey and one PostgreSQL, in alternating rounds: the live index alone and BullMQ's priority jobs,
up to a million waiting; the whole durable claim and PostgreSQL's SKIP LOCKED, up to a hundred thousand. Figures are
medians. The last line is the result.
"""

import argparse
import asyncio
import contextlib
import importlib
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from redis.asyncio import Redis

from benchmarks.chat.rig import Postgres, postgres
from benchmarks.queue.bull import Bull, bull
from benchmarks.queue.durable import Durable
from benchmarks.queue.ours import Ours
from benchmarks.queue.rig import CLIENT_CORE, Measured, middle, on_server_core, pin, valkey
from benchmarks.queue.skip_locked import SkipLocked

LENGTHS = (1_000, 100_000, 1_000_000)
MIDDLE = 100_000
AT_ONCE = (1, 16)
CALLS = {1: 2_000, 16: 6_000}
"""Of the index and BullMQ, in a round."""
DURABLE = {1: 400, 16: 2_000}
UNKNOWN = Measured(*(float("nan"),) * 5)


class Round(NamedTuple):
    """What was measured of what, in which state."""

    who: str
    what: str
    length: int
    at_once: int


class Plan(NamedTuple):
    """What is measured: `databases` for what goes to disk, none for nothing of it."""

    lengths: tuple[int, ...]
    rounds: int
    in_memory: bool
    databases: Postgres | None


Rounds = defaultdict[Round, list[Measured]]


async def run(folder: Path, plan: Plan) -> Rounds:
    """Every variant at every length that is planned."""
    found: Rounds = defaultdict(list)
    async with valkey(folder) as (redis, socket):
        for length in plan.lengths:
            if plan.in_memory:
                async with bull(redis, socket) as peer:
                    await _in_memory(found, Ours(redis), peer, length=length, rounds=plan.rounds)
                await redis.flushall()
            if plan.databases is not None and length <= MIDDLE:
                await _on_disk(found, plan.databases, redis, length=length, rounds=plan.rounds)
                await redis.flushall()
    return found


async def _in_memory(found: Rounds, ours: Ours, peer: Bull, *, length: int, rounds: int) -> None:
    await ours.fill(length)
    await peer.fill(length)
    for _ in range(rounds):
        for at_once in AT_ONCE:
            number = CALLS[at_once]
            for who in (ours, peer):
                found[Round(who.name, "enqueue", length, at_once)].append(await who.enqueue(number, at_once))
                found[Round(who.name, "claim", length, at_once)].append(await who.claim(number, at_once))
                done = await (ours.complete(at_once) if who is ours else peer.complete(number, at_once))
                found[Round(who.name, "complete", length, at_once)].append(done)
    for who in (ours, peer):
        found[Round(who.name, "bytes", length, 0)].append(Measured(who.bytes_each, 0, 0))
    _show(found, length, "ours", "bullmq")


async def _on_disk(found: Rounds, databases: Postgres, redis: Redis, *, length: int, rounds: int) -> None:
    peer, durable = await SkipLocked.open(databases.new_database(), redis), Durable(databases.new_database(), redis)
    await durable.start()
    try:
        await peer.fill(length + sum(DURABLE.values()) * rounds)
        await durable.fill(length)
        for _ in range(rounds):
            for at_once in AT_ONCE:
                number = DURABLE[at_once]
                arriving = number + number // 4  # of no unit may there be too few
                found[Round("durable", "enqueue", length, at_once)].append(await durable.enqueue(arriving, at_once))
                await asyncio.sleep(0.2)  # the index has heard of them
                found[Round("durable", "claim", length, at_once)].append(await durable.claim(number, at_once))
                found[Round("skip_locked", "claim", length, at_once)].append(await peer.claim(number, at_once))
                await durable.clear()
    finally:
        await durable.stop()
        await peer.close()
    _show(found, length, "durable", "skip_locked")


def _show(found: Rounds, length: int, *who: str) -> None:
    """What was measured of them at a length, in lines."""
    for key, each in found.items():
        if key.length != length or key.what == "bytes" or key.who not in who:
            continue
        one = middle(each)
        print(
            f"{key.who:<12} {key.what:<9} {length:>9,} waiting, {key.at_once:>2} at once: {one.per_s:8,.0f}/s  "
            f"p50 {one.p50_ms:6.3f} ms  p99 {one.p99_ms:6.3f} ms  Valkey {one.server_us:5.1f} µs  "
            f"asker {one.asker_us:5.1f} µs, {one.asker_busy:4.0%} of its core",
            flush=True,
        )
    print(flush=True)


def result(found: Rounds) -> str:
    """The line that counts: at 16 clients and 100,000 waiting where nothing else is said."""

    def of(who: str, what: str, length: int = MIDDLE, at_once: int = 16) -> Measured:
        each = found.get(Round(who, what, length, at_once))
        return middle(each) if each else UNKNOWN

    lengths = {key.length for key in found if key.who == "ours"}
    rates = [of("ours", "claim", length).per_s for length in lengths] or [float("nan")]
    cpu = {who: of(who, "claim").server_us + of(who, "complete").server_us for who in ("ours", "bullmq")}
    figures: dict[str, float] = {
        "ours_claims_s": of("ours", "claim").per_s,
        "bullmq_claims_s": of("bullmq", "claim").per_s,
        "ratio_bullmq": _ratio(found, "ours", "bullmq", at_once=16),
        "p99_ms_1e5": of("ours", "claim", at_once=1).p99_ms,
        "p99_ms_1e6": of("ours", "claim", LENGTHS[-1], 1).p99_ms,
        "flatness": min(rates) / max(rates),
        "bytes_ratio_bullmq": of("ours", "bytes", at_once=0).per_s / of("bullmq", "bytes", at_once=0).per_s,
        "durable_claims_s": of("durable", "claim").per_s,
        "ratio_skip_locked": _ratio(found, "durable", "skip_locked", at_once=16),
    }
    print(f"one client: {_ratio(found, 'ours', 'bullmq', at_once=1):.2f} of BullMQ's claims")
    print(f"CPU of Valkey for a claim from beginning to end: {cpu['ours'] / cpu['bullmq']:.2f} of BullMQ's")
    return "RESULT " + " ".join(
        f"{name}={value:.3g}" if value < 100 else f"{name}={value:.0f}" for name, value in figures.items()
    )


def _ratio(found: Rounds, one: str, other: str, *, at_once: int) -> float:
    """The median, over rounds at the middle length, of one's claims to the other's in the same round."""
    pairs = zip(*(found.get(Round(who, "claim", MIDDLE, at_once), []) for who in (one, other)), strict=True)
    ratios: list[float] = [mine.per_s / theirs.per_s for mine, theirs in pairs]
    return median(ratios) if ratios else float("nan")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.queue.bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="one round, and nothing longer than 100,000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lengths", type=int, nargs="+", metavar="N", help="these lengths of the queue, and no others")
    parser.add_argument(
        "--part", choices=("memory", "disk"), help="only what lives in memory, or only what goes to disk"
    )
    chosen = parser.parse_args()
    lengths, rounds = (LENGTHS[:2], 1) if chosen.short else (LENGTHS, chosen.rounds)
    lengths = tuple(chosen.lengths or lengths)
    pin(CLIENT_CORE)
    make_loop: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module("uvloop").new_event_loop
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fyr-bench-")))
        stack.enter_context(on_server_core())
        databases = stack.enter_context(postgres()) if chosen.part != "memory" else None
        pin(CLIENT_CORE)
        runner = stack.enter_context(asyncio.Runner(loop_factory=make_loop))
        print(result(runner.run(run(folder, Plan(lengths, rounds, chosen.part != "disk", databases)))))


if __name__ == "__main__":
    main()

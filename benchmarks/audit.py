"""How long a large audit takes: to check whole, to say who has read what of one person, to draw a spot check from.

    python -m benchmarks.audit [--rows 1000000] [--folder FOLDER]

Makes a record of its own on SQLite through the service's own trail, then times `fyr verify-audit` as a process, and the
queries in this one. A folder that holds such a record already is only measured.
"""

import argparse
import asyncio
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from core.actor import Actor, Role
from core.audit.mark import Period
from core.audit.reading import AuditReader
from core.audit.sample import Sample
from core.audit.store import AuditRows, Wanted
from core.audit.trail import AuditTrail
from core.clock import ManualClock
from core.key_file import master_keys
from core.log.entry import Scope
from core.log.log import Log
from core.settings import Settings
from core.storage.sql import Database
from web.app import kept_tables, open_record

PERSONS, STAFF, UNITS = 20_000, 400, 20
OFTEN = "person-0"
"""Somebody many looks are at: one in a hundred."""
A_DAY = 10_000
"""Looks in one stream: a node's day."""
AT_ONCE = 500
ASKED = 60
ALWAYS = Period(0, 2**52)
PROVIDER = "region-fyr"


def nurse(number: int) -> Actor:
    """One of the staff, at one of the units."""
    role = Role(unit_id=f"unit-{number % UNITS}", provider_id=PROVIDER, role="nurse")
    return Actor(id=f"staff:{number}", kind="staff", name=f"Nurse {number}", staff_id=str(number), roles=(role,))


def looks(rows: int, chance: random.Random) -> Iterator[tuple[Actor, Scope]]:
    """Who looks at whom: mostly at their own unit."""
    staff = [nurse(number) for number in range(STAFF)]
    for _ in range(rows):
        who = chance.choice(staff)
        person = OFTEN if chance.random() < 0.01 else f"person-{chance.randrange(1, PERSONS)}"
        yield who, Scope(person_id=person, unit_id=who.roles[0].unit_id, provider_id=PROVIDER)


async def fill(log: Log, trail: AuditTrail, clock: ManualClock, *, rows: int) -> None:
    """Write them as nodes do, a day after the other."""
    written, waiting = 0, list[Awaitable[None]]()
    for who, scope in looks(rows, random.Random(1)):
        about = f"contact:{scope.person_id}"
        waiting.append(
            trail.record(who, action="contact:follow", about=about, scope=scope, outcome="allowed", basis="unit")
        )
        if len(waiting) == AT_ONCE:
            await asyncio.gather(*waiting)
            written, waiting = written + len(waiting), []
            clock.advance(seconds=AT_ONCE * 86_400 / A_DAY)
    await asyncio.gather(*waiting)


async def timed(name: str, ask: Callable[[], Awaitable[object]], *, times: int) -> None:
    """Ask so often; print the median and the longest."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name}: median {statistics.median(taken):.1f} ms, longest {max(taken):.1f} ms ({times} times)", flush=True)


async def ask(database: Database, log: Log) -> None:
    """The questions that people wait for."""
    rows, chance = AuditRows(database), random.Random(2)
    reader, wanted = AuditReader(log, rows), Wanted((PROVIDER,), ALWAYS)
    somebody = [f"person-{chance.randrange(1, PERSONS)}" for _ in range(ASKED)]
    each = iter(somebody)
    await timed("who has read, of anybody", lambda: reader.about(next(each), ALWAYS, limit=100), times=ASKED)
    await timed("who has read, of one in a hundred", lambda: reader.about(OFTEN, ALWAYS, limit=100), times=ASKED)
    await timed("an auditor's first page", lambda: reader.search(wanted, limit=50), times=ASKED)

    async def draw() -> None:
        sample = Sample("0" * 32, per_stratum=10)
        async for page in rows.places(wanted):
            sample.offer(page)
        await rows.population(wanted)

    await timed("a spot check drawn from all", draw, times=1)


def verify(folder: Path) -> None:
    """`fyr verify-audit`, as an operator starts it."""
    start = time.perf_counter()
    around = {**os.environ, "FYR_DATA_DIR": str(folder), "FYR_DEMO": "1"}
    done = subprocess.run([Path(sys.executable).with_name("fyr"), "verify-audit"], env=around, check=True, text=True,
                          capture_output=True)  # fmt: skip
    peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"verify-audit: {done.stdout.strip()}, {time.perf_counter() - start:.0f} s, peak {peak_mib:.0f} MiB")


async def measure(folder: Path, rows: int) -> None:
    """Make the record if there is none, and ask."""
    settings, clock = Settings(demo=True, data_dir=folder), ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    made = (folder / "fyr.db").exists()
    async with AsyncExitStack() as stack:
        masters = master_keys(settings)
        tables = kept_tables(settings)
        database, log = await open_record(settings, stack, clock=clock, masters=masters, tables=tables)
        if not made:
            start = time.perf_counter()
            await fill(log, AuditTrail(log, clock=clock, node="bench", masters=masters), clock, rows=rows)
            print(f"{rows} looks written in {time.perf_counter() - start:.0f} s", flush=True)
        await ask(database, log)


def main() -> None:
    """Measure, and print a line each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        asyncio.run(measure(folder, chosen.rows))
        verify(folder)


if __name__ == "__main__":
    main()

"""`python -m tests.race_booking [--short] [--seed N]`: the race, its figures, and the line that counts at the end."""

import argparse
import asyncio
import secrets
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.race_booking.race import FULL, SHORT, Found, Race
from tests.torture.__main__ import tell


def main() -> int:
    """Run one race; 0 whenever it ran to its end, whatever was found."""
    parser = argparse.ArgumentParser(prog="tests.race_booking", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few seconds instead of some minutes")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeat the choices of a run")
    chosen = parser.parse_args()
    tell(f"seed {chosen.seed}")
    with (
        tempfile.TemporaryDirectory(prefix="fyr-race-") as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        found = runner.run(Race(Path(folder), SHORT if chosen.short else FULL, chosen.seed, tell).run())
    report(found)
    return 0


def report(found: Found) -> None:
    """Everything that was counted; the last line is the result."""
    tell("refusals: " + " ".join(f"{name}={count}" for name, count in sorted(found.refusals.items())))
    tell(f"took_s={found.took_s:.0f} idle={found.idle}")
    tell(found.result)


if __name__ == "__main__":
    sys.exit(main())

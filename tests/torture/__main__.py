"""`python -m tests.torture [--short] [--seed N]`: a storm, its figures, and the line that counts at the end."""

import argparse
import asyncio
import contextlib
import secrets
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.torture.storm import FULL, SHORT, Outcome, Storm


def main() -> int:
    """Run one storm; 0 whenever it ran to its end, whatever was found."""
    parser = argparse.ArgumentParser(prog="tests.torture", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a minute instead of a quarter of an hour")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeat the choices of a run")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the nodes' logs in this folder")
    chosen = parser.parse_args()
    tell(f"seed {chosen.seed}")
    with contextlib.ExitStack() as stack:
        folder = chosen.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fyr-storm-")))
        runner = stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        outcome = runner.run(Storm(folder, SHORT if chosen.short else FULL, chosen.seed, tell).run())
    report(outcome)
    return 0


def tell(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


def report(outcome: Outcome) -> None:
    """Everything that was counted; the last line is the result."""
    found = outcome.findings
    for told in found.told[:50]:
        tell(f"FOUND {told}")
    for title, counted in (("faults", outcome.faults), ("refusals", outcome.refusals), ("logged", outcome.logged)):
        tell(f"{title}: " + " ".join(f"{name}={count}" for name, count in sorted(counted.items())))
    tell(
        f"seed={outcome.seed} took_s={outcome.took_s:.0f} lines={outcome.lines} streams={outcome.streams} "
        f"entries={outcome.entries} claims_shared={found.claims_shared} guard_broken={found.guard_broken}"
    )
    tell(f"worked_off_s={outcome.worked_off_s:.1f} screens_right_after_s={outcome.right_after_s:.1f}")
    tell(outcome.result)


if __name__ == "__main__":
    sys.exit(main())

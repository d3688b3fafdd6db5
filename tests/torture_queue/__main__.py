"""`python -m tests.torture_queue [--short] [--seed N] [--seconds N]`: what was found; the line that counts ends it."""

import argparse
import asyncio
import dataclasses
import secrets
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.torture.__main__ import tell
from tests.torture_queue.run import FULL, SHORT, Outcome, Run


def main() -> int:
    """One run; 0 whenever it ran to its end, whatever was found."""
    parser = argparse.ArgumentParser(prog="tests.torture_queue", description=__doc__)
    parser.add_argument("--short", action="store_true", help="half a minute instead of a quarter of an hour")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeat the choices of a run")
    parser.add_argument("--seconds", type=float, help="full scale, and for so long at most: a part of a run")
    chosen = parser.parse_args()
    scale = SHORT if chosen.short else FULL
    if chosen.seconds:
        scale = dataclasses.replace(scale, longest_s=chosen.seconds)
    tell(f"seed {chosen.seed}")
    with (
        tempfile.TemporaryDirectory(prefix="fyr-storm-") as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        outcome = runner.run(Run(Path(folder), scale, chosen.seed, tell).run())
    report(outcome)
    return 0


def report(outcome: Outcome) -> None:
    """Everything that was counted; the last line is the result."""
    for told in outcome.findings.told[:50]:
        tell(f"FOUND {told}")
    tell("faults: " + " ".join(f"{name}={count}" for name, count in sorted(outcome.faults.items())))
    tell(
        f"seed={outcome.seed} claims={outcome.findings.claims} took_s={outcome.took_s:.0f} "
        f"worked_off_s={outcome.worked_off_s:.0f}"
    )
    tell(outcome.result)


if __name__ == "__main__":
    sys.exit(main())

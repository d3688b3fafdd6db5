"""`python -m carequeue.simulation [--days N] [--seed N] [--svg FILE]`: a year in some seconds, and its waits."""

import argparse
import asyncio
import sys
from pathlib import Path

from carequeue.deadlines import LEVELS
from carequeue.simulation.picture import svg
from carequeue.simulation.year import Year, simulate

TITLE = "Minutes to the first human contact, a simulated year"


def main() -> int:
    """Simulate and tell; 0 whenever it ran to its end, whatever it found."""
    parser = argparse.ArgumentParser(prog="carequeue.simulation", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the waits too")
    chosen = parser.parse_args()
    year = asyncio.run(simulate(chosen.seed, days=chosen.days))
    _tell(year)
    if chosen.svg is not None:
        chosen.svg.write_text(svg(year.waits, TITLE), "utf-8")
    return 0


def _tell(year: Year) -> None:
    write = sys.stdout.write
    write(
        f"{'':<12} {'number':>8}" + "".join(f"  {name + ' p50':>16} {'p95':>8} {'longest':>8}" for name in year.waits)
    )
    write("\n")
    for level in LEVELS:
        cells = [of[level] for of in year.waits.values() if level in of]
        number = cells[0].number if cells else 0
        row = "".join(f"  {one.p50:16,.1f} {one.p95:8,.1f} {one.longest:8,.0f}" for one in cells)
        write(f"{level:<12} {number:>8,}{row}\n")
    _tell_promises(year)
    all_told = sum(one.told for one in year.promises.values())
    all_right = sum(one.right for one in year.promises.values())
    write(
        f"RESULT contacts={year.came} served={year.served} overtaken={year.overtaken} starved={year.starved} "
        f"alarms_late={year.alarms_late} promises={all_told} promises_right={all_right / max(1, all_told):.3f} "
        f"forecast_right={year.forecast_right:.3f}\n"
    )


def _tell_promises(year: Year) -> None:
    write = sys.stdout.write
    write(f"\n{'promises':<12} {'told':>8} {'right':>8} {'too late':>8} {'early':>8} {'width':>8} {'not told':>8}\n")
    for level, one in year.promises.items():
        late = one.told - one.right - one.early
        write(
            f"{level:<12} {one.told:>8,} {one.share:>8.3f} {late / max(1, one.told):>8.3f} "
            f"{one.early / max(1, one.told):>8.3f} {one.middle_min:>5} min {one.untold:>8,}\n"
        )


if __name__ == "__main__":
    sys.exit(main())

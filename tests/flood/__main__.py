"""`python -m tests.flood`: the figures of a flood, and the line that counts at the end."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.flood.flood import flood


def main() -> int:
    """Eight rounds of ten thousand messages and all the garbage; 0 whenever it ran to its end."""
    with tempfile.TemporaryDirectory(prefix="fyr-flood-") as folder:
        figures = asyncio.run(flood(Path(folder), rounds=8, messages=10_000, lasts_s=5.0))
    print("answers: " + " ".join(f"{code}={count}" for code, count in sorted(figures.answers.items())))
    print("resident_kib after each round: " + " ".join(map(str, figures.resident_kib)))
    print(figures.result)
    return 0


if __name__ == "__main__":
    sys.exit(main())

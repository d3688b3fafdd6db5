"""`python -m tests.attack`: every attack, what came of it, and the line that counts at the end."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.attack.attack import SHORT, WHOLE, attack


def main() -> int:
    """0 whenever it ran to its end, whatever it found."""
    size = SHORT if "--short" in sys.argv[1:] else WHOLE
    with tempfile.TemporaryDirectory(prefix="fyr-attack-") as folder:
        ledger = asyncio.run(attack(Path(folder), size))
    for family, count in sorted(ledger.attacks.items()):
        print(f"{family}: {count}")
    print(f"controls: {ledger.controls}")
    for name in ("got_in", "server_errors", "unanswered"):
        for one in getattr(ledger, name):
            print(f"{name}: {one}")
    print(ledger.result)
    return 0


if __name__ == "__main__":
    sys.exit(main())

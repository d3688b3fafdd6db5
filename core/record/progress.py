"""How far a long check is, and how long it still takes, as far as it went until now; told on standard error."""

import sys
import time

EVERY_S = 5.0


class Progress:
    """Counts rows; says nothing of what is done within five seconds."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._done = 0
        self._begun = self._told = time.monotonic()

    def seen(self, rows: int) -> None:
        """So many rows more were looked at."""
        self._done += rows
        now = time.monotonic()
        if now - self._told >= EVERY_S and self._done:
            self._told = now
            left_s = (now - self._begun) * max(0, self._rows - self._done) / self._done
            sys.stderr.write(f"{self._done} of {self._rows} rows, about {left_s:.0f} s left\n")

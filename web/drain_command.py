"""`fyr drain`: a serving process takes no new visit, and ends by itself when the last one on its relay has ended."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from core.errors import FyrError

LOOK_EVERY_S = 0.1
KILLED_WITHIN_S = 30.0
"""A process that was told to stop closes its lines and its stores; after this it has hung."""


def drain(pid: int, *, within_s: float | None, say: Callable[[str], None]) -> bool:
    """Wait until it has ended; after `within_s` it is stopped. Whether it ended by itself.

    Raises `not_found` where no process of this id may be told anything.
    """
    _signal(pid, signal.SIGUSR1)
    say("draining: it takes no new visit")
    if _has_ended(pid, within_s):
        say("ended: no visit was cut off")
        return True
    _signal(pid, signal.SIGTERM)
    ended = _has_ended(pid, KILLED_WITHIN_S)
    say("stopped: visits that went on find another node" if ended else "told to stop, and still there")
    return False


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        raise FyrError("not_found", what="process") from None


def _has_ended(pid: int, within_s: float | None) -> bool:
    began = time.monotonic()
    while within_s is None or time.monotonic() - began < within_s:
        if not _is_there(pid):
            return True
        time.sleep(LOOK_EVERY_S)
    return False


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not _has_died(pid)


def _has_died(pid: int) -> bool:
    """A child that has ended and was not waited for still has its number."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] == "Z"

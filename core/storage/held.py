"""A file that one process holds: what it stands for belongs to that process until it ends, however it ends."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from core.errors import FyrError


@contextlib.contextmanager
def held(path: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file at `path`. Raises `data_dir_taken`, naming the folder, when another process does."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FyrError("data_dir_taken", folder=str(folder)) from None
        yield

"""What was worked out once and is kept for the next process: bytes under a name made of what they were made from.

Only for what anyone may know and can work out again. A file that is not ours alone, was cut short or was changed counts
as not there. Nothing kept is ever run: callers decode plain data.
"""

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

MARK_BYTES = 32
NEWEST = 8
"""Files of one name that stay, those used last: other versions that run on this machine find theirs."""
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def kept(name: str, made_from: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, made only when no file holds it for the digest `made_from`.

    Where nothing can be kept it is made each time.
    """
    folder = _folder()
    if folder is None:
        return make()
    file = folder / f"{name}-{made_from.hex()}"
    found = _read(file)
    if found is None:
        found = make()
        with contextlib.suppress(OSError):
            _write(file, found)
            _tidy(folder, name)
    return found


def _folder() -> Path | None:
    """Our folder among the user's caches, made when missing; None when it is not ours alone."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "fyr"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):
        return None
    ours = found.st_uid == os.geteuid() and stat.S_ISDIR(found.st_mode) and not found.st_mode & OTHERS_MAY_WRITE
    return folder if ours else None


def _read(file: Path) -> bytes | None:
    try:
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as opened:
            found = os.fstat(opened.fileno())
            if found.st_uid != os.geteuid() or found.st_mode & OTHERS_MAY_WRITE:
                return None
            data = opened.read()
            os.utime(opened.fileno())  # what is used stays: it is the longest unused that goes
    except OSError:
        return None
    mark, body = data[:MARK_BYTES], data[MARK_BYTES:]
    return body if mark == _mark(body) else None


def _write(file: Path, body: bytes) -> None:
    """Whole or not at all: written beside it (for us alone: mode 0600) and put in its place."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as written:
        try:
            written.write(_mark(body) + body)
            written.close()
            os.replace(written.name, file)
        except OSError:
            os.unlink(written.name)
            raise


def _tidy(folder: Path, name: str) -> None:
    files = sorted(folder.glob(f"{name}-*"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[NEWEST:]:
        old.unlink()


def _mark(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=MARK_BYTES).digest()

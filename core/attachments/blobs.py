"""Where sealed bytes lie, by name: a folder, or a bucket that speaks S3. Knows nothing of what they are."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog

from core.errors import FyrError
from core.ids import new_id

log = structlog.get_logger(__name__)
PROBE = "probe"
S3_OPTIONS = {"endpoint", "region"}


class Blobs(Protocol):
    """Puts are on disk when they return. Names are ours: hexadecimal digits and slashes, never anyone's words."""

    async def put(self, name: str, data: bytes) -> None:
        """Keep it; the same name again replaces it whole."""
        ...

    async def get(self, name: str) -> bytes:
        """What was kept. Raises `not_found`."""
        ...

    async def delete(self, name: str) -> None:
        """Take one away, if it is there."""
        ...

    async def delete_all(self, prefix: str) -> None:
        """Take away everything whose name begins with `prefix` and a slash."""
        ...


def open_blobs(url: str, folder: Path) -> Blobs:
    """The store at an address, a folder of ours when it is empty. Raises `settings_invalid`."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        from core.attachments.bucket import Bucket

        return Bucket(parts.netloc, prefix=parts.path.strip("/"), **dict(parse_qsl(parts.query)))
    return Folder(Path(unquote(parts.path)) if url else folder)


async def require_working(blobs: Blobs) -> None:
    """Write, read and delete once, before anyone relies on it. Raises `unreachable`."""
    name = f"{PROBE}/{new_id()}"
    try:
        await blobs.put(name, name.encode())
        if await blobs.get(name) != name.encode():
            raise FyrError("unreachable", what="FYR_ATTACHMENTS_URL: it gives back something else")
        await blobs.delete(name)
    except OSError as failure:
        raise FyrError("unreachable", what=f"FYR_ATTACHMENTS_URL: {failure.strerror}") from None


def check_url(url: str) -> str:
    """A `file:` or `s3:` address as the settings read it. Raises ValueError saying what is wrong."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc and not parts.query:
        return url
    if parts.scheme == "s3" and parts.hostname and not parts.username:
        unknown = dict(parse_qsl(parts.query)).keys() - S3_OPTIONS
        if not unknown:
            return url
    raise ValueError("is file:/folder or s3://bucket/prefix?endpoint=…&region=…")


class Folder:
    """Files under a folder; several nodes may share one that is mounted on all of them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def put(self, name: str, data: bytes) -> None:
        """Written beside, flushed, renamed, and the folder flushed: whole or not there, also after a power cut."""
        await asyncio.to_thread(self._put, self._path / name, data)

    async def get(self, name: str) -> bytes:
        """The bytes."""
        try:
            return await asyncio.to_thread((self._path / name).read_bytes)
        except FileNotFoundError:
            raise FyrError("not_found") from None

    async def delete(self, name: str) -> None:
        """Unlink it."""
        await asyncio.to_thread((self._path / name).unlink, missing_ok=True)

    async def delete_all(self, prefix: str) -> None:
        """Remove the folder of this name."""
        path = self._path / prefix
        await asyncio.to_thread(lambda: shutil.rmtree(path) if path.is_dir() else None)

    def _put(self, path: Path, data: bytes) -> None:
        self._make(path.parent)
        draft = path.with_name(f"{path.name}.{new_id()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _flush(path.parent)

    def _make(self, folder: Path) -> None:
        """A folder that was made must be on disk as well, or what is in it is lost with it."""
        if folder.is_dir():
            return
        if folder != self._path and folder.parent != folder:
            self._make(folder.parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _flush(folder.parent)


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

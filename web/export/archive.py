"""A ZIP archive that is made while it is handed out: one file of it at a time in memory, nothing on any disk."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OWNER_ONLY = 0o600 << 16


class Member(NamedTuple):
    """One file of the archive."""

    name: str
    data: bytes


class _Sink(io.RawIOBase):
    """Takes what the archive writes until it is passed on. It cannot seek: the archive then never goes back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        before = len(self._held)
        self._held += data  # type: ignore[arg-type]
        return len(self._held) - before

    def take(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


async def archive(members: AsyncIterator[Member], at: datetime) -> AsyncIterator[bytes]:
    """The archive's bytes, in order."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as made:
        async for member in members:
            info = ZipInfo(member.name, date_time=at.timetuple()[:6])
            info.compress_type, info.external_attr = ZIP_DEFLATED, OWNER_ONLY
            await asyncio.to_thread(made.writestr, info, member.data)
            yield sink.take()
    yield sink.take()

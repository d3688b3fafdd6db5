"""A content set as one piece of bytes: the files as they were, so that what it judged can be judged again."""

import hashlib
import zlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from core.errors import FyrError
from triage.content import Content, content_of
from triage.content.files import texts_of

LARGEST = 64 * 1024 * 1024
"""Bytes of all files together; ours have half a megabyte."""


class Pack(NamedTuple):
    """All files of one content set."""

    version: str
    sha256: str
    """Of the files, hexadecimal: the version's own digest only tells sets apart, this one is what is approved."""
    data: bytes


def pack(folder: Path, version: str) -> Pack:
    """The files of this folder, from which the content of this version was loaded."""
    plain = msgspec.msgpack.encode([(name, raw) for name, raw in texts_of(folder) if raw is not None])
    return Pack(version, hashlib.sha256(plain).hexdigest(), zlib.compress(plain))


def unpack(data: bytes, sha256: str = "") -> Content:
    """The content of a pack. Raises `content_invalid` when it is none of ours or, with `sha256`, another one."""
    try:
        plain = zlib.decompressobj().decompress(data, LARGEST)
        texts: list[tuple[str, bytes | None]] = msgspec.msgpack.decode(plain, type=list[tuple[str, bytes | None]])
    except (zlib.error, msgspec.DecodeError):
        raise FyrError("content_invalid", problems=["the kept content set is damaged"]) from None
    if sha256 and hashlib.sha256(plain).hexdigest() != sha256:
        raise FyrError("content_invalid", problems=["the kept content set is another than the one approved"])
    return content_of(texts)

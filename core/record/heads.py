"""Signed heads: a file outside the database that says how far each stream was, so that nothing can be cut off unseen.

One line a *statement*: the heads that changed since the one before it, when, and the signature of the one before, all
signed with a key derived from the master key. A file is only ever added to, but for `Slot.replace`, which leaves out
what newer statements make needless. What this cannot see is that the last lines of the file itself are gone: keep the
folder where whoever may write the database may not.
"""

import fcntl
import hmac
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from core.errors import FyrError
from core.ids import StreamId
from core.log.seal import MasterKeys
from core.log.verify import Fault

STATEMENTS = "*.jsonl"
PART = 1_000
"""Heads in one statement at most, so that no line is larger than about 150 kB."""
SLOTS = 64


class SignedHead(NamedTuple):
    """Entry `no` of the stream was there, and the chain's link at it was this one (hexadecimal)."""

    stream: StreamId
    no: int
    link: str


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """What one line says."""

    at_ms: int
    key: str
    before: str
    heads: list[SignedHead]


@dataclass(slots=True)
class Signed:
    """Every head that was ever signed and kept, by stream and number, and the lines that do not hold."""

    heads: dict[StreamId, dict[int, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    last: str = ""
    """The signature of the last whole line."""

    def add(self, heads: Iterable[SignedHead]) -> None:
        """Take in the heads of one statement; the first word about a number stands."""
        for head in heads:
            self.heads.setdefault(head.stream, {}).setdefault(head.no, head.link)

    def newest(self, stream: StreamId) -> int:
        """The highest number signed for the stream; 0 when there is none."""
        return max(self.heads.get(stream, {0: ""}))


def read_signed(folder: Path, masters: MasterKeys) -> Signed:
    """What all files of the folder say together."""
    signed = Signed()
    for path in sorted(folder.glob(STATEMENTS)):
        _read_into(signed, path, masters)
    return signed


def _read_into(signed: Signed, path: Path, masters: MasterKeys) -> None:
    signed.last = ""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return  # the machine stopped while it was written; nothing was promised by it
            statement, signature = _checked(line, masters)
            if statement is None or statement.before != signed.last:
                signed.faults.append(Fault(path.name, number, "heads_altered"))
            if statement is not None:
                signed.add(statement.heads)
            signed.last = signature


def _checked(line: bytes, masters: MasterKeys) -> tuple[Statement | None, str]:
    """The statement, or None when it is not as it was signed, and the signature it bears."""
    said, _, signature = line.rstrip(b"\n").rpartition(b"\t")
    told = signature.decode("ascii", "replace")
    try:
        statement = msgspec.json.decode(said, type=Statement)
        ours = _signature(statement.key, said, masters)
    except (msgspec.DecodeError, FyrError):
        return None, told
    return statement if hmac.compare_digest(ours.encode(), signature) else None, told


def _signature(key: str, said: bytes, masters: MasterKeys) -> str:
    return hmac.digest(masters.derived(key, "heads"), said, "sha256").hex()


class Slot:
    """One file of the folder, ours alone while it is open: processes that share a folder take one each."""

    def __init__(self, folder: Path, masters: MasterKeys) -> None:
        """Raises `folder_unwritable`."""
        self._masters = masters
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock, self.path = _take(folder)
            self.path.touch()
        except OSError as failure:
            raise FyrError("folder_unwritable", folder=str(folder), why=failure.strerror) from None
        _drop_torn_line(self.path)
        self._last = self.read().last

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self.path.stat().st_size

    def read(self) -> Signed:
        """What this file says."""
        signed = Signed()
        _read_into(signed, self.path, self._masters)
        return signed

    def write(self, heads: Sequence[SignedHead], at_ms: int) -> None:
        """Add statements about these heads, all or none; returning means: on disk."""
        if not heads:
            return
        size = self.size
        try:
            with self.path.open("ab") as file:
                self._last = self._write(file, heads, at_ms=at_ms, before=self._last)
        except OSError:  # half a statement, on a disk that is full, would look like one that somebody altered
            os.truncate(self.path, size)
            raise

    def replace(self, heads: Sequence[SignedHead], at_ms: int) -> None:
        """Let the file say these heads and nothing else."""
        draft = self.path.with_suffix(".draft")
        with draft.open("wb") as file:
            last = self._write(file, heads, at_ms=at_ms, before="")
        draft.replace(self.path)
        _sync_folder(self.path.parent)
        self._last = last

    def close(self) -> None:
        """Let another process have the file."""
        self._lock.close()

    def _write(self, file: IO[bytes], heads: Sequence[SignedHead], *, at_ms: int, before: str) -> str:
        for line, signature in self._lines(heads, at_ms, before):
            file.write(line)
            before = signature
        file.flush()
        os.fsync(file.fileno())
        return before

    def _lines(self, heads: Sequence[SignedHead], at_ms: int, before: str) -> Iterator[tuple[bytes, str]]:
        key = self._masters.current
        for start in range(0, len(heads), PART):
            said = msgspec.json.encode(Statement(at_ms, key, before, list(heads[start : start + PART])))
            before = _signature(key, said, self._masters)
            yield said + b"\t" + before.encode() + b"\n", before


def _take(folder: Path) -> tuple[IO[str], Path]:
    for number in range(1, SLOTS + 1):
        lock = (folder / f"{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return lock, folder / f"{number}.jsonl"
    raise FyrError("data_dir_taken", folder=str(folder))


def _drop_torn_line(path: Path) -> None:
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        os.truncate(path, whole)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""Does the record hold? Finds every altered, missing, added or reordered row of a stream, and names it. Pure.

What it cannot see by itself is a tail cut off together with its head row: that takes the signed heads of `core.record`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from core.errors import FyrError
from core.log.append import Head
from core.log.ending import Ending
from core.log.entry import Header
from core.log.judge import EntryRow
from core.log.seal import FIRST_LINK, SALT_BYTES, MasterKeys, Sealer, salted_digest

Why = Literal[
    "missing",
    "altered",
    "added",
    "body_altered",
    "head_altered",
    "once_altered",
    "once_missing",
    "cut",
    "vanished",
    "rewritten",
    "heads_altered",
    "body_missing",
    "index_missing",
    "index_altered",
    "index_added",
    "row_missing",
    "row_altered",
    "row_added",
]
"""What is wrong; `core.record.check` puts each into words."""


Seen = Callable[[int], None]
"""Told how many rows more were looked at."""


def nobody_counts(_: int) -> None:
    """Where nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that is not as it was committed."""

    stream: str
    no: int
    why: Why


class StreamCheck:
    """One stream's rows, looked at in the order of their numbers, as many at a time as the caller likes."""

    def __init__(self, head: Head, masters: MasterKeys) -> None:
        """Raises `settings_invalid` when the head names a key that is not listed."""
        self._chain = masters.chain(head.chain_key)
        self._head = head
        self._sealer = Sealer(head.key)
        self._erased = head.state.get(Ending).begun_ms is not None
        self._link = FIRST_LINK
        self._expected = 1

    def look_at(self, rows: Iterable[EntryRow]) -> Iterator[Fault]:
        """The faults of these rows, none of them behind the head, and the numbers that are missing before them."""
        for row in rows:
            yield from self._missing(until=row.no)
            why = self._why(row, gap=row.no > self._expected)
            self._expected, self._link = row.no + 1, row.link
            if why is not None:
                yield Fault(row.stream, row.no, why)

    def end(self) -> Iterator[Fault]:
        """What is missing at the end, or whether the head says another end."""
        last_no = self._head.last_no
        yield from self._missing(until=last_no + 1)
        if self._expected == last_no + 1 and self._link != self._head.link:
            yield Fault(self._head.stream, last_no, "head_altered")

    def _missing(self, *, until: int) -> Iterator[Fault]:
        return (Fault(self._head.stream, no, "missing") for no in range(self._expected, until))

    def _why(self, row: EntryRow, *, gap: bool) -> Why | None:
        header = _header(row)
        linked = gap or row.link == self._chain.next_link(self._link, row.header)
        if not linked or header is None:
            return "altered"
        if (header.stream, header.no, header.patient_no) != (row.stream, row.no, row.patient_no):
            return "altered"
        if row.body is None:
            return None if self._erased else "body_missing"
        return None if self._body_holds(row, header) else "body_altered"

    def _body_holds(self, row: EntryRow, header: Header) -> bool:
        try:
            plain = self._sealer.open(row.body or b"", f"{row.stream}/{row.no}")
        except FyrError:
            return False
        return header.digest == salted_digest(plain[:SALT_BYTES], plain[SALT_BYTES:])


_decode_header = msgspec.json.Decoder(Header).decode


def _header(row: EntryRow) -> Header | None:
    try:
        return _decode_header(row.header)
    except msgspec.DecodeError:
        return None

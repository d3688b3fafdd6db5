"""Does the record hold? Finds every altered, missing, added or reordered row of a stream, and names it. Pure.

What it cannot see by itself is a tail cut off together with its head row: that takes the signed heads of `core.record`.
"""

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that is not as it was committed."""

    stream: str
    no: int
    why: Why


def verify_stream(head: Head, rows: Iterable[EntryRow], masters: MasterKeys) -> Iterator[Fault]:
    """The faults of one stream; `rows` in the order of their numbers."""
    try:
        chain = masters.chain(head.chain_key)
    except FyrError:
        yield Fault(head.stream, 0, "head_altered")
        return
    sealer, link, expected = Sealer(head.key), FIRST_LINK, 1
    for row in rows:
        yield from (Fault(head.stream, no, "missing") for no in range(expected, row.no))
        if row.no > head.last_no:
            yield Fault(head.stream, row.no, "added")
            continue
        gap = row.no > expected
        expected, linked = row.no + 1, chain.next_link(link, row.header)
        link = row.link
        if (row.link != linked and not gap) or not _header_names(row):
            yield Fault(head.stream, row.no, "altered")
        elif row.body is None and head.state.get(Ending).begun_ms is not None:
            continue  # erased, and the stream says so
        elif row.body is None:
            yield Fault(head.stream, row.no, "body_missing")
        elif not _body_holds(row, sealer):
            yield Fault(head.stream, row.no, "body_altered")
    yield from (Fault(head.stream, no, "missing") for no in range(expected, head.last_no + 1))
    if expected == head.last_no + 1 and link != head.link:
        yield Fault(head.stream, head.last_no, "head_altered")


def _header_names(row: EntryRow) -> bool:
    header = _header(row)
    return header is not None and (header.stream, header.no, header.patient_no) == (row.stream, row.no, row.patient_no)


def _header(row: EntryRow) -> Header | None:
    try:
        return msgspec.json.decode(row.header, type=Header)
    except msgspec.DecodeError:
        return None


def _body_holds(row: EntryRow, sealer: Sealer) -> bool:
    header = _header(row)
    try:
        plain = sealer.open(row.body or b"", f"{row.stream}/{row.no}")
    except FyrError:
        return False
    return header is not None and header.digest == salted_digest(plain[:SALT_BYTES], plain[SALT_BYTES:])

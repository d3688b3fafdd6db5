"""The audit index: one row an audit entry, so that looks are found by whom they concerned without reading every one.

A projection: `verify` holds it against the chain, and it can be made anew from the entries. Changes need none: they lie
in the streams of whom they concern, and `once` has them by who made them.
"""

from typing import NamedTuple

from core.access.rights import THROUGH
from core.audit.entries import Accessed
from core.audit.judging import STRATA, Stratum
from core.ids import StreamId
from core.log.entry import Entry
from core.log.rows import EntryTable

PREFIX = "audit:"
PATIENT = "patient:"


class IndexRow(NamedTuple):
    """One row of the table."""

    stream_id: StreamId
    no: int
    at_ms: int
    person_id: str
    """Whom it concerned, or who opened what it concerned; empty for boards and what is nobody's."""
    provider_id: str
    """Whose auditors answer for it: where the look was, else where the looker works."""
    stratum: Stratum
    actor_id: str
    unit_id: str
    """Where the look was, else where the looker works."""
    basis: str


def index_row(entry: Entry) -> IndexRow | None:
    """The row that stands for an audit entry; None for anything else, and once its body was erased."""
    body = entry.body
    if not isinstance(body, Accessed):
        return None
    return IndexRow(
        stream_id=StreamId(entry.header.stream),
        no=entry.no,
        at_ms=entry.header.at_ms,
        person_id=body.person_id or body.opener_id.removeprefix(PATIENT),
        provider_id=body.provider_id or body.role_provider_id,
        stratum=stratum_of(body),
        actor_id=entry.header.actor_id,
        unit_id=body.unit_id or body.role_unit_id,
        basis=body.basis,
    )


def stratum_of(body: Accessed) -> Stratum:
    """Among which looks a spot check counts this one."""
    fits: set[str] = {*body.ties, "door" if body.basis in THROUGH else "other"}
    fits |= {"refused"} if body.outcome == "refused" else set()
    fits |= {"emergency"} if body.basis == "emergency" else set()
    return next(stratum for stratum in STRATA if stratum in fits)


def audit_index() -> EntryTable:
    """How the log keeps the table."""
    return EntryTable(prefix=PREFIX, table="audit_index", columns=IndexRow._fields, row=index_row, bodies=(Accessed,))

"""One thing someone did with what concerns a person, a look or a change alike: what an auditor reads. Pure.

It holds no body of a contact: what was changed is named by its kind and its number.
"""

from typing import Literal

import msgspec

from core.audit.entries import Accessed, Outcome, Tie
from core.audit.index import PREFIX, stratum_of
from core.audit.judging import Stratum
from core.audit.mark import Mark
from core.ids import StreamId
from core.log.body import Author
from core.log.entry import Entry, Header


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what, to whom it concerns, when, from where, why."""

    stream: StreamId
    no: int
    at_ms: int
    actor_id: str
    author: Author
    purpose: str
    does: Literal["look", "change"]
    action: str
    """The call of a look; the kind of entry of a change."""
    about: str
    person_id: str = ""
    unit_id: str = ""
    provider_id: str = ""
    outcome: Outcome = "allowed"
    stratum: Stratum = "other"
    role: str = ""
    role_unit_id: str = ""
    role_provider_id: str = ""
    basis: str = ""
    address: str = ""
    session: str = ""
    node: str = ""
    """The node that handed it out, with its run."""
    found: int | None = None
    searched: str = ""
    ties: tuple[Tie, ...] = ()

    @property
    def mark(self) -> Mark:
        """Its place among what happened."""
        return Mark(self.at_ms, self.stream, self.no)

    @property
    def providers(self) -> set[str]:
        """The legal care givers whose auditors answer for it: where it was done, and where who did it works."""
        return {self.provider_id, self.role_provider_id} - {""}


def trace_of_look(entry: Entry) -> Trace | None:
    """An audit entry as a trace; None for anything else, and once its body was erased."""
    body, header = entry.body, entry.header
    if not isinstance(body, Accessed):
        return None
    return Trace(
        stream=StreamId(header.stream),
        no=header.no,
        at_ms=header.at_ms,
        actor_id=header.actor_id,
        author=header.author,
        purpose=header.purpose,
        does="look",
        action=body.action,
        about=body.about,
        person_id=body.person_id,
        unit_id=body.unit_id,
        provider_id=body.provider_id,
        outcome=body.outcome,
        stratum=stratum_of(body),
        role=body.role,
        role_unit_id=body.role_unit_id,
        role_provider_id=body.role_provider_id,
        basis=body.basis,
        address=body.address,
        session=body.session,
        node=header.stream.removeprefix(PREFIX).rpartition(":")[0],
        found=body.found,
        searched=body.searched,
        ties=body.ties,
    )


def trace_of_change(header: Header, person_id: str) -> Trace:
    """An entry of a stream that concerns somebody as a trace, by its header alone."""
    return Trace(
        stream=StreamId(header.stream),
        no=header.no,
        at_ms=header.at_ms,
        actor_id=header.actor_id,
        author=header.author,
        purpose=header.purpose,
        does="change",
        action=header.kind,
        about=header.stream,
        person_id=person_id,
        unit_id=header.unit_id,
        provider_id=header.provider_id,
        role=header.author.role,
        role_unit_id=header.unit_id if header.author.role else "",
        role_provider_id=header.provider_id if header.author.role else "",
        session=header.session,
    )

"""An entry: a header that is chained for ever, and a body that can be erased."""

import msgspec

from core.log.body import Author, Body


class Header(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the chain covers. It names no one's words: the body is present only as a salted digest."""

    stream: str
    no: int
    kind: str
    version: int
    at_ms: int
    actor_id: str
    author: Author
    purpose: str
    unit_id: str
    provider_id: str
    client_id: str
    patient_no: int | None
    """The entry's number as the patient counts; None when the patient does not see it."""
    digest: str
    """SHA-256 over salt and body, hexadecimal."""
    session: str = ""
    """What the session it was written in is called in the audit, which knows where it came from."""


class Scope(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whom a stream concerns and who answers for it: what gates ask about."""

    person_id: str = ""
    opener_id: str = ""
    """Actor who opened it: a parent, for a child."""
    unit_id: str = ""
    provider_id: str = ""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A header with its body; `body` is None once it has been erased."""

    header: Header
    body: Body | None

    @property
    def no(self) -> int:
        """The entry's number in its stream, from 1."""
        return self.header.no

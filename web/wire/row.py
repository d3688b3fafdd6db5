"""The shapes of rows: what crosses the wire by one name or path, who may send it, and what it needs."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from core.access.rights import Right
from web.wire.base import Wire

Who = Literal["anyone", "signed_in", "patient", "staff", "in_visit", "guest"]
"""`signed_in` are patients and staff; a guest of a visit may ask only what `in_visit` or `guest` says."""
Content = Literal["json", "bytes", "nothing", "navigation"]
"""What goes over HTTP: a struct, a file's own bytes, headers alone, a browser that is sent somewhere."""


@dataclass(frozen=True, slots=True)
class SocketCall:
    """What a client may send: answered with `{"ok": answer}` or `{"error": {code, data}}`."""

    name: str
    request: type[Wire]
    answer: type[Wire]
    who: Who
    needs: Right | None = None
    """What it does in a contact or a unit, as far as rights go; None where it reaches neither."""


@dataclass(frozen=True, slots=True)
class SocketEvent:
    """What the server sends by itself."""

    name: str
    body: type[Wire]
    who: Who


@dataclass(frozen=True, slots=True)
class Route:
    """One HTTP route under `/api`; `answer` may be a list of structs, or None where bytes or nothing is given."""

    method: Literal["GET", "POST", "DELETE", "HEAD", "PATCH"]
    path: str
    request: type[Wire] | None
    answer: type | None
    who: Who
    summary: str
    takes: Content = "json"
    gives: Content = "json"
    needs: Right | None = None

    @property
    def name(self) -> str:
        """As handlers are registered."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class DocumentRoute:
    """One HTTP route that answers with a document of its own kind. What is asked stands in the path and the query."""

    path: str
    asked: type[Wire]
    media: str
    who: Who
    summary: str
    needs: Right | None = None

    @property
    def name(self) -> str:
        """As handlers are registered."""
        return f"GET {self.path}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is handed out; `name` is what it is saved as, and says nothing about anyone."""

    data: bytes
    media: str
    name: str


@dataclass(frozen=True, slots=True)
class StreamedDocument:
    """A document that is made while it is handed out."""

    chunks: AsyncIterator[bytes]
    media: str
    name: str

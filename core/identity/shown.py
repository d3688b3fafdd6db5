"""What is told of somebody whose identity is protected: the one place that decides it. Pure.

Each kind of entry names its fields that lead to a person (`Kind.reveals`) and those that name people (`Kind.names`). On
a colleague's screen what leads to a protected person is withheld until it is asked for by itself, which is recorded
(`reach:show`): a life may depend on it. A document, which leaves the service, never holds any of it, whoever takes it
out. The person's own screen shows what they have told. Source: vardgivarguiden.se, skyddade personuppgifter (no
address, phone, relatives or photo, nor where in care somebody is).
"""

from typing import Any, Literal, TypeVar

import msgspec

from core.log.body import Author

Reader = Literal["patient", "staff", "document"]
"""Who gets it: the person's own screen, a colleague's, or paper and other systems."""
WITHHELD = "withheld"
"""The field, where a body has it, that tells the reader that something was held back."""
NOBODY = "–"
"""Stands where a name would."""
B = TypeVar("B", bound=msgspec.Struct)


def shown(body: B, *, reveals: tuple[str, ...], names: tuple[str, ...], to: Reader) -> B:
    """A body of a protected person's contact as this reader may see it."""
    if to == "patient":
        return body
    changes: dict[str, Any] = dict.fromkeys(reveals, "")
    if to == "document":
        changes |= dict.fromkeys(names, NOBODY)
    if reveals and WITHHELD in body.__struct_fields__:
        changes[WITHHELD] = True
    return msgspec.structs.replace(body, **changes) if changes else body


def shown_author(author: Author, *, to: Reader) -> Author:
    """Who wrote an entry of a protected person's contact: in a document the patient has no name."""
    hidden = to == "document" and author.kind in ("patient", "guest")
    return msgspec.structs.replace(author, name="", role=author.role or author.kind) if hidden else author


def shown_unit(unit: str, *, protected: bool) -> str:
    """Where in care somebody is, to those who are not there: of a protected person nobody is told."""
    return "" if protected else unit

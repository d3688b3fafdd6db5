"""What an entry says: the base of every body, and how a body's author is named."""

from typing import Literal

import msgspec

ActorKind = Literal["patient", "staff", "guest", "system"]


class Body(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", gc=False):
    """One entry's content. Subclasses set `tag="…"`, the name of their kind, and live in the package that owns them.

    It is made of values alone, so that none leads back to itself: the collector need not look through them (`gc`).
    """


class Author(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who wrote an entry, as it is shown: a protected member of staff has a role and no name."""

    kind: ActorKind
    name: str = ""
    role: str = ""

"""What comes out of making a file harmless: the same for every type, and small enough to be sent between processes."""

import msgspec

from core.attachments.limits import KeptType, Why


class Prepared(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="prepared"):
    """A file written anew, with a small picture of it."""

    type: KeptType
    data: bytes
    thumbnail: bytes
    """A JPEG, at most `THUMBNAIL_EDGE` pixels along each side."""
    width: int
    """In pixels; of the first page for a document, as its thumbnail is."""
    height: int
    pages: int = 1


class Unusable(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="unusable"):
    """The file is refused."""

    why: Why


class RefusedError(Exception):
    """Raised while a file is read: it is refused, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why

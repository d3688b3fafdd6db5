"""What a file is, by its first bytes alone: never by its name or by what the sender says it is."""

from core.attachments.limits import MediaType

ENOUGH = 16
"""So many bytes decide."""
SIGNATURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
WEBP_AT = 8


def media_type(head: bytes) -> MediaType | None:
    """The type of a file that begins with `head` (at least `ENOUGH` bytes of it), None for one we do not take."""
    for signature, found in SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(b"RIFF") and head[WEBP_AT:].startswith(b"WEBP"):
        return "image/webp"
    return None

"""Takes from a JPEG what is not needed to see it, without decoding: for pictures inside documents."""

START, SCAN, END = 0xD8, 0xDA, 0xD9
APP0, APP2, APP13, APP14, APP15, COMMENT = 0xE0, 0xE2, 0xED, 0xEE, 0xEF, 0xFE
KEPT = {APP0, APP2, APP14}
"""JFIF, the colour profile, and Adobe's note on colours: without them the picture looks different."""
ALONE = {0x01, *range(0xD0, 0xDA)}
MARKER = 0xFF


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without EXIF (position, camera, thumbnail), XMP, IPTC and comments; unchanged where it is no JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == MARKER:
        kind = data[at + 1]
        if kind == MARKER:  # padding before a marker
            at += 1
            continue
        if kind == SCAN:
            break
        length = 0 if kind in ALONE else int.from_bytes(data[at + 2 : at + 4], "big")
        if not _tells(kind):
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join((*kept, data[at:]))


def _tells(kind: int) -> bool:
    return (APP0 <= kind <= APP15 and kind not in KEPT) or kind == COMMENT

"""Names of files: shown as they were given but for what could mislead, and never used as a path."""

import re
import unicodedata
from urllib.parse import quote

from core.attachments.limits import NAME_LIMIT, KeptType

NAMELESS = "fil"
ENDINGS: dict[KeptType, str] = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
FOLDER = re.compile(r"[/\\]")
ENDING = re.compile(r"\.\w{1,5}$")
NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]")


def clean_name(name: str) -> str:
    """The last part of a path, without letters that cannot be seen or that turn the reading direction."""
    last = FOLDER.split(name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    return seen.strip(" .")[:NAME_LIMIT] or NAMELESS


def named_as(name: str, kept: KeptType) -> str:
    """The name with the ending of what the file really is: a picture called `.exe` is saved as a picture."""
    return ENDING.sub("", name) + ENDINGS[kept]


def disposition(name: str, kept: KeptType) -> str:
    """Content-Disposition (RFC 6266): pictures may be shown, documents are saved; nothing of the name is taken raw."""
    full = named_as(clean_name(name), kept)
    how = "attachment" if kept == "application/pdf" else "inline"
    return f"{how}; filename=\"{NOT_PLAIN.sub('_', full)}\"; filename*=UTF-8''{quote(full, safe='')}"

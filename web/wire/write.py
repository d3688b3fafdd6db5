"""Writes everything that is made from the wire and the settings, in a checkout of the sources: `fyr wire`."""

from pathlib import Path

from core.errors import FyrError
from web.wire.document import protocol
from web.wire.openapi import openapi
from web.wire.settings_page import settings_page
from web.wire.typescript import typescript

ROOT = Path(__file__).resolve().parents[2]


def documents() -> dict[str, str]:
    """The text of each file by its path in the sources."""
    return {
        "web/client/src/wire.ts": typescript(),
        "docs/protocol.md": protocol(),
        "docs/openapi.json": openapi(),
        "docs/settings.md": settings_page(),
    }


def write_all(root: Path = ROOT) -> list[str]:
    """Write what has changed; the paths that were written. Raises `missing_tool` outside a checkout."""
    if not (root / "web" / "client").is_dir():
        raise FyrError("missing_tool", tool="a checkout of the sources", hint="`fyr wire` writes into it")
    written = []
    for name, text in documents().items():
        path = root / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            written.append(name)
    return written

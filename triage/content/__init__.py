"""The clinical content: words, rules, questions, safe paths and cues, each with a source; checked whole."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from core.errors import FyrError
from core.kept import kept
from triage.content.catalogue import Content
from triage.content.code import code_digest
from triage.content.files import SHIPPED, Rows, digest_of, rows_of, texts_of

__all__ = ["Content", "content_of", "load_content"]


def load_content(path: Path | None = None) -> Content:
    """The content of the folder `path`, by default the one shipped; loaded once for each process.

    Raises FyrError("content_invalid", problems=[...]) naming every problem, not only the first.
    """
    return _load(path or SHIPPED)


@cache
def _load(path: Path) -> Content:
    return content_of(list(texts_of(path)))


def content_of(texts: list[tuple[str, bytes | None]]) -> Content:
    """The content that files are, each with its name in the folder. Raises as `load_content` does."""
    made_from = hashlib.blake2b(digest_of(texts, 16) + code_digest(), digest_size=16).digest()
    return Content(msgspec.msgpack.decode(kept("content", made_from, lambda: _checked(texts)), type=Rows))


def _checked(texts: list[tuple[str, bytes | None]]) -> bytes:
    """The rows as they are kept: only rows without a problem are."""
    from triage.content.check import problems_of

    rows = rows_of(texts)
    problems = rows.problems + problems_of(rows)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return msgspec.msgpack.encode(rows)

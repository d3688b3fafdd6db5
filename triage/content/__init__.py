"""The clinical content: words, rules, questions, safe paths and cues, each with a source; checked whole."""

from functools import cache
from pathlib import Path

from core.errors import FyrError
from triage.content.catalogue import Content
from triage.content.check import problems_of
from triage.content.files import SHIPPED, read

__all__ = ["Content", "load_content"]


def load_content(path: Path | None = None) -> Content:
    """The content of the folder `path`, by default the one shipped; loaded once for each process.

    Raises FyrError("content_invalid", problems=[...]) naming every problem, not only the first.
    """
    return _load(path or SHIPPED)


@cache
def _load(path: Path) -> Content:
    rows = read(path)
    problems = rows.problems + problems_of(rows)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return Content(rows)

"""Cases whose answers are known: what `fyr assess` reads, and beside it the level and the spans a person gave."""

from collections.abc import Iterable, Iterator

import msgspec

from core.errors import FyrError
from triage.case import Case, CaseLine
from triage.entries import State
from triage.urgency import Urgency


class GoldSpan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A concept that stands in the text. Without `start` and `end` the first place of `text` counts."""

    concept: str
    start: int | None = None
    end: int | None = None
    text: str = ""
    negated: bool = False
    state: State | None = None
    """Where it is said how it must be read: read otherwise it counts as missed, and as wrongly found."""

    def place_in(self, text: str) -> tuple[int, int]:
        """From and to, in code points; an empty span at 0 where its words are not there."""
        if self.start is not None and self.end is not None:
            return self.start, self.end
        at = text.lower().find(self.text.lower()) if self.text else -1
        return (0, 0) if at < 0 else (at, at + len(self.text))


class Gold(CaseLine, frozen=True, kw_only=True):
    """One line of the file. Other fields, such as a note, are not looked at."""

    urgency: Urgency | None = None
    spans: tuple[GoldSpan, ...] | None = None


def gold_lines(source: Iterable[str | bytes]) -> Iterator[Gold]:
    """The cases of a JSON-lines file. Raises `bad_request` naming the line: a file with a hole measures nothing."""
    for number, gold in _decoded(source):
        if gold.urgency is None and gold.spans is None:
            raise FyrError("bad_request", where=f"line {number}", what="urgency or spans")
        yield gold


def cases_of(source: Iterable[str | bytes]) -> Iterator[tuple[str, Case]]:
    """Each line's id and case, with an answer or without. Raises `bad_request` naming the line."""
    return ((str(gold.id), gold.case()) for _, gold in _decoded(source))


def _decoded(source: Iterable[str | bytes]) -> Iterator[tuple[int, Gold]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=Gold)
        except (msgspec.DecodeError, UnicodeError):
            raise FyrError("bad_request", where=f"line {number}", what="a case") from None

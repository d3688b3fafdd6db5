"""Clauses about body or feeling in which nothing was understood: a human reads them."""

from collections.abc import Iterator

from triage.pipeline.page import Page

_ENDS = frozenset(",.!?;…\n")


def unread(page: Page) -> Iterator[tuple[int, int]]:
    """Token ranges of clauses that speak of the body and hold no finding."""
    body = {at for cue in page.cues_of("body") for at in range(cue.start, cue.end)}
    met = {at for hit in page.hits for at in range(hit.start, hit.end)}
    for start, end in _clauses(page):
        if any(at in body for at in range(start, end)) and not any(at in met for at in range(start, end)):
            yield start, end


def _clauses(page: Page) -> Iterator[tuple[int, int]]:
    turns = {cue.start for cue in page.cues_of("terminate")}
    start = 0
    for at, token in enumerate(page.tokens):
        if token.norm[0] in _ENDS or at in turns:
            if at > start:
                yield start, at
            start = at + 1
    if start < len(page.tokens):
        yield start, len(page.tokens)

"""Clauses: what belongs together, and those about body or feeling in which nothing was understood."""

from collections.abc import Iterator

from triage.pipeline.page import Page

_ENDS = frozenset(",.!?;…\n")
_NONE = frozenset(
    ("ingen", "inget", "inga", "ingenting", "no", "without", "utan", "uten", "aldrig", "aldri", "never", "noen")
)
_DENIALS = frozenset(("inte", "ej", "ikke", "ikkje", "not", "n't"))
_PAIN = frozenset(("ont", "vondt", "vont", "hurt", "hurts", "pain", "smärta", "smerte", "smerter", "värk", "verk"))


def clauses_of(page: Page) -> list[int]:
    """The clause of each token: commas, closing punctuation and words such as "men" begin a new one."""
    turns = {cue.start for cue in page.cues_of("terminate")}
    clause, clauses = 0, []
    for at, token in enumerate(page.tokens):
        if at in turns:
            clause += 1
        clauses.append(clause)
        if token.norm[0] in _ENDS and not (token.norm == "," and _listed(page, at)):
            clause += 1
    return clauses


def _listed(page: Page, comma: int) -> bool:
    """A comma right between two findings is a list: "feber, hosta och snuva"."""
    ends = {hit.end for hit in page.hits}
    starts = {hit.start for hit in page.hits}
    return comma in ends and comma + 1 in starts


def homes(page: Page) -> dict[int, int]:
    """For each clause, the clause whose findings its cues describe.

    A clause without findings speaks of the one before it in its sentence, else of the one after, else of the last
    one of the sentence before.
    """
    sentence_of = dict(zip(page.clauses, (token.sentence for token in page.tokens), strict=True))
    full = sorted({page.clauses[hit.start] for hit in page.hits})
    return {clause: _home(clause, sentence, full, sentence_of) for clause, sentence in sentence_of.items()}


def _home(clause: int, sentence: int, full: list[int], sentence_of: dict[int, int]) -> int:
    if clause in full:
        return clause
    before = [other for other in full if other < clause]
    after = [other for other in full if other > clause and sentence_of[other] == sentence]
    if before and (sentence_of[before[-1]] == sentence or not after):
        return before[-1] if sentence - sentence_of[before[-1]] <= 1 else clause
    return after[0] if after else clause


def unread(page: Page) -> Iterator[tuple[int, int]]:
    """Token ranges of clauses that speak of the body, hold no finding and do not only deny."""
    body = {at for cue in page.cues_of("body") for at in range(cue.start, cue.end)}
    met = {at for hit in page.hits for at in range(hit.start, hit.end)}
    for start, end in _ranges(page.clauses):
        spoken = [at for at in range(start, end) if at in body]
        if spoken and not any(at in met for at in range(start, end)) and not all(_denied(page, at) for at in spoken):
            yield start, end


def _ranges(clauses: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(clauses) + 1):
        if at == len(clauses) or clauses[at] != clauses[start]:
            yield start, at
            start = at


def _denied(page: Page, at: int) -> bool:
    """ "No blood", "inga besvär", "inte ont": the word itself is denied, not something it can no longer do."""
    before = [token.norm for token in page.tokens[max(0, at - 3) : at]]
    if any(norm in _NONE for norm in before):
        return True
    return page.tokens[at].norm in _PAIN and any(norm in _DENIALS for norm in before)

"""Clauses: what belongs together, and those about body or feeling in which nothing was understood."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from triage.pipeline.page import Page, cut_at

_ENDS = frozenset(",.!?;…\n")
_NONE = frozenset(
    ("ingen", "inget", "inga", "ingenting", "no", "without", "utan", "uten", "aldrig", "aldri", "never", "noen")
)
_ANDS = frozenset(("och", "og", "and", "samt"))
_STARTERS = frozenset(("jag", "det", "den", "min", "mitt", "mina", "jeg", "eg", "mine", "i", "it", "my", "there"))
_DENIALS = frozenset(("inte", "ej", "ikke", "ikkje", "not", "n't"))
_SENSED = (
    "ont öm ömt ömmar svider sved vondt vont øm ømt svir svidde gör gjør hurt hurts hurting sore stings stinging"
    " painful tender värker verker sveda svie svidande sviende varm varmt het hett hot warm känns kjennes feels lite"
    " litt bit skär skjærer bränner brenner burning burns kliar klør itch itches itchy itching bultar banker dunkar"
    " dunker throbbing throbs molar murrer sticker stikker stabbing hugger stramar strammer spänner spenner trycker"
    " trykker stel stelt stiv stivt stiff röd rött rød rødt red ömmar aching aches ache plågsamt obehagligt"
    " ubehagelig uncomfortable besvär plager problem problems"
)
_SENSES = frozenset(_SENSED.split())
"""A clause that says no more of the body than these is about what stands beside it: "helvetesild, svir litt"."""
_PAIN = frozenset(("ont", "vondt", "vont", "hurt", "hurts", "pain", "smärta", "smerte", "smerter", "värk", "verk"))


def clauses_of(page: Page) -> list[int]:
    """The clause of each token: commas, closing punctuation and words such as "men" begin a new one."""
    turns = {cue.start for cue in page.cues_of("terminate")}
    listed = _listed(page) if page.signs else ()
    ends = [at + 1 for at in page.signs if page.tokens[at].norm[0] in _ENDS and at not in listed]
    return cut_at(sorted((*turns, *ends)), len(page.tokens))


def _listed(page: Page) -> set[int]:
    """Commas right between two findings make a list: "feber, hosta och snuva"."""
    ends, starts = {hit.end for hit in page.hits}, {hit.start - 1 for hit in page.hits}
    return {at for at in page.signs if page.tokens[at].norm == "," and at in ends and at in starts}


def homes(page: Page) -> dict[int, int]:
    """For each clause, the clause whose findings its cues describe.

    A clause without findings speaks of the one before it in its sentence, else of the one after, else of the last
    one of the sentence before.
    """
    if page.clauses and page.clauses[-1] == 0:
        return {0: 0}
    sentence_of = dict(zip(page.clauses, page.sentences, strict=True))
    full = sorted({page.clauses[hit.start] for hit in page.hits})
    lone = sentence_of.keys() - set(full)
    return {
        clause: _home(clause, sentence, full, sentence_of=sentence_of) if clause in lone else clause
        for clause, sentence in sentence_of.items()
    }


def _home(clause: int, sentence: int, full: list[int], *, sentence_of: dict[int, int]) -> int:
    place = bisect(full, clause)
    before = full[place - 1] if place else None
    after = full[place] if place < len(full) and sentence_of[full[place]] == sentence else None
    if before is not None and (sentence_of[before] == sentence or after is None):
        return before if sentence - sentence_of[before] <= 1 else clause
    return clause if after is None else after


def unread(
    page: Page, measured: Sequence[tuple[int, int]] = (), *, harmless: AbstractSet[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Token ranges of clauses that speak of the body, hold no finding and no measurement, and do not only deny.

    What is `harmless` and denied is no finding: "orkar inte suga" is not told by "orkar suga".
    """
    if "body" not in page.cues:
        return
    body = {at for cue in page.cues_of("body") for at in range(cue.start, cue.end)}
    told = [hit for hit in page.hits if not (hit.denied and hit.concept in harmless)]
    met = {at for hit in told for at in range(hit.start, hit.end)}
    for kind in ("resolved", "better"):
        met.update(at for cue in page.cues_of(kind) for at in range(cue.start, cue.end))
    for start, end in measured:
        met.update(page.tokens_in(start, end))
    for start, end in _statements(page):
        spoken = [at for at in range(start, end) if at in body]
        if any(at in met for at in range(start, end)) or all(_denied(page, at) for at in spoken):
            continue
        if not _of_what_was_told(page, spoken):
            yield start, end


def strange(page: Page, measured: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    """Words that are not of every day and belong to nothing that was read."""
    left = [at for at, token in enumerate(page.tokens) if not token.plain]
    if not left:
        return
    met = {at for hit in page.hits for at in range(hit.start, hit.end)}
    met.update(at for cues in page.cues.values() for cue in cues for at in range(cue.start, cue.end))
    for start, end in measured:
        met.update(page.tokens_in(start, end))
    yield from ((at, at + 1) for at in left if at not in met)


def _of_what_was_told(page: Page, spoken: Sequence[int]) -> bool:
    """Whether these words only say that it hurts, and something was told before them or in the same sentence."""
    sentence = page.sentences[spoken[0]]
    told = any(page.sentence_of(hit) <= sentence and not hit.denied for hit in page.hits)
    return told and all(page.tokens[at].norm in _SENSES for at in spoken)


def _ranges(clauses: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(clauses) + 1):
        if at == len(clauses) or clauses[at] != clauses[start]:
            yield start, at
            start = at


def _statements(page: Page) -> Iterator[tuple[int, int]]:
    """Clauses, parted also where "and" begins a new statement: what is said there is read by itself."""
    for start, end in _ranges(page.clauses):
        begins = start
        for at in range(start + 1, end - 1):
            if page.tokens[at].norm in _ANDS and page.tokens[at + 1].norm in _STARTERS:
                yield begins, at
                begins = at + 1
        yield begins, end


def _denied(page: Page, at: int) -> bool:
    """ "No blood", "inga besvär", "inte ont": the word itself is denied, not something it can no longer do."""
    before = [token.norm for token in page.tokens[max(0, at - 3) : at]]
    if any(norm in _NONE for norm in before):
        return True
    return page.tokens[at].norm in _PAIN and any(norm in _DENIALS for norm in before)

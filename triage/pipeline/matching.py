"""Concepts and cues in the tokens: on the surface first, then words that stand apart, are inflected or misspelt."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from triage.pipeline.lexicon import CONCEPT, CUE, Lexicon
from triage.pipeline.page import CueHit, Hit, Page, Token
from triage.pipeline.terms import Term

WIDEST_GAP = 3
"""Other words allowed between the words of one term."""
STOPS = frozenset(".!?;…:()\n")


def match(page: Page, lexicon: Lexicon) -> None:
    """Fill the page's hits and cues."""
    hits: dict[tuple[str, int, int], Hit] = {}
    for name, start, end in lexicon.phrases.found([token.norm for token in page.tokens]):
        if name.startswith(CONCEPT):
            hit = Hit(name.removeprefix(CONCEPT), start, end, frozenset(range(start, end)), exact=True)
            hits[hit.concept, start, end] = hit
        else:
            page.add(CueHit(name.removeprefix(CUE), start, end))
    blocked = _blocked(page, lexicon)
    for hit in (
        *_apart(page.tokens, lexicon, blocked),
        *_singles(page.tokens, lexicon),
        *_joined(page.tokens, lexicon),
    ):
        hits.setdefault((hit.concept, hit.start, hit.end), hit)
    page.hits = _longest(list(hits.values()), lexicon)


def _blocked(page: Page, lexicon: Lexicon) -> frozenset[int]:
    """Tokens no term may reach across: ends of sentences, turns such as "men", and negations."""
    cues = (cue for cue in page.cues if cue.kind in ("terminate", "negation_before"))
    return frozenset(at for cue in cues for at in range(cue.start, cue.end)) | frozenset(
        at for at, token in enumerate(page.tokens) if token.norm[0] in STOPS
    )


def _singles(tokens: list[Token], lexicon: Lexicon) -> Iterator[Hit]:
    for at, token in enumerate(tokens):
        for form in token.forms:
            if (concept := lexicon.single.get(form)) is not None:
                yield Hit(concept, at, at + 1, frozenset((at,)))


def _joined(tokens: list[Token], lexicon: Lexicon) -> Iterator[Hit]:
    """A compound written apart: "hals ont"."""
    for at, (one, other) in enumerate(pairwise(tokens)):
        if len(one.norm) > 2 and len(other.norm) > 2 and (concept := lexicon.single.get(one.norm + other.norm)):
            yield Hit(concept, at, at + 2, frozenset((at, at + 1)))


def _apart(tokens: list[Token], lexicon: Lexicon, blocked: frozenset[int]) -> Iterator[Hit]:
    present = {token.norm for token in tokens}
    for token in tokens:
        if token.forms:
            present |= token.forms
    for at, token in enumerate(tokens):
        for form in token.forms:
            for term in lexicon.anchors.get(form, ()):
                if not term.must <= present:
                    continue
                own = _aligned(term, form, tokens=tokens, at=at, blocked=blocked)
                if own:
                    yield Hit(term.concept, min(own), max(own) + 1, own)


def _aligned(term: Term, form: str, *, tokens: list[Token], at: int, blocked: frozenset[int]) -> frozenset[int]:
    """The places of the term's words around the anchor, or nothing when one that must be there is missing."""
    anchor = term.words.index(form)
    own = [at]
    gaps = 0
    for step, order in ((1, range(anchor + 1, len(term.words))), (-1, range(anchor - 1, -1, -1))):
        here = at
        for index in order:
            room = WIDEST_GAP - gaps if term.loose[min(index, index - step)] else 0
            found = _next(term.words[index], tokens, here, step=step, room=room, blocked=blocked)
            if found is None:
                if term.strong[index]:
                    return frozenset()
                continue
            gaps += abs(found - here) - 1
            here = found
            own.append(found)
    return frozenset(own)


def _next(word: str, tokens: list[Token], here: int, *, step: int, room: int, blocked: frozenset[int]) -> int | None:
    """Where the word stands next within `room` other tokens; a comma may be crossed only to the very next words."""
    for distance in range(1, room + 2):
        place = here + step * distance
        if not 0 <= place < len(tokens):
            return None
        token = tokens[place]
        if token.norm == word or word in token.forms:
            return place
        if place in blocked or (token.norm == "," and distance > 1):
            return None
        if token.norm == ",":
            room = min(room, 1)
    return None


def _longest(hits: list[Hit], lexicon: Lexicon) -> list[Hit]:
    """Each concept by its longest reading; a concept hidden by a longer one's words is not meant."""
    hits.sort(key=lambda hit: (-len(hit.own), hit.end - hit.start, hit.start, hit.concept))
    kept: list[Hit] = []
    for hit in hits:
        if not any(_swallows(other, hit, lexicon) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.concept))


def _swallows(longer: Hit, hit: Hit, lexicon: Lexicon) -> bool:
    if longer.concept == hit.concept:
        return bool(longer.own & hit.own)
    if not hit.own <= longer.own:
        return False
    guessed = not hit.exact and len(hit.own) < len(longer.own)
    return guessed or hit.concept in lexicon.concepts[longer.concept].hides


def consumed(hits: Iterable[Hit]) -> frozenset[int]:
    """Tokens that are words of a concept: a negation among them belongs to it."""
    return frozenset(at for hit in hits for at in hit.own)

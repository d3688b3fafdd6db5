"""Concepts and cues in the tokens: on the surface first, then words that stand apart, are inflected or misspelt."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from triage.pipeline.lexicon import CONCEPT, CUE, Lexicon
from triage.pipeline.page import CueHit, Hit, Page, Token
from triage.pipeline.terms import ANDS, IS, IT, JOINS, LEADS, Term

MOST_OFTEN = 60
"""A concept said in its own words more often than this is known by now; a text that repeats itself takes no longer."""
WIDEST_GAP = 3
"""Other words allowed between the words of one term."""
STOPS = frozenset(".!?;…:()\n")


def match(page: Page, lexicon: Lexicon) -> None:
    """Fill the page's hits and cues."""
    hits: dict[tuple[str, int, int], Hit] = {}
    said: Counter[str] = Counter()
    for name, start, end in lexicon.phrases.found([token.norm for token in page.tokens]):
        if name.startswith(CONCEPT):
            concept = name.removeprefix(CONCEPT)
            said[concept] += 1
            if said[concept] <= MOST_OFTEN:
                hits[concept, start, end] = Hit(concept, start, end, frozenset(range(start, end)), exact=True)
        else:
            page.add(CueHit(name.removeprefix(CUE), start, end))
    for hit in (
        *_apart(page, lexicon),
        *_singles(page.tokens, lexicon),
        *_joined(page.tokens, lexicon),
    ):
        if (hit.concept, hit.start, hit.end) not in hits:
            said[hit.concept] += 1
            if said[hit.concept] <= MOST_OFTEN:
                hits[hit.concept, hit.start, hit.end] = hit
    page.hits = _longest(list(hits.values()), lexicon)


def _blocked(page: Page) -> frozenset[int]:
    """Tokens no term may reach across: ends of sentences, turns such as "men", and what only looks like a denial."""
    cues = (*page.cues_of("terminate"), *page.cues_of("negation_pseudo"))
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


def _apart(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    tokens, blocked, denials = page.tokens, _blocked(page), _denials(page)
    walls = blocked.union(at for at, token in enumerate(tokens) if token.norm == ",")
    present = {token.norm for token in tokens}
    for token in tokens:
        if token.forms:
            present |= token.forms
    for at, token in enumerate(tokens):
        for form in token.forms:
            for term, anchor in lexicon.anchors.get(form, ()):
                if not term.may_be_among(present):
                    continue
                own = _aligned(term, anchor, tokens=tokens, at=at, blocked=walls)
                if own and not _parted(own, tokens, term, places=lexicon.places):
                    start, end = min(own), max(own) + 1
                    between = denials.intersection(range(start, end)) - own
                    yield Hit(term.concept, start, end, own, denied=bool(between))


def _denials(page: Page) -> frozenset[int]:
    """Where a single word denies."""
    return frozenset(cue.start for cue in page.cues_of("negation_before"))


def _parted(own: frozenset[int], tokens: list[Token], term: Term, *, places: frozenset[str]) -> bool:
    """Whether other words between a term's own take them apart.

    An "and" joins two places ("ont i hals och mage"), else two statements that are not one. Another place of the body
    is what hurts, unless it is joined or leads to this one ("ont i sidan av magen"). A term without a place may have
    one between its words ("flekker på magen som ikke forsvinner").
    """
    elsewhere = False
    for at in range(min(own) + 1, max(own)):
        norm = tokens[at].norm
        if at in own:
            continue
        if norm in ANDS and not _of_the_same(own, tokens, term, conjunction=at):
            return True
        elsewhere = (elsewhere or norm in places) and norm not in LEADS
    return elsewhere and not places.isdisjoint(term.telling)


def _aligned(term: Term, anchor: int, *, tokens: list[Token], at: int, blocked: frozenset[int]) -> frozenset[int]:
    """The places of the term's words around the anchor, or nothing when one that must be there is missing."""
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


def _next(
    words: frozenset[str], tokens: list[Token], here: int, *, step: int, room: int, blocked: frozenset[int]
) -> int | None:
    """Where one of the words stands next within `room` others; a comma may be crossed only to the very next words."""
    for distance in range(1, room + 2):
        place = here + step * distance
        if not 0 <= place < len(tokens):
            return None
        token = tokens[place]
        if token.norm in words or not words.isdisjoint(token.forms):
            return place
        if place in blocked or (token.norm == "," and distance > 1):
            return None
        if token.norm == ",":
            room = min(room, 1)
    return None


def _longest(hits: list[Hit], lexicon: Lexicon) -> list[Hit]:
    """Each concept by its longest reading; a concept hidden by a longer one's words is not meant."""
    hits.sort(key=lambda hit: (-len(hit.own), hit.end - hit.start, hit.start, hit.concept))
    hiding = [(hit.own, hides) for hit in hits if (hides := lexicon.concepts[hit.concept].hides)]
    kept: list[Hit] = []
    for hit in hits:
        hidden = any(hit.concept in hides and hit.own <= own for own, hides in hiding)
        if not hidden and not any(_swallows(other, hit) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.concept))


def _swallows(longer: Hit, hit: Hit) -> bool:
    if longer.concept == hit.concept:
        return bool(longer.own & hit.own)
    return not hit.exact and hit.own < longer.own


def _of_the_same(own: frozenset[int], tokens: list[Token], term: Term, *, conjunction: int) -> bool:
    """What follows is joined ("ont i hals och mage") or said of what stands before.

    That is "øret verker og det renner" and "øyet er rødt og kjempevondt".
    """
    after = conjunction + 1
    if tokens[after].norm in IT and after + 1 in own:
        return True
    last = max(at for at in own if at < conjunction)
    if after in own and any(tokens[at].norm in IS for at in range(last + 1, conjunction)):
        return True
    return not term.turned and after in own and tokens[last].norm in JOINS


def consumed(hits: Iterable[Hit]) -> frozenset[int]:
    """Tokens that are words of a concept: a negation among them belongs to it."""
    return frozenset(at for hit in hits for at in hit.own)

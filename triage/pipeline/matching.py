"""Concepts and cues in the tokens: on the surface first, then words that stand apart, are inflected or misspelt."""

from collections.abc import Iterable

import msgspec

from triage.pipeline.lexicon import Lexicon
from triage.pipeline.page import Anchor, CueHit, Hit, Page, Token
from triage.pipeline.phrases import END, ended
from triage.pipeline.terms import ANDS, IS, IT, JOINS, LEADS, PLACES, Term

MOST_OFTEN = 60
"""A concept said in its own words more often than this is known by now; a text that repeats itself takes no longer."""
WIDEST_GAP = 3
"""Other words allowed between the words of one term."""
FELT_GAP = 6
"""And between a sense and its part of the body: "ont långt ner på ena sidan av magen"."""
SCARCELY = frozenset(("knappt", "knapt", "hardly", "barely", "scarcely"))
STOPS = frozenset(".!?;…:()\n")
NOTHING: frozenset[str] = frozenset()


def match(page: Page, lexicon: Lexicon) -> None:
    """Fill the page's hits and cues, and note the tokens that later steps ask for."""
    found = _Found()
    tokens = page.tokens
    _surface(page, found)
    leading = [(at, token) for at, token in enumerate(tokens) if token.leads]
    page.units = [at for at, token in leading if token.hours is not None]
    page.strong = [at for at, token in leading if token.intensified]
    page.undone = [at for at, token in leading if token.denied]
    _apart(page, leading, lexicon, found=found)
    for at, token in leading:
        for concept in token.singles:
            found.add(concept, at, at + 1)
    for at, (token, after) in enumerate(zip(tokens, page.norms[1:], strict=False)):
        if token.tails is not None and after in token.tails:
            found.add(token.tails[after], at, at + 2)  # a compound written apart: "hals ont"
    page.hits = _longest(_weighed(page, list(found.hits.values()), lexicon), lexicon)


class _Found:
    """Hits by concept and place, each concept no more often than counts."""

    def __init__(self) -> None:
        self.hits: dict[tuple[str, int, int], Hit] = {}
        self._said: dict[str, int] = {}

    def add(
        self,
        concept: str,
        start: int,
        end: int,
        *,
        own: frozenset[int] | None = None,
        exact: bool = False,
        denied: bool = False,
        felt: bool = False,
        trails: bool = False,
    ) -> None:
        """Keep what is not found yet; an exact one is found only once at a place."""
        key = (concept, start, end)
        if key not in self.hits:
            said = self._said[concept] = self._said.get(concept, 0) + 1
            if said <= MOST_OFTEN:
                every = frozenset(range(start, end)) if own is None else own
                self.hits[key] = Hit(concept, start, end, every, exact, denied, felt, trails)


def _surface(page: Page, found: _Found) -> None:
    """Phrases in a row. Most words begin some, and most of these end with the next word."""
    norms = page.norms
    for at, (token, after) in enumerate(zip(page.tokens, (*norms[1:], END), strict=False)):
        begins = token.begins
        if begins is not None and (after in begins or END in begins):
            for ending, end in ended(begins, norms, at + 1):
                for concept in ending.concepts:
                    found.add(concept, at, end, exact=True)
                for kind in ending.cues:
                    page.add(CueHit(kind, at, end))


def _blocked(page: Page) -> frozenset[int]:
    """Tokens no term may reach across: commas, ends of sentences, turns ("men"), what only looks like a denial."""
    cues = (*page.cues_of("terminate"), *page.cues_of("negation_pseudo"))
    blocked = {at for cue in cues for at in range(cue.start, cue.end)}
    blocked.update(at for at in page.signs if page.tokens[at].norm == "," or page.tokens[at].norm[0] in STOPS)
    return frozenset(blocked)


def _anchored(page: Page, leading: list[tuple[int, Token]]) -> list[tuple[int, Anchor]]:
    """The terms whose words may all be there, by the token each is found from."""
    present = set().union(*[token.means for token in page.tokens if token.means])
    near: list[tuple[int, Anchor]] = []
    for at, token in leading:
        beside = token.beside
        if beside and (partners := beside.keys() & present):
            found = {anchor.no: anchor for partner in partners for anchor in beside[partner]}
            for no in sorted(found) if len(found) > 1 else found:
                if found[no].term.may_be_among(present):
                    near.append((at, found[no]))
    return near


def _apart(page: Page, leading: list[tuple[int, Token]], lexicon: Lexicon, *, found: _Found) -> None:
    """Terms whose words stand apart, from each token by which one is found.

    A denial between them denies, but for one of their own: in "hjälper inte" the "har inte" of "har inte hjälpt" is.
    """
    near = _anchored(page, leading)
    if not near:
        return
    tokens = page.tokens
    blocked, denials = _blocked(page), page.cues_of("negation_before")
    for at, anchor in near:
        term = anchor.term
        own = _aligned(term, anchor.place, tokens=tokens, at=at, blocked=blocked)
        if own and not _parted(own, tokens, term, places=lexicon.places):
            start, end = min(own), max(own) + 1
            trails = term.felt and tokens[start].norm in lexicon.places
            denied = any(start <= cue.start < end and own.isdisjoint(range(cue.start, cue.end)) for cue in denials)
            found.add(term.concept, start, end, own=own, denied=denied, felt=term.felt, trails=trails)


def _denials(page: Page) -> frozenset[int]:
    """Where a denial begins."""
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
        if norm in ANDS and not _of_the_same(own, tokens, term, conjunction=at, places=places):
            return True
        elsewhere = (elsewhere or norm in places) and norm not in LEADS
    return elsewhere and not places.isdisjoint(term.telling)


def _aligned(term: Term, anchor: int, *, tokens: list[Token], at: int, blocked: frozenset[int]) -> frozenset[int]:
    """The places of the term's words around the anchor, or nothing when one that must be there is missing."""
    own = [at]
    gaps = 0
    widest = FELT_GAP if term.felt else WIDEST_GAP
    for step, order in ((1, range(anchor + 1, len(term.words))), (-1, range(anchor - 1, -1, -1))):
        here = at
        for index in order:
            room = widest - gaps if term.loose[min(index, index - step)] else 0
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
    """Where one of the words stands next within `room` other tokens and before anything that is blocked."""
    for distance in range(1, room + 2):
        place = here + step * distance
        if not 0 <= place < len(tokens):
            return None
        token = tokens[place]
        if token.norm in words or not words.isdisjoint(token.forms):
            return place
        if place in blocked:
            return None
    return None


def _longest(hits: list[Hit], lexicon: Lexicon) -> list[Hit]:
    """Each concept by its longest reading; a concept hidden by a longer one's words is not meant.

    What is harmless and denied hides nothing: "it has not stopped bleeding" is a bleeding.
    """
    if len(hits) < 2:
        return hits
    if len(frozenset().union(*[hit.own for hit in hits])) == sum([len(hit.own) for hit in hits]):
        return sorted(hits, key=_place)
    hits.sort(key=lambda hit: (-len(hit.own), hit.felt, hit.end - hit.start, hit.start, hit.concept))
    hiding = _by_token(
        hit for hit in hits if hit.concept in lexicon.hides and not (hit.denied and hit.concept in lexicon.harmless)
    )
    kept: dict[int, list[Hit]] = {}
    chosen = []
    for hit in hits:
        first = hit.start
        hidden = any(
            hit.own <= other.own and hit.concept in lexicon.hides[other.concept] for other in hiding.get(first, ())
        )
        if not hidden and not any(_swallows(other, hit) for at in hit.own for other in kept.get(at, ())):
            chosen.append(hit)
            for at in hit.own:
                kept.setdefault(at, []).append(hit)
    return sorted(chosen, key=_place)


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, hit.end, hit.concept


def _weighed(page: Page, hits: list[Hit], lexicon: Lexicon) -> list[Hit]:
    """What is harmless is denied by a "not" or "hardly" right before it or between its words: what was told then is the
    opposite ("can hardly swallow"), and nothing else may speak of it."""
    if lexicon.harmless.isdisjoint([hit.concept for hit in hits]):
        return hits
    denials = _denials(page)
    return [
        msgspec.structs.replace(hit, denied=True)
        if hit.concept in lexicon.harmless and not hit.denied and _undone(hit, page, denials)
        else hit
        for hit in hits
    ]


def _undone(hit: Hit, page: Page, denials: frozenset[int]) -> bool:
    first = hit.start - (1 if hit.start < 2 or page.tokens[hit.start - 1].tells else 2)
    near = frozenset(range(max(0, first), hit.end)) - hit.own
    return not denials.isdisjoint(near) or any(page.norms[at] in SCARCELY for at in near)


def _by_token(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    """The hits by each token that is their own."""
    places: dict[int, list[Hit]] = {}
    for hit in hits:
        for at in hit.own:
            places.setdefault(at, []).append(hit)
    return places


def _swallows(longer: Hit, hit: Hit) -> bool:
    if longer.concept == hit.concept:
        return True
    if hit.felt:
        taken = hit.trails and len(longer.own) > 1 and hit.end - 1 in longer.own
        return (taken or hit.own <= longer.own) and not longer.felt
    return not hit.exact and hit.own < longer.own


def _of_the_same(
    own: frozenset[int], tokens: list[Token], term: Term, *, conjunction: int, places: frozenset[str]
) -> bool:
    """What follows is joined ("ont i hals och mage") or said of what stands before.

    That is "øret verker og det renner", "øyet er rødt og kjempevondt" and "knät knäpper och värker".
    """
    after = conjunction + 1
    if tokens[after].norm in IT and after + 1 in own:
        return True
    last = max(at for at in own if at < conjunction)
    if (
        term.felt
        and after in own
        and tokens[last].norm in places
        and (after + 1 == len(tokens) or tokens[after + 1].norm not in PLACES)
    ):
        return True
    if after in own and any(tokens[at].norm in IS for at in range(last + 1, conjunction)):
        return True
    return not term.turned and after in own and tokens[last].norm in JOINS

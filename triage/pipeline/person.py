"""Whose symptom it is, from the nearest mention of a person before it; family history never counts as the patient's."""

from bisect import bisect_left, bisect_right
from functools import reduce
from itertools import accumulate, chain, takewhile
from typing import Literal, NamedTuple

from triage.case import Subject
from triage.pipeline.page import CueHit, Hit, Page

Whose = Literal["self", "child", "other", "family", "unclear"]
Mention = tuple[CueHit, Whose]
_PRONOUNS = "han hon hen hun ho henne honom ham he she they him her hans hennes"
PRONOUNS = frozenset(_PRONOUNS.split())
HAD = frozenset(("hade", "hadde", "had", "haft", "hatt"))
OWN = frozenset(("jag", "jeg", "eg", "i", "i'm", "im", "am", "æ"))
BORN = frozenset(("född", "föddes", "født", "fødd", "born"))
"""What a relative had, when it is not told of now, runs in the family."""
_THINKS = "synes syns tycker säger sier thinks says said vil vill wants mener tror believes noticed märkte merket"
THINKS = frozenset(_THINKS.split())
"""Who does this is not the one who is ill: "I forget more and more, my daughter says"."""
SAYS = frozenset(("enligt", "ifølge", "iflg", "according"))
"""Who is named after these tells of another: "he snores, according to his wife"."""
WRITER = "subject:self"
YEAR_DIGITS = 4
AFTER = 6
"""Tokens after a symptom within which a grown-up may still be named as its bearer: "snarkar gör min man"."""


class People:
    """Everyone a page mentions, in their order, and whom its symptoms are about.

    In a contact for someone else, `I` is the caller and the symptom the patient's. `young`: the text gives a child's
    age, so that "she" of whom nothing else is said is a child.
    """

    def __init__(self, page: Page, *, declared: Subject, young: bool = False) -> None:
        self.page = page
        self.declared = declared
        self.young = young
        self.mentions = _mentions(page)
        self._writer = not any([who != "self" or _pronoun(page, cue) for cue, who in self.mentions])
        """Nobody but the writer is spoken of."""
        if self._writer:
            return
        self._ends = [cue.end for cue, _ in self.mentions]
        self._family = {page.clauses[cue.start] for cue, who in self.mentions if who == "family"}
        self._named = list(accumulate(self.mentions, self._then, initial=NOBODY))

    def whose(self, hit: Hit) -> Whose:
        """The person a hit is about."""
        if self._writer:
            return self.declared
        if self._family and self.page.clauses[hit.start] in self._family:
            return "family"
        if self.declared != "self":
            return self.declared
        before = bisect_right(self._ends, hit.start)
        after = (self.mentions[at] for at in range(before, len(self.mentions)))
        within = list(takewhile(lambda mention: mention[0].start < hit.end, after))
        if any(who == "self" and hit.start < cue.start for cue, who in within):
            return "self"
        own = [mention for mention in within if mention[0].start in hit.own]
        named = reduce(self._then, own, self._named[before])
        nearest = self._nearest(hit, own, before)
        if nearest is None:
            return self._named_after(hit) or named.last
        cue, who = nearest
        if _pronoun(self.page, cue):
            return named.person or ("child" if self.young else who)
        return who

    def _then(self, named: "_Named", mention: Mention) -> "_Named":
        """Who has been named after one more mention; nobody is named by a pronoun or by what runs in a family."""
        cue, who = mention
        if who == "family" or _pronoun(self.page, cue):
            return named
        return _Named(who, named.person if who == "self" else who)

    def _nearest(self, hit: Hit, own: list[Mention], before: int) -> Mention | None:
        """The last mention in the hit's sentence before it or among its own words."""
        sentence = self.page.sentence_of(hit)
        for cue, who in chain(reversed(own), (self.mentions[at] for at in range(before - 1, -1, -1))):
            if self.page.sentence_of(cue) != sentence:
                return None
            if who != "family":
                return cue, who
        return None

    def _named_after(self, hit: Hit) -> Whose | None:
        """Who is named soon after in the same sentence, when nobody was before: "örsprång på vår treåring"."""
        place = bisect_left(self.mentions, hit.end, key=_start)
        if place == len(self.mentions):
            return None
        cue, who = self.mentions[place]
        near = self.page.sentence_of(cue) == self.page.sentence_of(hit) and not _pronoun(self.page, cue)
        close = not _acts(self.page, cue) and (who == "child" or (who == "other" and cue.start - hit.end < AFTER))
        return who if near and close else None


def _acts(page: Page, cue: CueHit) -> bool:
    return cue.end < len(page.tokens) and page.tokens[cue.end].norm in THINKS


class _Named(NamedTuple):
    """Who was named last, and who of those that are not the writer: whom a pronoun stands for."""

    last: Whose
    person: Whose | None


NOBODY = _Named("self", None)


def add_child(page: Page, start: int, end: int) -> None:
    """An age below eighteen is a mention of a child, unless the writer gives it as their own."""
    first, last = bisect_right(page.ends, start), bisect_left(page.starts, end)
    if first < last:
        before = {token.norm for token in page.tokens[max(0, first - 2) : first + 1]}
        if not before & OWN:
            page.add(CueHit("subject:child", first, last))


def _start(mention: Mention) -> int:
    return mention[0].start


def _mentions(page: Page) -> list[Mention]:
    """Mentions of people in their order, a longer one before a shorter one within it ("min son", not "min")."""
    cues = [
        cue
        for kind, found in page.cues.items()
        if kind.startswith("subject:")
        for cue in found
        if not _born_long_ago(page, cue) and not _tells(page, cue)
    ]
    cues.sort(key=_outermost)
    kept: list[CueHit] = []
    for cue in cues:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    if all([cue.kind == WRITER for cue in kept]):
        return [(cue, "self") for cue in kept]
    today = {page.sentence_of(now) for kind in ("current", "day") for now in page.cues_of(kind)}
    return [(cue, _who(page, cue, today)) for cue in kept]


def _outermost(cue: CueHit) -> tuple[int, int]:
    return cue.start, -cue.end


def _who(page: Page, cue: CueHit, today: set[int]) -> Whose:
    """Whom a cue names. Where the sentence speaks of today, somebody tells of a patient, not of a family."""
    who = cue.kind.removeprefix("subject:")
    now = page.sentence_of(cue) in today
    if who == "other" and not now and not _pronoun(page, cue) and _had(page, cue):
        return "family"
    if who == "family" and now and any(page.tokens[at].norm in HAD for at in range(cue.start, cue.end)):
        return "other"
    return who if who in ("child", "other", "family") else "self"  # type: ignore[return-value]


def _born_long_ago(page: Page, cue: CueHit) -> bool:
    """ "Född i mars" is said of a baby, "född i mars 1956" of anybody."""
    if page.norms[cue.start] not in BORN or cue.end >= len(page.norms):
        return False
    after = page.norms[cue.end]
    return after.isdecimal() and len(after) == YEAR_DIGITS


def _tells(page: Page, cue: CueHit) -> bool:
    return not SAYS.isdisjoint(page.norms[max(0, cue.start - 2) : cue.start])


def _had(page: Page, cue: CueHit) -> bool:
    return cue.end < len(page.tokens) and page.tokens[cue.end].norm in HAD


def _pronoun(page: Page, cue: CueHit) -> bool:
    return page.norms[cue.start] in PRONOUNS

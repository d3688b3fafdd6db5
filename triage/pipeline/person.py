"""Whose symptom it is, from the nearest mention of a person before it; family history never counts as the patient's."""

from collections.abc import Sequence
from typing import Literal

from triage.case import Subject
from triage.pipeline.page import CueHit, Hit, Page

Whose = Literal["self", "child", "other", "family", "unclear"]
_PRONOUNS = "han hon hen hun ho henne honom ham he she they him her hans hennes"
PRONOUNS = frozenset(_PRONOUNS.split())
HAD = frozenset(("hade", "hadde", "had", "haft", "hatt"))
OWN = frozenset(("jag", "jeg", "eg", "i", "i'm", "im", "am", "æ"))
BORN = frozenset(("född", "föddes", "født", "fødd", "born"))
"""What a relative had, when it is not told of now, runs in the family."""
_THINKS = "synes syns tycker säger sier thinks says said vil vill wants mener tror believes noticed märkte merket"
THINKS = frozenset(_THINKS.split())
"""Who does this is not the one who is ill: "I forget more and more, my daughter says"."""
YEAR_DIGITS = 4
AFTER = 6
"""Tokens after a symptom within which a grown-up may still be named as its bearer: "snarkar gör min man"."""


def whose(page: Page, hit: Hit, *, declared: Subject, young: bool = False) -> Whose:
    """The person a hit is about. In a contact for someone else, `I` is the caller and the symptom the patient's.

    `young`: the text gives a child's age, so that "she" of whom nothing else is said is a child.
    """
    sentence = page.sentence_of(hit)
    mentions = _mentions(page)
    if any(who == "family" and page.clauses[cue.start] == page.clauses[hit.start] for cue, who in mentions):
        return "family"
    if declared != "self":
        return declared
    inside = [who for cue, who in mentions if hit.start < cue.start < hit.end and who == "self"]
    if inside:
        return "self"
    before = [(cue, who) for cue, who in mentions if cue.end <= hit.start or cue.start in hit.own]
    named = [who for cue, who in before if who != "family" and not _pronoun(page, cue)]
    same = [(cue, who) for cue, who in before if who != "family" and page.sentence_of(cue) == sentence]
    if not same:
        return _named_after(page, hit, mentions) or (named or ["self"])[-1]
    cue, who = same[-1]
    return _antecedent(named, "child" if young else who) if _pronoun(page, cue) else who


def add_child(page: Page, start: int, end: int) -> None:
    """An age below eighteen is a mention of a child, unless the writer gives it as their own."""
    places = [at for at, token in enumerate(page.tokens) if token.start < end and start < token.end]
    if not places:
        return
    before = {token.norm for token in page.tokens[max(0, places[0] - 2) : places[0] + 1]}
    if not before & OWN:
        page.add(CueHit("subject:child", places[0], places[-1] + 1))


def _named_after(page: Page, hit: Hit, mentions: Sequence[tuple[CueHit, Whose]]) -> Whose | None:
    """Who is named soon after in the same sentence, when nobody was named in it before: "örsprång på vår treåring"."""
    for cue, who in mentions:
        if cue.start >= hit.end:
            near = page.sentence_of(cue) == page.sentence_of(hit) and not _pronoun(page, cue)
            close = not _acts(page, cue) and (who == "child" or (who == "other" and cue.start - hit.end < AFTER))
            return who if near and close else None
    return None


def _acts(page: Page, cue: CueHit) -> bool:
    return cue.end < len(page.tokens) and page.tokens[cue.end].norm in THINKS


def _antecedent(named: Sequence[Whose], who: Whose) -> Whose:
    """Whom a pronoun stands for: the person named last, else someone nobody has named."""
    people = [person for person in named if person != "self"]
    return people[-1] if people else who


def _mentions(page: Page) -> list[tuple[CueHit, Whose]]:
    """Mentions of people in their order, a longer one before a shorter one within it ("min son", not "min")."""
    cues = [cue for cue in page.cues if cue.kind.startswith("subject:") and not _born_long_ago(page, cue)]
    cues.sort(key=lambda cue: (cue.start, -cue.end))
    kept: list[CueHit] = []
    for cue in cues:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return [(cue, _who(page, cue)) for cue in kept]


def _who(page: Page, cue: CueHit) -> Whose:
    who = cue.kind.removeprefix("subject:")
    if who == "other" and not _pronoun(page, cue) and _had(page, cue):
        return "family"
    if (
        who == "family"
        and _told_now(page, cue)
        and any(page.tokens[at].norm in HAD for at in range(cue.start, cue.end))
    ):
        return "other"
    return who if who in ("child", "other", "family") else "self"  # type: ignore[return-value]


def _born_long_ago(page: Page, cue: CueHit) -> bool:
    """ "Född i mars" is said of a baby, "född i mars 1956" of anybody."""
    if page.tokens[cue.start].norm not in BORN or cue.end >= len(page.tokens):
        return False
    after = page.tokens[cue.end].norm
    return after.isdecimal() and len(after) == YEAR_DIGITS


def _had(page: Page, cue: CueHit) -> bool:
    after = page.tokens[cue.end].norm if cue.end < len(page.tokens) else ""
    return after in HAD and not _told_now(page, cue)


def _told_now(page: Page, cue: CueHit) -> bool:
    """Whether the sentence speaks of today: then somebody tells of a patient, not of a family."""
    sentence = page.sentence_of(cue)
    return any(page.sentence_of(now) == sentence for kind in ("current", "day") for now in page.cues_of(kind))


def _pronoun(page: Page, cue: CueHit) -> bool:
    return page.tokens[cue.start].norm in PRONOUNS

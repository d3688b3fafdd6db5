"""A message that only answers: yes or no to the question before it."""

from itertools import islice

from triage.content.cues import Cues
from triage.pipeline.page import Page

LONGEST_ANSWER = 6
"""Words; more than that tells something of its own."""
_FILLERS = (
    "det de den tror trur jeg jag eg i do does not inte ikke ikkje n't alls really så vad veit vet har gör"
    " gjør har haft hatt think so that is it are am takk tack thanks thank you lite litt a little bit faktiskt"
    " actually nu nå now just absolut absolutt definitivt definitely tyvärr dessverre unfortunately och og and"
    " ju jo va meg mig me noe något nåt noko any"
)
FILLERS = frozenset(_FILLERS.split())
"""Words that may stand beside a yes or a no without saying more."""
SHARP = frozenset(("men", "but", "fast", "eller", "or", "vet", "veit", "know", "kanske", "kanskje", "maybe"))
"""With one of these it is no plain answer."""


def lone_answer(page: Page, cues: Cues) -> bool | None:
    """True or False when the whole message is a yes or a no, else None."""
    told = (norm for norm in page.norms if norm[0].isalpha())
    words = list(islice(told, LONGEST_ANSWER + 1))
    if not words or len(words) > LONGEST_ANSWER:
        return None
    said = " ".join(words)
    if said in cues.no:
        return False
    if said in cues.yes:
        return True
    if page.hits or SHARP.intersection(words[1:]) or not FILLERS.issuperset(words[1:]):
        return None
    return _first(words[0], cues)


def _first(word: str, cues: Cues) -> bool | None:
    if word in cues.no:
        return False
    return True if word in cues.yes else None

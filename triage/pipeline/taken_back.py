"""A denial of what used to be: "har aldrig haft kramper men har det nu" tells of cramps now."""

from collections.abc import Iterator

from triage.content.cues import TakenBack
from triage.pipeline.page import Hit, Page

FAR = 8
"""Tokens within which it is taken back: "no fever that I know of yesterday, but …"."""
_PARTS = frozenset(",.!?;…\n")


class TakenBackWords:
    """The words of one language that take a denial back."""

    def __init__(self, words: TakenBack) -> None:
        self._but = frozenset(words.but)
        self._until = frozenset(words.until)
        self._says = frozenset(words.says)
        self._now = frozenset(words.now)
        self._either = frozenset(words.either)
        self._goes_on = frozenset(words.goes_on)
        self._small = self._says | self._now | frozenset(words.beside)

    def after(self, hit: Hit, page: Page) -> bool:
        """Whether what was denied is said right after to be there now: "but I do now", "until today"."""
        turn = next(self._turns(hit, page), None)
        if turn is None:
            return False
        said = set(self._said(turn + 1, page))
        has = page.norms[turn] in self._until or not said.isdisjoint(self._says)
        return has and not said.isdisjoint(self._now)

    def _turns(self, hit: Hit, page: Page) -> Iterator[int]:
        """Where the "but" stands, past the rest of what is denied and at most one sign that parts the text."""
        own = frozenset[int]().union(*[other.own for other in page.hits])
        listed = False
        for at in range(hit.end, min(hit.end + FAR, len(page.norms))):
            norm = page.norms[at]
            if norm in self._but or norm in self._until:
                yield at
            listed = listed or norm in self._either
            if (at in own and not listed) or (norm[0] in _PARTS - {","} and not self._turn_follows(at, page)):
                return

    def _turn_follows(self, at: int, page: Page) -> bool:
        return at + 1 < len(page.norms) and page.norms[at + 1] in self._but

    def _said(self, begin: int, page: Page) -> Iterator[str]:
        """The small words from the turn to where something else begins; nothing when that is a word of its own."""
        said: list[str] = []
        for norm in page.norms[begin:]:
            if norm[0] in _PARTS or (norm not in self._small and said and {norm, said[-1]} & self._goes_on):
                break
            if norm not in self._small:
                return
            said.append(norm)
        yield from said

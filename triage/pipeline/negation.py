"""What is denied and what is doubted: cues before and after a concept, how far they reach and what stops them."""

from bisect import bisect_left, bisect_right

from triage.content.cues import Scope
from triage.content.schema import ContentLang
from triage.pipeline.matching import STOPS
from triage.pipeline.page import CueHit, Hit, Page

OR = frozenset(("eller", "or", "nor", "heller", "varken", "verken", "hverken"))
_BEGINNERS = (
    "och og and samt jag jeg eg hon han hun ho vi we she he de they nu nå now efter etter after pga when när når"
)
BEGINNERS = frozenset(_BEGINNERS.split())
"""After a negation these begin a new clause: "kan inte jobba, jag har feber"."""
BEGINNERS_OF: dict[ContentLang, frozenset[str]] = {"sv": BEGINNERS, "nb": BEGINNERS, "en": BEGINNERS | {"i"}}
CUES_OF = {kind: (f"{kind}_before", f"{kind}_after") for kind in ("negation", "uncertain")}
"""The cues of each kind that stand before and after what they touch."""
NOT = frozenset(("inte", "ej", "ikke", "ikkje"))
"""Said right after a verb these deny it: "kliar inte"."""


class Reach:
    """The cues of one page that may deny or doubt, without those that belong to a concept."""

    def __init__(self, page: Page, lang: ContentLang) -> None:
        self.page = page
        self.begins = BEGINNERS_OF[lang]
        self.own = frozenset().union(*[hit.own for hit in page.hits])
        pseudo = page.cues_of("negation_pseudo")
        self.void = self.own.union([at for cue in pseudo for at in range(cue.start, cue.end)]) if pseudo else self.own
        self.stops = {at: cue.start for cue in page.cues_of("terminate") for at in range(cue.start, cue.end)}
        """Tokens that stop a cue, by where their phrase begins: within the cue it is part of it ("tror jag har")."""
        self.walls = [at for at in page.signs if page.tokens[at].norm[0] in STOPS and at not in self.own]
        """No cue reaches past these."""
        self._before: dict[str, dict[int, list[CueHit]]] = {}

    def touches(self, hit: Hit, *, before: Scope, after: Scope, kind: str) -> bool:
        """Whether a cue of this kind reaches the hit."""
        cues = self.page.cues
        left, right = CUES_OF[kind]
        return (left in cues and self._from_left(hit, before.scope, kind)) or (
            right in cues and self._from_right(hit, after.scope, kind)
        )

    def _from_left(self, hit: Hit, scope: int, kind: str) -> bool:
        for cue in self._between_walls(CUES_OF[kind][0]).get(bisect_left(self.walls, hit.start), ()):
            if cue.end <= hit.start and self._free(cue, kind) and self._reaches(cue.end, hit, scope):
                return True
        return False

    def _between_walls(self, kind: str) -> dict[int, list[CueHit]]:
        """The cues of a kind by the stretch of text they end in."""
        stretches = self._before.get(kind)
        if stretches is None:
            stretches = self._before[kind] = {}
            for cue in self.page.cues_of(kind):
                stretches.setdefault(bisect_left(self.walls, cue.end), []).append(cue)
        return stretches

    def _free(self, cue: CueHit, kind: str) -> bool:
        """Whether the cue is part of no concept, and for a denial of nothing that only looks like one."""
        void = self.void if kind == "negation" else self.own
        return not void.issuperset(range(cue.start, cue.end)) and cue.start not in void

    def _reaches(self, begin: int, hit: Hit, scope: int) -> bool:
        """Walk from the cue to the hit: few other words, no stop, and past a concept only along a list."""
        others, listed = 0, False
        norms = self.page.norms
        for at in range(begin, hit.start):
            norm = norms[at]
            if at in self.own:
                listed = True
            elif self._ends(at, norm, begin=begin, listed=listed):
                return False
            elif norm not in OR and norm != ",":
                others += 1
                if others > scope:
                    return False
        return True

    def _ends(self, at: int, norm: str, *, begin: int, listed: bool) -> bool:
        if norm[0] in STOPS or self.stops.get(at, -1) >= begin or norm in self.begins:
            return True
        if norm == ",":
            return not (listed and self._list_goes_on(at))
        return listed and norm not in OR

    def _list_goes_on(self, comma: int) -> bool:
        """Whether an "or" follows in the same sentence before anything but concepts and commas."""
        for at in range(comma + 1, len(self.page.tokens)):
            norm = self.page.tokens[at].norm
            if norm in OR:
                return True
            if at not in self.own and norm != ",":
                return False
        return False

    def _from_right(self, hit: Hit, scope: int, kind: str) -> bool:
        cues = self.page.cues_of(CUES_OF[kind][1])
        for place in range(bisect_left(cues, hit.end, key=_start), bisect_right(cues, hit.end + scope, key=_start)):
            between = range(hit.end, cues[place].start)
            near = self._free(cues[place], kind) and not self._denies_next(cues[place], kind)
            if between and cues[place].end - cues[place].start == 1 and self.page.tokens[cues[place].start].norm in NOT:
                continue
            if near and not any(self._parts(at) for at in between):
                return True
        return False

    def _parts(self, at: int) -> bool:
        norm = self.page.tokens[at].norm
        return at in self.own or at in self.stops or (norm[0] in STOPS and norm != ":") or norm == ","

    def _denies_next(self, cue: CueHit, kind: str) -> bool:
        """ "Fever no cough", "yellow no pain": a word that is both kinds of cue belongs to what is said after it."""
        said = cue.end < len(self.page.tokens) and self.page.tokens[cue.end].norm[0].isalpha()
        return said and any(other.start == cue.start for other in self.page.cues_of(CUES_OF[kind][0]))


def _start(cue: CueHit) -> int:
    return cue.start

"""Drawing looks by lot, stratum by stratum: a function of a seed and of what there is, the same whenever it is asked.

Each look gets a number, SHA-256 over the seed and its place; of every stratum those with the smallest are drawn. So
each look of a stratum is as likely as any other, the order in which looks are read does not matter, and a stratum with
few looks is drawn whole. What was drawn can be drawn again with the seed, which lies in the check's entry.
"""

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from core.audit.judging import Cell, Drawn, Stratum
from core.audit.store import Looked

By = Literal["stratum", "unit_id"]


class Sample:
    """Takes looks page by page and keeps the few that are drawn."""

    def __init__(self, seed: str, *, per_stratum: int) -> None:
        self._seed = seed.encode()
        self._per_stratum = per_stratum
        self._kept: dict[str, list[tuple[int, Looked]]] = {}
        """Of each stratum the smallest numbers, as a heap with the largest of them first."""

    def offer(self, places: Iterable[Looked]) -> None:
        """Look at some more."""
        for place in places:
            kept, number = self._kept.setdefault(place.stratum, []), -self._number(place)
            if len(kept) < self._per_stratum:
                heapq.heappush(kept, (number, place))
            elif number > kept[0][0]:
                heapq.heapreplace(kept, (number, place))

    def drawn(self, strata: Sequence[Stratum]) -> list[Looked]:
        """What was drawn, stratum by stratum in this order, the oldest first."""
        return [place for stratum in strata for place in sorted(one for _, one in self._kept.get(stratum, ()))]

    def _number(self, place: Looked) -> int:
        name = f"{place.mark.stream}/{place.mark.no}".encode()
        return int.from_bytes(hashlib.sha256(self._seed + b"/" + name).digest(), "big")


class Share(NamedTuple):
    """How much of a stratum, or of a unit, was checked."""

    name: str
    looks: int
    drawn: int
    judged: int


def shares(population: Sequence[Cell], items: Sequence[Drawn], judged: Iterable[int], *, by: By) -> list[Share]:
    """How many looks there were, were drawn, were judged: by stratum or by unit, in the order of the population."""
    done = [items[place] for place in judged]
    names = dict.fromkeys(getattr(cell, by) for cell in population)
    return [
        Share(
            name=name,
            looks=sum(cell.looks for cell in population if getattr(cell, by) == name),
            drawn=sum(getattr(one, by) == name for one in items),
            judged=sum(getattr(one, by) == name for one in done),
        )
        for name in names
    ]

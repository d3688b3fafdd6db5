"""Within what a figure would be in the long run, nineteen times of twenty. Pure; see `comparing` for the sources."""

import math
from collections.abc import Mapping

Z_95 = 1.959964


def wilson(share: float, among: int) -> tuple[float, float]:
    """Of a share among so many."""
    wide = Z_95**2 / among
    middle = (share + wide / 2) / (1 + wide)
    half = Z_95 * math.sqrt((share * (1 - share) + wide / 4) / among) / (1 + wide)
    return max(0.0, middle - half), min(1.0, middle + half)


def of_quantile(waits: Mapping[int, int], percent: int) -> tuple[float | None, float | None]:
    """Of a wait that so many of a hundred do not exceed, in minutes; None on a side where too few lie to say."""
    among, part = sum(waits.values()), percent / 100
    half = Z_95 * math.sqrt(among * part * (1 - part))
    first, last = math.floor(among * part - half), math.ceil(among * part + half) + 1
    return _at(waits, first) if first >= 1 else None, _at(waits, last) if last <= among else None


def _at(waits: Mapping[int, int], rank: int) -> float:
    for seconds in sorted(waits):
        rank -= waits[seconds]
        if rank <= 0:
            break
    return seconds / 60

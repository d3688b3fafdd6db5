"""Comparisons as the rules write them: ">=38.0", "<3", "3"."""

import re
from dataclasses import dataclass
from functools import lru_cache

FORM = re.compile(r"(<=|>=|<|>)?\s*(-?\d+(?:\.\d+)?)\Z")
DISTINCT = 4096


@dataclass(frozen=True)
class Comparison:
    """A number compared with a limit, also where only a range is known."""

    sign: str
    limit: float

    def holds(self, low: float, high: float) -> bool | None:
        """Whether it holds for a value somewhere in [low, high]; None when that depends on where."""
        lowest, highest = self._holds(low), self._holds(high)
        if self.sign == "=" and low != high:
            return None if low <= self.limit <= high else False
        return lowest if lowest == highest else None

    def _holds(self, value: float) -> bool:
        match self.sign:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case ">=":
                return value >= self.limit
        return value == self.limit


@lru_cache(maxsize=DISTINCT)
def comparison(text: str) -> Comparison:
    """Parse a comparison. Raises ValueError when it is none."""
    found = FORM.match(text)
    if found is None:
        raise ValueError(f"not a comparison: {text}")
    return Comparison(found[1] or "=", float(found[2]))

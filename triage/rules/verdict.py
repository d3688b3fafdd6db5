"""Three values and how they are joined: yes, no and unknown, with what they rest on and what would settle them."""

import operator
from collections.abc import Callable
from enum import Enum
from functools import cache, partial
from itertools import chain

import msgspec


class Truth(Enum):
    """Yes, no, or not known."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The value of a condition and, of a yes, the findings it rests on.

    `open`: unknown, and the patient has said something it is about. `asks` settle it; `rest` would too, if a
    neighbour shows that the condition is about this patient.
    """

    truth: Truth
    evidence: frozenset[int] = frozenset()
    about: bool = False
    open: bool = False
    asks: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


HOLDS, FAILS, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
"""By these names, since asking an enumeration for a member costs as much as ten comparisons."""
YES, NO, NOTHING_KNOWN = Verdict(HOLDS), Verdict(FAILS), Verdict(UNKNOWN)
Compare = Callable[[float], bool]
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.le,
    "<=": operator.ge,
    ">": operator.lt,
    "<": operator.gt,
    "=": operator.eq,
    "": operator.eq,
}
"""Seen from the limit, which comes first."""


@cache
def limit(text: str) -> Compare:
    """The comparison a content file writes as ">=38.0". Raises ValueError for anything else."""
    sign = next(sign for sign in (">=", "<=", ">", "<", "=", "") if text.startswith(sign))
    return partial(_SIGNS[sign], float(text.removeprefix(sign)))


def all_of(parts: list[Verdict]) -> Verdict:
    """The value of conditions that must all hold."""
    if any([part.truth is FAILS for part in parts]):
        return NO
    unknown = [part for part in parts if part.truth is UNKNOWN]
    about = any([part.about for part in parts])
    if not unknown:
        return Verdict(HOLDS, _evidence(parts), about)
    asks, rest = _joined([part.asks for part in unknown]), _joined([part.rest for part in unknown])
    if about:
        return opened(_joined([asks, rest]))
    return Verdict(UNKNOWN, asks=asks, rest=rest)


def any_of(parts: list[Verdict]) -> Verdict:
    """The value of conditions of which one must hold."""
    yes = [part for part in parts if part.truth is HOLDS]
    if yes:
        return yes[0] if len(yes) == 1 else Verdict(HOLDS, _evidence(yes), any([part.about for part in yes]))
    unknown = [part for part in parts if part.truth is UNKNOWN]
    if len(unknown) < 2:
        return unknown[0] if unknown else NO
    return Verdict(
        UNKNOWN,
        about=any([part.about for part in unknown]),
        open=any([part.open for part in unknown]),
        asks=_joined([part.asks for part in unknown]),
        rest=_joined([part.rest for part in unknown]),
    )


def opened(asks: tuple[str, ...]) -> Verdict:
    """Not known, about this patient, and settled by these questions."""
    return Verdict(UNKNOWN, about=True, open=True, asks=asks)


def _evidence(parts: list[Verdict]) -> frozenset[int]:
    found = [part.evidence for part in parts if part.evidence]
    return found[0] if len(found) == 1 else frozenset().union(*found)


def _joined(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Every question once, in order; none of the rows names one twice."""
    told = [row for row in rows if row]
    if len(told) < 2:
        return told[0] if told else ()
    return tuple(dict.fromkeys(chain.from_iterable(told)))

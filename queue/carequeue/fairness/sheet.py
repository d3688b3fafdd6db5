"""The fairness sheet of a month, from the waits of who came in it. Pure. No names, and nothing of small groups.

What a group's share within the promised time is to be held against is the share it would have if each of its contacts
were answered as its level is at the whole unit (indirect standardisation): a group is not slow because it is less ill.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from carequeue.deadlines import LEVELS, MINUTE_MS
from carequeue.waited.wait import AGE_GROUPS, EndedWait
from core.clock import from_ms, to_ms
from core.errors import FyrError

Dimension = Literal["level", "age_group", "lang", "hour"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
FEWEST = 5
"""Of a group of fewer nothing is told: its figures could lead to somebody."""
FEW = f"<{FEWEST}"
IS_MONTH = re.compile(r"2[0-9]{3}-(0[1-9]|1[0-2])").fullmatch
HEAD = ("unit", "month", "by", "group", "contacts", "median_min", "p95_min", "in_time", "in_time_expected")


class Cell(NamedTuple):
    """One group of a month. All figures are None for a group that is too small, or that would give one away."""

    by: Dimension
    group: str
    contacts: int | None
    median_min: float | None
    p95_min: float | None
    in_time: float | None
    """The share answered within the promised time."""
    expected: float | None
    """The share it would be if each contact were answered as its level is here; None by level, where it is the same."""


class Sheet(NamedTuple):
    """A unit's month."""

    unit_id: str
    month: str
    contacts: int | None
    """How many were taken; None when they are too few to say anything."""
    cells: tuple[Cell, ...]


def month_span(month: str, zone: ZoneInfo) -> tuple[int, int]:
    """A month such as 2026-11 as moments: from and until. Raises `bad_request`."""
    if not IS_MONTH(month):
        raise FyrError("bad_request", where="month", what="not a month such as 2026-11")
    began = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=zone)
    after = began.replace(year=began.year + began.month // 12, month=began.month % 12 + 1)
    return to_ms(began.astimezone(UTC)), to_ms(after.astimezone(UTC))


def sheet_of(waits: Iterable[EndedWait], *, unit_id: str, month: str, zone: ZoneInfo) -> Sheet:
    """The sheet of everybody whose first wait ended with somebody taking them."""
    taken = [wait for wait in waits if wait.first and wait.taken]
    by_level = {level: _share([wait for wait in taken if wait.level == level]) for level in LEVELS}
    cells: list[Cell] = []
    for dimension in DIMENSIONS:
        groups = _grouped(taken, dimension, zone)
        small = too_small([len(group) for _, group in groups])
        for place, (name, group) in enumerate(groups):
            if place in small:
                cells.append(Cell(dimension, name, None, None, None, None, None))
            else:
                cells.append(_cell(dimension, name, group, expected=lambda wait: by_level[wait.level]))
    if len(taken) < FEWEST:
        return Sheet(unit_id, month, None, ())
    return Sheet(unit_id, month, len(taken), tuple(cells))


def too_small(numbers: Sequence[int]) -> frozenset[int]:
    """The places of groups nothing is told of: small ones, and others with them until they are enough together.

    What all of them are together is the whole less what is told. One group alone would be known by that, and of
    two groups that are two together each is one.
    """
    small = {place for place, number in enumerate(numbers) if number < FEWEST}
    others = sorted(set(range(len(numbers))) - small, key=lambda place: (numbers[place], place))
    while small and others and (len(small) == 1 or sum(numbers[place] for place in small) < FEWEST):
        small.add(others.pop(0))
    return frozenset(small)


def sheet_csv(sheet: Sheet) -> str:
    """The sheet as RFC 4180 has it, with a head. Shares are of one, minutes have one decimal."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    writer.writerow([sheet.unit_id, sheet.month, "all", "all", FEW if sheet.contacts is None else sheet.contacts])
    for cell in sheet.cells:
        known = (cell.median_min, cell.p95_min), (cell.in_time, cell.expected)
        minutes = ["" if one is None else f"{one:.1f}" for one in known[0]]
        shares = ["" if one is None else f"{one:.3f}" for one in known[1]]
        number = "" if cell.contacts is None else cell.contacts
        writer.writerow([sheet.unit_id, sheet.month, cell.by, cell.group, number, *minutes, *shares])
    return written.getvalue()


def _grouped(waits: Iterable[EndedWait], by: Dimension, zone: ZoneInfo) -> list[tuple[str, list[EndedWait]]]:
    """Groups that anybody is in, in their own order."""
    groups: dict[str, list[EndedWait]] = {}
    for wait in waits:
        groups.setdefault(_group(wait, by, zone), []).append(wait)
    order: dict[Dimension, Sequence[str]] = {"level": LEVELS, "age_group": AGE_GROUPS}
    names = order.get(by) or sorted(groups)
    return [(name, groups[name]) for name in names if name in groups]


def _group(wait: EndedWait, by: Dimension, zone: ZoneInfo) -> str:
    if by == "hour":
        return f"{from_ms(wait.arrived_ms).astimezone(zone).hour:02}"
    return str(getattr(wait, by))


def _cell(by: Dimension, name: str, waits: Sequence[EndedWait], *, expected: Callable[[EndedWait], float]) -> Cell:
    minutes = sorted((wait.ended_ms - wait.arrived_ms) / MINUTE_MS for wait in waits)
    usual = None if by == "level" else sum(map(expected, waits)) / len(waits)
    return Cell(by, name, len(waits), _quantile(minutes, 0.5), _quantile(minutes, 0.95), _share(waits), usual)


def _share(waits: Sequence[EndedWait]) -> float:
    return sum(wait.ended_ms <= wait.target_ms for wait in waits) / len(waits) if waits else 0.0


def _quantile(ranked: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed."""
    return ranked[math.ceil(share * len(ranked)) - 1]

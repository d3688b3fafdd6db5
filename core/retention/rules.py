"""The rules of retention: for each class of data how long it is kept, by which law; checked whole at start."""

from importlib import resources
from pathlib import Path
from typing import Literal, get_args

import msgspec

from core.content_file import parse_content
from core.errors import FyrError

Country = Literal["se", "no"]
DataClass = Literal[
    "journal",
    "audit_log",
    "bookings",
    "booking_wishes",
    "schedules",
    "sessions",
    "guest_links",
    "staff_seen",
    "notice_wish",
    "upload_unfinished",
    "browser_outbox",
]
CLASSES: tuple[DataClass, ...] = get_args(DataClass)
DAY_MS = 24 * 3_600 * 1_000
LEAST_DAYS: dict[DataClass, int] = {"journal": 3_652, "audit_log": 1_826}
"""Ten years (patientdatalagen 3 kap. 17 §) and five (HSLF-FS 2016:40, 4 kap. 9 §): no file may go below."""
SETTLED_DAYS: dict[DataClass, int] = {"upload_unfinished": 1, "browser_outbox": 1}
"""Carried out where they are kept (`chat.attachment.inspector`, the browser): the file only states them."""
LONGEST_DAYS = 36_525


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class of data."""

    keep_days: int
    counted_from: Literal["last_entry", "end", "last_seen", "closing", "start"]
    basis: str
    """The law or the reason, with its place."""
    review: Literal["proposed", "reviewed", "approved"]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    in_force_from: str
    classes: dict[str, Rule]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules in force."""

    version: int
    classes: dict[DataClass, Rule]

    def over_before_ms(self, data_class: DataClass, now_ms: int) -> int:
        """What of the class is older than this has had its time."""
        return now_ms - self.classes[data_class].keep_days * DAY_MS


def load_rules(country: Country, path: Path | None = None) -> Rules:
    """The country's rules, or those of a file of one's own. Raises `content_invalid` with every problem found."""
    shipped = resources.files("core.retention") / "content" / f"retention_{country}.yaml"
    data, name = (path.read_bytes(), path.name) if path else (shipped.read_bytes(), shipped.name)
    read = parse_content(data, _File, name)
    problems = [f"{name}: {problem}" for problem in _problems(read)]
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return Rules(version=read.version, classes={one: read.classes[one] for one in CLASSES})


def _problems(read: _File) -> list[str]:
    found = [f"{name} is no class of data" for name in sorted(read.classes.keys() - set(CLASSES))]
    found += [f"{name} is missing" for name in CLASSES if name not in read.classes]
    for name, rule in read.classes.items():
        if not 0 <= rule.keep_days <= LONGEST_DAYS:
            found.append(f"{name}.keep_days is a number of days from 0 to {LONGEST_DAYS}")
        if not rule.basis.strip():
            found.append(f"{name}.basis is empty")
    found += [
        f"{name}.keep_days is at least {least}"
        for name, least in LEAST_DAYS.items()
        if name in read.classes and read.classes[name].keep_days < least
    ]
    found += [
        f"{name}.keep_days is {days} in this release"
        for name, days in SETTLED_DAYS.items()
        if name in read.classes and read.classes[name].keep_days != days
    ]
    return found

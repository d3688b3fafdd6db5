"""The region's file: care givers, units with what they have decided, staff, persons. YAML or JSON; staff alone as CSV.

What is wrong is named with its line.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from carequeue.handover.times import Answering
from carequeue.hours import Opening
from carequeue.late.sheet import LateSheet
from carequeue.routing.rules import UnitRouting
from carequeue.sheets import CapacitySheet, TargetsSheet
from chat.template_sheet import TemplatesSheet
from chat.waiting.sheet import SilenceSheet
from core.access.rights import RoleName
from core.content_file import decode_date
from core.directory.store import LoginKind, Registered, UnitKind
from core.errors import FyrError
from core.on_call.port import OnCallReach
from core.rollout.functions import FunctionsSheet
from core.rollout.readiness import ReadinessSheet
from rtc.sheet import VisitSheet

Logins = dict[LoginKind, str | tuple[str, ...]]
OF_QUEUE = ("hours", "targets", "capacity", "routing", "late", "hand_over")
IN_UNIT = (*OF_QUEUE, "silence", "on_call", "visits", "templates", "readiness", "functions")
"""Sheets of a unit's own that lie in its row under their names."""
OVERFULL = "more"
IN_WORDS = re.compile(r"`\$([^`]*)`")
PLACE = re.compile(r"\.(\w[\w-]*)|\[(\d+|\.\.\.)\]")
LOGIN_COLUMNS: tuple[LoginKind, ...] = ("hsa_id", "hpr", "subject", "number")
COLUMNS = ("id", "name", "provider_id", "protected", "roles", "skills", "languages", "ends_on", *LOGIN_COLUMNS)


class ProviderRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal care giver."""

    id: str
    name: str


class UnitRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit; what is left out of its own sheets is left as it is."""

    id: str
    provider_id: str
    name: str
    takes_chat: bool
    phone: str | None = None
    kind: UnitKind = "gp"
    hours: Opening | None = None
    targets: TargetsSheet | None = None
    capacity: CapacitySheet | None = None
    routing: UnitRouting | None = None
    late: LateSheet | None = None
    hand_over: Answering | None = None
    silence: SilenceSheet | None = None
    on_call: OnCallReach | None = None
    visits: VisitSheet | None = None
    templates: TemplatesSheet | None = None
    readiness: ReadinessSheet | None = None
    functions: FunctionsSheet | None = None


class StaffRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member of staff; roles or ways to sign in that are left out are left as they are."""

    id: str
    name: str
    provider_id: str = ""
    """Who employs them; empty: the care giver of their first role's unit."""
    protected: bool = False
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ends_on: date | None = None
    roles: dict[str, RoleName | tuple[RoleName, ...]] | None = None
    logins: Logins | None = None

    def held(self) -> dict[str, tuple[RoleName, ...]]:
        """What they are, by unit."""
        found = (self.roles or {}).items()
        return {unit_id: ((roles,) if isinstance(roles, str) else roles) for unit_id, roles in found}

    def known_by(self) -> list[tuple[LoginKind, str]]:
        """Kind and id, one by one."""
        found = (self.logins or {}).items()
        return [(kind, one) for kind, ids in found for one in ((ids,) if isinstance(ids, str) else ids)]


class RegionFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of it."""

    providers: tuple[ProviderRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    persons: tuple[Registered, ...] = ()


class Read(NamedTuple):
    """A file with the line of each of its rows."""

    region: RegionFile
    name: str
    lines: dict[tuple[str, str], int]
    """By kind (`unit`) and id."""

    def at(self, kind: str, row_id: str) -> str:
        """Where a row stands, for whoever looks for it."""
        return f"{self.name}:{self.lines.get((kind, row_id), 1)}"


def read_region_file(path: Path) -> Read:
    """A region from a file. Raises `settings_invalid` naming file and line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise refused(f"{path.name}: {failure.strerror if isinstance(failure, OSError) else 'not UTF-8'}") from None
    return _of_csv(text, path.name) if path.suffix.lower() == ".csv" else _of_yaml(text, path.name)


def refused(*problems: str) -> FyrError:
    """The file cannot be taken."""
    return FyrError("settings_invalid", problems=list(problems))


def _of_yaml(text: str, name: str) -> Read:
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        plain = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        said = getattr(failure, "problem", "cannot be read")
        raise refused(f"{name}:{mark.line + 1 if mark else 1}: {said}") from None
    try:
        region = msgspec.convert(plain, RegionFile, dec_hook=decode_date)
    except msgspec.ValidationError as failure:
        said = str(failure)
        place = IN_WORDS.search(said)
        raise refused(f"{name}:{_line(root, place.group(1) if place else '')}: {said}") from None
    lines = dict(_lines(root, region))
    return _whole(Read(region, name, lines))


def _line(node: Any, place: str) -> int:
    """The line of a place such as `.units[0].hours`, or of what is nearest to it."""
    for name, index in PLACE.findall(place):
        found = _within(node, name, index)
        if found is None:
            break
        node = found
    return int(node.start_mark.line) + 1 if node is not None else 1


def _within(node: Any, name: str, index: str) -> Any:
    if index.isdecimal() and isinstance(node, yaml.SequenceNode):
        return node.value[int(index)] if int(index) < len(node.value) else None
    if name and isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None


def _lines(root: Any, region: RegionFile) -> Iterator[tuple[tuple[str, str], int]]:
    for kind, name in (("provider", "providers"), ("unit", "units"), ("staff", "staff"), ("person", "persons")):
        for n, row in enumerate(getattr(region, name)):
            yield (kind, row.id), _line(root, f".{name}[{n}]")


def _of_csv(text: str, name: str) -> Read:
    reader = csv.DictReader(StringIO(text, newline=""), restkey=OVERFULL)
    unknown = [column for column in reader.fieldnames or () if column not in COLUMNS]
    if unknown or not {"id", "name"} <= set(reader.fieldnames or ()):
        raise refused(f"{name}:1: columns are {', '.join(COLUMNS)}; id and name must be there")
    staff: list[StaffRow] = []
    lines: dict[tuple[str, str], int] = {}
    problems: list[str] = []
    for row in reader:
        try:
            if row.pop(OVERFULL, None):
                raise ValueError("more fields than columns")
            staff.append(_staff_of(row))
            lines["staff", staff[-1].id] = reader.line_num
        except (msgspec.ValidationError, ValueError) as failure:
            problems.append(f"{name}:{reader.line_num}: {failure}")
    if problems:
        raise refused(*problems)
    return _whole(Read(RegionFile(staff=tuple(staff)), name, lines))


def _staff_of(row: dict[str, Any]) -> StaffRow:
    """Several values of a field are parted by blanks; roles are written `hamnen=nurse+unit_lead lyktan=nurse`."""
    told = {column: (value or "").strip() for column, value in row.items()}
    logins = {kind: tuple(told[kind].split()) for kind in LOGIN_COLUMNS if told.get(kind)}
    plain: dict[str, Any] = {
        "id": told["id"],
        "name": told["name"],
        "provider_id": told.get("provider_id", ""),
        "protected": told.get("protected", "").lower() in ("1", "true", "yes"),
        "skills": told.get("skills", "").split(),
        "languages": told.get("languages", "").split(),
        "ends_on": told.get("ends_on") or None,
        "roles": dict(_role(one) for one in told["roles"].split()) if "roles" in told else None,
        "logins": logins or None,
    }
    return msgspec.convert(plain, StaffRow)


def _role(text: str) -> tuple[str, list[str]]:
    unit_id, parted, roles = text.partition("=")
    if not parted:
        raise ValueError(f"roles: {text}: not such as hamnen=nurse+unit_lead")
    return unit_id, roles.split("+")


def _whole(read: Read) -> Read:
    """Every row has an id of its own, in letters that a stream may be named by."""
    problems = []
    for kind, rows in (("provider", read.region.providers), ("unit", read.region.units), ("staff", read.region.staff)):
        ids = [row.id for row in rows]
        problems += [f"{read.at(kind, one)}: {kind} {one} stands there twice" for one in {*ids} if ids.count(one) > 1]
        problems += [
            f"{read.at(kind, one)}: {one!r} is no id: small letters, digits, hyphens"
            for one in ids
            if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", one)
        ]
    if problems:
        raise refused(*sorted(problems))
    return read

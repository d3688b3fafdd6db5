"""A *sheet*: one group of what is decided of a care giver, a unit or a member of staff, changed as a whole.

The package that knows what is on a sheet registers it: how it reads, what is wrong with it, and which changes of it can
lower safety. Core calls these and knows no clinical word. `judge` is the one rule of how many persons a change takes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from core.directory.store import Member, Unit
from core.errors import FyrError

Subject = Literal["provider", "unit", "staff"]
T = TypeVar("T")
Of = TypeVar("Of", bound=msgspec.Struct)
OWN = "the unit's own"
"""Where a number comes from that no file says."""
MOST_FAULTS = 20


def only(kind: type[Of], held: msgspec.Struct) -> Of:
    """What is written on a sheet, out of a struct that has more: where its numbers come from."""
    return kind(**{name: getattr(held, name) for name in kind.__struct_fields__})


def decided(kind: type[Of], written: msgspec.Struct) -> Of:
    """The reverse: what is written on a sheet, as the unit's own and approved."""
    return kind(**msgspec.structs.asdict(written), source=OWN, review="approved")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a sheet, and where in it: `week.mon`."""

    code: str
    where: str = ""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What else there is while a change is judged."""

    subject_id: str
    today: date
    units: Mapping[str, Unit]
    """Every unit."""
    providers: Mapping[str, str]
    """What the legal care givers are called."""
    members: Mapping[str, Member]
    """Everybody who works anywhere, as they are now."""
    own: Mapping[str, Any]
    """What is in force of the same subject's sheets, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T]):
    """One kind of sheet."""

    name: str
    subject: Subject
    value: type[T]
    lowerings: Mapping[str, str]
    """Every way in which a change of it can lower safety, with the sentence the written table has of it."""
    lowers: Callable[[T | None, T, Around], Iterable[str]]
    """Which of them a change would: from what is in force (None: there was nothing) to what is to be."""
    faults: Callable[[T, Around], Iterable[Fault]]
    standard: Callable[[str], T] | None = None
    """What holds of a subject of which nothing was decided; None: a sheet that each subject must have."""
    begins: T | None = None
    """What holds of a subject that is added from now on, where that is not the standard."""
    take: Callable[[str, T | None], None] | None = None
    """Let this node go by it from now on; None as the value: by the standard."""


class Verdict(NamedTuple):
    """What is to be said of a change."""

    faults: tuple[Fault, ...]
    lowers: tuple[str, ...]
    """Empty: nothing in it can lower safety, one person does it."""


class Sheets:
    """Every sheet this service knows, in the order in which they are shown."""

    def __init__(self, sheets: Iterable[Sheet[Any]]) -> None:
        self._by_name = {sheet.name: sheet for sheet in sheets}

    def __iter__(self) -> Iterator[Sheet[Any]]:
        return iter(self._by_name.values())

    def of(self, subject: Subject) -> list[Sheet[Any]]:
        """Those that subjects of a kind have."""
        return [sheet for sheet in self if sheet.subject == subject]

    def named(self, name: str, subject: Subject) -> Sheet[Any]:
        """The sheet of this name. Raises `not_found`."""
        sheet = self._by_name.get(name)
        if sheet is None or sheet.subject != subject:
            raise FyrError("not_found")
        return sheet

    def begun_with(self, subject: Subject) -> dict[str, Any]:
        """What a subject that is added begins with, plain, where that is not the standard."""
        return {sheet.name: plain(sheet.begins) for sheet in self.of(subject) if sheet.begins is not None}

    def in_force(self, subject: Subject, subject_id: str, own: Mapping[str, Any]) -> dict[str, Any]:
        """The values that hold of a subject: its own, and the standard where it has none."""
        found = {}
        for sheet in self.of(subject):
            if sheet.name in own:
                found[sheet.name] = read(sheet, own[sheet.name])
            elif sheet.standard is not None:
                found[sheet.name] = sheet.standard(subject_id)
        return found


def read(sheet: Sheet[T], plain: Any) -> T:
    """A value from plain ones, as an entry or a file has them. Raises `sheet_invalid`."""
    try:
        return msgspec.convert(plain, sheet.value)
    except msgspec.ValidationError as failure:
        text, _, where = str(failure).partition(" - at `$.")
        fault = {"code": "unreadable", "where": where.rstrip("`"), "what": text}
        raise FyrError("sheet_invalid", faults=[fault]) from None


def plain(value: Any) -> Any:
    """A value as it is kept."""
    return msgspec.json.decode(msgspec.json.encode(value))


def judge(sheet: Sheet[T], change: tuple[T | None, T | None], around: Around) -> Verdict:
    """The rule of two persons: whether a change can be, and every way in which it can lower safety.

    `change`: what is in force and what is to be; None for the standard, or for nothing where there is no standard. A
    change with any lowering never takes effect by one person.
    """
    before, after = (_whole(sheet, one, around.subject_id) for one in change)
    if after is None:
        return Verdict((Fault(code="needed"),), ())
    faults = tuple(sheet.faults(after, around))[:MOST_FAULTS]
    lowers = tuple(sorted(set(sheet.lowers(before, after, around)))) if not faults else ()
    assert set(lowers) <= set(sheet.lowerings), lowers
    return Verdict(faults, lowers)


def _whole(sheet: Sheet[T], value: T | None, subject_id: str) -> T | None:
    return sheet.standard(subject_id) if value is None and sheet.standard is not None else value

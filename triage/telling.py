"""From entries of a contact's log to what they tell an assessor."""

from collections.abc import Iterable
from typing import cast

from core.log.entry import Entry
from core.log.kinds import Kinds
from triage.told import Told


def tellings(entries: Iterable[Entry], kinds: Kinds) -> list[tuple[int, Told]]:
    """What the entries tell, each with its number; what has been erased tells nothing."""
    return [(entry.no, told) for entry in entries if (told := _told(entry, kinds)) is not None]


def _told(entry: Entry, kinds: Kinds) -> Told | None:
    says = kinds.named(entry.header.kind).says
    return None if says is None or entry.body is None else cast("Told | None", says(entry.body, entry.header))

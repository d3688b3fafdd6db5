"""`fyr rehearse` and `fyr replay`: contacts of the record through another content, or once more through their own.

Neither writes an entry, and neither says a word of what anybody wrote.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import cast

import msgspec

from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.entry import Entry
from core.log.log import Log
from core.settings import Settings
from triage.case import Case
from triage.content import Content, load_content
from triage.content.editions import EDITIONS, edition
from triage.content.files import SHIPPED
from triage.entries import Assessed
from triage.evaluation.gold import cases_of
from triage.reader import Reader, case_of
from triage.rehearsal import Rehearsal, rehearsed
from triage.told import Told, story_of
from web.opened_record import opened_record
from web.reading.numbered import numbered
from web.shell import NUMBERS

CONTACTS = "contact:"


async def rehearse(settings: Settings, folder: Path, lines: Iterable[bytes] | None) -> Rehearsal:
    """The candidate in `folder` beside what ships, over a file's cases or the record's contacts.

    Raises `content_invalid`, `bad_request` (a line that is no case), `unreachable`, `settings_invalid`.
    """
    before, after = load_content(), load_content(folder)
    if lines is not None:
        return rehearsed(cases_of(lines), before, after)
    async with opened_record(settings, writes=False) as (log, _, _):
        return rehearsed([case async for case in _contacts(log)], before, after)


async def _contacts(log: Log) -> AsyncIterator[tuple[str, Case]]:
    async for stream in log.streams(CONTACTS):
        tellings = [told for _, told in _tellings(log, await log.entries(stream))]
        if tellings:
            yield stream.removeprefix(CONTACTS), case_of(story_of(tellings))


def _tellings(log: Log, entries: Iterable[Entry]) -> list[tuple[int, Told]]:
    told: list[tuple[int, Told]] = []
    for entry in entries:
        says = log.kinds.named(entry.header.kind).says
        said = None if says is None or entry.body is None else says(entry.body, entry.header)
        if said is not None:
            told.append((entry.header.no, cast("Told", said)))
    return told


async def replay(settings: Settings, contact_id: str, *, say: Callable[[str], None]) -> bool:
    """Every assessment of a contact made again with the content that made it; True when all are the same, bit for bit.

    Raises `not_found`, `unreachable`, `settings_invalid`.
    """
    stream = contact_stream(ContactId(contact_id))
    async with opened_record(settings, writes=False) as (log, _, _):
        entries = await log.entries(stream)
        tellings = _tellings(log, entries)
    made = [(entry.header.no, entry.body) for entry in entries if isinstance(entry.body, Assessed)]
    if not entries:
        raise FyrError("not_found")
    same = True
    for number, body in made:
        how = _again(settings, body, tellings)
        same = same and how == "the same"
        say(f"{number}: {body.urgency}{'' if body.assessed else ' (unassessed)'} by {body.content_version}: {how}")
    say(f"RESULT n={len(made)} same={'yes' if same else 'no'}")
    return same


def _again(settings: Settings, body: Assessed, tellings: list[tuple[int, Told]]) -> str:
    try:
        content = content_of(settings, body.content_version)
    except FyrError as failure:
        return "its content is not kept" if failure.code == "not_found" else "its content was changed"
    story = story_of(told for number, told in tellings if number <= body.basis_no)
    again = numbered(Reader(content)(story, basis_no=body.basis_no), NUMBERS[settings.country])
    return "the same" if msgspec.msgpack.encode(again) == msgspec.msgpack.encode(body) else "different"


def content_of(settings: Settings, version: str) -> Content:
    """The content of a version: what ships, else what is kept. Raises `not_found`, `content_invalid`."""
    shipped = load_content(SHIPPED)
    return shipped if shipped.version == version else edition(settings.data_dir / EDITIONS, version)

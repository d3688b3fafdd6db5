"""`fyr rehearse` and `fyr replay`: contacts of the record through another content, or once more through their own.

Neither writes an entry, and neither says a word of what anybody wrote.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

import msgspec

from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.log import Log
from core.settings import Settings
from triage.case import Case
from triage.content import Content, load_content
from triage.entries import Assessed
from triage.evaluation.gold import cases_of
from triage.reader import Reader, case_of
from triage.rehearsal import Rehearsal, rehearsed
from triage.shadow.judged import as_rehearsal
from triage.shadow.store import ShadowRows
from triage.telling import tellings
from triage.told import Told, story_of
from triage.versions.entries import Rehearsed
from triage.versions.pack import pack
from triage.versions.store import ContentSets
from triage.versions.versions import Versions, content_for, content_in_force
from web.opened_record import opened_record, operator
from web.reading.numbered import numbered
from web.shell import NUMBERS

CONTACTS = "contact:"


async def rehearse(settings: Settings, folder: Path, lines: Iterable[bytes] | None) -> Rehearsal:
    """The candidate in `folder` beside what ships, over a file's cases, or beside what is in force, over all contacts.

    Raises `content_invalid`, `bad_request` (a line that is no case), `unreachable`, `settings_invalid`.
    """
    after = load_content(folder)
    if lines is not None:
        return rehearsed(cases_of(lines), load_content(), after)
    async with opened_record(settings, writes=False) as (log, database, _):
        return await _over_contacts(log, ContentSets(database), after)


async def _over_contacts(log: Log, sets: ContentSets, after: Content) -> Rehearsal:
    before = (await content_in_force(sets)).content
    return rehearsed([case async for case in _contacts(log)], before, after)


async def propose(settings: Settings, folder: Path, *, reason: str, say: Callable[[str], None]) -> None:
    """Rehearse the candidate over all contacts, keep its files, and put it up for two persons to approve.

    Raises as `rehearse` does, `data_dir_taken`, `empty`, `too_long`.
    """
    after = load_content(folder)
    made = pack(folder, after.version)
    async with opened_record(settings, writes=True) as (log, database, _):
        sets = ContentSets(database)
        told = await _over_contacts(log, sets, after)
        for line in told.lines():
            say(line)
        counted = Rehearsed(against=told.before, cases=told.n, up=told.ways["up"], down=told.ways["down"])
        await Versions(log, sets).propose(operator(), made, reason=reason, rehearsed=counted, client_id=new_id())
    say(f"proposed {made.version} sha256={made.sha256}")
    say("two administrators approve it; a node judges by it from its next start")


async def _contacts(log: Log) -> AsyncIterator[tuple[str, Case]]:
    async for stream in log.streams(CONTACTS):
        told = [told for _, told in tellings(await log.entries(stream), log.kinds)]
        if told:
            yield stream.removeprefix(CONTACTS), case_of(story_of(told))


async def shadowed(settings: Settings, candidate: str) -> Rehearsal:
    """What a candidate, or without one the one that judged last, has said beside the set in force; all contacts.

    Raises `unreachable`, `settings_invalid`.
    """
    async with opened_record(settings, writes=False) as (_, database, _):
        rows = ShadowRows(database)
        named = candidate or await rows.newest_candidate() or ""
        return as_rehearsal(named, await rows.contacts(named), await rows.moved(named))


async def replay(settings: Settings, contact_id: str, *, say: Callable[[str], None]) -> bool:
    """Every assessment of a contact made again with the content that made it; True when all are the same, bit for bit.

    Raises `not_found`, `unreachable`, `settings_invalid`.
    """
    stream = contact_stream(ContactId(contact_id))
    async with opened_record(settings, writes=False) as (log, database, _):
        entries = await log.entries(stream)
        told = tellings(entries, log.kinds)
        made = [(entry.header.no, entry.body) for entry in entries if isinstance(entry.body, Assessed)]
        contents = await _contents(ContentSets(database), {body.content_version for _, body in made})
    if not entries:
        raise FyrError("not_found")
    same = True
    for number, body in made:
        how = _again(settings, body, told, content=contents[body.content_version])
        same = same and how == "the same"
        say(f"{number}: {body.urgency}{'' if body.assessed else ' (unassessed)'} by {body.content_version}: {how}")
    say(f"RESULT n={len(made)} same={'yes' if same else 'no'}")
    return same


def _again(settings: Settings, body: Assessed, all_told: list[tuple[int, Told]], *, content: Content | None) -> str:
    if content is None:
        return "its content is not kept"
    story = story_of(told for number, told in all_told if number <= body.basis_no)
    again = numbered(Reader(content)(story, basis_no=body.basis_no), NUMBERS[settings.country])
    return "the same" if msgspec.msgpack.encode(again) == msgspec.msgpack.encode(body) else "different"


async def _contents(sets: ContentSets, versions: Iterable[str]) -> dict[str, Content | None]:
    return {version: await content_for(sets, version) for version in versions}

"""One's own data to take along: everything its reader may see, nothing between colleagues, recorded, kept nowhere."""

import io
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zipfile import ZipFile

import aiohttp
import msgspec
import pytest

from core.errors import FyrError
from tests.core import attachment_files as files
from tests.web.attaching import send, told
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import audited
from tests.web.test_story import CHEST, opened
from web.export.archive import Member, archive
from web.node import Node

MIB = 1024 * 1024
PATH = "/api/export.zip"


async def exported(somebody: Somebody, lang: str = "sv") -> ZipFile:
    async with somebody.http.get(f"{somebody.url}{PATH}?lang={lang}") as response:
        assert response.status == 200, await response.text()
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Disposition"].startswith('attachment; filename="fyr-')
        return ZipFile(io.BytesIO(await response.read()))


async def test_it_holds_what_the_patient_may_see_and_no_more(
    astrid: Somebody, sara: Somebody, node: Node, contact: str, url: str
) -> None:
    await told(astrid, await send(astrid, contact, files.photo()), "clean")
    await sara.call("note:add", contact_id=contact, client_id=client_id(), claim_no=1, text="Mellan kollegor")
    second = await opened(astrid, "Jag har ont i halsen också")
    async with signed_in(url, "patient:nils") as nils:
        theirs = await opened(nils, "Nils egna ord")
    made = await exported(astrid)
    assert made.testzip() is None
    assert sorted(made.namelist()) == sorted(
        ["LÄS MIG.txt", "001/files/001.jpg"]
        + [
            f"{number}/{name}"
            for number in ("001", "002")
            for name in ("conversation.html", "entries.json", "fhir.json")
        ]
    )
    whole = b"".join(made.read(name) for name in made.namelist()).decode("utf-8", "replace")
    assert CHEST in made.read("001/conversation.html").decode()
    assert "halsen" in made.read("002/entries.json").decode()
    assert msgspec.json.decode(made.read("001/fhir.json"))["resourceType"] == "Bundle"
    assert made.read("001/files/001.jpg").startswith(b"\xff\xd8")
    assert "Mellan kollegor" not in whole
    assert "Nils egna ord" not in whole
    looks = [row for row in await audited(node) if row.action == f"GET {PATH}" and row.outcome == "allowed"]
    assert {row.about for row in looks} == {"patient:astrid", f"contact:{contact}", f"contact:{second}"}
    assert theirs not in str(looks)


@pytest.mark.parametrize(("lang", "read_me"), [("nb", "LES MEG.txt"), ("en", "READ ME.txt")])
async def test_it_speaks_the_readers_language(astrid: Somebody, lang: str, read_me: str) -> None:
    assert (await exported(astrid, lang)).namelist() == [read_me]


async def test_staff_have_no_such_thing(sara: Somebody) -> None:
    with pytest.raises(RefusedError, match="not_found"):
        await sara.get(PATH)


async def test_a_large_archive_is_passed_on_piece_by_piece() -> None:
    async def members() -> AsyncIterator[Member]:
        for number in range(40):
            yield Member(f"{number}", os.urandom(MIB))

    sizes, whole = [], io.BytesIO()
    async for chunk in archive(members(), datetime(2026, 11, 26, tzinfo=UTC)):
        sizes.append(len(chunk))
        whole.write(chunk)
    assert max(sizes) < 2 * MIB
    assert sum(sizes) > 40 * MIB
    assert len(ZipFile(whole).namelist()) == 40


async def test_an_archive_that_would_lack_something_is_cut_off_and_not_handed_out_as_whole(
    astrid: Somebody, node: Node, contact: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(astrid, await send(astrid, contact, files.photo()), "clean")

    async def away(*_: object, **__: object) -> None:
        raise FyrError("unreachable", what="FYR_ATTACHMENTS_URL")

    monkeypatch.setattr(node.uploads, "fetch", away)
    with pytest.raises(aiohttp.ClientPayloadError):
        await exported(astrid)

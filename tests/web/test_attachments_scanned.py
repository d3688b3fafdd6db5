"""With a virus scanner nothing is shown before it has called a file clean: Debian's clamd, one signature of our own."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from core.attachments.scan import Clamd
from core.errors import FyrError
from core.settings import Settings
from tests.core import attachment_files as files
from tests.core.clamd import clamd, socket_of
from tests.web.attaching import entries, path_of, seen, send, told
from tests.web.client import Somebody, signed_in
from tests.web.test_story import opened
from web.app import run_node

PHOTO = files.photo()
INFECTED = PHOTO + files.EICAR_OF_OURS


@pytest.fixture
def scanner_folder() -> Iterator[Path]:
    """A short path, for the socket."""
    folder = Path(tempfile.mkdtemp(prefix="fyr-clamd-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def scanned(tmp_path: Path, scanner_folder: Path) -> AsyncIterator[Somebody]:
    """Astrid, at a node that is told of a scanner in the folder."""
    settings = Settings(demo=True, data_dir=tmp_path, clamd_url=f"unix:{socket_of(scanner_folder)}")
    async with run_node(settings) as application:
        server = TestServer(application)
        await server.start_server()
        async with signed_in(str(server.make_url("")).rstrip("/"), "patient:astrid") as astrid:
            yield astrid
        await server.close()


async def test_clean_and_infected_are_told_apart_in_large_files_too(scanner_folder: Path) -> None:
    async with clamd(scanner_folder) as url:
        scanner = Clamd(url)
        assert await scanner.scan(PHOTO) == "clean"
        assert await scanner.scan(INFECTED) == "infected"
        assert await scanner.scan(bytes(20 * 1024 * 1024 - 100) + files.EICAR_OF_OURS) == "infected"
    with pytest.raises(FyrError) as away:
        await scanner.scan(PHOTO)
    assert away.value.code == "unreachable"


async def test_an_infected_file_is_refused_and_a_clean_one_shown(scanned: Somebody, scanner_folder: Path) -> None:
    async with clamd(scanner_folder):
        contact = await opened(scanned)
        await scanned.call("contact:follow", contact_id=contact)
        ill, well = await send(scanned, contact, INFECTED), await send(scanned, contact, PHOTO)
        assert (await told(scanned, ill, "refused", "clean"))["why"] == "infected"
        assert (await told(scanned, well, "refused", "clean"))["state"] == "clean"
    async with scanned.http.get(path_of(scanned, contact, ill)) as response:
        assert response.status == 404


async def test_while_the_scanner_is_away_a_file_waits_and_is_shown_once_it_is_back(
    scanned: Somebody, scanner_folder: Path
) -> None:
    contact = await opened(scanned)
    await scanned.call("contact:follow", contact_id=contact)
    attachment = await send(scanned, contact, PHOTO)
    await told(scanned, attachment, "waiting")
    async with scanned.http.get(path_of(scanned, contact, attachment)) as response:
        assert response.status == 404
    async with clamd(scanner_folder):
        assert (await told(scanned, attachment, "clean", "refused"))["state"] == "clean"
    assert seen(await entries(scanned, contact), attachment) == ["received", "waiting", "clean"]

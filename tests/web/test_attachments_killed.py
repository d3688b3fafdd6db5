"""A file on its way survives a broken line and a killed server: it goes on at the committed byte."""

import asyncio
from pathlib import Path

from yarl import URL

from chat.attachment.uploads import PIECE_BYTES
from tests.browser.demo import running_demo
from tests.core import attachment_files as files
from tests.web.attaching import offset, patch, path_of, start, told
from tests.web.client import WAIT_S, Somebody, signed_in
from tests.web.test_story import opened

PHOTO = files.noise()
SENT = PIECE_BYTES + 100_000


async def half_a_request(somebody: Somebody, path: str) -> None:
    """A PATCH that promises more than it brings, and a line that is cut when its first piece is committed."""
    address = URL(path)
    _, writer = await asyncio.open_connection(address.host, address.port)
    lines = (
        f"PATCH {address.path} HTTP/1.1",
        f"Host: {address.host}:{address.port}",
        f"Cookie: {somebody.cookie}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {len(PHOTO)}",
    )
    writer.write("\r\n".join((*lines, "", "")).encode() + PHOTO[:SENT])
    await writer.drain()
    await until(somebody, path, PIECE_BYTES)
    writer.close()
    await writer.wait_closed()


async def until(somebody: Somebody, path: str, wanted: int) -> int:
    """Wait until at least so much is committed; how much it is."""
    async with asyncio.timeout(WAIT_S):
        while (reached := await offset(somebody, path)) < wanted:
            await asyncio.sleep(0.1)
    return reached


async def test_what_came_before_the_line_broke_outlives_the_server(tmp_path: Path) -> None:
    with running_demo("se", tmp_path) as demo:
        async with signed_in(demo.url, "patient:astrid") as astrid:
            contact = await opened(astrid)
            attachment = (await start(astrid, contact, len(PHOTO)))["attachment"]
            path = path_of(astrid, contact, attachment)
            await half_a_request(astrid, path)
            reached = await until(astrid, path, PIECE_BYTES + 1)  # also what came after the last whole piece
            demo.kill()
    with running_demo("se", tmp_path) as demo:
        async with signed_in(demo.url, "patient:astrid") as astrid:
            await astrid.call("contact:follow", contact_id=contact)
            path = path_of(astrid, contact, attachment)
            assert await offset(astrid, path) == reached
            async with patch(astrid, path, PHOTO[reached:], at=reached) as response:
                assert response.status == 204
            assert (await told(astrid, attachment, "clean", "refused"))["width"] == 700

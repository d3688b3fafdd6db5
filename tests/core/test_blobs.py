"""A folder and a bucket keep bytes alike. The bucket is npm's s3rver: an imitation of S3, not S3 itself."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.attachments.blobs import Blobs, check_url, open_blobs, require_working
from core.attachments.vault import Vault
from core.errors import FyrError
from tests.project.sources import ROOT

SERVER = ROOT / "tests/core/bucket/node_modules/s3rver/bin/s3rver.js"
START_S = 60.0


@asynccontextmanager
async def bucket(folder: Path) -> AsyncIterator[str]:
    """A running bucket; gives the value of `FYR_ATTACHMENTS_URL`."""
    node = shutil.which("node") or str(ROOT / ".venv/node/node")
    told = ("--directory", str(folder), "--address", "127.0.0.1", "--port", "0", "--configure-bucket", "fyr")
    process = await asyncio.create_subprocess_exec(node, str(SERVER), *told, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_S):
            while line := await process.stdout.readline():
                if b"listening" in line:
                    break
            assert line, "the bucket did not start"
        port = int(line.rpartition(b":")[2])
        yield f"s3://fyr/attachments?endpoint=http://127.0.0.1:{port}&region=us-east-1"
    finally:
        process.terminate()
        await process.wait()


@pytest.fixture(params=["folder", "bucket"])
async def blobs(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Blobs]:
    """An empty store of each kind."""
    if request.param == "folder":
        yield open_blobs("", tmp_path / "attachments")
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "S3RVER")
    async with bucket(tmp_path) as url:
        yield open_blobs(url, tmp_path)


async def test_what_is_put_is_got_until_it_is_deleted(blobs: Blobs) -> None:
    await require_working(blobs)
    await blobs.put("a/1", b"one")
    await blobs.put("a/1", b"first")
    await blobs.put("a/2", b"second")
    await blobs.put("ab/1", b"other")
    assert await blobs.get("a/1") == b"first"
    await blobs.delete("a/2")
    await blobs.delete("a/2")
    await blobs.delete_all("a")
    await blobs.delete_all("a")
    for gone in ("a/1", "a/2", "never"):
        with pytest.raises(FyrError) as refused:
            await blobs.get(gone)
        assert refused.value.code == "not_found"
    assert await blobs.get("ab/1") == b"other"


async def test_equal_bytes_share_a_place_within_one_stream_and_no_further(blobs: Blobs) -> None:
    one, other = Vault(blobs, b"1" * 32), Vault(blobs, b"2" * 32)
    address = await one.keep(b"a picture")
    assert await one.keep(b"a picture") == address
    assert await other.keep(b"a picture") != address
    assert await one.fetch(address) == b"a picture"
    with pytest.raises(FyrError) as refused:
        await other.fetch(address)
    assert refused.value.code == "log_broken"


@pytest.mark.parametrize("url", ["http://x", "file:relative", "s3://", "s3://key:secret@b", "s3://b?acl=public"])
def test_an_address_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="file:/folder"):
        check_url(url)


async def test_a_folder_that_cannot_be_written_to_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FyrError) as refused:
        await require_working(open_blobs(f"file:{tmp_path}/taken", tmp_path))
    assert refused.value.code == "unreachable"
    assert os.listdir(tmp_path) == ["taken"]

"""Nodes of one record keep their attachments in one store, or do not start; a record in a file has one node."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from core.attachments.blobs import Folder
from core.attachments.one_store import MARK, require_one_store
from core.errors import FyrError
from core.log.seal import MasterKeys
from core.settings import Settings
from core.storage.sql import Database
from web.sentences import sentence


async def start(settings: Settings, database: Database, name: str) -> str:
    """A node with a folder of this name; what it says when it does not start."""
    node = replace(settings, data_dir=settings.data_dir / name)
    try:
        await require_one_store(node, Folder(node.data_dir / "attachments"), database)
    except FyrError as refused:
        return sentence(refused)
    return ""


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    return Settings(data_dir=tmp_path, database_url=url, keys=MasterKeys.generate())


async def test_a_node_with_a_folder_of_its_own_says_what_to_do_and_does_not_start(
    settings: Settings, database: Database
) -> None:
    first, mark = settings.data_dir / "north" / "attachments", settings.data_dir / "south" / "attachments" / MARK
    assert [await start(settings, database, "north") for _ in range(2)] == ["", ""]
    if settings.embedded:
        assert await start(settings, database, "south") == ""
        assert not first.exists()
        return
    told = await start(settings, database, "south")
    assert told.startswith(f"The attachments of this record lie in another store than {mark.parent}: every node must")
    mark.parent.mkdir(parents=True)
    mark.write_text("f" * 32 + "\n")
    assert await start(settings, database, "south") == told
    mark.write_text((first / MARK).read_text() + "\n")
    assert await start(settings, database, "south") == ""


async def test_of_two_that_start_first_with_folders_of_their_own_one_starts(
    settings: Settings, database: Database
) -> None:
    told = await asyncio.gather(*(start(settings, database, name) for name in ("north", "south")))
    assert sum(one == "" for one in told) == (2 if settings.embedded else 1)

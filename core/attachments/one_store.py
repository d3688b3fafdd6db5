"""Several nodes keep their attachments in one store: a file in a folder of one node alone is found by no other.

The store bears a mark, and the record remembers it. A node that finds another mark, or none where there should be one
(a folder of its own, a disk that is not mounted), does not start.
"""

from core.attachments.blobs import Blobs
from core.errors import FyrError
from core.ids import new_id
from core.settings import Settings
from core.storage.about import settle
from core.storage.sql import Database

MARK = "store"
"""The name of the blob, beside the folders of what is kept."""


async def require_one_store(settings: Settings, blobs: Blobs, database: Database) -> None:
    """The first start marks the store. Raises `store_differs`, `unreachable`."""
    if settings.embedded:  # one node: whatever its store holds is all there is
        return
    known = await settle(database, "attachments", lambda: _marked(blobs))
    if await _mark(blobs) != known:
        where = settings.attachments_url or str(settings.data_dir / "attachments")
        raise FyrError("store_differs", where=where, mark=known)


async def _marked(blobs: Blobs) -> str:
    mark = await _mark(blobs)
    if mark is None:
        mark = new_id()
        await blobs.put(MARK, mark.encode())
    return mark


async def _mark(blobs: Blobs) -> str | None:
    try:
        return (await blobs.get(MARK)).decode("ascii", "replace").strip()
    except FyrError as failure:
        if failure.code != "not_found":
            raise
        return None

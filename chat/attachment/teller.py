"""Tells the conversation how it went with an attachment, once for each state, and tidies up when all is done."""

import msgspec

from chat.attachment.entries import AttachmentTold, Progress
from core.actor import system_actor
from core.attachments.blobs import Blobs
from core.attachments.row import About, Row
from core.attachments.store import AttachmentRows
from core.attachments.vault import Vault
from core.errors import FyrError
from core.log.append import Append
from core.log.log import Log

INSPECTOR = system_actor("attachments")
_about = msgspec.json.Decoder(About).decode


class Teller:
    """Appends in the name of the service; a state told twice is told once."""

    def __init__(self, log: Log, rows: AttachmentRows, blobs: Blobs) -> None:
        self._log = log
        self._rows = rows
        self._blobs = blobs

    async def tell(self, row: Row, state: Progress) -> None:
        """That it is on its way: received, or waiting for the scanner."""
        await self._append(row, AttachmentTold(attachment=row.id, state=state))

    async def finish(self, row: Row, vault: Vault) -> None:
        """Tell how it ended, then let go of the quarantine. Begun again after a fault, it ends the same."""
        if row.state in ("clean", "refused", "withdrawn", "erased"):
            await self._tell_ending(row, vault)
            await vault.release(row.id)
            await self._rows.done(row.id)

    async def _tell_ending(self, row: Row, vault: Vault) -> None:
        try:
            await self._append(row, self._ending(row, vault))
        except FyrError as refused:
            if row.state != "erased" or refused.code != "not_found":
                raise  # else the conversation itself is being erased: nothing is told there any more

    def _ending(self, row: Row, vault: Vault) -> AttachmentTold:
        if row.state == "clean":
            about = _about(vault.open_about(row.id, row.about))
            return AttachmentTold(
                attachment=row.id,
                state="clean",
                type=about.type,
                size=about.size,
                digest=about.digest,
                width=about.width,
                height=about.height,
                pages=about.pages,
            )
        assert row.state in ("refused", "withdrawn", "erased")
        return AttachmentTold(attachment=row.id, state=row.state, why=row.why)

    async def _append(self, row: Row, told: AttachmentTold) -> None:
        await self._log.append(Append(row.stream, (told,), INSPECTOR, f"{row.id}/{told.state}"))

"""Checks what was received and makes it harmless, beside the calls; takes away what never came whole; erases.

Driven by the rows in SQL, not by the outbox' worker: a file takes seconds, and an assessment behind it must not wait.
"""

import hashlib

import msgspec
import structlog

from chat.attachment.entries import Attached
from chat.attachment.teller import Teller
from core.attachments.blobs import Blobs
from core.attachments.limits import Why
from core.attachments.prepare import prepare
from core.attachments.prepared import Prepared
from core.attachments.row import UNCHECKED, About, Row
from core.attachments.scan import Clamd
from core.attachments.sniff import media_type
from core.attachments.store import AttachmentRows
from core.attachments.vault import Vault
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId
from core.log.log import Log

log = structlog.get_logger(__name__)
EVERY_S = 1.0
LEASE_MS = 120_000
"""Longer than the scan and the preparing may take together; a node that dies holds a file back no longer."""
SCANNER_AWAY_MS = 15_000
LOST_AFTER_MS = 24 * 60 * 60 * 1000
"""How long bytes that are not in the store are looked for, from when the file was sent: a copy may yet bring them."""
_about = msgspec.json.Decoder(About).decode


class Inspector:
    """One file at a time on each node."""

    def __init__(
        self, conversations: Log, rows: AttachmentRows, blobs: Blobs, *, clock: Clock, scanner: Clamd | None
    ) -> None:
        self._log = conversations
        self._rows = rows
        self._blobs = blobs
        self._clock = clock
        self._scanner = scanner
        self._teller = Teller(conversations, rows, blobs)
        self._background = Background("attachments", self.step, every_s=EVERY_S)

    def start(self) -> None:
        """Begin to check."""
        self._background.start()

    async def stop(self) -> None:
        """Finish the file in hand and take no other."""
        await self._background.stop()

    def wake(self) -> None:
        """A file may have come whole."""
        self._background.wake()

    async def step(self) -> bool:
        """Do what is due for one attachment; True when there was one."""
        row = await self._rows.lease(now_ms=self._now_ms(), lease_ms=LEASE_MS)
        if row is None:
            return False
        head = await self._log.head(row.stream)
        await self._work(row, Vault(self._blobs, head.key))
        return True

    async def erase(self, stream: StreamId) -> int:
        """Take away every attachment of a stream and say so there; gives how many. For the end of retention."""
        vault = Vault(self._blobs, (await self._log.head(stream)).key)
        rows = [row for row in await self._rows.of_stream(stream) if row.state != "erased" or row.due_ms is not None]
        for row in rows:
            await self._erase(row, vault)
        return len(rows)

    async def _erase(self, row: Row, vault: Vault) -> None:
        about = _about(vault.open_about(row.id, row.about)) if row.about else About(name="")
        await vault.forget((about.address, about.thumbnail))
        erased = row._replace(state="erased", why=None, about=b"")
        if row.state != "erased":
            await self._rows.settle(row, state="erased", why=None, about=b"", due_ms=self._now_ms())
        await self._teller.finish(erased, vault)

    async def _work(self, row: Row, vault: Vault) -> None:
        if row.state == "uploading":
            row = await self._settle(row, state="withdrawn", why="not_finished")
        elif row.state in UNCHECKED:
            await self._teller.tell(row, "received")
            row = await self._checked(row, vault)
        await self._teller.finish(row, vault)

    async def _checked(self, row: Row, vault: Vault) -> Row:
        """Clean or refused; the same row, to be tried again, while the scanner is away."""
        try:
            data = await self._joined(row, vault)
        except FyrError as failure:
            if failure.code != "not_found":
                raise
            return await self._missed(row)
        try:
            why = await self._scanned(data)
        except FyrError:
            return await self._wait(row)
        if why is not None:
            return await self._settle(row, state="refused", why=why)
        return await self._prepared(row, vault, data)

    async def _prepared(self, row: Row, vault: Vault, data: bytes) -> Row:
        kind = media_type(data)
        if kind is None:
            return await self._settle(row, state="refused", why="wrong_type")
        made = await prepare(data, kind)
        if not isinstance(made, Prepared):
            return await self._settle(row, state="refused", why=made.why)
        about = await self._kept(row, vault, made)
        sealed = vault.seal_about(row.id, msgspec.json.encode(about))
        now = await self._settle(row, state="clean", about=sealed)
        if now.state == "withdrawn":  # taken back meanwhile: what was kept is remembered, to be erased with the rest
            await self._rows.settle(now, about=sealed)
        elif now.state == "erased":
            await vault.forget((about.address, about.thumbnail))
        return now

    async def _kept(self, row: Row, vault: Vault, made: Prepared) -> About:
        return About(
            name=_about(vault.open_about(row.id, row.about)).name,
            type=made.type,
            address=await vault.keep(made.data),
            thumbnail=await vault.keep(made.thumbnail),
            digest=hashlib.sha256(made.data).hexdigest(),
            size=len(made.data),
            width=made.width,
            height=made.height,
            pages=made.pages,
        )

    async def _joined(self, row: Row, vault: Vault) -> bytes:
        pieces = await self._rows.pieces(row.id)
        return b"".join([await vault.piece(row.id, piece.name, start=piece.start) for piece in pieces])

    async def _scanned(self, data: bytes) -> Why | None:
        if self._scanner is None:
            return None
        return "infected" if await self._scanner.scan(data) == "infected" else None

    async def _wait(self, row: Row) -> Row:
        row = await self._settle(row, state="waiting", due_ms=self._now_ms() + SCANNER_AWAY_MS)
        if row.state == "waiting":
            await self._teller.tell(row, "waiting")
        return row

    async def _missed(self, row: Row) -> Row:
        """Leased as it is, it is looked for again when the lease ends; lost once that has gone on for long enough."""
        log.error("attachment_bytes_missing", attachment=row.id, stream=row.stream)
        if self._now_ms() - await self._sent_ms(row) < LOST_AFTER_MS:
            return row
        return await self._settle(row, state="refused", why="lost")

    async def _sent_ms(self, row: Row) -> int:
        entries = await self._log.entries(row.stream)
        sent = (entry for entry in entries if isinstance(entry.body, Attached) and entry.body.attachment == row.id)
        return next((entry.header.at_ms for entry in sent), 0)

    async def _settle(self, row: Row, **values: object) -> Row:
        """The row changed; as it is now when its sender has taken it back meanwhile."""
        if await self._rows.settle(row, **values):
            return row._replace(**values)  # type: ignore[arg-type]
        return await self._rows.find(row.id) or row

    def _now_ms(self) -> int:
        return self._clock.ms()

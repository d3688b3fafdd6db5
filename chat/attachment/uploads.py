"""Sending, taking back and fetching attachments: what people do. The checks are `chat.attachment.inspector`'s.

An attachment's id is made of its stream's key, its sender and the sender's `client_id`: sent again, it is the same one,
and nobody can guess it. Its bytes are committed piece by piece; how far it has come is what SQL says.
"""

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass

import msgspec

from chat.attachment.entries import Attached
from chat.attachment.teller import Teller
from chat.post import check_text, still_open
from core.access.gates import ContactAccess
from core.attachments.blobs import Blobs
from core.attachments.limits import (
    CAPTION_LIMIT,
    LARGEST_BYTES,
    NAME_LIMIT,
    UNFINISHED_LIMIT,
    UNFINISHED_MS,
    KeptType,
)
from core.attachments.naming import clean_name
from core.attachments.row import About, Piece, Row
from core.attachments.sniff import ENOUGH, media_type
from core.attachments.store import AttachmentRows
from core.attachments.vault import Vault, derived
from core.clock import Clock
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append, Require, every, no_content_after
from core.log.log import Log

PIECE_BYTES = 512 * 1024
"""What a broken line costs at most, and what one upload holds in memory."""
LONGEST_NAME = 4 * NAME_LIMIT
ID_DIGITS = 32
_about = msgspec.json.Decoder(About).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttachment:
    """What is to be sent."""

    name: str
    size: int
    caption: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """How far one has come, in bytes."""

    attachment: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A checked file, to be given out."""

    name: str
    type: KeptType
    data: bytes


class Uploads:
    """The commands. Every one is given an open gate; an attachment of another contact is not found."""

    def __init__(self, log: Log, rows: AttachmentRows, blobs: Blobs, *, clock: Clock) -> None:
        self._log = log
        self._rows = rows
        self._blobs = blobs
        self._clock = clock
        self._teller = Teller(log, rows, blobs)

    async def begin(
        self, access: ContactAccess, new: NewAttachment, *, client_id: str, seen_no: int | None, guard: Require | None
    ) -> Upload:
        """Announce a file in the conversation; its bytes may follow.

        Raises `empty`, `too_large`, `too_long`, `too_many`, `behind`, `closed`, and what `guard` raises.
        """
        _check(new)
        attached = self._attached(access, new, client_id=client_id)
        row = self._row(access, attached)
        begun = await self._rows.find(row.id)
        if begun is not None:
            return Upload(attachment=row.id, offset=begun.received, size=begun.size)
        if await self._rows.unfinished(row.stream) >= UNFINISHED_LIMIT:
            raise FyrError("too_many", limit=UNFINISHED_LIMIT)
        behind = no_content_after(seen_no) if seen_no is not None else None
        require = every(access.allowed, still_open, guard, behind)
        # The row first: whoever reads of the file in the log may ask how far it has come.
        await self._rows.add(row)
        try:
            await self._log.append(Append(row.stream, (attached,), access.actor, client_id, require=require))
        except FyrError:
            await self._rows.remove(row.id)
            raise
        return Upload(attachment=row.id, offset=0, size=row.size)

    async def progress(self, access: ContactAccess, attachment_id: str) -> Upload:
        """How much of one's own upload is committed. Raises `not_found`."""
        row = await self._own(access, attachment_id)
        return Upload(attachment=row.id, offset=row.received, size=row.size)

    async def receive(
        self, access: ContactAccess, attachment_id: str, start: int, *, chunks: AsyncIterator[bytes]
    ) -> Upload:
        """Commit bytes from `start` on, as far as they come. What was committed before a fault stays.

        Raises `not_found`, `wrong_offset` (data: where to go on), `wrong_state`, `too_large`, `wrong_type`.
        """
        row = await self._own(access, attachment_id)
        if start != row.received:
            raise FyrError("wrong_offset", offset=row.received)
        if row.state != "uploading":
            return _over(row)
        vault, held = self._vault(access), bytearray()
        async for chunk in chunks:
            held += chunk
            if row.received + len(held) > row.size:
                raise FyrError("too_large", limit=row.size)
            while len(held) >= PIECE_BYTES:
                row = await self._commit(vault, row, bytes(held[:PIECE_BYTES]))
                del held[:PIECE_BYTES]
        if held:
            row = await self._commit(vault, row, bytes(held))
        if row.state == "received":
            await self._teller.tell(row, "received")
        return Upload(attachment=row.id, offset=row.received, size=row.size)

    async def withdraw(self, access: ContactAccess, attachment_id: str) -> None:
        """Take back what has not been checked yet. Raises `not_found`; `wrong_state` when others may have seen it."""
        row = await self._own(access, attachment_id)
        if row.state not in ("uploading", "received", "waiting", "withdrawn"):
            raise FyrError("wrong_state", state=row.state)
        if row.state != "withdrawn" and not await self._rows.settle(row, state="withdrawn", due_ms=self._now_ms()):
            raise FyrError("wrong_state", state=row.state)
        await self._teller.finish(row._replace(state="withdrawn"), self._vault(access))

    async def fetch(self, access: ContactAccess, attachment_id: str, *, thumbnail: bool) -> Content:
        """A checked file, or its small picture. Raises `not_found` for what is not there, not theirs, or not clean."""
        row = await self._rows.find(attachment_id)
        if row is None or row.stream != contact_stream(access.contact_id) or row.state != "clean":
            raise FyrError("not_found")
        vault = self._vault(access)
        about = _about(vault.open_about(row.id, row.about))
        if about.type is None:
            raise FyrError("not_found")
        data = await vault.fetch(about.thumbnail if thumbnail else about.address)
        return Content(name=about.name, type="image/jpeg" if thumbnail else about.type, data=data)

    def _attached(self, access: ContactAccess, new: NewAttachment, *, client_id: str) -> Attached:
        named = f"{access.actor.id}|{client_id}".encode()
        made = hmac.digest(derived(access.head.key, "id"), named, "sha256").hex()[:ID_DIGITS]
        return Attached(
            attachment=made, name=clean_name(new.name), size=new.size, caption=new.caption.strip(), lang=new.lang
        )

    def _row(self, access: ContactAccess, attached: Attached) -> Row:
        about = msgspec.json.encode(About(name=attached.name))
        return Row(
            id=attached.attachment,
            stream=contact_stream(access.contact_id),
            sender_id=access.actor.id,
            size=attached.size,
            received=0,
            state="uploading",
            why=None,
            about=self._vault(access).seal_about(attached.attachment, about),
            due_ms=self._now_ms() + UNFINISHED_MS,
        )

    async def _own(self, access: ContactAccess, attachment_id: str) -> Row:
        row = await self._rows.find(attachment_id)
        if row is None or row.stream != contact_stream(access.contact_id) or row.sender_id != access.actor.id:
            raise FyrError("not_found")
        return row

    async def _commit(self, vault: Vault, row: Row, data: bytes) -> Row:
        if row.received == 0 and (len(data) >= ENOUGH or len(data) == row.size) and media_type(data) is None:
            await self._refuse(vault, row)
        received = row.received + len(data)
        name = await vault.quarantine(row.id, data, start=row.received)
        due_ms = self._now_ms() + (0 if received == row.size else UNFINISHED_MS)
        if not await self._rows.add_piece(row, Piece(row.received, len(data), name), due_ms=due_ms):
            now = await self._rows.find(row.id)
            raise FyrError("wrong_offset", offset=now.received if now else 0)
        return row._replace(received=received, state="received" if received == row.size else "uploading")

    async def _refuse(self, vault: Vault, row: Row) -> None:
        refused = row._replace(state="refused", why="wrong_type")
        if await self._rows.settle(row, state="refused", why="wrong_type", due_ms=self._now_ms()):
            await self._teller.finish(refused, vault)
        raise FyrError("wrong_type")

    def _vault(self, access: ContactAccess) -> Vault:
        return Vault(self._blobs, access.head.key)

    def _now_ms(self) -> int:
        return self._clock.ms()


def _check(new: NewAttachment) -> None:
    if new.size <= 0:
        raise FyrError("empty", field="size")
    if new.size > LARGEST_BYTES:
        raise FyrError("too_large", limit=LARGEST_BYTES)
    if len(new.name) > LONGEST_NAME:
        raise FyrError("too_long", field="name", limit=LONGEST_NAME)
    if new.caption.strip():
        check_text(new.caption, field="caption", limit=CAPTION_LIMIT)


def _over(row: Row) -> Upload:
    """All is here already: said again, it is answered again; but nothing more is taken for what was refused."""
    if row.received < row.size or row.state in ("refused", "withdrawn", "erased"):
        raise FyrError("wrong_state", state=row.state)
    return Upload(attachment=row.id, offset=row.received, size=row.size)

"""Writing in a contact: each function checks what can be checked alone, then makes one append."""

import unicodedata

from carequeue.entries import Queued
from carequeue.state import Place
from chat.entries import TEXT_LIMIT, Amended, Answered, Corrected, Message, Opened, Reach
from core.access.gates import ContactAccess
from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_of, contact_stream, new_id
from core.log.append import Append, Appended, Head, Require, every, no_content_after
from core.log.body import Body
from core.log.entry import Header, Scope
from core.log.log import Log

PLACE_LIMIT = 500
PHONE_LIMIT = 40
LIST_LIMIT = 100


class Chat:
    """The commands of a conversation."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def open(
        self,
        actor: Actor,
        opened: Opened,
        *,
        text: str,
        client_id: str,
        queued: Queued,
        provider_id: str,
        for_person: str | None = None,
        beside: tuple[Body, ...] = (),
    ) -> tuple[ContactId, Appended]:
        """Open a contact with its first message, unassessed and waiting, in one transaction.

        `for_person` is whose it is when the actor stands for somebody; who may, the caller has asked. `beside`: what
        else it begins with, before the message.

        Raises `empty` when there is neither text nor a yes in the emergency screen, `too_long`.
        """
        if not opened.screen or text:
            check_text(text)
        stream = contact_stream(ContactId(new_id()))
        own = actor.person_id or "" if opened.subject == "self" else ""
        person_id = for_person or own
        scope = Scope(person_id=person_id, opener_id=actor.id, unit_id=queued.unit_id, provider_id=provider_id)
        said: tuple[Body, ...] = (Message(text=text, lang=opened.lang),) if text else ()
        bodies = (opened, queued, *beside, *said)
        done = await self._log.append(Append(stream, bodies, actor, client_id, create=scope))
        return contact_of(done.stream), done

    async def post(
        self, access: ContactAccess, message: Message, *, client_id: str, seen_no: int | None, guard: Require | None
    ) -> Appended:
        """Add a message. Raises `empty`, `too_long`, `behind` (staff who have not seen newer content), `closed`."""
        return await self._log.append(
            message_append(access, message, client_id=client_id, seen_no=seen_no, guard=guard)
        )

    async def amend(
        self, access: ContactAccess, of_no: int, text: str, *, lang: str | None, client_id: str, seen_no: int | None
    ) -> Appended:
        """Correct one's own message `of_no` (one's own numbering) by an addendum; the message stays as it was.

        Raises `not_found` for what is not a message of one's own, `empty`, `too_long`, `behind`, `closed`.
        """
        check_text(text)
        header = await self._own_message(access, of_no)
        body = Amended(of_no=header.no, of_patient_no=header.patient_no or 0, text=text, lang=lang)
        behind = no_content_after(seen_no) if seen_no is not None else None
        return await self._append(access, body, client_id=client_id, require=behind)

    async def _own_message(self, access: ContactAccess, number: int) -> Header:
        """Read from `number` on: no entry has a smaller number in the stream than in the patient's view."""
        for entry in await self._log.entries(contact_stream(access.contact_id), max(0, number - 1)):
            header = entry.header
            counted = header.no if access.audience == "staff" else header.patient_no
            if counted == number and isinstance(entry.body, Message) and header.actor_id == access.actor.id:
                return header
        raise FyrError("not_found")

    async def answer(self, access: ContactAccess, answered: Answered, *, client_id: str) -> Appended:
        """Add an answer, with its question's wording. Raises `closed`."""
        return await self._append(access, answered, client_id=client_id)

    async def correct(self, access: ContactAccess, corrected: Corrected, *, client_id: str) -> Appended:
        """Add a correction. Raises `empty`, `too_long`, `closed`."""
        if not corrected.struck and not corrected.added:
            raise FyrError("empty", field="struck")
        if len(corrected.struck) + len(corrected.added) > LIST_LIMIT:
            raise FyrError("too_long", field="struck", limit=LIST_LIMIT)
        return await self._append(access, corrected, client_id=client_id)

    async def reach(self, access: ContactAccess, reach: Reach, *, client_id: str) -> Appended:
        """Tell where the person is and which number reaches them. Raises `empty`, `too_long`, `closed`."""
        check_text(reach.place, field="place", limit=PLACE_LIMIT)
        check_text(reach.phone, field="phone", limit=PHONE_LIMIT)
        return await self._append(access, reach, client_id=client_id)

    async def _append(
        self, access: ContactAccess, body: Body, *, client_id: str, require: Require | None = None
    ) -> Appended:
        condition = every(access.allowed, still_open, require)
        stream = contact_stream(access.contact_id)
        return await self._log.append(Append(stream, (body,), access.actor, client_id, require=condition))


def message_append(
    access: ContactAccess, message: Message, *, client_id: str, seen_no: int | None, guard: Require | None
) -> Append:
    """What adds a message: refused with `closed`, and for staff who have not seen newer content with `behind`.

    Raises `empty`, `too_long`.
    """
    check_text(message.text)
    behind = no_content_after(seen_no) if seen_no is not None else None
    condition = every(access.allowed, still_open, guard, behind)
    return Append(access.head.stream, (message,), access.actor, client_id, require=condition)


def still_open(head: Head) -> None:
    """Refuse with `closed` once the contact has ended."""
    if head.state.get(Place).status == "closed":
        raise FyrError("closed")


def check_text(text: str, *, field: str = "text", limit: int = TEXT_LIMIT) -> None:
    """Refuse with `empty` a text nobody could see, with `too_long` one above `limit` code points."""
    if len(text) > limit:
        raise FyrError("too_long", field=field, limit=limit)
    if not text[:1].isalnum() and all(unicodedata.category(letter)[0] in "CZ" for letter in text):
        raise FyrError("empty", field=field)

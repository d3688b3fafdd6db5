"""What staff say to each other in a contact: notes and questions. The patient sees none of it, nor that it exists."""

from collections.abc import Sequence

from chat.entries import ColleagueAnswered, ColleagueAsked, Noted, NoteSentence
from chat.note_draft import written
from chat.post import check_text, still_open
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append, Appended, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from core.transcript.line import Lang

SENTENCES_LIMIT = 200


class Colleagues:
    """The commands. Whoever may enter the contact as staff may use them: no claim is needed to help a colleague."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def note(self, access: ContactAccess, text: str, *, client_id: str) -> Appended:
        """Add a private note, also to a closed contact. Raises `empty`, `too_long`."""
        return await self._append(access, Noted(text=text), text, client_id=client_id)

    async def note_in_parts(
        self, access: ContactAccess, sentences: Sequence[NoteSentence], *, lang: Lang, client_id: str
    ) -> Appended:
        """Add a note in four parts, each sentence with what it rests on.

        Raises `empty`, `too_long`, `too_many`, and `bad_request` for an entry that does not exist.
        """
        if len(sentences) > SENTENCES_LIMIT:
            raise FyrError("too_many", limit=SENTENCES_LIMIT)
        if any(not 1 <= no <= access.head.last_no for one in sentences for no in one.nos):
            raise FyrError("bad_request", where="$.sentences", what="no such entry")
        kept = tuple(one for one in sentences if one.text.strip())
        body = Noted(text=written(kept, lang), sentences=kept)
        return await self._append(access, body, body.text, client_id=client_id)

    async def ask(self, access: ContactAccess, asked: ColleagueAsked, *, client_id: str) -> Appended:
        """Put a question to a colleague or a role. Raises `empty`, `too_long`, `closed`."""
        return await self._append(access, asked, asked.text, client_id=client_id, require=still_open)

    async def answer(self, access: ContactAccess, question_no: int, text: str, *, client_id: str) -> Appended:
        """Answer an open question. Raises `not_found` for one that is not open, `empty`, `too_long`."""
        body = ColleagueAnswered(question_no=question_no, text=text)
        return await self._append(access, body, text, client_id=client_id, require=_is_open(question_no))

    async def _append(
        self, access: ContactAccess, body: Body, text: str, *, client_id: str, require: Require | None = None
    ) -> Appended:
        check_text(text)
        stream = contact_stream(access.contact_id)
        condition = every(access.allowed, require)
        return await self._log.append(Append(stream, (body,), access.actor, client_id, require=condition))


def _is_open(question_no: int) -> Require:
    def require(head: Head) -> None:
        if all(question.no != question_no for question in head.state.get(Conversation).open_questions):
            raise FyrError("not_found")

    return require

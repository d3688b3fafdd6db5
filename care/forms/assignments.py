"""The commands: a form is sent, saved as it is filled in, submitted once, or taken back. Each is one append."""

from care.forms.answers import check_answers
from care.forms.entries import Assignment, FormAssigned, FormLine, Forms, FormSaved, FormSubmitted, FormWithdrawn
from care.forms.library import library
from care.forms.questionnaire import Answers, Coding, Quantity, Questionnaire, Value, questions, text_in
from care.forms.response import with_display
from care.forms.scoring import carried, scored, written
from carequeue.state import Place
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append, Appended, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from core.transcript.line import LANGS, Lang, value_words

MOST_OPEN = 5
"""Forms that one contact waits for at once."""


class Assignments:
    """Writes forms into the log of the contact they are asked in."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def assign(
        self, access: ContactAccess, form_id: str, *, beside: tuple[Body, ...], guard: Require, client_id: str
    ) -> Appended:
        """Send a form of the library, with what is told `beside` it.

        Raises `not_found` for no such form, `closed`, `too_many`, and what `guard` raises.
        """
        body = FormAssigned(assignment_id=new_id(), form=form_named(form_id))
        condition = every(access.allowed, not_closed, guard, _not_too_many)
        return await self._log.append(
            Append(access.head.stream, (body, *beside), access.actor, client_id, require=condition)
        )

    async def save(self, access: ContactAccess, assignment_id: str, answers: Answers, *, client_id: str) -> Appended:
        """Keep what has been answered so far.

        Raises `closed`, `wrong_state` for a form that does not wait for answers, `answers_invalid`.
        """
        form = await self._form(access, assignment_id)
        kept = check_answers(form, answers, whole=False)
        body = FormSaved(assignment_id=assignment_id, answers=kept, carried=carried(form, kept))
        return await self._append(access, (body,), assignment_id, client_id=client_id)

    async def submit(
        self,
        access: ContactAccess,
        assignment_id: str,
        answers: Answers,
        *,
        lang: Lang,
        beside: tuple[Body, ...],
        client_id: str,
    ) -> Appended:
        """Send the answers, with what is told `beside` them. Raises as `save`; everything required is answered."""
        form = await self._form(access, assignment_id)
        kept = check_answers(form, answers, whole=True)
        body = FormSubmitted(
            assignment_id=assignment_id,
            title=form.title,
            version=form.version,
            lang=lang,
            answers=kept,
            lines=lines_of(form, kept, lang=lang),
            scores=scored(form, kept),
            carried=carried(form, kept),
            written=written(form, kept),
        )
        return await self._append(access, (body, *beside), assignment_id, client_id=client_id)

    async def withdraw(self, access: ContactAccess, assignment_id: str, *, guard: Require, client_id: str) -> Appended:
        """Take a form back. Raises as `save`, and what `guard` raises."""
        assignment_of(access, assignment_id)
        body = FormWithdrawn(assignment_id=assignment_id)
        return await self._append(access, (body,), assignment_id, client_id=client_id, guard=guard)

    async def _form(self, access: ContactAccess, assignment_id: str) -> Questionnaire:
        """The form as it was sent. Raises `not_found`."""
        place = (access.head.stream, assignment_of(access, assignment_id).assigned_no)
        entry = (await self._log.entries_at([place])).get(place)
        if entry is None or not isinstance(entry.body, FormAssigned):
            raise FyrError("not_found")
        return entry.body.form

    async def _append(
        self,
        access: ContactAccess,
        bodies: tuple[Body, ...],
        assignment_id: str,
        *,
        client_id: str,
        guard: Require | None = None,
    ) -> Appended:
        condition = every(access.allowed, not_closed, _still_asked(assignment_id), guard)
        return await self._log.append(Append(access.head.stream, bodies, access.actor, client_id, require=condition))


def form_named(form_id: str) -> Questionnaire:
    """A form of the library. Raises `not_found`."""
    form = library().get(form_id)
    if form is None:
        raise FyrError("not_found")
    return form


def assignment_of(access: ContactAccess, assignment_id: str) -> Assignment:
    """The form that was sent in this contact. Raises `wrong_state` where none was."""
    found = access.head.state.get(Forms).one(assignment_id)
    if found is None:
        raise FyrError("wrong_state", state="not sent")
    return found


def not_closed(head: Head) -> None:
    """Refuse with `closed` once the contact has ended."""
    if head.state.get(Place).status == "closed":
        raise FyrError("closed")


def _not_too_many(head: Head) -> None:
    waiting = [one for one in head.state.get(Forms).assignments if one.status == "open"]
    if len(waiting) >= MOST_OPEN:
        raise FyrError("too_many", limit=MOST_OPEN)


def _still_asked(assignment_id: str) -> Require:
    def require(head: Head) -> None:
        found = head.state.get(Forms).one(assignment_id)
        if found is None or found.status != "open":
            raise FyrError("wrong_state", state=found.status if found else "not sent")

    return require


def lines_of(form: Questionnaire, answers: Answers, *, lang: Lang) -> tuple[FormLine, ...]:
    """Each answer that counts with its question, as they read in this language."""
    known = questions(form)
    return tuple(
        FormLine(
            link_id=link_id,
            question=text_in(known[link_id].text, lang, base=form.language),
            answer=", ".join(
                answer_words(with_display(known[link_id], one, lang=lang, base=form.language), lang) for one in given
            ),
        )
        for link_id, given in answers.items()
    )


def answer_words(value: Value, lang: Lang) -> str:
    """One answer as it reads."""
    if isinstance(value, Coding):
        return value.display or value.code
    if isinstance(value, Quantity):
        return f"{value_words(float(value.value), lang)} {value.unit}".strip()
    return value_words(value, lang)


def lang_of(lang: str) -> Lang:
    """The service's own language nearest to this one."""
    return "nb" if lang == "nn" else next((one for one in LANGS if one == lang), "en")
